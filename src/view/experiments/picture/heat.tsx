import { extent } from "d3";
import type { ReactElement } from "react";
import { valueText } from "../../../experiment/words.ts";
import type { Told } from "../told.ts";
import { cellText } from "./fitting.ts";
import type { PictureProps } from "./kinds.ts";
import { Mark, MarkedPicture } from "./mark.tsx";
import { rowIn } from "./rows.ts";

const margin = { left: 16, top: 50, right: 4, bottom: 4 } as const;
const cellMost = 190;
const letter = 7;
/** Every value of one factor with every value of the other: a stronger shade is more. */
export function Heat({ view, told, chosen, width, height, words, onChoose }: PictureProps): ReactElement {
  const [down, across] = view.factors as [ExperimentFactor, ExperimentFactor];
  const titleWide = down.title.length * letter;
  const widest = Math.max(...down.labels.map((text) => text.length)) * letter;
  // The title stands over its values where there is room for that, else above the whole.
  const roomy = width > 640;
  const left = margin.left + (roomy ? Math.max(titleWide, widest) : widest);
  const cell = {
    width: Math.max(8, Math.min(cellMost, (width - left - margin.right) / across.labels.length)),
    height: rowIn(view, height - margin.top - margin.bottom),
  };
  const right = left + cell.width * across.labels.length;
  const [least = 0, most = 0] = extent(told.flatMap((each) => figureOf(each) ?? []));
  const texts = told.map((each) => {
    const value = figureOf(each);
    return each.summary.n === 0 ? "" : value === null ? "none" : valueText(value, view.measure.unit);
  });
  const fits = cellText(texts, cell.width - 8);
  return (
    <MarkedPicture {...{ width, height, words }}>
      <text className="exp-tick" x={roomy ? left : right} y={14} textAnchor={roomy ? "start" : "end"}>
        {across.title}
      </text>
      <text className="exp-tick" x={0} y={roomy ? margin.top - 10 : 14}>
        {down.title}
      </text>
      {across.labels.map((label, at) => (
        <text
          key={label}
          className="exp-label"
          x={left + (at + 0.5) * cell.width}
          y={margin.top - 10}
          textAnchor="middle"
        >
          {label.length * letter > cell.width ? label.replace(/ \S+$/, "") : label}
        </text>
      ))}
      {down.labels.map((label, at) => (
        <text key={label} className="exp-label" x={0} y={margin.top + (at + 0.5) * cell.height + 4}>
          {label}
        </text>
      ))}
      {told.map((each, setting) => {
        const { values, label } = view.settings[setting]!;
        const { n, none, chance } = each.summary;
        const text = texts[setting]!;
        const more = chance === null ? (none > 0 ? `${none} of ${n} without a value` : "") : `${chance.yes} of ${n}`;
        const choose = (): void => onChoose(setting);
        const two = more !== "" && cell.height > 50 && more.length * 6.4 < cell.width - 8;
        return (
          <Mark
            // biome-ignore lint/suspicious/noArrayIndexKey: a setting is its place
            key={setting}
            className="exp-cell"
            on={setting === chosen}
            label={`${label}: ${text || "not known yet"}${more === "" ? "" : `, ${more}`}, ${n} runs`}
            row={across.labels.length}
            transform={`translate(${left + values[1]! * cell.width} ${margin.top + values[0]! * cell.height})`}
            press={choose}
          >
            <rect
              x={1.5}
              y={1.5}
              width={Math.max(0, cell.width - 3)}
              height={Math.max(0, cell.height - 3)}
              rx={5}
              fillOpacity={shade(figureOf(each), least, most)}
            />
            <text
              className="exp-cell-value"
              x={cell.width / 2}
              y={cell.height / 2 + (two ? -2 : 5)}
              textAnchor="middle"
            >
              {fits(text)}
            </text>
            {two && (
              <text className="exp-cell-more" x={cell.width / 2} y={cell.height / 2 + 15} textAnchor="middle">
                {more}
              </text>
            )}
            <title>{`${label}: ${text}${more === "" ? "" : `, ${more}`}, ${n} runs`}</title>
          </Mark>
        );
      })}
    </MarkedPicture>
  );
}

type ExperimentFactor = PictureProps["view"]["factors"][number];

/** The figure of a cell: the share, or the median. */
const figureOf = ({ summary: { chance, half } }: Told): number | null => chance?.share ?? half?.value ?? null;

/** Text in ink stays legible on the darkest. */
const [palest, darkest] = [0.03, 0.36];
const shade = (value: number | null, least: number, most: number): number =>
  value === null ? 0 : palest + (most > least ? (value - least) / (most - least) : 0) * (darkest - palest);
