import { Trash2 } from "lucide-react";
import { type ReactElement, useState } from "react";
import { microsPerSecond } from "../../base/units.ts";
import { limits } from "../../scenario/limits.ts";
import { useCatalogue } from "../../store/fault-catalogue.ts";
import { page } from "../../store/page.ts";
import { lab, labState, session } from "../../store/use-lab.ts";
import type { ActRow, Edit } from "../../worker/protocol/acts.ts";
import type { FaultView } from "../../worker/protocol/faults.ts";
import { Field } from "../kit/faults/fields.tsx";
import { sceneOf } from "../kit/faults/scene.ts";
import type { FieldValue } from "../kit/faults/values.ts";
import { Form, LabelRow, WithUnit } from "../kit/form/form.tsx";
import { DialogFrame } from "../kit/form/frame.tsx";
import { partsOf } from "./parts.ts";

/** One act: when it is done, and what of it can be another. */
export function ActForm({ row }: { readonly row: ActRow }): ReactElement {
  const faults = useCatalogue();
  return (
    <DialogFrame
      title={row.text.length > titleMost ? "An act" : upper(row.text)}
      about="Another moment or other values begin a new branch: the same run, with this act changed. Later acts are done again."
      size="small"
    >
      {faults === null ? <p className="form-note">Reading the list of faults …</p> : <Fields {...{ row, faults }} />}
    </DialogFrame>
  );
}
/** Longer words are no title. */
const titleMost = 40;
const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const secondsMost = limits.runMs / 1000;
const toSeconds = (at: number): string => String(at / microsPerSecond);
const wordTitles: Readonly<Record<string, string>> = { key: "Key", value: "Value" };

interface Props {
  readonly row: ActRow;
  readonly faults: readonly FaultView[];
}

function Fields({ row, faults }: Props): ReactElement {
  const { parts, seconds, values, words, problem, set, change, takeOut } = useChange(row, faults);
  return (
    <Form
      verb="Change it"
      problem={problem}
      unchecked
      beside={<Beside row={row} onTakeOut={takeOut} />}
      onSubmit={change}
    >
      {row.refused !== null && <p className="form-note">When its time came it was not possible: {row.refused}.</p>}
      <LabelRow title="At">
        <WithUnit unit="s">
          <input
            type="number"
            className="ui-field acts-at"
            min={0}
            max={secondsMost}
            step="any"
            value={seconds}
            onChange={(event) => set({ seconds: event.target.value })}
          />
        </WithUnit>
      </LabelRow>
      {Object.entries(words).map(([name, word]) => (
        <LabelRow key={name} title={wordTitles[name] ?? name}>
          <input
            className="ui-field ui-figures"
            maxLength={limits.word}
            value={word}
            onChange={(event) => set({ words: { ...words, [name]: event.target.value } })}
          />
        </LabelRow>
      ))}
      {Object.entries(parts.parameters).map(([name, parameter]) => (
        <Field
          key={name}
          parameter={parameter}
          value={values[name]!}
          scene={parts.scene}
          onChange={(value: FieldValue) => set({ values: { ...values, [name]: value } })}
        />
      ))}
    </Form>
  );
}

/** What stands in the form, why it cannot be done, and how to do it. */
function useChange({ place, at, act }: ActRow, faults: readonly FaultView[]) {
  const [parts] = useState(() => {
    const scene = sceneOf(labState(), null);
    return { ...partsOf(act, faults, scene), scene };
  });
  const [typed, setTyped] = useState({ seconds: toSeconds(at), values: parts.values, words: parts.words });
  const [problem, setProblem] = useState("");
  const set = (part: Partial<typeof typed>): void => {
    setTyped({ ...typed, ...part });
    setProblem("");
  };
  const send = async (instead: Edit["instead"]): Promise<void> => {
    const refused = await session.edit({ place, instead });
    if (refused === null) page.closeDialog();
    else setProblem(refused);
  };
  const change = (): void => {
    const made = parts.made(typed.values, typed.words);
    const seconds = Number(typed.seconds);
    if (typed.seconds === "" || !(seconds >= 0 && seconds <= secondsMost)) setProblem(`At: from 0 to ${secondsMost} s`);
    else if ("problem" in made) setProblem(made.problem);
    else void send({ at: Math.round(seconds * microsPerSecond), act: made.act });
  };
  return { parts, ...typed, problem, set, change, takeOut: () => void send(null) };
}

interface BesideProps {
  readonly row: ActRow;
  onTakeOut(): void;
}

/** What else can be done: none of it needs the form to be filled. */
function Beside({ row: { at }, onTakeOut }: BesideProps): ReactElement {
  const goThere = (): void => {
    lab.pause();
    lab.seek(at);
    page.closeDialog();
  };
  return (
    <span className="acts-beside">
      <button type="button" className="ui-link" onClick={() => page.openActs(null)}>
        All acts
      </button>
      <button type="button" className="ui-button" onClick={goThere}>
        Go there
      </button>
      <button type="button" className="ui-button" onClick={onTakeOut}>
        <Trash2 size={15} strokeWidth={1.8} aria-hidden="true" />
        Take it out
      </button>
    </span>
  );
}
