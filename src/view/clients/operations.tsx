import { type LucideIcon, Minus, Plus } from "lucide-react";
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  useMemo,
  useReducer,
  useRef,
  useState,
  type WheelEvent,
} from "react";
import type { Micros } from "../../base/units.ts";
import { follow } from "../../store/follow.ts";
import { usePanelLab } from "../../store/use-lab.ts";
import { barText, detailOf, goTo, type Operation } from "../kit/history/operation.ts";
import { IconButton } from "../kit/icon-button.tsx";
import { axisLength, followed, type Scale, xOf, zoomed } from "../kit/scale.ts";
import { useSize } from "../kit/use-size.ts";
import { useTick } from "../kit/use-tick.ts";
import { formatTime } from "../kit/words/time.ts";
import { type Bar, drawingOf, type Laned, lanesOf, neighbour, operationAt, type Step, ticksOf } from "./bars.ts";
import "./operations.css";

const gutter = 36;
const axisHeight = 22;
const pitch = 24;
const barHeight = 18;
const geometry = { pitch, height: barHeight };
/** A run longer than this is not shown whole at first, but its newest part. */
const wholeUpTo: Micros = 8_000_000;

/** Every operation a bar from its call to its answer; those without an answer stay open. A click travels there. */
export function Operations({ operations }: { readonly operations: readonly Operation[] }): ReactElement {
  const [picked, setPicked] = useState<number | null>(null);
  const [hovered, setHovered] = useState<Operation | null>(null);
  const window = useWindow();
  const known = operations.find(({ number }) => number === picked);
  const chosen = known ?? operations.at(-1);
  if (operations.length === 0 || chosen === undefined)
    return <p className="ops-nothing">No client has asked anything yet. Type a command, or press R for a write.</p>;
  return (
    <div className="ops">
      <Chart
        operations={operations}
        window={window}
        chosen={chosen}
        picked={known !== undefined}
        onPick={(operation) => setPicked(operation.number)}
        onHover={setHovered}
      />
      <div className="ops-foot">
        <p className="ops-words" aria-live="polite">
          {hovered === null && known === undefined ? <Key /> : detailOf(hovered ?? chosen)}
        </p>
        {hovered === null && known !== undefined && <Travel operation={known} />}
        <span className="ops-zoom">
          <Zoom label="Show a longer time" icon={Minus} onClick={() => window.zoom(2)} />
          <Zoom label="Show a shorter time" icon={Plus} onClick={() => window.zoom(0.5)} />
        </span>
      </div>
    </div>
  );
}

interface ZoomProps {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly onClick: () => void;
}

function Zoom({ label, icon: Icon, onClick }: ZoomProps): ReactElement {
  return <IconButton icon={Icon} label={label} size={15} onClick={onClick} />;
}

/** How the bars are read. */
function Key(): ReactElement {
  return (
    <span className="ops-key">
      <Sample className="ops-bar" text="write" />
      <Sample className="ops-bar ops-reads" text="read" />
      <Sample className="ops-bar ops-open" text="no answer" open />
      <Sample className="ops-bar ops-failed" text="refused" />
    </span>
  );
}

function Sample({ className, text, open = false }: { className: string; text: string; open?: boolean }): ReactElement {
  return (
    <span>
      <svg width={26} height={12} aria-hidden="true" focusable="false">
        {open ? (
          <path className={className} d="M26 1H1V11H26" />
        ) : (
          <rect className={className} x={1} y={1} width={24} height={10} rx={2.5} />
        )}
      </svg>
      {text}
    </span>
  );
}

function Travel({ operation }: { readonly operation: Operation }): ReactElement {
  const { endedAt } = operation;
  return (
    <span className="ops-travel">
      <button type="button" className="ui-link" onClick={() => follow({ kind: "command", number: operation.number })}>
        Follow it
      </button>
      <button type="button" className="ui-link" onClick={() => goTo(operation.calledAt)}>
        Go to the call
      </button>
      {endedAt !== null && (
        <button type="button" className="ui-link" onClick={() => goTo(endedAt)}>
          {operation.state === "unknown" ? "Go to where it was given up" : "Go to the answer"}
        </button>
      )}
    </span>
  );
}

// ---- the stretch of time that is shown ------------------------------------------------------------------------

interface TimeWindow {
  readonly from: Micros;
  readonly to: Micros;
  zoom(factor: number): void;
  pan(by: number): void;
}

