import { outcomeOf, type Row } from "../../experiment/results.ts";
import { isAgain, isBroken, isElection, type Summary, summed } from "../../experiment/summary.ts";
import type { ExperimentView } from "../../worker/protocol/experiment.ts";

type Unit = ExperimentView["measure"]["unit"];

/** A run that came to a value. */
export interface Run {
  readonly seed: number;
  readonly value: number;
}
/** What is known of a setting by now. */
export interface Told {
  /** By their values, then seeds. */
  readonly runs: readonly Run[];
  /** The first that was given up without a value. */
  readonly without: number | null;
  readonly summary: Summary;
}

/** Lists of rows are never changed: a new one comes for each that grows, with the same rows before the new ones. */
const known = new WeakMap<readonly Row[], Told>();
/** By its first row, the longest of a list that grows. */
const longest = new WeakMap<Row, readonly Row[]>();

export function toldOf(rows: readonly Row[], unit: Unit): Told {
  const same = known.get(rows);
  if (same !== undefined) return same;
  const [first] = rows;
  const before = (first && longest.get(first)) ?? [];
  const isMore = before.length < rows.length && before.at(-1) === rows[before.length - 1];
  const told = isMore ? withMore(known.get(before), rows.slice(before.length), unit) : withMore(undefined, rows, unit);
  known.set(rows, told);
  if (first !== undefined && isMore) longest.set(first, rows);
  return told;
}

/** What is known with these rows as well: what was counted is not counted again. */
function withMore(before: Told | undefined, rows: readonly Row[], unit: Unit): Told {
  const fresh: Run[] = [];
  let without = before?.without ?? null;
  let { n, elections, again, broke } = before?.summary ?? { n: 0, elections: 0, again: 0, broke: 0 };
  for (const row of rows) {
    const outcome = outcomeOf(row);
    const { seed, value } = outcome;
    if (value !== null) fresh.push({ seed, value });
    else if (without === null || seed < without) without = seed;
    n++;
    elections += Number(isElection(outcome));
    again += Number(isAgain(outcome));
    broke += Number(isBroken(outcome));
  }
  const runs = merged(before?.runs ?? [], fresh.sort(inOrder));
  const values = runs.map(({ value }) => value);
  return { runs, without, summary: summed({ n, elections, again, broke, known: values }, unit) };
}

const inOrder = (a: Run, b: Run): number => a.value - b.value || a.seed - b.seed;

/** Two sorted lists as one. */
function merged(many: readonly Run[], few: readonly Run[]): readonly Run[] {
  const all: Run[] = [];
  let at = 0;
  for (const run of few) {
    while (at < many.length && inOrder(many[at]!, run) <= 0) all.push(many[at++]!);
    all.push(run);
  }
  return all.concat(many.slice(at));
}

/** The value that the share `q` of the runs that came to one does not exceed. */
export function rankAt({ runs }: Told, q: number): number | null {
  return runs[Math.max(1, Math.ceil(q * runs.length - 1e-9)) - 1]?.value ?? null;
}
