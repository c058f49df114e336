import { column } from "../explain/words.ts";
import { finish } from "../history/work.ts";
import { millis } from "../report/state.ts";
import type { Recording } from "../scenario/recording.ts";
import { differencesOf, type Line } from "../why/differences.ts";
import type { Differences } from "../why/types.ts";
import { answer } from "./answer.ts";
import { readFor, readTime } from "./args.ts";
import { load } from "./load.ts";

/** `compare FILE OTHER [--at T] [--json]`: the first event that differs, and the states at that time, or at their ends. */
export async function compare(args: readonly string[]): Promise<number> {
  const { values, files, json } = readFor("compare", args, ["at"], 2);
  const at = values.at === undefined ? null : readTime("at", values.at);
  const here = lineOf(await load(files[0]!));
  const other = lineOf(await load(files[1]!));
  // One object for both where they start alike.
  const there = JSON.stringify(other.setup) === JSON.stringify(here.setup) ? { ...other, setup: here.setup } : other;
  const found = finish(differencesOf(here, there, at));
  return answer(found, "", { json, state: differencesState, lines: linesOf });
}

const lineOf = ({ setup, actions, end }: Recording): Line => ({ setup, actions, end, checkpoints: [] });
const millisOrNull = (at: number | null): number | null => (at === null ? null : millis(at));

const differencesState = ({ first, here, there, rows, more }: Differences) => ({
  first: first && {
    event: first.event,
    atMs: millis(first.at),
    here: { atMs: millisOrNull(first.hereAt), sentence: first.here },
    there: { atMs: millisOrNull(first.thereAt), sentence: first.there },
  },
  atMs: { here: millis(here), there: millis(there) },
  differences: rows,
  more,
});

function linesOf({ first, here, there, rows, more }: Differences): readonly string[] {
  const [left, right] =
    first === null ? [] : [first.hereAt, first.thereAt].map((at) => (at === null ? "" : column(at).trim()));
  return [
    ...(first === null
      ? ["The same events in both, as far as they go."]
      : [
          `The first difference, event ${first.event}:`,
          `  here   ${left}  ${first.here}`,
          `  there  ${right}  ${first.there}`,
        ]),
    rows.length === 0
      ? "The same states."
      : `Different states, here at ${column(here).trim()} and there at ${column(there).trim()}:`,
    ...rows.map((row) => `  ${row.what}: ${row.here} | ${row.there}`),
    ...(more ? ["  … and more"] : []),
  ];
}