/** All of a short run, the newest part of a long one; zoomed, it follows the present. */
function useWindow(): TimeWindow {
  const end = usePanelLab("logs", (state) => state.frame?.end.at ?? 0);
  const now = usePanelLab("logs", (state) => state.frame?.position.at ?? 0);
  const length = axisLength(end);
  const [size, setSize] = useState<Micros | null>(null);
  const [, moved] = useReducer((count: number) => count + 1, 0);
  const last = useRef<Scale>({ from: 0, to: 0, width: 1 });
  const wanted = Math.min(length, size ?? (length > wholeUpTo ? wholeUpTo : length));
  const held =
    last.current.to - last.current.from === wanted ? last.current : zoomedTo(last.current, wanted, now, length);
  const scale = followed(held, now, length);
  last.current = scale;
  return {
    from: scale.from,
    to: scale.to,
    zoom: (factor) => setSize(Math.min(length, Math.max(20_000, wanted * factor))),
    pan(share) {
      const by = Math.round((scale.to - scale.from) * share);
      const from = Math.min(Math.max(0, scale.from + by), length - wanted);
      last.current = { ...scale, from, to: from + wanted };
      moved();
    },
  };
}

function zoomedTo(scale: Scale, size: Micros, now: Micros, length: Micros): Scale {
  const held = scale.to - scale.from;
  if (held > 0) return zoomed(scale, now, size / held, length);
  const from = Math.round(Math.min(Math.max(0, now - size * 0.75), length - size));
  return { from, to: from + size, width: 1 };
}

// ---- the picture ----------------------------------------------------------------------------------------------

interface ChartProps {
  readonly operations: readonly Operation[];
  readonly window: TimeWindow;
  readonly chosen: Operation;
  readonly picked: boolean;
  readonly onPick: (operation: Operation) => void;
  readonly onHover: (operation: Operation | null) => void;
}

const steps: Readonly<Record<string, Step>> = {
  ArrowLeft: "before",
  ArrowRight: "after",
  ArrowUp: "above",
  ArrowDown: "below",
};

function Chart(props: ChartProps): ReactElement {
  const { operations, window, chosen, picked, onPick, onHover } = props;
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const scale = useMemo(
    () => ({ from: window.from, to: window.to, width: Math.max(40, width - gutter - 8) }),
    [window.from, window.to, width],
  );
  const laned = useMemo(() => lanesOf(operations), [operations]);
  const height = axisHeight + laned.rows.length * pitch + 4;
  const { onPointerMove, onClick, onKeyDown } = handlers(props, laned, scale);
  return (
    <div className="ops-chart" ref={box}>
      <svg
        className="ops-picture"
        width={Math.max(0, width)}
        height={height}
        aria-hidden="true"
        focusable="false"
        onPointerMove={onPointerMove}
        onPointerLeave={() => onHover(null)}
        onClick={onClick}
        onWheel={(event) => onWheel(event, window)}
      >
        <Axis scale={scale} height={height} />
        <LaneNames laned={laned} width={width} />
        <clipPath id="ops-inside">
          <rect width={scale.width} height={height} />
        </clipPath>
        <g transform={`translate(${gutter} 0)`} clipPath="url(#ops-inside)">
          <Bars laned={laned} scale={scale} chosen={picked ? chosen.number : null} />
          <Now scale={scale} height={height} />
        </g>
      </svg>
      <Cursor operation={chosen} laned={laned} scale={scale} onKeyDown={onKeyDown} onFocus={() => onPick(chosen)} />
    </div>
  );
}

/** Where the pointer is, what a click on it and the arrow keys do. */
function handlers({ chosen, onPick, onHover }: ChartProps, laned: Laned<Operation>, scale: Scale) {
  const under = (event: MouseEvent<SVGSVGElement>): readonly [operation: Operation | null, x: number] => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const row = Math.floor((event.clientY - top - axisHeight + 3) / pitch);
    const x = event.clientX - left - gutter;
    return [operationAt(laned, scale, row, x), x];
  };
  return {
    onPointerMove: (event: MouseEvent<SVGSVGElement>): void => onHover(under(event)[0]),
    onClick(event: MouseEvent<SVGSVGElement>): void {
      const [operation, x] = under(event);
      if (operation === null) return;
      onPick(operation);
      travel(operation, x, scale);
    },
    onKeyDown(event: KeyboardEvent): void {
      const step = steps[event.key];
      if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      onPick(neighbour(laned, chosen, step));
    },
  };
}

/** The playhead, moved by the animation loop, and the veil over what lies after it. */
function Now({ scale, height }: { readonly scale: Scale; readonly height: number }): ReactElement {
  const playhead = useRef<SVGPathElement>(null);
  const later = useRef<SVGRectElement>(null);
  useTick((now) => {
    const x = xOf(scale, now);
    playhead.current?.setAttribute("transform", `translate(${x.toFixed(1)} 0)`);
    later.current?.setAttribute("x", Math.max(0, x).toFixed(1));
    later.current?.setAttribute("width", Math.max(0, scale.width - Math.max(0, x)).toFixed(1));
  });
  return (
    <>
      <rect ref={later} className="ops-later" y={axisHeight} height={height - axisHeight} />
      <path ref={playhead} className="ops-now" d={`M0 ${axisHeight - 6}V${height}`} />
    </>
  );
}

