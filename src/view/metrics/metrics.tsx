import { TriangleAlert } from "lucide-react";
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactElement,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useState,
} from "react";
import { createPortal } from "react-dom";
import type { Micros, ServerId } from "../../base/units.ts";
import { saveExport } from "../../store/handing-over.ts";
import { clock, labState, useLab } from "../../store/use-lab.ts";
import { showWindow } from "../../store/window.ts";
import type { Metrics as Known } from "../../worker/protocol/metrics.ts";
import { type Scale, timeAt, zoomed } from "../kit/scale.ts";
import { TabLine } from "../kit/tab-line.ts";
import { useSize } from "../kit/use-size.ts";
import { useAxisLength, useWindow } from "../kit/use-window.ts";
import { Chart, goTo, left, plotX } from "./chart.tsx";
import { charts } from "./charts.ts";
import "./metrics.css";
import { type Readings, useReadings } from "./reading.ts";
import { Tools } from "./tools.tsx";
import { useMetrics, useReadingWords } from "./use-metrics.ts";

/** Pixels of a chart at least, and between two. */
const chartLeast = 212;
const gap = 28;
const perRowMost = 6;
/** Microseconds: nothing happens between two of them. */
const shortest = 100;
const dragStart = 4;

/** What a monitoring system would show of this run, over the timeline's window. */
export function Metrics(): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const perRow = Math.max(1, Math.min(perRowMost, Math.floor((width + gap) / (chartLeast + gap))));
  const plot = Math.max(0, Math.floor((width - gap * (perRow - 1)) / perRow) - left);
  const length = useAxisLength();
  const scale = useWindow(length, plot);
  const metrics = useMetrics(scale);
  const readings = useReadings(scale);
  const [each, setEach] = useState(false);
  const selected = useLab(({ selection }) => (selection?.kind === "server" ? selection.id : 0));
  const [pointed, setPointed] = useState<ServerId>(0);
  const lit = pointed || selected;
  const pointer = usePointer(scale, readings, length);
  const isWhole = scale.from <= 0 && scale.to >= length;
  const zoom = (factor: number): void => {
    const next = zoomed(scale, Math.min(scale.to, Math.max(scale.from, clock())), factor, length, shortest);
    showWindow(next.to - next.from >= length ? null : { from: next.from, to: next.to });
  };
  const onKey = useKeys(metrics, readings, zoom);
  const line = useContext(TabLine);
  const save = (as: string): void => {
    const { frame } = labState();
    const here = frame?.position.at ?? 0;
    void saveExport(as === "openmetrics" ? { as, from: 0, to: here } : { as, from: scale.from, to: scale.to });
  };
  const tools = (
    <Tools
      {...{ each, isWhole }}
      onEach={setEach}
      window={scale}
      onZoom={zoom}
      onWhole={() => showWindow(null)}
      onSave={save}
    />
  );
  return (
    <section className="metrics" aria-label="Metrics">
      {line === null ? tools : createPortal(tools, line)}
      <div className="metrics-scroll">
        <div className="metrics-inner" ref={box}>
          {metrics === null ? <Waiting /> : <Warning metrics={metrics} />}
          {metrics !== null && each && <Servers {...{ metrics, lit }} onPoint={setPointed} />}
          <div className="metrics-grid-box" style={{ gridTemplateColumns: `repeat(${perRow}, ${plot + left}px)` }}>
            {metrics !== null &&
              plot > 40 &&
              (perRow === 1 ? narrow : charts).map((chart) => (
                <Chart key={chart.key} {...{ chart, metrics, scale, each, lit, readings, pointer, onKey }} />
              ))}
          </div>
          {metrics !== null && <Foot metrics={metrics} />}
        </div>
      </div>
    </section>
  );
}

/** One below the other: who leads comes first. */
const narrow = [...charts].sort((a, b) => Number(b.kind === "roles") - Number(a.kind === "roles"));

const Waiting = (): ReactElement => <p className="metrics-wait">{useReadingWords()}</p>;

/** The stretch that the playhead is in, or the last one before it, or else the first. */
function Warning({ metrics: { alarms, alarmsLeftOut } }: { readonly metrics: Known }): ReactElement | null {
  const at = useLab(({ frame }) => frame?.position.at ?? 0);
  const [open, setOpen] = useState(false);
  const alarm = alarms.findLast(({ from }) => from <= at) ?? alarms[0];
  if (alarm === undefined) return null;
  const others = alarms.length - 1 + alarmsLeftOut;
  const [first, ...more] = alarm.causes;
  return (
    <div className="metrics-warn" role="status">
      <TriangleAlert size={17} strokeWidth={1.8} aria-hidden="true" />
      <span>
        <b>{alarm.title}:</b> {alarm.figures} {first}
        {open && ` ${more.join(" ")}`}
        {more.length > 0 && (
          <button type="button" className="metrics-more" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? "Less" : "What else may play a part"}
          </button>
        )}
        {others > 0 && <small> {others === 1 ? "There is one more." : `There are ${others} more.`}</small>}
      </span>
      <button type="button" className="metrics-go" onClick={() => goTo(alarm.from)}>
        Go to its start
      </button>
    </div>
  );
}

