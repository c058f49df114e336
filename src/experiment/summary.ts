import { type Interval, type Quantile, quantile, quantileFromAbove, shareInterval } from "./estimate.ts";
import type { Outcome } from "./experiment.ts";
import { isMoreBetter, type Unit } from "./measures/measure.ts";

/** What the runs of one setting say. No figure without `n`. */
export interface Summary {
  readonly n: number;
  /** Of a chance: how many said yes, and between what the probability lies. */
  readonly chance: ({ readonly yes: number; readonly share: number } & Interval) | null;
  /**
   * Of all other measures: what so many of the runs stay within, or reach where more is better. Runs that were given up
   * count as worse than all others.
   */
  readonly half: Quantile | null;
  readonly ninetyNine: Quantile | null;
  readonly least: number | null;
  readonly most: number | null;
  /** Runs that were given up without a value. */
  readonly none: number;
  /** Runs in which a term began while they were measured; and more than one. */
  readonly elections: number;
  readonly again: number;
  /** Runs in which a property broke, or that could not go on. */
  readonly broke: number;
}

export const isElection = ({ terms }: Outcome): boolean => terms > 0;
export const isAgain = ({ terms }: Outcome): boolean => terms > 1;
export const isBroken = ({ broke }: Outcome): boolean => broke !== null;

export function summaryOf(outcomes: readonly Outcome[], unit: Unit): Summary {
  const known = outcomes.flatMap(({ value }) => (value === null ? [] : [value])).sort((a, b) => a - b);
  const elections = outcomes.filter(isElection).length;
  const again = outcomes.filter(isAgain).length;
  const broke = outcomes.filter(isBroken).length;
  return summed({ n: outcomes.length, elections, again, broke, known }, unit);
}

/** What a summary is made of: how many runs had what, and all values that there are, sorted. */
type Counted = Pick<Summary, "n" | "elections" | "again" | "broke"> & { readonly known: readonly number[] };

export function summed({ n, elections, again, broke, known }: Counted, unit: Unit): Summary {
  const isChance = unit === "chance";
  const yes = isChance ? known.filter((value) => value === 1).length : 0;
  const within = (q: number): Quantile => (isMoreBetter(unit) ? quantileFromAbove(known, n, q) : quantile(known, n, q));
  return {
    n,
    chance: isChance && n > 0 ? { yes, share: yes / n, ...shareInterval(yes, n) } : null,
    half: isChance || n === 0 ? null : within(0.5),
    ninetyNine: isChance || n === 0 ? null : within(0.99),
    least: known[0] ?? null,
    most: known.at(-1) ?? null,
    none: n - known.length,
    elections,
    again,
    broke,
  };
}
