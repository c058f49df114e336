import { scaleLinear } from "d3";
import { type KeyboardEvent, type MouseEvent, memo, type PointerEvent, type ReactElement, useState } from "react";
import { valueText } from "../../../experiment/words.ts";
import { type Run, rankAt, type Told } from "../told.ts";
import { grownFromZero } from "./axis.ts";
import type { PictureProps } from "./kinds.ts";
import { rowIn } from "./rows.ts";
import { useExtent } from "./use-extent.ts";

const margin = { left: 22, right: 34, top: 6, bottom: 32 } as const;
const letter = 7.2;
/** More dots than this are thinned. */
const dotsMost = 2000;

interface Place {
  readonly setting: number;
  readonly run: Run;
}

/** For each setting a box of the middle half, and every run as a dot. */
export function Strips(props: PictureProps): ReactElement {
  const { view, told, chosen, shown, width, height, words, onChoose, onShow } = props;
  const { settings, measure } = view;
  const left = margin.left + Math.max(...settings.map(({ label }) => Math.max(1, label.length))) * letter;
  const row = rowIn(view, height - margin.top - margin.bottom);
  const bottom = margin.top + row * settings.length;
  const extent = useExtent(view.text, { from: 0, to: 1 }, (before) => {
    const known = told.flatMap(({ summary }) => summary.most ?? []);
    return known.length === 0 ? null : grownFromZero(before, Math.max(0, ...known));
  });
  const end = Math.max(left + 60, width - margin.right);
  const x = scaleLinear([extent.from, extent.to], [left, end]);
  const every = Math.max(1, Math.ceil(told.reduce((sum, { runs }) => sum + runs.length, 0) / dotsMost));
  const [rank, setRank] = useState(0);
  const [focused, setFocused] = useState(false);
  const [pointed, setPointed] = useState<Place | null>(null);
  const { runs } = told[chosen]!;
  const at = Math.min(rank, runs.length - 1);
  const run = runs[at];
  const said =
    run === undefined
      ? "no run yet"
      : `${valueText(run.value, measure.unit)}, seed ${run.seed}, run ${at + 1} of ${runs.length} by value`;
  const onKeyDown = (event: KeyboardEvent): void => {
    const far = Math.max(1, Math.round(runs.length / 20));
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      PageDown: at - far,
      PageUp: at + far,
      Home: 0,
      End: runs.length - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) setRank(Math.max(0, Math.min(runs.length - 1, to)));
    else if (event.key === "ArrowUp" || event.key === "ArrowDown")
      onChoose((chosen + (event.key === "ArrowUp" ? -1 : 1) + told.length) % told.length);
    else if (event.key === "Enter" && run !== undefined) onShow(chosen, run.seed);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const placeOf = ({ setting, run: { seed, value } }: Place) => ({
    left: x(value),
    top: margin.top + (setting + dotsAt.from + jitter(seed) * dotsAt.height) * row,
  });
  /** The dot that is meant by a place in the picture. */
  const dotAt = (event: PointerEvent | MouseEvent, within: number): Place | null => {
    const box = event.currentTarget.getBoundingClientRect();
    const [px, py] = [event.clientX - box.left, event.clientY - box.top];
    const setting = Math.floor((py - margin.top) / row);
    let [found, least] = [null as Place | null, within];
    for (const each of told[setting]?.runs ?? []) {
      const dot = placeOf({ setting, run: each });
      const away = Math.hypot(dot.left - px, dot.top - py);
      if (away < least && each.seed % every === 0) [found, least] = [{ setting, run: each }, away];
    }
    return found;
  };
  const onClick = (event: MouseEvent<HTMLElement>): void => {
    const touched = (event.nativeEvent as globalThis.PointerEvent).pointerType === "touch";
    const dot = dotAt(event, touched ? 18 : 7);
    if (dot !== null) return onShow(dot.setting, dot.run.seed);
    const py = event.clientY - event.currentTarget.getBoundingClientRect().top - margin.top;
    if (py >= 0 && py < row * told.length) onChoose(Math.floor(py / row));
  };
  const looked = shown === null ? undefined : told[shown.setting]?.runs.find(({ seed }) => seed === shown.seed);
  const marks: readonly (Place & { readonly solid: boolean })[] = [
    ...(shown !== null && looked !== undefined ? [{ setting: shown.setting, run: looked, solid: true }] : []),
    ...(pointed !== null ? [{ ...pointed, solid: false }] : []),
    ...(pointed === null && focused && run !== undefined ? [{ setting: chosen, run, solid: false }] : []),
  ];
  return (
    <div
      className="exp-plot"
      role="slider"
      tabIndex={0}
      aria-label={`Picture: ${words} Left and right walk through the runs, up and down choose a setting, Enter shows the run.`}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, runs.length - 1)}
      aria-valuenow={Math.max(0, at)}
      aria-valuetext={`${settings[chosen]!.label}: ${said}`}
      onKeyDown={onKeyDown}
      onFocus={({ currentTarget }) => setFocused(currentTarget.matches(":focus-visible"))}
      onBlur={() => setFocused(false)}
      onPointerMove={(event) => event.pointerType === "mouse" && setPointed(dotAt(event, 7))}
      onPointerLeave={() => setPointed(null)}
      onClick={onClick}
      data-over={pointed === null ? undefined : ""}
    >
      <svg className="exp-chart" width={width} height={height} aria-hidden="true">
        {x.ticks(Math.max(2, Math.floor((end - left) / 110))).map((tick) => (
          <g key={tick}>
            <path className={tick === 0 ? "exp-base" : "exp-grid"} d={`M${x(tick)} ${margin.top}V${bottom}`} />
            <text className="exp-tick" x={x(tick)} y={bottom + 20} textAnchor="middle">
              {valueText(measure.unit === "time" ? Math.round(tick) : tick, measure.unit)}
            </text>
          </g>
        ))}
        {told.map((each, setting) => {
          const top = margin.top + setting * row;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a setting is its place
            <g key={setting} className="exp-strip" data-on={setting === chosen || undefined}>
              <rect className="exp-hit" x={0} y={top} width={width} height={row} />
              <text
                className="exp-label"
                data-on={setting === chosen ? "" : undefined}
                x={left - 14}
                y={top + row * boxAt + 4}
                textAnchor="end"
              >
                {settings[setting]!.label}
              </text>
              <MiddleHalf told={each} x={x} y={top + row * boxAt} height={Math.min(22, row * 0.34)} />
              <Dots runs={each.runs} from={extent.from} to={extent.to} {...{ every, left, end, top, row }} />
            </g>
          );
        })}
        {marks.map((mark) => (
          <Marked
            key={mark.solid ? "shown" : "read"}
            {...placeOf(mark)}
            solid={mark.solid}
            turned={x(mark.run.value) > end - 150}
            text={`seed ${mark.run.seed}, ${valueText(mark.run.value, measure.unit)}`}
          />
        ))}
        {every > 1 && (
          <text className="exp-tick" x={end} y={bottom + 20 + 16} textAnchor="end">
            one dot for {every} runs
          </text>
        )}
      </svg>
    </div>
  );
}

