import { line as path, scaleLinear } from "d3";
import { Check } from "lucide-react";
import {
  type KeyboardEvent,
  memo,
  type PointerEvent,
  type ReactElement,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Micros, ServerId } from "../../base/units.ts";
import { lab } from "../../store/use-lab.ts";
import type { Metrics } from "../../worker/protocol/metrics.ts";
import { CrownPath } from "../kit/crown.tsx";
import { type Scale, xOf } from "../kit/scale.ts";
import { termFill } from "../kit/term-fill.ts";
import { formatTime } from "../kit/words/time.ts";
import type { Chart as Kind, Reading } from "./charts.ts";
import { grouped, hasRates, type Line, roundUp, timeOf, totals } from "./lines.ts";
import type { Readings } from "./reading.ts";

export const left = 36;
const height = 94;
const top = 5;

interface Props {
  readonly chart: Kind;
  readonly metrics: Metrics;
  /** Its width is that of the plot. */
  readonly scale: Scale;
  readonly each: boolean;
  /** The server that is lit; 0: none is. */
  readonly lit: ServerId;
  readonly readings: Readings;
  readonly pointer: object;
  /** Moves the reading by so many bins, or to an end; true: it was a key for that. */
  readonly onKey: (event: KeyboardEvent) => boolean;
}

/** One chart: its title and the figure at the cursor, the picture, and its name in a monitoring system. */
export const Chart = memo(function Chart(props: Props): ReactElement {
  const { chart, metrics, scale, each, lit, readings, pointer, onKey } = props;
  const { name, help } = metrics.names[chart.metric];
  const figure = useRef<HTMLSpanElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [head, hair, brush] = [
    useRef<HTMLDivElement>(null),
    useRef<HTMLDivElement>(null),
    useRef<HTMLDivElement>(null),
  ];
  const latest = useRef({ chart, metrics, server: 0 as ServerId });
  latest.current = { chart, metrics, server: each ? lit : 0 };
  const textAt = (at: Micros): string => {
    const { chart: kind, metrics: known, server } = latest.current;
    const reading: Reading = { at, server };
    const text = kind.figure(known, reading);
    return server === 0 || text === "" ? text : `S${server} ${text}`;
  };
  const say = (): void => {
    const at = readings.at();
    box.current?.setAttribute("aria-valuenow", String(Math.round(at / 1000)));
    box.current?.setAttribute("aria-valuetext", `${textAt(at) || "nothing"} at ${formatTime(at)}`);
  };
  const writing = useRef(textAt);
  writing.current = textAt;
  useEffect(
    () =>
      readings.add({
        head: head.current!,
        hair: hair.current!,
        brush: brush.current!,
        write: (at) => {
          if (figure.current !== null) figure.current.textContent = writing.current(at);
        },
      }),
    [readings, head, hair, brush],
  );
  // Something else is known, or lit.
  useEffect(() => {
    if (figure.current !== null) figure.current.textContent = writing.current(readings.at());
  });
  const picture = useMemo(
    () => <Picture {...{ chart, metrics, scale, each, lit }} />,
    [chart, metrics, scale, each, lit],
  );
  return (
    <figure className="metrics-chart" data-chart={chart.key}>
      <figcaption>
        <b>{chart.title}</b>
        <span ref={figure} className="ui-figures" />
      </figcaption>
      <div
        ref={box}
        className="metrics-plot"
        role="slider"
        tabIndex={0}
        aria-label={`${chart.title} over time. Arrows read it, Enter goes there.`}
        aria-valuemin={0}
        aria-valuemax={Math.round(metrics.end.at / 1000)}
        aria-valuenow={0}
        onFocus={say}
        onKeyDown={(event) => {
          if (!onKey(event)) return;
          event.preventDefault();
          event.stopPropagation();
          say();
        }}
        onBlur={() => readings.read(null)}
        {...pointer}
      >
        {picture}
        <div className="metrics-over" style={{ insetInlineStart: left, width: scale.width, height: height + top }}>
          <div ref={brush} className="metrics-brush" hidden />
          <div ref={head} className="metrics-head" />
          <div ref={hair} className="metrics-hair" hidden />
        </div>
      </div>
      <Name name={name} help={help} />
    </figure>
  );
});

const copiedFor = 1500;

function Name({ name, help }: { readonly name: string; readonly help: string }): ReactElement {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), copiedFor);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <button
      type="button"
      className="metrics-name"
      title={`${help} Click to copy the name.`}
      onClick={() => void navigator.clipboard.writeText(name).then(() => setCopied(true))}
    >
      <code>{name}</code>
      {copied && <Check size={13} aria-label="copied" />}
    </button>
  );
}

type PictureProps = Pick<Props, "chart" | "metrics" | "scale" | "each" | "lit">;

function Picture({ chart, metrics, scale, each, lit }: PictureProps): ReactElement {
  const { width } = scale;
  return (
    <svg className="metrics-picture" width={left + width} height={height + top + 2} aria-hidden="true">
      <g transform={`translate(${left} ${top})`}>
        {metrics.alarms.map(({ from, to }) => {
          const [x1, x2] = [clamp(xOf(scale, from), width), clamp(xOf(scale, to), width)];
          return x2 <= 0 || x1 >= width ? null : (
            <rect
              key={from}
              className="metrics-storm"
              x={x1}
              width={Math.max(2, x2 - x1)}
              y={-top}
              height={height + top}
            />
          );
        })}
        {chart.kind === "roles" ? (
          <Roles {...{ metrics, scale }} />
        ) : (
          <Values {...{ chart, metrics, scale, each, lit }} />
        )}
      </g>
    </svg>
  );
}

