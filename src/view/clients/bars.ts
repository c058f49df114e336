import type { Micros } from "../../base/units.ts";
import type { Spanning } from "../kit/history/operation.ts";
import { type Scale, timeAt, xOf } from "../kit/scale.ts";

// ---- lanes --------------------------------------------------------------------------------------------------

export interface Lane {
  readonly client: number;
  /** Rows above this lane. */
  readonly top: number;
  readonly rows: number;
}
export interface Laned<T extends Spanning> {
  readonly lanes: readonly Lane[];
  /** By row over all lanes, each ascending by call. */
  readonly rows: readonly (readonly T[])[];
  /** For each row and place, when the last of the operations up to there ends. */
  readonly reach: readonly (readonly Micros[])[];
}

/** A lane never grows higher: what finds no free row shares the last one. */
export const rowsMost = 4;

/** One lane per client; operations that overlap stand in rows below each other. `operations` ascend by call. */
export function lanesOf<T extends Spanning>(operations: readonly T[]): Laned<T> {
  const byClient = new Map<number, T[]>();
  for (const operation of operations) {
    const own = byClient.get(operation.client);
    if (own === undefined) byClient.set(operation.client, [operation]);
    else own.push(operation);
  }
  const lanes: Lane[] = [];
  const rows: T[][] = [];
  for (const client of [...byClient.keys()].sort((a, b) => a - b)) {
    const own = rowsOfClient(byClient.get(client)!);
    lanes.push({ client, top: rows.length, rows: own.length });
    rows.push(...own);
  }
  return { lanes, rows, reach: rows.map(reachOf) };
}

const never = Number.POSITIVE_INFINITY;

function reachOf(row: readonly Spanning[]): readonly Micros[] {
  let last = 0;
  return row.map(({ answeredAt }) => {
    last = Math.max(last, answeredAt ?? never);
    return last;
  });
}

/**
 * An operation takes the first row that is free. One without an answer keeps its row until nothing else is free:
 * nobody knows when it ends.
 */
function rowsOfClient<T extends Spanning>(operations: readonly T[]): T[][] {
  const rows: T[][] = [];
  const freeFrom: Micros[] = [];
  for (const operation of operations) {
    let row = freeFrom.findIndex((free) => free <= operation.calledAt);
    if (row < 0) row = rows.length < rowsMost ? rows.length : rowsMost - 1;
    if (rows[row] === undefined) rows[row] = [];
    rows[row]!.push(operation);
    freeFrom[row] = operation.answeredAt ?? never;
  }
  return rows;
}

// ---- bars ---------------------------------------------------------------------------------------------------

export interface Bar<T extends Spanning> {
  readonly operation: T;
  readonly x: number;
  readonly width: number;
  /** It reaches the right edge of the picture, because nobody knows where it ends. */
  readonly open: boolean;
  readonly row: number;
}
export interface Drawing<T extends Spanning> {
  /** Those that are wide enough to be things of their own. */
  readonly bars: readonly Bar<T>[];
  /** The others, as one path; they are found by pointer and keys like the rest. */
  readonly mass: string;
}

/** What is narrower is no thing of its own. */
const widthOfThing = 3;
/** So many things are drawn at most: thousands of elements would hold the page. */
const barsMost = 700;

export function drawingOf<T extends Spanning>(
  { rows, reach }: Laned<T>,
  scale: Scale,
  geometry: { readonly pitch: number; readonly height: number },
): Drawing<T> {
  const bars: Bar<T>[] = [];
  const mass: string[] = [];
  rows.forEach((operations, row) => {
    let drawnTo = -1;
    for (let place = firstIn(reach[row]!, scale.from); place < operations.length; place++) {
      const operation = operations[place]!;
      if (operation.calledAt > scale.to) break;
      const { x, right } = span(operation, scale);
      if (right < 0) continue;
      const width = Math.max(1, right - x);
      if (width >= widthOfThing && bars.length < barsMost) {
        bars.push({ operation, x, width, open: operation.answeredAt === null, row });
      } else if (Math.round(right) > drawnTo) {
        drawnTo = Math.round(right);
        mass.push(
          `M${x.toFixed(1)} ${row * geometry.pitch}h${width.toFixed(1)}v${geometry.height}h${(-width).toFixed(1)}z`,
        );
      }
    }
  });
  return { bars, mass: mass.join("") };
}

const span = ({ calledAt, answeredAt }: Spanning, scale: Scale): { x: number; right: number } => ({
  x: Math.max(-2, xOf(scale, calledAt)),
  right: answeredAt === null ? scale.width : Math.min(scale.width + 2, xOf(scale, answeredAt)),
});

/** Place of the first operation that may reach `from`. */
function firstIn(reach: readonly Micros[], from: Micros): number {
  let [low, high] = [0, reach.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (reach[middle]! < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The operation under a point: the one that spans it, or else the nearest within `near` pixels. */
export function operationAt<T extends Spanning>(
  laned: Laned<T>,
  scale: Scale,
  row: number,
  x: number,
  near = 6,
): T | null {
  const operations = laned.rows[row];
  if (operations === undefined) return null;
  let best: T | null = null;
  let bestDistance = near;
  for (let place = firstIn(laned.reach[row]!, timeAt(scale, x - near)); place < operations.length; place++) {
    const operation = operations[place]!;
    if (xOf(scale, operation.calledAt) > x + near) break;
    const { x: left, right } = span(operation, scale);
    const distance = Math.max(left - x, x - right, 0);
    // Of several the later one: it lies on top.
    if (distance > bestDistance) continue;
    best = operation;
    bestDistance = distance;
  }
  return best;
}

// ---- the keyboard's way -------------------------------------------------------------------------------------

export type Step = "before" | "after" | "above" | "below";

/** The next operation in that direction, or the same where there is none. */
export function neighbour<T extends Spanning>({ lanes, rows }: Laned<T>, from: T, step: Step): T {
  const own = lanes.findIndex(({ client }) => client === from.client);
  if (own < 0) return from;
  if (step === "above" || step === "below") {
    const lane = lanes[own + (step === "above" ? -1 : 1)];
    return lane === undefined ? from : nearest(inLane(rows, lane), from.calledAt);
  }
  const list = inLane(rows, lanes[own]!);
  const place = list.findIndex(({ number }) => number === from.number);
  return list[place + (step === "before" ? -1 : 1)] ?? from;
}

const inLane = <T extends Spanning>(rows: readonly (readonly T[])[], lane: Lane): readonly T[] =>
  rows
    .slice(lane.top, lane.top + lane.rows)
    .flat()
    .sort((a, b) => a.calledAt - b.calledAt || a.number - b.number);

const nearest = <T extends Spanning>(list: readonly T[], at: Micros): T =>
  list.reduce((best, next) => (Math.abs(next.calledAt - at) < Math.abs(best.calledAt - at) ? next : best));

// ---- the axis -----------------------------------------------------------------------------------------------

const tickRoom = 84;
/** Round times some 84 pixels or more apart. */
export function ticksOf(scale: Scale): readonly Micros[] {
  const least = ((scale.to - scale.from) / Math.max(1, scale.width)) * tickRoom;
  const step = roundStep(least);
  const first = Math.ceil(scale.from / step) * step;
  const count = Math.max(0, Math.floor((scale.to - first) / step) + 1);
  return Array.from({ length: count }, (_, i) => first + i * step);
}

function roundStep(least: Micros): Micros {
  let step = 1000;
  for (let next = 0; step < least; next++) step *= next % 3 === 1 ? 2.5 : 2;
  return step;
}
