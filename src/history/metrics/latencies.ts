import type { LogIndex, Micros, Term } from "../../base/units.ts";
import { Table } from "../traffic/table.ts";

/** Upper ends of the histogram's buckets, in microseconds; the last one has no end. */
export const bucketEnds: readonly Micros[] = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000].map(
  (millis) => millis * 1000,
);

/** So many are kept, each for itself: beyond that every other one is forgotten, and from then on only every other one kept. */
const samplesMost = 262_144;

/** What one server's entries took. */
export interface Histogram {
  /** By bucket, and last what is beyond all of them; not cumulative. */
  readonly counts: number[];
  sum: Micros;
  count: number;
}
export const newHistogram = (): Histogram => ({
  counts: new Array<number>(bucketEnds.length + 1).fill(0),
  sum: 0,
  count: 0,
});

/** How long it took from an entry's being appended at its leader to its being committed there; ascending by when that was. */
export class Latencies {
  private readonly table: Table<"at" | "took" | "server">;
  /** One of so many is kept. */
  every = 1;
  private passed = 0;

  constructor(private readonly most = samplesMost) {
    this.table = new Table({ at: Float64Array, took: Float64Array, server: Uint8Array });
  }

  add(at: Micros, took: Micros, server: number): void {
    if (this.passed++ % this.every !== 0) return;
    if (this.table.length === this.most) this.thin();
    this.table.add({ at, took, server });
  }

  /** Those that were committed from that time on and before the other, of one server or (0) of all. */
  within(from: Micros, to: Micros, server = 0): number[] {
    const { at, took, server: servers } = this.table.columns;
    const found: number[] = [];
    for (let row = this.table.upTo("at", from - 1); row < this.table.length && at[row]! < to; row++)
      if (server === 0 || servers[row] === server) found.push(took[row]!);
    return found;
  }

  private thin(): void {
    const { table } = this;
    const half = Math.ceil(table.length / 2);
    for (const column of Object.values(table.columns))
      for (let row = 0; row < half; row++) column[row] = column[2 * row]!;
    table.length = half;
    this.every *= 2;
  }
}

/** Of what ascends, the value that so many thousandths are not above; NaN of nothing. */
export const quantile = (ascending: readonly number[], thousandths: number): number =>
  ascending[Math.max(0, Math.ceil((ascending.length * thousandths) / 1000) - 1)] ?? Number.NaN;

export function count(histogram: Histogram, took: Micros): void {
  const bucket = bucketEnds.findIndex((end) => took <= end);
  histogram.counts[bucket < 0 ? bucketEnds.length : bucket]!++;
  histogram.sum += took;
  histogram.count++;
}

/** What one leader has appended and not committed. */
export class Uncommitted {
  private waiting: { readonly last: LogIndex; next: LogIndex; readonly at: Micros }[] = [];
  private term: Term = 0;

  /** It leads that term; 0: none. What it had appended before in another one is forgotten. */
  goesOn(term: Term): void {
    if (term === this.term) return;
    this.term = term;
    this.waiting = [];
  }

  append(first: LogIndex, last: LogIndex, at: Micros): void {
    if (this.term > 0 && first <= last) this.waiting.push({ next: first, last, at });
  }

  /** Up to there they are committed: calls for each with when it was appended. */
  commit(index: LogIndex, each: (appendedAt: Micros) => void): void {
    let done = 0;
    for (const batch of this.waiting) {
      for (; batch.next <= Math.min(batch.last, index); batch.next++) each(batch.at);
      if (batch.last > index) break;
      done++;
    }
    if (done > 0) this.waiting.splice(0, done);
  }
}
