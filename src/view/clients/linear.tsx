import { CircleAlert, CircleCheck, CircleHelp } from "lucide-react";
import { type ReactElement, type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { page, usePage } from "../../store/page.ts";
import { Select } from "../kit/form/select.tsx";
import { detailOf, goTo, type Judged, type Operation } from "../kit/history/operation.ts";
import type { KeyVerdict } from "../kit/history/verdicts.ts";
import { useSize } from "../kit/use-size.ts";
import { layoutOrder, type OrderLayout, type Point } from "./order.ts";
import "./linear.css";

const names = { ok: "Linearizable", illegal: "Not linearizable", unknown: "Not decided" } as const;
const icons = { ok: CircleCheck, illegal: CircleAlert, unknown: CircleHelp } as const;
const worst = ["illegal", "unknown", "ok"] as const;

interface Props {
  readonly verdicts: readonly KeyVerdict[];
  /** What else stands in the head. */
  readonly children?: ReactNode;
}

/** Whether one order of all operations explains every answer; and if not, which operation fits nowhere. */
export function Linearizability({ verdicts, children }: Props): ReactElement {
  const [picked, setPicked] = useState<string | null>(null);
  const sorted = useMemo(
    () => [...verdicts].sort((a, b) => worst.indexOf(a.verdict) - worst.indexOf(b.verdict) || (a.key < b.key ? -1 : 1)),
    [verdicts],
  );
  const wanted = usePage((state) => state.historyWanted);
  useEffect(() => {
    // The first is one that has no order, if any has none.
    if (wanted) setPicked(null);
  }, [wanted]);
  const shown = sorted.find(({ key }) => key === picked) ?? sorted[0];
  if (shown === undefined)
    return <p className="ops-nothing">No client has asked anything yet: there is nothing to check.</p>;
  return (
    <div className="lin">
      <div className="lin-head">
        {children}
        <Verdict of={shown} keys={sorted.length} />
        {sorted.length > 1 && <Keys verdicts={sorted} shown={shown.key} onPick={setPicked} />}
      </div>
      <Picture key={shown.key} of={shown} />
    </div>
  );
}

function Verdict({ of, keys }: { readonly of: KeyVerdict; readonly keys: number }): ReactElement {
  const Icon = icons[of.verdict];
  return (
    <p className="lin-verdict" data-verdict={of.verdict}>
      <Icon size={16} strokeWidth={1.8} aria-hidden="true" />
      <strong>{names[of.verdict]}</strong>
      <span>
        {keys > 1 && <>key {of.key}: </>}
        {of.searched}
      </span>
    </p>
  );
}

interface KeysProps {
  readonly verdicts: readonly KeyVerdict[];
  readonly shown: string;
  readonly onPick: (key: string) => void;
}

const keysAsButtons = 6;

/** Each key is checked by itself: a history is linearizable exactly if that of every key is. */
function Keys({ verdicts, shown, onPick }: KeysProps): ReactElement {
  if (verdicts.length > keysAsButtons)
    return (
      <Select
        label="Key"
        value={shown}
        options={verdicts.map(({ key, verdict }) => [key, `${key}: ${names[verdict].toLowerCase()}`])}
        onChange={onPick}
      />
    );
  return (
    <fieldset className="lin-keys" aria-label="Key">
      {verdicts.map(({ key, verdict }) => {
        const Icon = icons[verdict];
        return (
          <button key={key} type="button" className="lin-key" aria-pressed={key === shown} onClick={() => onPick(key)}>
            <Icon size={14} strokeWidth={1.8} aria-hidden="true" data-verdict={verdict} />
            {key}
            <span className="ui-hidden">, {names[verdict].toLowerCase()}</span>
          </button>
        );
      })}
    </fieldset>
  );
}

// ---- the picture ----------------------------------------------------------------------------------------------

const gutter = 36;
const statesHeight = 26;
const pitch = 42;
const barHeight = 22;

function Picture({ of }: { readonly of: KeyVerdict }): ReactElement {
  const box = useRef<HTMLElement>(null);
  const { width } = useSize(box);
  const layout = useMemo(
    () => layoutOrder(of.operations, of.order, Math.max(200, width - gutter - 16)),
    [of.operations, of.order, width],
  );
  const [looked, setLooked] = useState<number | null>(null);
  useWanted(box, of.stuck);
  const operation = of.operations.find(({ number }) => number === looked);
  const height = statesHeight + layout.rows * pitch + 2;
  return (
    <>
      <section className="lin-box" ref={box} aria-label={`Operations on ${of.key}`}>
        <svg className="lin-picture" width={gutter + layout.width + 12} height={height} role="presentation">
          <States layout={layout} states={of.states} height={height} />
          {layout.lanes.map(({ client, top }) => (
            <text key={client} className="ops-client" x={12} y={statesHeight + top * pitch + 20}>
              C{client}
            </text>
          ))}
          <g transform={`translate(${gutter} ${statesHeight})`}>
            {layout.bars.map((bar) => (
              <JudgedBar
                key={bar.operation.number}
                bar={bar}
                stuck={bar.operation.number === of.stuck}
                edge={layout.width}
                onLook={setLooked}
              />
            ))}
            <Points points={layout.points} />
          </g>
        </svg>
      </section>
      <div className="lin-why">
        {operation === undefined ? (
          of.why.map((sentence) => <p key={sentence}>{sentence}</p>)
        ) : (
          <p>
            {detailOf(operation)} {placeWords(of, operation)}
          </p>
        )}
      </div>
    </>
  );
}

/** Selects the operation that fits nowhere, where somebody has asked to see it. */
function useWanted(box: RefObject<HTMLElement | null>, stuck: number | null): void {
  const wanted = usePage((state) => state.historyWanted);
  useEffect(() => {
    if (!wanted || stuck === null) return;
    const bar = box.current?.querySelector<SVGGElement>('.lin-bar[data-stuck="true"]');
    page.historyShown();
    bar?.focus();
    bar?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [wanted, stuck, box]);
}

function placeWords({ order, states, key, stuck }: KeyVerdict, { number, answeredAt }: Operation): string {
  const place = order.indexOf(number);
  if (place >= 0) return `Number ${place + 1} in the order: then ${key} is ${states[place]}.`;
  if (number === stuck) return "It fits nowhere.";
  return answeredAt === null ? "It needs no place: it may never take effect." : "The order ends before it.";
}

/** What the key holds between two points. */
function States({
  layout,
  states,
  height,
}: {
  readonly layout: OrderLayout<Judged>;
  readonly states: readonly string[];
  readonly height: number;
}): ReactElement {
  const { points, width } = layout;
  return (
    <g transform={`translate(${gutter} 0)`}>
      {points.map(({ place, x }, i) => {
        const until = points[i + 1]?.x ?? width;
        const state = states[place - 1] ?? "";
        const changed = i === 0 || states[place - 2] !== state;
        return (
          <g key={place}>
            <path className="lin-line" d={`M${x.toFixed(1)} ${statesHeight - 12}V${height}`} />
            <path
              className="lin-state"
              d={`M${x.toFixed(1)} ${statesHeight - 10}H${until.toFixed(1)}`}
              data-changed={changed}
            />
            {changed && (
              <text className="lin-value" x={x + 3} y={12}>
                {clipped(state, runOf(points, states, i, width) - x)}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

/** Where the value that holds after point `i` changes next. */
function runOf(points: readonly Point[], states: readonly string[], i: number, width: number): number {
  const state = states[points[i]!.place - 1];
  return points.slice(i + 1).find(({ place }) => states[place - 1] !== state)?.x ?? width;
}

const letterWidth = 7.3;
const clipped = (text: string, room: number): string => {
  const letters = Math.floor((room - 6) / letterWidth);
  return text.length <= letters ? text : letters < 2 ? "" : `${text.slice(0, letters - 1)}…`;
};

interface BarProps {
  readonly bar: OrderLayout<Operation & Judged>["bars"][number];
  readonly stuck: boolean;
  /** How far the picture goes. */
  readonly edge: number;
  readonly onLook: (number: number | null) => void;
}

function JudgedBar({ bar, stuck, edge, onLook }: BarProps): ReactElement {
  const { operation, x, width, row, open, textX } = bar;
  const inner = { x: x + 1, right: x + width - 1 };
  // What is judged is the history up to the present: at its call there is nothing of it yet.
  const ends = operation.endedAt ?? operation.calledAt;
  const shape = `${inner.right} 0.5H${inner.x + 3}q-3 0 -3 3V${barHeight - 3.5}q0 3 3 3H${inner.right}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no button element in SVG
    <g
      className="lin-bar"
      transform={`translate(0 ${row * pitch + 4})`}
      role="button"
      tabIndex={0}
      aria-label={`${detailOf(operation)}${stuck ? " It cannot be placed." : ""}`}
      data-stuck={stuck}
      onPointerEnter={() => onLook(operation.number)}
      onPointerLeave={() => onLook(null)}
      onFocus={() => onLook(operation.number)}
      onBlur={() => onLook(null)}
      onClick={() => goTo(ends)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        event.stopPropagation();
        goTo(event.shiftKey ? operation.calledAt : ends);
      }}
    >
      {open ? (
        <path className="ops-bar ops-open" d={`M${shape}`} />
      ) : (
        <rect
          className={operation.reads ? "ops-bar ops-reads" : "ops-bar"}
          x={inner.x}
          y={0.5}
          width={Math.max(2, width - 2)}
          height={barHeight - 1}
          rx={3.5}
        />
      )}
      <text className="ops-text" x={textX} y={15}>
        {operation.text}
      </text>
      {stuck && <Cross x={x + width / 2} room={edge - x - width / 2} />}
    </g>
  );
}

const crossWords = 92;

/** Where a point ought to be and can be none; its words stand on the side where there is room. */
function Cross({ x, room }: { readonly x: number; readonly room: number }): ReactElement {
  const before = room < crossWords;
  return (
    <g className="lin-cross" transform={`translate(${x.toFixed(1)} ${barHeight + 10})`}>
      <path d="M-4-4 4 4M4-4-4 4" />
      <text x={before ? -10 : 10} y={4} textAnchor={before ? "end" : "start"}>
        fits nowhere
      </text>
    </g>
  );
}

function Points({ points }: { readonly points: readonly Point[] }): ReactElement {
  return (
    <>
      {points.map(({ place, x, row }) => (
        <g key={place} className="lin-point" transform={`translate(${x.toFixed(1)} ${row * pitch + barHeight + 8})`}>
          <path d={`M0 ${-barHeight - 4}V-4`} />
          <rect x={-9 - (place > 99 ? 4 : 0)} y={-8} width={18 + (place > 99 ? 8 : 0)} height={16} rx={8} />
          <text textAnchor="middle" y={4}>
            {place}
          </text>
        </g>
      ))}
    </>
  );
}
