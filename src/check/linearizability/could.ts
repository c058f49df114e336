import type { Call } from "./search.ts";
import { search } from "./search.ts";

/** What an operation could have been told instead. */
export interface Alternatives {
  readonly values: readonly (string | null)[];
  /** The budget ended before all values had been tried. */
  readonly complete: boolean;
}

const valuesMost = 40;

/**
 * Which answers to one operation the history up to its return would allow: each value that was ever written to the
 * key, or told by an answer, is tried in its place. Operations that were still under way then may have any outcome.
 */
export function couldBeTold(calls: readonly Call[], number: number, budget: number): Alternatives {
  const own = calls.find((call) => call.number === number);
  if (own === undefined || own.returned === null) return { values: [], complete: true };
  const before = calls.filter((call) => call.called < own.returned!).map((call) => asOf(call, own));
  let left = budget;
  const values = candidates(calls).filter((value) => {
    const found = search(
      before.map((call) => (call.number === number ? { ...call, value } : call)),
      left,
    );
    left = Math.max(0, left - found.steps);
    return found.verdict === "ok";
  });
  return { values, complete: left > 0 };
}

const asOf = (call: Call, moment: Call): Call =>
  call.returned !== null && call.returned > moment.returned! ? { ...call, returned: null, value: null } : call;

function candidates(calls: readonly Call[]): (string | null)[] {
  const written = calls.flatMap(({ operation, value }) => ("value" in operation ? [operation.value, value] : [value]));
  return [...new Set([null, ...written])].slice(0, valuesMost);
}
