import { scaleLinear, scaleLog } from "d3";
import {
  type KeyboardEvent,
  type MouseEvent,
  memo,
  type PointerEvent,
  type ReactElement,
  useMemo,
  useState,
} from "react";
import { valueText } from "../../../experiment/words.ts";
import type { Told } from "../told.ts";
import { grown, logTicks } from "./axis.ts";
import { type Box, type Curve, heldCurve, placeLabel, rareRuns } from "./curve.ts";
import { lineOf, type PictureProps } from "./kinds.ts";
import { useExtent } from "./use-extent.ts";

const margin = { left: 58, right: 26, top: 34, bottom: 30 } as const;
const tickWidth = 62;
const shares = [0, 0.25, 0.5, 0.75, 1];

/** For each setting, how many runs have come to a value by then. */
export function Curves(props: PictureProps): ReactElement {
  const { view, told, chosen, width, height, words, onChoose, onShow } = props;
  const plot = {
    width: Math.max(60, width - margin.left - margin.right),
    height: Math.max(60, height - margin.top - margin.bottom),
  };
  const { unit } = view.measure;
  const given = told.some(({ summary }) => summary.none > 0);
  const empty = { from: view.giveUp / 100, to: view.giveUp };
  const extent = useExtent(view.text, empty, (before) => {
    const all = told.flatMap(({ runs }) =>
      runs.length === 0 ? [] : [runs.find(({ value }) => value > 0)?.value ?? view.giveUp, runs.at(-1)!.value],
    );
    if (all.length === 0) return null;
    const most = Math.max(...all, given ? view.giveUp : 0);
    return grown(before, Math.max(Math.min(...all), most / 100_000), most);
  });
  const x = useMemo(() => scaleLog([extent.from, extent.to], [0, plot.width]), [extent.from, extent.to, plot.width]);
  const y = useMemo(() => scaleLinear([0, 1], [plot.height, 0]), [plot.height]);
  const at = (value: number): number => Math.max(0, x(Math.max(value, extent.from)));
  const plane = `${plot.width} ${plot.height} ${extent.from} ${extent.to}`;
  const curves = told.map(({ runs, summary }) =>
    heldCurve(runs, summary.n, { x: at, y, width: plot.width }, `${plane} ${summary.n}`),
  );
  const [reading, setReading] = useState<number | null>(null);
  const own = curves[chosen];
  const pixel = reading === null ? 0 : Math.min(plot.width, Math.max(0, reading));
  const value = x.invert(pixel);
  const share = own?.shares[Math.round(pixel)] ?? 0;
  const said = `${valueText(share, "share")} within ${valueText(Math.round(value), unit)}`;
  const label = view.settings[chosen]?.label ?? "";

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = Math.max(1, plot.width / 60);
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: pixel - step,
      ArrowRight: pixel + step,
      Home: 0,
      End: plot.width,
    };
    const to = moves[event.key];
    if (to !== undefined) setReading(Math.min(plot.width, Math.max(0, to)));
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const by = event.key === "ArrowUp" ? -1 : 1;
      onChoose((chosen + by + told.length) % told.length);
    } else if (event.key === "Enter") {
      const { runs } = told[chosen]!;
      const run = runs.findLast((each) => each.value <= value) ?? runs[0];
      if (run !== undefined) onShow(chosen, run.seed);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const plotAt = (event: PointerEvent | MouseEvent): readonly [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    return [event.clientX - box.left - margin.left, event.clientY - box.top - margin.top];
  };
  const nearest = ([px, py]: readonly [number, number], within: number): number | null => {
    let [found, least] = [null as number | null, within];
    for (const [setting, curve] of curves.entries())
      for (const beside of [-4, 0, 4]) {
        const away = Math.abs(y(curve.shares[Math.round(px) + beside] ?? 0) - py);
        if (away < least) [found, least] = [setting, away];
      }
    return found;
  };
  const dots = told.map(rareOf);
  const dotAt = ([px, py]: readonly [number, number], within: number): readonly [number, number] | null => {
    let [found, least] = [null as readonly [number, number] | null, within];
    for (const [setting, own] of dots.entries())
      for (const run of own) {
        const away = Math.hypot(at(run.value) - px, y(run.share) - py);
        if (away < least) [found, least] = [[setting, run.seed], away];
      }
    return found;
  };
  /** A finger is no arrow: it reads where it touches, and takes the dot beside it. */
  const onClick = (event: MouseEvent<HTMLElement>): void => {
    const place = plotAt(event);
    const touched = (event.nativeEvent as globalThis.PointerEvent).pointerType === "touch";
    const dot = dotAt(place, touched ? 20 : 7);
    if (dot !== null) return onShow(...dot);
    if (touched) setReading(place[0]);
    const setting = nearest(place, touched ? 28 : 14);
    if (setting !== null) onChoose(setting);
  };
  return (
    <div
      className="exp-plot"
      role="slider"
      tabIndex={0}
      aria-label={`Picture: ${words} Left and right read it, up and down choose a curve, Enter shows the run there.`}
      aria-valuemin={0}
      aria-valuemax={Math.round(plot.width)}
      aria-valuenow={Math.round(pixel)}
      aria-valuetext={`${label}: ${said}`}
      onKeyDown={onKeyDown}
      onFocus={() => setReading((before) => before ?? plot.width / 2)}
      onBlur={() => setReading(null)}
      onPointerMove={(event) => event.pointerType === "mouse" && setReading(plotAt(event)[0])}
      onPointerLeave={() => setReading(null)}
      onClick={onClick}
    >
      <svg className="exp-chart" width={width} height={height} aria-hidden="true">
        <g transform={`translate(${margin.left} ${margin.top})`}>
          <Axes {...{ x, y, unit }} width={plot.width} height={plot.height} from={extent.from} to={extent.to} />
          {inOrder(curves.length, chosen).map((setting) => (
            <Line
              key={setting}
              d={curves[setting]!.d}
              settings={curves.length}
              on={setting === chosen}
              setting={setting}
            />
          ))}
          <Names {...{ curves, view, told, chosen, y, plot }} />
          {dots.map((own, setting) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a setting is its place
            <Dots key={setting} {...{ own, unit, x, y }} on={setting === chosen} from={extent.from} />
          ))}
          <Picked {...props} {...{ at, y }} />
          {reading !== null && own !== undefined && (
            <g className="exp-reading">
              <path d={`M${pixel} 0V${plot.height}`} />
              <circle cx={pixel} cy={y(share)} r={3} />
              <text
                className="exp-label"
                data-on=""
                x={pixel > plot.width - 170 ? pixel - 8 : pixel + 8}
                y={-20}
                textAnchor={pixel > plot.width - 170 ? "end" : "start"}
              >
                {said}
              </text>
            </g>
          )}
        </g>
      </svg>
    </div>
  );
}

