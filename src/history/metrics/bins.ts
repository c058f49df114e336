import type { Micros } from "../../base/units.ts";

/** So many bins at most: once there are more, each two become one. */
const binsMost = 4096;
/** How long a bin is at first. */
const firstStep: Micros = 100;

interface Column {
  /** That bin begins; those before it are complete. */
  begin(bin: number): void;
  /** Of the first `count` bins each two become one. */
  halve(count: number): void;
}

/** Time in bins of equal length, from 0 on, however long it is: hours take no more memory than seconds, and tell less of each. */
export class Grid {
  step: Micros = firstStep;
  /** Bins that have begun. */
  count = 0;
  private readonly columns: Column[] = [];

  /** Before time has begun. */
  with<C extends Column>(column: C): C {
    this.columns.push(column);
    return column;
  }

  /** Never back. */
  moveTo(at: Micros): void {
    while (at >= this.step * binsMost) this.halve();
    const last = Math.floor(at / this.step);
    for (; this.count <= last; this.count++) for (const column of this.columns) column.begin(this.count);
  }

  private halve(): void {
    for (const column of this.columns) column.halve(this.count);
    this.count = Math.ceil(this.count / 2);
    this.step *= 2;
  }
}

/** How much of something came in each bin. */
export class Sums implements Column {
  readonly values = new Float64Array(binsMost);
  total = 0;
  private bin = 0;

  add(amount = 1): void {
    this.values[this.bin]! += amount;
    this.total += amount;
  }

  begin(bin: number): void {
    this.bin = bin;
  }

  halve(count: number): void {
    const { values } = this;
    const half = Math.ceil(count / 2);
    for (let i = 0; i < half; i++) values[i] = values[2 * i]! + values[2 * i + 1]!;
    values.fill(0, half);
    this.bin >>= 1;
  }
}

/** What something was in each bin: at least, at most, and at its end. NaN: there was no such thing. */
export class Levels implements Column {
  readonly least = new Float64Array(binsMost);
  readonly most = new Float64Array(binsMost);
  readonly last = new Float64Array(binsMost);
  value = Number.NaN;
  private bin = 0;

  set(value: number): void {
    if (Object.is(value, this.value)) return;
    const { bin, least, most, last } = this;
    this.value = value;
    last[bin] = value;
    least[bin] = lesser(least[bin]!, value);
    most[bin] = greater(most[bin]!, value);
  }

  begin(bin: number): void {
    this.bin = bin;
    this.least[bin] = this.most[bin] = this.last[bin] = this.value;
  }

  halve(count: number): void {
    const { least, most, last } = this;
    for (let i = 0; 2 * i < count; i++) {
      const [a, b] = [2 * i, Math.min(2 * i + 1, count - 1)];
      least[i] = lesser(least[a]!, least[b]!);
      most[i] = greater(most[a]!, most[b]!);
      last[i] = last[b]!;
    }
    this.bin >>= 1;
  }
}

/** Of two, where NaN is none. */
const lesser = (a: number, b: number): number => (a <= b || Number.isNaN(b) ? a : b);
const greater = (a: number, b: number): number => (a >= b || Number.isNaN(b) ? a : b);