/** To the end of the bar that was clicked: its call, or its answer. */
function travel({ calledAt, answeredAt }: Operation, x: number, scale: Scale): void {
  const [left, right] = [xOf(scale, calledAt), answeredAt === null ? scale.width : xOf(scale, answeredAt)];
  goTo(answeredAt !== null && x > (left + right) / 2 ? answeredAt : calledAt);
}

/** Sideways, or with Shift: along the time. With Ctrl, as pinching does: closer or farther. */
function onWheel(event: WheelEvent, window: TimeWindow): void {
  const sideways = event.deltaX || (event.shiftKey ? event.deltaY : 0);
  if (event.ctrlKey) window.zoom(event.deltaY > 0 ? 1.25 : 0.8);
  else if (sideways !== 0) window.pan(Math.sign(sideways) * 0.1);
}

function Axis({ scale, height }: { readonly scale: Scale; readonly height: number }): ReactElement {
  return (
    <g transform={`translate(${gutter} 0)`}>
      {ticksOf(scale).map((at) => {
        const x = xOf(scale, at);
        return (
          <g key={at} transform={`translate(${x.toFixed(1)} 0)`}>
            <path className="ops-grid" d={`M0 ${axisHeight - 5}V${height}`} />
            <text className="ops-time" x={3} y={12}>
              {x > scale.width - 60 ? "" : formatTime(at)}
            </text>
          </g>
        );
      })}
    </g>
  );
}

function LaneNames({ laned, width }: { readonly laned: Laned<Operation>; readonly width: number }): ReactElement {
  return (
    <>
      {laned.lanes.map(({ client, top }) => (
        <g key={client} transform={`translate(0 ${axisHeight + top * pitch})`}>
          <path className="ops-grid" d={`M0 -3H${width}`} />
          <text className="ops-client" x={12} y={13}>
            C{client}
          </text>
        </g>
      ))}
    </>
  );
}

interface BarsProps {
  readonly laned: Laned<Operation>;
  readonly scale: Scale;
  readonly chosen: number | null;
}

function Bars({ laned, scale, chosen }: BarsProps): ReactElement {
  const { bars, mass } = useMemo(() => drawingOf(laned, scale, geometry), [laned, scale]);
  return (
    <g transform={`translate(0 ${axisHeight})`}>
      <path className="ops-mass" d={mass} />
      {bars.map((bar) => (
        <BarShape key={bar.operation.number} bar={bar} chosen={bar.operation.number === chosen} />
      ))}
    </g>
  );
}

const letterWidth = 7.3;

function BarShape({ bar, chosen }: { readonly bar: Bar<Operation>; readonly chosen: boolean }): ReactElement {
  const { operation, x, width, row } = bar;
  const text = barText(operation);
  const left = Math.max(0, x);
  const room = x + width - left - 10;
  const open = operation.state === "asking" || operation.state === "unknown";
  const className = [
    "ops-bar",
    operation.reads && "ops-reads",
    open && "ops-open",
    operation.state === "failed" && "ops-failed",
  ]
    .filter(Boolean)
    .join(" ");
  return (
    <g transform={`translate(0 ${row * pitch})`} data-state={operation.state} data-chosen={chosen} className="ops-one">
      {open ? (
        <path
          className={className}
          d={`M${x + width} 0.5H${x + 2.5}q-2 0 -2 2V${barHeight - 2.5}q0 2 2 2H${x + width}`}
        />
      ) : (
        <rect
          className={className}
          x={x + 0.5}
          y={0.5}
          width={Math.max(1, width - 1)}
          height={barHeight - 1}
          rx={Math.min(3, width / 3)}
        />
      )}
      {room > text.length * letterWidth && (
        <text className="ops-text" x={left + 6} y={13}>
          {text}
        </text>
      )}
    </g>
  );
}

interface CursorProps {
  readonly operation: Operation;
  readonly laned: Laned<Operation>;
  readonly scale: Scale;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocus: () => void;
}

/** What the keyboard holds: one button that moves over the bars. Enter travels to the call, with Shift to the answer. */
function Cursor({ operation, laned, scale, onKeyDown, onFocus }: CursorProps): ReactElement {
  const row = laned.rows.findIndex((list) => list.includes(operation));
  const left = Math.min(scale.width - 6, Math.max(0, xOf(scale, operation.calledAt)));
  const right = Math.min(
    scale.width,
    Math.max(left + 6, operation.answeredAt === null ? scale.width : xOf(scale, operation.answeredAt)),
  );
  return (
    <button
      type="button"
      className="ops-cursor"
      aria-label={detailOf(operation)}
      style={{ left: gutter + left, top: axisHeight + row * pitch, width: right - left, height: barHeight }}
      onFocus={onFocus}
      onKeyDown={(event) => {
        if (event.key === "Enter" && event.shiftKey && operation.endedAt !== null) {
          event.preventDefault();
          goTo(operation.endedAt);
        } else onKeyDown(event);
      }}
      onClick={() => goTo(operation.calledAt)}
    />
  );
}
