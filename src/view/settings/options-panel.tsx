import { useEffect, useRef } from "react";
import { valueText } from "../../scenario/option-kinds.ts";
import { refusedOf } from "../../scenario/refused.ts";
import { type ShownOption, titleWithin } from "../../store/option-changes.ts";
import {
  type OptionJson,
  type OptionName,
  type OptionValues,
  profileValues,
  sameValue,
  shownGroups,
  valueProblem,
} from "../../store/options.ts";
import { usePage } from "../../store/page.ts";
import { FormRow } from "../kit/form/form.tsx";
import { OptionControl } from "../kit/form/option-control.tsx";
import { Worded } from "../kit/worded/worded.tsx";
import { citation, listed } from "../kit/words/words.ts";
import "./options-panel.css";

interface Props {
  readonly values: OptionValues;
  /** Of one server: those of the run, from which it may differ where servers need not share an option. Null: of the run itself. */
  readonly run: OptionValues | null;
  onChange(values: OptionValues): void;
}

/** Every option of the engine, in groups that open; each says what it does, where that is stated, and what the paper has. */
export function OptionsPanel({ values, run, onChange }: Props) {
  const refused = refusedOf(values);
  const set = (name: OptionName, value: OptionJson) => onChange({ ...values, [name]: value });
  const wished = usePage((state) => state.setting);
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => showRow(panel.current?.querySelector(`[data-option="${wished}"]`) ?? null), [wished]);
  return (
    <div className="options" ref={panel}>
      {shownGroups.map(({ title, options }) => (
        <details
          key={title}
          className="options-group"
          onInvalidCapture={(event) => {
            // A wrong value must be seen to be mended.
            event.currentTarget.open = true;
          }}
        >
          <summary>
            <span className="options-title">{title}</span>
            <span className="options-differs">{differenceText(options, values)}</span>
          </summary>
          {options.map((option) => (
            <OptionRow
              key={option.name}
              option={option}
              value={values[option.name]}
              run={run === null ? null : run[option.name]}
              refused={refused.find((one) => one.option === option.name)?.text ?? null}
              ofOne={run !== null}
              onChange={set}
            />
          ))}
        </details>
      ))}
    </div>
  );
}

/** Opens the row's group, and brings it and the keyboard there. */
function showRow(row: Element | null): void {
  const group = row?.closest("details");
  if (group == null) return;
  group.open = true;
  row?.scrollIntoView({ block: "center" });
  row?.querySelector<HTMLElement>("input, select, button")?.focus({ preventScroll: true });
}

const differs = (name: OptionName, value: OptionJson): boolean => !sameValue(value, profileValues.paper[name]);

function differenceText(options: readonly ShownOption[], values: OptionValues): string {
  const names = options.filter(({ name }) => differs(name, values[name])).map(({ name }) => titleWithin(name));
  return names.length === 0 ? "as in the paper" : `differs from the paper in ${listed(names)}`;
}

interface RowProps {
  readonly option: ShownOption;
  readonly value: OptionJson;
  /** In the run, where one server is shown (`ofOne`). */
  readonly run: OptionJson;
  readonly ofOne: boolean;
  /** What the value gives up that production refuses; null: nothing. */
  readonly refused: string | null;
  onChange(name: OptionName, value: OptionJson): void;
}

function OptionRow({ option, value, run, ofOne, refused, onChange }: RowProps) {
  const { name, title, text, section, kind, shared } = option;
  const problem = valueProblem(kind, value);
  if (ofOne && shared !== null) return <SharedRow option={option} value={value} reason={shared} />;
  return (
    <div className="options-row" data-option={name}>
      <FormRow title={title}>
        <OptionControl option={option} value={value} onChange={(to) => onChange(name, to)} />
      </FormRow>
      <p className="options-about">
        <Worded text={text.replace(/\.$/, "")} /> <span className="options-section">({citation(section)}).</span>
        {differs(name, value) && (
          <span className="options-paper"> The paper: {valueText(kind, profileValues.paper[name])}.</span>
        )}
        {ofOne && !sameValue(value, run) && (
          <span className="options-paper"> The other servers: {valueText(kind, run)}.</span>
        )}
      </p>
      {problem !== null && <p className="form-problem">{problem}</p>}
      {refused !== null && <p className="options-refused">{refused}</p>}
    </div>
  );
}

interface SharedProps {
  readonly option: ShownOption;
  readonly value: OptionJson;
  readonly reason: string;
}
/** What one server cannot have for itself, and why. */
function SharedRow({ option: { title, kind }, value, reason }: SharedProps) {
  return (
    <div className="options-row">
      <FormRow title={title}>
        <span>{valueText(kind, value)}</span>
      </FormRow>
      <p className="options-about">The same on all servers: {reason}.</p>
    </div>
  );
}
