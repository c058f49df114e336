import { failure, type Result, success } from "../base/result.ts";
import { engineVersion } from "../scenario/version.ts";
import type { Outcome } from "./experiment.ts";
import type { ExperimentJson } from "./format.ts";

/** What runs of an experiment came to, as files have it: whole, or of a part of the runs. */
export interface Results {
  readonly format: "driftwood-results";
  readonly version: 1;
  /** Which engine ran it: another one may come to other numbers. */
  readonly engine: number;
  readonly experiment: ExperimentJson;
  /** In the order of settings, then seeds. */
  readonly outcomes: readonly Row[];
}
/** setting, seed, value, at, begun, terms, broke */
export type Row = readonly [number, number, number | null, number, number, number, string | null];

export const rowOf = ({ setting, seed, value, at, begun, terms, broke }: Outcome): Row => [
  setting,
  seed,
  value,
  at,
  begun,
  terms,
  broke,
];
export const outcomeOf = ([setting, seed, value, at, begun, terms, broke]: Row): Outcome => ({
  setting,
  seed,
  value,
  at,
  begun,
  terms,
  broke,
});

const inOrder = (a: Row, b: Row): number => a[0] - b[0] || a[1] - b[1];

export const resultsOf = (experiment: ExperimentJson, outcomes: readonly Outcome[]): Results => ({
  format: "driftwood-results",
  version: 1,
  engine: engineVersion,
  experiment,
  outcomes: outcomes.map(rowOf).sort(inOrder),
});

/** Whatever runs the parts have, each once. A problem where they are of different experiments, or tell differently of one run. */
export function mergeResults(parts: readonly Results[]): Result<Results, string> {
  const [first] = parts;
  if (first === undefined) return failure("there is nothing to merge");
  const own = sameness(first);
  const rows = new Map<string, Row>();
  for (const part of parts) {
    if (sameness(part) !== own) return failure("they are of different experiments, or of different engines");
    for (const row of part.outcomes) {
      const name = `${row[0]} ${row[1]}`;
      const known = rows.get(name);
      if (known !== undefined && JSON.stringify(known) !== JSON.stringify(row))
        return failure(`they tell differently of the run with seed ${row[1]} of setting ${row[0] + 1}`);
      rows.set(name, row);
    }
  }
  return success({ ...first, outcomes: [...rows.values()].sort(inOrder) });
}

const sameness = ({ engine, experiment }: Results): string => JSON.stringify([engine, experiment]);

/** What a file holds that says it has results; null: it has none, or they are damaged. */
export function readResults(json: unknown): Results | null {
  if (typeof json !== "object" || json === null) return null;
  const { format, version, engine, experiment, outcomes } = json as Partial<Results>;
  const isSound =
    format === "driftwood-results" &&
    version === 1 &&
    typeof engine === "number" &&
    typeof experiment === "object" &&
    Array.isArray(outcomes) &&
    outcomes.every(isRow);
  return isSound ? { format, version, engine, experiment, outcomes } : null;
}

const isRow = (row: unknown): row is Row =>
  Array.isArray(row) &&
  row.length === 7 &&
  [0, 1, 3, 4, 5].every((at) => Number.isSafeInteger(row[at])) &&
  (row[2] === null || typeof row[2] === "number") &&
  (row[6] === null || typeof row[6] === "string");