const clamp = (x: number, width: number): number => Math.min(width, Math.max(0, x));

/** A row for each server: its term's colour, full where it leads. */
function Roles({ metrics, scale }: Pick<PictureProps, "metrics" | "scale">): ReactElement {
  const { servers, end } = metrics;
  const row = height / servers.length;
  const last = Math.min(end.at, timeOf(metrics, metrics.bins));
  return (
    <>
      {servers.map(({ server, spans }, place) => (
        <g key={server} transform={`translate(0 ${(place * row).toFixed(1)})`}>
          <text className="metrics-scale" x={-8} y={row / 2 + 4} textAnchor="end">
            S{server}
          </text>
          {spans.map(({ at, term, role, status }, i) => {
            const [x1, x2] = [at, spans[i + 1]?.at ?? last].map((time) => clamp(xOf(scale, time), scale.width)) as [
              number,
              number,
            ];
            if (x2 <= x1) return null;
            const is = status === "up" ? role : status;
            return (
              <rect
                key={at}
                className="metrics-role"
                data-is={is}
                x={x1}
                width={x2 - x1}
                y={1}
                height={Math.max(2, row - 3)}
                fill={is === "down" ? "transparent" : termFill(term)}
              />
            );
          })}
        </g>
      ))}
    </>
  );
}

function Values({ chart, metrics, scale, each, lit }: PictureProps): ReactElement {
  const lines = chart.lines(metrics, each);
  const inCounts = chart.counts !== undefined && (chart.kind === "counts" || !hasRates(metrics));
  const { column } = metrics;
  const sums = inCounts ? totals(metrics, chart.counts!) : [];
  const columns = inCounts && hasRates(metrics) ? grouped(metrics, sums) : sums;
  const size = inCounts && hasRates(metrics) ? column : 1;
  const most = roundUp(
    Math.max(chart.least ?? 1, ...columns, ...lines.flatMap(({ points }) => points.map((point) => point?.[1] ?? 0))),
  );
  const y = scaleLinear([0, most], [height, 0]);
  const draw = path<Line["points"][number]>()
    .defined((point) => point !== null)
    .x((point) => xOf(scale, point![0]))
    .y((point) => y(point![1]));
  const known = Math.min(metrics.end.at, timeOf(metrics, metrics.bins));
  return (
    <>
      <path className="metrics-grid" d={`M0 .5H${scale.width}M0 ${height / 2 + 0.5}H${scale.width}`} />
      <path className="metrics-axis" d={`M0 ${height + 0.5}H${scale.width}`} />
      <text className="metrics-scale" x={-6} y={9} textAnchor="end">
        {chart.top(most)}
      </text>
      <text className="metrics-scale" x={-6} y={height} textAnchor="end">
        0
      </text>
      <clipPath id={`metrics-${chart.key}`}>
        <rect width={Math.max(0, Math.min(scale.width, xOf(scale, known)))} y={-top} height={height + top + 2} />
      </clipPath>
      <g clipPath={`url(#metrics-${chart.key})`}>
        {columns.map((count, place) => {
          if (count === 0) return null;
          const [x1, x2] = [place, place + 1].map((bin) => xOf(scale, timeOf(metrics, bin * size))) as [number, number];
          return (
            <rect
              key={x1}
              className="metrics-bar"
              x={x1}
              width={Math.max(1.5, x2 - x1 - (size > 1 ? 1 : 0))}
              y={y(count)}
              height={height - y(count)}
            />
          );
        })}
        {lines.map(({ server, tone, points }, place) => (
          <path
            // biome-ignore lint/suspicious/noArrayIndexKey: lines stand in one order
            key={place}
            className="metrics-line"
            data-tone={tone}
            data-each={server !== 0 || undefined}
            data-lit={(server !== 0 && server === lit) || undefined}
            d={draw(points) ?? ""}
          />
        ))}
      </g>
      {chart.key === "elections" && <Won {...{ metrics, scale }} />}
      {chart.legend !== undefined && !each && lines.length > 1 && (
        <text className="metrics-legend" data-tone={lines.at(-1)!.tone} x={scale.width} y={11} textAnchor="end">
          {chart.legend}
        </text>
      )}
    </>
  );
}

const crownsApart = 9;

/** Where elections were won. */
function Won({ metrics, scale }: Pick<PictureProps, "metrics" | "scale">): ReactElement {
  let before = Number.NEGATIVE_INFINITY;
  return (
    <>
      {totals(metrics, "won").map((count, bin) => {
        const x = xOf(scale, timeOf(metrics, bin + 0.5));
        if (count === 0 || x < 0 || x > scale.width || x - before < crownsApart) return null;
        before = x;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
          <g key={bin} className="metrics-won" transform={`translate(${x.toFixed(1)} ${height - 1}) scale(.38)`}>
            <CrownPath />
          </g>
        );
      })}
    </>
  );
}

/** Along the plot of a chart, from its edge. */
export const plotX = (event: PointerEvent): number =>
  event.clientX - event.currentTarget.getBoundingClientRect().left - left;
export const goTo = (at: Micros): void => lab.seek(Math.max(0, Math.round(at)));
