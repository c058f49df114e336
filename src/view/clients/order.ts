import type { Judged, Spanning } from "../kit/history/operation.ts";
import { type Laned, lanesOf } from "./bars.ts";

/**
 * The picture of a check for linearizability, as people know it from Porcupine: bars by client, and through them the
 * points at which the operations took effect, in the longest order that was found. The axis counts calls and answers
 * instead of time: what matters is which came before which.
 */

export interface PlacedBar<T extends Judged> {
  readonly operation: T;
  readonly x: number;
  readonly width: number;
  readonly row: number;
  readonly open: boolean;
  /** Where its words stand so that the point leaves them readable. */
  readonly textX: number;
}
export interface Point {
  /** Place in the order, from 1. */
  readonly place: number;
  readonly x: number;
  readonly row: number;
  readonly number: number;
}
export interface OrderLayout<T extends Judged> {
  readonly width: number;
  readonly lanes: Laned<T>["lanes"];
  readonly rows: number;
  readonly bars: readonly PlacedBar<T>[];
  readonly points: readonly Point[];
}

const slotLeast = 12;
const pointRoom = 22;
const letterWidth = 7.3;
/** On both sides of the words, and beside them for a point. */
const padding = 16 + pointRoom;

/** `order`: numbers of operations. Operations ascend by call. */
export function layoutOrder<T extends Judged>(
  operations: readonly T[],
  order: readonly number[],
  widthLeast: number,
): OrderLayout<T> {
  const laned = lanesOf(operations);
  const slots = slotsOf(operations);
  const anchors = anchorsOf(operations, order, slots);
  const widths = widthsOf(operations, anchors, slots, widthLeast);
  const edges = edgesOf(widths);
  const rowOf = new Map(laned.rows.flatMap((row, place) => row.map(({ number }) => [number, place] as const)));
  const points = pointsOf(order, anchors, edges, rowOf);
  const pointAt = new Map(points.map(({ number, x }) => [number, x]));
  const bars = operations.map((operation): PlacedBar<T> => {
    const { call, answer } = slots.get(operation.number)!;
    const x = edges[call]!;
    const width = edges[answer]! - x;
    const open = operation.answeredAt === null;
    const textX = besidePoint(operation, x, x + width, pointAt.get(operation.number));
    return { operation, x, width, row: rowOf.get(operation.number)!, open, textX };
  });
  return {
    width: edges.at(-1)!,
    lanes: laned.lanes,
    rows: laned.rows.length,
    bars,
    points,
  };
}

const inset = 8;
/** At the left of the bar, or else right of the point. */
function besidePoint(operation: Judged, left: number, right: number, point: number | undefined): number {
  const length = operation.text.length * letterWidth;
  if (point === undefined || point > left + inset + length) return left + inset;
  return point + inset + length <= right ? point + inset : left + inset;
}

// ---- slots: one per call and answer -------------------------------------------------------------------------

interface Slots {
  readonly call: number;
  readonly answer: number;
}

/** At one instant calls come before answers: then the two operations overlap, and either may be first. */
function slotsOf(operations: readonly Spanning[]): ReadonlyMap<number, Slots> {
  const ends = operations.flatMap(({ number, calledAt, answeredAt }) => [
    { number, at: calledAt, call: true },
    { number, at: answeredAt ?? Number.POSITIVE_INFINITY, call: false },
  ]);
  ends.sort((a, b) => compare(a.at, b.at) || Number(b.call) - Number(a.call) || a.number - b.number);
  const slots = new Map<number, { call: number; answer: number }>();
  ends.forEach(({ number, at, call }, slot) => {
    if (call) slots.set(number, { call: slot, answer: slot });
    else slots.get(number)!.answer = at === Number.POSITIVE_INFINITY ? ends.length : slot;
  });
  return slots;
}
const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

/** The slot in which each operation of the order takes effect: as early as its call and those before it allow. */
function anchorsOf(
  operations: readonly Spanning[],
  order: readonly number[],
  slots: ReadonlyMap<number, Slots>,
): readonly number[] {
  let last = 0;
  const known = new Set(operations.map(({ number }) => number));
  return order.map((number) => {
    if (known.has(number)) last = Math.max(last, slots.get(number)!.call);
    return last;
  });
}

function widthsOf(
  operations: readonly Judged[],
  anchors: readonly number[],
  slots: ReadonlyMap<number, Slots>,
  widthLeast: number,
): readonly number[] {
  const widths = new Array<number>(2 * operations.length).fill(slotLeast);
  for (const slot of new Set(anchors)) {
    const points = anchors.filter((anchor) => anchor === slot).length;
    widths[slot] = Math.max(slotLeast, (points + 0.5) * pointRoom);
  }
  const bySpan = [...operations].sort((a, b) => span(slots, a) - span(slots, b));
  for (const operation of bySpan) widen(widths, slots.get(operation.number)!, textRoom(operation));
  const total = widths.reduce((sum, width) => sum + width, 0);
  const stretch = total === 0 ? 1 : Math.max(1, widthLeast / total);
  return widths.map((width) => width * stretch);
}
const span = (slots: ReadonlyMap<number, Slots>, { number }: Spanning): number => {
  const { call, answer } = slots.get(number)!;
  return answer - call;
};
const textRoom = ({ text }: Judged): number => text.length * letterWidth + padding;

function widen(widths: number[], { call, answer }: Slots, room: number): void {
  const own = widths.slice(call, answer).reduce((sum, width) => sum + width, 0);
  const missing = (room - own) / (answer - call);
  if (missing > 0) for (let slot = call; slot < answer; slot++) widths[slot]! += missing;
}

/** Left edge of each slot, and the right edge of the last. */
function edgesOf(widths: readonly number[]): readonly number[] {
  let x = 0;
  return [0, ...widths.map((width) => (x += width))];
}

/** Points that take effect within one slot stand beside each other in it. */
function pointsOf(
  order: readonly number[],
  anchors: readonly number[],
  edges: readonly number[],
  rowOf: ReadonlyMap<number, number>,
): readonly Point[] {
  return order.flatMap((number, i) => {
    const row = rowOf.get(number);
    if (row === undefined) return [];
    const slot = anchors[i]!;
    const first = anchors.indexOf(slot);
    const count = anchors.lastIndexOf(slot) - first + 1;
    const share = (i - first + 0.5) / count;
    const [left, right] = [edges[slot]!, edges[slot + 1]!];
    return [{ place: i + 1, number, row, x: left + share * (right - left) }];
  });
}
