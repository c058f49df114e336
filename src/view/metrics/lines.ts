import type { Micros, ServerId } from "../../base/units.ts";
import type { LevelName, Levels, Metrics, SumName } from "../../worker/protocol/metrics.ts";

/** What the charts show, as values over time. Pure. */

/** null: there is nothing there, and no line either. */
export type Point = readonly [at: Micros, value: number] | null;
/** `server` 0: of the whole cluster. */
export interface Line {
  readonly server: ServerId;
  readonly tone: "main" | "second" | "bad";
  readonly points: readonly Point[];
}

/** Shorter columns are too short for rates: what is counted is shown as it came. */
const rateFrom: Micros = 50_000;
/** A column of which less is known tells no rate. */
const knownLeast = 0.3;

export const timeOf = ({ from, step }: Metrics, bin: number): Micros => from + bin * step;
/** Which bin, or column, has that time; -1: none. */
export function binAt({ from, step, bins }: Metrics, at: Micros): number {
  const bin = Math.floor((at - from) / step);
  return bin >= 0 && bin < bins ? bin : -1;
}
export const columnAt = (metrics: Metrics, at: Micros): number => {
  const bin = binAt(metrics, at);
  return bin < 0 ? -1 : Math.floor(bin / metrics.column);
};
export const hasRates = ({ column, step }: Metrics): boolean => column * step >= rateFrom;

/** A level of bins, each with what it was at least and at most: where nothing changes, no point is needed. */
export function levelPoints(metrics: Metrics, { least, most, last }: Levels): Point[] {
  const points: Point[] = [];
  let before = -1;
  for (let bin = 0; bin < metrics.bins; bin++) {
    const at = timeOf(metrics, bin + 0.5);
    const [low, high, end] = [least[bin]!, most[bin]!, last[bin]!];
    if (high < 0) {
      if (points.length > 0 && points.at(-1) !== null) points.push(null);
    } else if (low === high && high === before && bin < metrics.bins - 1 && most[bin + 1] === high) continue;
    else {
      // The way goes from where it was to where it ends, by the other of the two.
      const first = Math.abs(before - low) < Math.abs(before - high) || before < 0 ? [low, high] : [high, low];
      for (const value of first) if (value !== (points.at(-1)?.[1] ?? -1) || low === high) points.push([at, value]);
      if (end >= 0 && end !== first[1]) points.push([at, end]);
    }
    before = end;
  }
  return points;
}

/** The greatest of all servers at any time: of levels of which the cluster's is that. */
export function greatest({ servers, bins }: Metrics, name: LevelName): Levels {
  const over = (part: keyof Levels): number[] =>
    Array.from({ length: bins }, (_, bin) => Math.max(...servers.map(({ levels }) => levels[name][part][bin]!)));
  return { least: over("least"), most: over("most"), last: over("last") };
}

export function totals({ servers, bins }: Metrics, name: SumName): number[] {
  return Array.from({ length: bins }, (_, bin) => servers.reduce((sum, { sums }) => sum + sums[name][bin]!, 0));
}

/** By column. */
export function grouped({ bins, column }: Metrics, sums: readonly number[]): number[] {
  const found = new Array<number>(Math.ceil(bins / column)).fill(0);
  for (let bin = 0; bin < bins; bin++) found[Math.floor(bin / column)]! += sums[bin]!;
  return found;
}

/** How much of a column has been run, in microseconds. */
function knownOf(metrics: Metrics, column: number): Micros {
  const from = timeOf(metrics, column * metrics.column);
  return Math.min(metrics.end.at, from + metrics.column * metrics.step) - from;
}
/** A second, in a column; null: too little of it is known. */
export function rateIn(metrics: Metrics, sums: readonly number[], column: number): number | null {
  const known = knownOf(metrics, column);
  if (column < 0 || known < knownLeast * metrics.column * metrics.step) return null;
  let sum = 0;
  const end = Math.min(metrics.bins, (column + 1) * metrics.column);
  for (let bin = column * metrics.column; bin < end; bin++) sum += sums[bin]!;
  return (sum * 1_000_000) / known;
}

/** Rates by column, or each bin's own count where there is too little time for a rate. */
export function ratePoints(metrics: Metrics, sums: readonly number[]): Point[] {
  return Array.from({ length: Math.ceil(metrics.bins / metrics.column) }, (_, column) => {
    const rate = rateIn(metrics, sums, column);
    return rate === null ? null : ([timeOf(metrics, (column + 0.5) * metrics.column), rate] as const);
  });
}

/** Of columns, where -1 is none. */
export const columnPoints = (metrics: Metrics, values: readonly number[]): Point[] =>
  values.map((value, column) =>
    value < 0 ? null : ([timeOf(metrics, (column + 0.5) * metrics.column), value] as const),
  );

/** The next of 1, 2, 5, 10 … that is not below it: axes stand still while what they measure grows. */
export function roundUp(value: number): number {
  let round = 1;
  for (;;) {
    for (const step of [1, 2, 5]) if (round * step >= value) return round * step;
    round *= 10;
  }
}

/** Up to there, what was counted before the stretch included. */
export function countUpTo(metrics: Metrics, name: SumName, at: Micros, server: ServerId = 0): number {
  const last = at >= metrics.end.at ? metrics.bins - 1 : binAt(metrics, at);
  let count = 0;
  for (const each of metrics.servers) {
    if (server !== 0 && each.server !== server) continue;
    count += each.before[name];
    for (let bin = 0; bin <= last; bin++) count += each.sums[name][bin]!;
  }
  return count;
}