interface AxesProps {
  readonly x: (value: number) => number;
  readonly y: (share: number) => number;
  readonly unit: PictureProps["view"]["measure"]["unit"];
  readonly width: number;
  readonly height: number;
  readonly from: number;
  readonly to: number;
}
const Axes = memo(function Axes({ x, y, unit, width, height, from, to }: AxesProps): ReactElement {
  return (
    <>
      {shares.map((each) => (
        <g key={each}>
          <path className={each === 0 ? "exp-base" : "exp-grid"} d={`M0 ${y(each)}H${width}`} />
          <text className="exp-tick" x={-9} y={y(each) + 4} textAnchor="end">
            {each * 100} %
          </text>
        </g>
      ))}
      {logTicks({ from, to }, Math.max(2, Math.floor(width / tickWidth))).map((tick) => (
        <text
          key={tick}
          className="exp-tick"
          x={x(tick)}
          y={height + 20}
          textAnchor={x(tick) > width - 14 ? "end" : "middle"}
        >
          {valueText(tick, unit)}
        </text>
      ))}
    </>
  );
});

/** By what is known of a setting. */
const rare = new WeakMap<Told, ReturnType<typeof rareRuns>>();
function rareOf(told: Told): ReturnType<typeof rareRuns> {
  const before = rare.get(told);
  if (before !== undefined) return before;
  const own = rareRuns(told.runs, told.summary.n);
  rare.set(told, own);
  return own;
}

/** The chosen one lies above all others. */
const inOrder = (count: number, chosen: number): readonly number[] =>
  Array.from({ length: count }, (_, setting) => setting).sort((a, b) => Number(a === chosen) - Number(b === chosen));

interface LineProps {
  readonly d: string;
  readonly setting: number;
  readonly settings: number;
  readonly on: boolean;
}
const Line = memo(function Line({ d, setting, settings, on }: LineProps): ReactElement {
  const { faint, dash, width } = lineOf(setting, settings);
  return (
    <path
      className="exp-curve"
      data-faint={faint || undefined}
      data-on={on || undefined}
      d={d}
      strokeDasharray={dash}
      strokeWidth={width}
    />
  );
});

