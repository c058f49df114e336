import { memo, type ReactElement } from "react";
import { figuresOf, valueText } from "../../../experiment/words.ts";
import type { ExperimentView } from "../../../worker/protocol/experiment.ts";
import type { MeasureName } from "../measure-name.ts";
import { lineOf } from "../picture/kinds.ts";
import type { Told } from "../told.ts";

interface Props {
  readonly view: ExperimentView;
  readonly told: readonly Told[];
  readonly chosen: number;
  /** Each line of the picture has a pattern of its own. */
  readonly lines: boolean;
  onChoose(setting: number): void;
}

type Figures = ReturnType<typeof figuresOf>;
const known = new WeakMap<Told, Figures>();

/** What is known of a setting, in words: once, as long as nothing new is known. */
function figuresFor(told: Told, { unit, what }: ExperimentView["measure"]): Figures {
  const before = known.get(told);
  if (before !== undefined) return before;
  const own = figuresOf(told.summary, { unit, what: what as MeasureName });
  known.set(told, own);
  return own;
}

/** A row for each setting: what is known of it. */
export function Table({ view, told, chosen, lines, onChoose }: Props): ReactElement {
  const rows = told.map((each) => figuresFor(each, view.measure));
  const titles = [...new Set(rows.flatMap((row) => row.map(({ title }) => title)))];
  const within = valueText(view.giveUp, "time");
  const name = view.factors.map(({ title }) => title).join(", ");
  const all = titles.join("\n");
  return (
    <div className="exp-table-box">
      <table className="exp-table">
        <thead>
          <tr>
            <th scope="col">{name === "" ? "setting" : name}</th>
            {titles.map((title) => (
              <th key={title} scope="col">
                {headOf(title, within)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((figures, setting) => (
            <Row
              // biome-ignore lint/suspicious/noArrayIndexKey: a setting is its place
              key={setting}
              {...{ figures, setting, within, onChoose }}
              titles={all}
              label={view.settings[setting]!.label}
              on={setting === chosen}
              settings={lines ? rows.length : 0}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const headOf = (title: string, within: string): string => (title === "none" ? `none in ${within}` : title);
const bad: readonly string[] = ["none", "ended early"];

interface RowProps {
  readonly figures: Figures;
  readonly setting: number;
  /** Of how many its line is told apart; 0: it has none. */
  readonly settings: number;
  /** Of all columns, one a line. */
  readonly titles: string;
  readonly label: string;
  readonly within: string;
  readonly on: boolean;
  onChoose(setting: number): void;
}

const Row = memo(function Row(props: RowProps): ReactElement {
  const { figures, setting, settings, titles, label, within, on, onChoose } = props;
  return (
    <tr data-on={on || undefined} onClick={() => onChoose(setting)}>
      <th scope="row">
        <button type="button" aria-pressed={on} onClick={() => onChoose(setting)}>
          {settings > 0 && <Pattern {...{ setting, settings }} />}
          {label === "" ? "every run" : label}
        </button>
      </th>
      {titles.split("\n").map((title) => {
        const figure = figures.find((each) => each.title === title);
        const isBad = bad.includes(title) && figure !== undefined && figure.text !== "0";
        return (
          <td
            key={title}
            data-title={headOf(title, within)}
            title={figure?.between ? `95 % confidence: ${figure.between}` : undefined}
          >
            {isBad ? <em>{figure.text}</em> : (figure?.text ?? "0")}
            {figure?.between ? <span className="ui-hidden">, between {figure.between}</span> : null}
          </td>
        );
      })}
    </tr>
  );
});

function Pattern({ setting, settings }: { readonly setting: number; readonly settings: number }): ReactElement {
  const { faint, dash, width } = lineOf(setting, settings);
  return (
    <svg width="28" height="4" aria-hidden="true">
      <path
        className="exp-curve"
        data-faint={faint || undefined}
        d="M0 2H28"
        strokeDasharray={dash}
        strokeWidth={width}
      />
    </svg>
  );
}
