import { area, line, scaleLinear } from "d3";
import type { ReactElement } from "react";
import { valueText } from "../../../experiment/words.ts";
import { grownFromZero } from "./axis.ts";
import { apart } from "./fitting.ts";
import { numbersOf, type PictureProps } from "./kinds.ts";
import { Mark, MarkedPicture } from "./mark.tsx";
import { shareExtent } from "./shares.tsx";
import { useExtent } from "./use-extent.ts";

/** Room for the figures of the first and the last point. */
const inset = 26;
const letter = 6.8;
const margin = { left: 64, right: 40, top: 30, bottom: 46 } as const;

/** A figure along a number, with its interval as a band. */
export function Moments({ view, told, chosen, width, height, words, onChoose }: PictureProps): ReactElement {
  const { measure, factors, runs } = view;
  const { unit } = measure;
  const numbers = numbersOf(view) ?? [];
  const points = told
    .flatMap(({ summary: { chance, half, n } }, setting) => {
      const at = numbers[setting]!;
      if (chance !== null) return [{ setting, at, n, value: chance.share, low: chance.low, high: chance.high }];
      if (half === null || half.value === null) return [];
      return [{ setting, at, n, value: half.value, low: half.low ?? half.value, high: half.high ?? half.value }];
    })
    .sort((a, b) => a.at - b.at);
  const extent = useExtent(view.text, { from: 0, to: 1 }, (before) => {
    if (unit === "chance") return shareExtent(told, runs, before);
    return points.length === 0 ? null : grownFromZero(before, Math.max(0, ...points.map(({ high }) => high)));
  });
  const [right, bottom] = [Math.max(margin.left + 80, width - margin.right), Math.max(80, height - margin.bottom)];
  const [first = 0, last = 0] = [numbers[0], numbers.at(-1)];
  const ends = [Math.min(...numbers), Math.max(...numbers)];
  // As the file and the table have them: what comes first is left.
  const x = scaleLinear(first > last ? ends.toReversed() : ends, [margin.left + inset, right - inset / 2]);
  const y = scaleLinear([extent.from, extent.to], [bottom, margin.top]).clamp(true);
  type Point = (typeof points)[number];
  const band = area<Point>(
    (point) => x(point.at),
    (point) => y(point.low),
    (point) => y(point.high),
  );
  const middle = line<Point>(
    (point) => x(point.at),
    (point) => y(point.value),
  );
  const labels = factors[0]!.labels;
  const shown = apart(
    labels.map((label, at) => ({ at: x(numbers[at]!), width: label.length * letter })),
    labels.length - 1,
  );
  const figures = apart(
    points.map(({ at, value }) => ({ at: x(at), width: valueText(value, unit).length * letter })),
    points.findIndex(({ setting }) => setting === chosen),
  );
  return (
    <MarkedPicture {...{ width, height, words }}>
      {y.ticks(5).map((tick) => (
        <g key={tick}>
          <path className={tick === 0 ? "exp-base" : "exp-grid"} d={`M${margin.left} ${y(tick)}H${right}`} />
          <text className="exp-tick" x={margin.left - 9} y={y(tick) + 4} textAnchor="end">
            {valueText(unit === "time" ? Math.round(tick) : tick, unit === "chance" ? "share" : unit)}
          </text>
        </g>
      ))}
      {labels.map((label, at) =>
        !shown.has(at) ? null : (
          <text key={label} className="exp-tick" x={x(numbers[at]!)} y={bottom + 20} textAnchor="middle">
            {label}
          </text>
        ),
      )}
      <text className="exp-tick" x={right} y={bottom + 38} textAnchor="end">
        {factors[0]!.title}
      </text>
      <path className="exp-uncertain" d={band(points) ?? ""} />
      <path className="exp-curve" strokeWidth={2} d={middle(points) ?? ""} />
      {points.map(({ setting, at, value, low, high, n }, place) => {
        const choose = (): void => onChoose(setting);
        const said = `${valueText(value, unit)}, between ${valueText(low, unit)} and ${valueText(high, unit)}, ${n} runs`;
        return (
          <Mark
            key={setting}
            className="exp-share"
            on={setting === chosen}
            label={`${labels[setting]}: ${said}`}
            row={1}
            press={choose}
          >
            <title>{`${labels[setting]}: ${said}`}</title>
            <circle className="exp-hit" cx={x(at)} cy={y(value)} r={14} />
            <circle className="exp-point" cx={x(at)} cy={y(value)} r={5} />
            {figures.has(place) && (
              <text className="exp-label" x={x(at)} y={y(value) - 17} textAnchor="middle">
                {valueText(value, unit)}
              </text>
            )}
          </Mark>
        );
      })}
    </MarkedPicture>
  );
}