interface NamesProps extends Pick<PictureProps, "view" | "told" | "chosen"> {
  readonly curves: readonly Curve[];
  readonly y: (share: number) => number;
  readonly plot: { readonly width: number; readonly height: number };
}

/** More names than this lie on each other; the table has them all. */
const namesMost = 10;
/** From this width on there is room for more than names. */
const roomy = 420;
/** Where there is little room, a name that covers more than this is left to the table. */
const crowded = 24;

/** Where names stand: looked for again when there are so many more runs that curves may have moved. */
function usePlaced({ curves, view, told, chosen, y, plot }: NamesProps) {
  const runs = told.reduce((sum, { summary }) => sum + summary.n, 0);
  const isAll = runs === view.runs * told.length;
  const known = told.map(({ summary: { n, none } }) => (n === 0 ? "-" : none === n ? "0" : "1")).join("");
  const key = [view.text, chosen, plot.width, plot.height, known, isAll, Math.floor(Math.log(runs + 1) * 6)].join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when
  return useMemo(() => {
    const heights = curves.map(({ shares: own }) => own);
    const taken: Box[] = [];
    return curves.flatMap((curve, setting) => {
      const { n, none } = told[setting]!.summary;
      const { label } = view.settings[setting]!;
      if (n === 0 || label === "" || (curves.length > namesMost && setting !== chosen)) return [];
      const text = none === n && plot.width > roomy ? `${label}: none in ${valueText(view.giveUp, "time")}` : label;
      const most = plot.width > roomy || setting === chosen ? undefined : crowded;
      const placed = placeLabel(text, curve, heights, taken, { y, width: plot.width }, most);
      return placed === null ? [] : [{ setting, text, ...placed }];
    });
  }, [key]);
}

function Names(props: NamesProps): ReactElement | null {
  const { curves, chosen } = props;
  const named = usePlaced(props);
  return (
    <>
      {named.map(({ setting, text, x: left, y: top, anchor }) => (
        <text
          key={setting}
          className="exp-label"
          data-faint={lineOf(setting, curves.length).faint || undefined}
          data-on={setting === chosen ? "" : undefined}
          x={left}
          y={top}
          textAnchor={anchor}
        >
          {text}
        </text>
      ))}
    </>
  );
}

interface DotsProps {
  readonly own: ReturnType<typeof rareRuns>;
  readonly on: boolean;
  readonly unit: PictureProps["view"]["measure"]["unit"];
  readonly x: (value: number) => number;
  readonly y: (share: number) => number;
  readonly from: number;
}

/** Above the 99th percentile each run of a setting is there by itself. The plot around them takes what is pressed. */
const Dots = memo(function Dots({ own, on, unit, x, y, from }: DotsProps): ReactElement {
  return (
    <g className="exp-dots" data-on={on || undefined}>
      {own.map(({ seed, value, share }) => (
        <circle key={seed} className="exp-dot" cx={x(Math.max(value, from))} cy={y(share)} r={3.6}>
          <title>{`seed ${seed}, ${valueText(value, unit)}`}</title>
        </circle>
      ))}
    </g>
  );
});

interface PickedProps extends PictureProps {
  readonly at: (value: number) => number;
  readonly y: (share: number) => number;
}

/** The run that is looked at. */
function Picked({ view, told, shown, width, at, y }: PickedProps): ReactElement | null {
  if (shown === null) return null;
  const { runs, summary } = told[shown.setting]!;
  const rank = runs.findIndex(({ seed }) => seed === shown.seed);
  const run = runs[rank];
  if (run === undefined) return null;
  const share = (rank + 1) / summary.n;
  const right = at(run.value) > width - margin.left - margin.right - 130;
  return (
    <g className="exp-picked" transform={`translate(${at(run.value)} ${y(share)})`}>
      <circle className="exp-ring" r={9} />
      <circle r={4} />
      <text
        className="exp-label"
        data-on=""
        x={right ? 2 : -2}
        y={share < 0.2 ? -16 : 28}
        textAnchor={right ? "end" : "start"}
      >
        {`seed ${run.seed}, ${valueText(run.value, view.measure.unit)}`}
      </text>
    </g>
  );
}