interface ServersProps {
  readonly metrics: Known;
  readonly lit: ServerId;
  readonly onPoint: (server: ServerId) => void;
}
/** Whose line is lit, and whose figures are read. */
function Servers({ metrics, lit, onPoint }: ServersProps): ReactElement {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a size of its own
    <div className="metrics-servers" role="group" aria-label="Whose line is lit">
      {metrics.servers.map(({ server }) => (
        <button
          key={server}
          type="button"
          aria-pressed={server === lit}
          onPointerEnter={(event) => event.pointerType === "mouse" && onPoint(server)}
          onPointerLeave={(event) => event.pointerType === "mouse" && onPoint(0)}
          onClick={() => onPoint(server)}
          onFocus={() => onPoint(server)}
        >
          S{server}
        </button>
      ))}
      <span>{lit === 0 ? "Point at a server to light its lines." : `Lit, and read: S${lit}.`}</span>
    </div>
  );
}

/** What is not what it seems. */
function Foot({ metrics: { sampled } }: { readonly metrics: Known }): ReactElement | null {
  return sampled === 1 ? null : <p className="metrics-foot">Latencies are those of every {sampled}th entry.</p>;
}

/** Pointing reads, a click goes there, a drag looks closer. */
function usePointer(scale: Scale, readings: Readings, length: Micros): object {
  const latest = useRef({ scale, length });
  latest.current = { scale, length };
  const start = useRef<{ readonly x: number; moved: boolean } | null>(null);
  return useMemo(() => {
    const inside = (x: number): number => Math.min(latest.current.scale.width, Math.max(0, x));
    const time = (x: number): Micros => timeAt(latest.current.scale, inside(x));
    const ends = (x: number): readonly [Micros, Micros] => {
      const from = start.current?.x ?? x;
      return [time(Math.min(from, x)), time(Math.max(from, x))];
    };
    const end = (): void => {
      start.current = null;
      readings.brush(null);
    };
    return {
      onPointerDown(event: PointerEvent): void {
        if (event.button === 0) start.current = { x: inside(plotX(event)), moved: false };
      },
      onPointerMove(event: PointerEvent): void {
        const x = plotX(event);
        readings.read(time(x));
        const drag = start.current;
        if (drag === null || (!drag.moved && Math.abs(x - drag.x) < dragStart)) return;
        if (!drag.moved) event.currentTarget.setPointerCapture(event.pointerId);
        drag.moved = true;
        readings.brush(ends(x));
      },
      onPointerUp(event: PointerEvent): void {
        const drag = start.current;
        const [from, to] = ends(plotX(event));
        end();
        if (drag === null) return;
        if (!drag.moved) goTo(Math.min(from, labState().frame?.end.at ?? from));
        else if (to - from >= shortest) showWindow({ from, to });
      },
      onPointerCancel: end,
      onPointerLeave(): void {
        if (start.current === null) readings.read(null);
      },
    };
  }, [readings]);
}

/** Arrows read a bin further on, with Shift ten; Home and End the ends; Enter goes there; plus and minus look closer and back. */
function useKeys(
  metrics: Known | null,
  readings: Readings,
  zoom: (factor: number) => void,
): (event: KeyboardEvent) => boolean {
  const latest = useRef({ metrics, zoom });
  latest.current = { metrics, zoom };
  return useCallback(
    (event) => {
      const { metrics: known, zoom: look } = latest.current;
      if (known === null || event.ctrlKey || event.metaKey || event.altKey) return false;
      const [first, last] = [Math.max(0, known.from), Math.min(known.end.at, known.from + known.bins * known.step)];
      const by = known.step * (event.shiftKey ? 10 : 1);
      const at = readings.at();
      const read = (to: Micros): void => readings.read(Math.min(last, Math.max(first, Math.round(to))));
      if (event.key === "ArrowRight") read(at + by);
      else if (event.key === "ArrowLeft") read(at - by);
      else if (event.key === "Home") read(first);
      else if (event.key === "End") read(last);
      else if (event.key === "Enter") goTo(at);
      else if (event.key === "+" || event.key === "=") look(0.5);
      else if (event.key === "-") look(2);
      else return false;
      return true;
    },
    [readings],
  );
}
