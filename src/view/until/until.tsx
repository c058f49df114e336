import { type ReactElement, useId, useRef, useState } from "react";
import { microsPerSecond } from "../../base/units.ts";
import { problemOf } from "../../store/conditions.ts";
import { page } from "../../store/page.ts";
import { lab } from "../../store/use-lab.ts";
import { NumberField } from "../kit/form/fields.tsx";
import { Form, FormRow } from "../kit/form/form.tsx";
import { DialogFrame } from "../kit/form/frame.tsx";
import { useCandidates } from "./use-candidates.ts";
import "./until.css";

const examples = ["S3 leads", "term >= 3 and not leader", "S1 votes for S2", "commit >= 4", "violation"];
/** What was asked last, to be asked again. */
let last = "";

/** A condition, and what is to be done with it: run to where it comes true, or stop there whenever it does. */
export function UntilDialog(): ReactElement {
  const field = useRef<HTMLInputElement>(null);
  const { text, caret, candidates, chosen, set, take, onKeyDown, follow, look } = useCandidates(field, last);
  const [seconds, setSeconds] = useState(60);
  const [asked, setAsked] = useState(false);
  const id = useId();
  const empty = text.trim() === "";
  const problem = empty ? null : problemOf(text);
  // A word that is still being written is not wrong yet.
  const wrong = problem !== null && (asked || (problem.from < problem.to && problem.to < caret)) ? problem : null;

  const done = (then: (condition: string) => void): void => {
    setAsked(true);
    if (empty || problem !== null) return field.current?.focus();
    last = text.trim();
    then(last);
    page.closeDialog();
  };
  return (
    <DialogFrame
      title="Run until"
      about="Say what shall come true. The run goes on to the first event that makes it so, and stops there."
      size="small"
      focus={field}
    >
      <Form
        unchecked
        verb="Run"
        onSubmit={() => done((condition) => lab.runUntil(condition, seconds * microsPerSecond))}
        beside={
          <button type="button" className="ui-button" onClick={() => done(lab.keepStop)}>
            Stop every time
          </button>
        }
      >
        <input
          ref={field}
          type="text"
          className="ui-field until-field"
          role="combobox"
          aria-label="Condition"
          aria-expanded={candidates.length > 0}
          aria-controls={`${id}list`}
          aria-autocomplete="list"
          aria-activedescendant={chosen < 0 ? undefined : `${id}${chosen}`}
          aria-invalid={wrong !== null}
          aria-describedby={`${id}wrong`}
          placeholder="S3 leads and commit >= 4"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={200}
          value={text}
          onChange={follow}
          onSelect={look}
          onKeyDown={onKeyDown}
        />
        <div id={`${id}wrong`} role="status">
          {wrong !== null && (
            <div className="until-wrong">
              <p className="until-said">
                {text.slice(0, wrong.from)}
                <mark>{text.slice(wrong.from, wrong.to) || " "}</mark>
                {text.slice(wrong.to)}
              </p>
              <p>
                {sentence(wrong.message)}
                {wrong.nearest !== null && (
                  <button
                    type="button"
                    className="ui-link until-meant"
                    onClick={() => {
                      const before = text.slice(0, wrong.from) + wrong.nearest;
                      set(before + text.slice(wrong.to), before.length);
                    }}
                  >
                    Write {wrong.nearest}
                  </button>
                )}
              </p>
            </div>
          )}
        </div>
        <div id={`${id}list`} className="until-list" role="listbox" aria-label="What may follow">
          {candidates.map((one, place) => (
            // biome-ignore lint/a11y/useFocusableInteractive: as for the list
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field's keys choose
            <div
              key={one.text}
              id={`${id}${place}`}
              role="option"
              aria-selected={place === chosen}
              className="until-option"
              ref={place === chosen ? (option) => option?.scrollIntoView({ block: "nearest" }) : undefined}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(one.text)}
            >
              <span className="until-word">{one.text}</span>
              <span className="until-about">{one.about}</span>
            </div>
          ))}
        </div>
        {empty && (
          <p className="until-examples">
            <span>For example</span>
            {examples.map((example) => (
              <button key={example} type="button" className="ui-link" onClick={() => set(example, example.length)}>
                {example}
              </button>
            ))}
          </p>
        )}
        <FormRow title="Look ahead" unit="s at most">
          <NumberField
            label="Look ahead, seconds at most"
            value={seconds}
            min={0.1}
            max={3600}
            step="any"
            onChange={setSeconds}
          />
        </FormRow>
      </Form>
    </DialogFrame>
  );
}

const sentence = (message: string): string =>
  `${message.slice(0, 1).toUpperCase()}${message.slice(1)}${/[.?]$/.test(message) ? "" : "."}`;