/** Of a row's height: the middle of the box, and where dots are. */
const boxAt = 0.27;
const dotsAt = { from: 0.55, height: 0.36 } as const;

interface MarkedProps {
  readonly left: number;
  readonly top: number;
  /** It is the run that is looked at. */
  readonly solid: boolean;
  /** Its words stand left of it. */
  readonly turned: boolean;
  readonly text: string;
}
function Marked({ left, top, solid, turned, text }: MarkedProps): ReactElement {
  return (
    <g className="exp-picked" transform={`translate(${left} ${top})`}>
      <circle className="exp-ring" r={8} />
      {solid && <circle r={4} />}
      <text className="exp-label" data-on="" x={turned ? -13 : 13} y={4} textAnchor={turned ? "end" : "start"}>
        {text}
      </text>
    </g>
  );
}

interface BoxProps {
  readonly told: Told;
  readonly x: (value: number) => number;
  readonly y: number;
  readonly height: number;
}
function MiddleHalf({ told, x, y, height }: BoxProps): ReactElement | null {
  const { least, most } = told.summary;
  const [low, half, high] = [rankAt(told, 0.25), rankAt(told, 0.5), rankAt(told, 0.75)];
  if (least === null || most === null || low === null || high === null) return null;
  return (
    <>
      <path className="exp-whisker" d={`M${x(least)} ${y}H${x(low)}M${x(high)} ${y}H${x(most)}`} />
      <rect
        className="exp-box"
        x={x(low)}
        y={y - height / 2}
        width={Math.max(1, x(high) - x(low))}
        height={height}
        rx={2}
      />
      {half !== null && <path className="exp-half" d={`M${x(half)} ${y - height / 2}v${height}`} />}
    </>
  );
}

interface DotsProps {
  readonly runs: Told["runs"];
  readonly every: number;
  readonly from: number;
  readonly to: number;
  readonly left: number;
  readonly end: number;
  readonly top: number;
  readonly row: number;
}
const Dots = memo(function Dots({ runs, every, from, to, left, end, top, row }: DotsProps): ReactElement {
  const x = scaleLinear([from, to], [left, end]);
  return (
    <>
      {runs
        .filter(({ seed }) => seed % every === 0)
        .map(({ seed, value }) => (
          <circle
            key={seed}
            className="exp-dot"
            cx={x(value)}
            cy={top + (dotsAt.from + jitter(seed) * dotsAt.height) * row}
            r={3}
          />
        ))}
    </>
  );
});

/** Dots of one value lie beside each other: the seed says where, always the same. */
const golden = 0.618_033_988_75;
const jitter = (seed: number): number => (seed * golden) % 1;
