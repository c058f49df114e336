import type { LogIndex, Micros, ServerId, Term } from "../base/units.ts";
import { endName } from "../scenario/names.ts";

/** Small pieces of sentences. */

/** "S3", "the client". */
export const who = (id: ServerId): string => (id === 0 ? "the client" : endName(id));

/** "S1", "S1 and S2", "S1, S2 and S3"; "nobody" if empty. */
export function names(ids: readonly ServerId[]): string {
  const texts = ids.map(who);
  const last = texts.pop();
  if (last === undefined) return "nobody";
  return texts.length === 0 ? last : `${texts.join(", ")} and ${last}`;
}

/** "entry 4", "entries 4–6". */
export const entries = (first: LogIndex, last: LogIndex): string =>
  first === last ? `entry ${first}` : `entries ${first}–${last}`;

/** "181 ms", "20.5 ms": microseconds to a tenth of a millisecond. */
export const duration = (micros: Micros): string => `${Math.round(micros / 100) / 10} ms`;

/** The place that a consistency check looks at: "entry 3 of term 2", "the start of the log". */
export const placeBefore = (index: LogIndex, term: Term): string =>
  index === 0 ? "the start of the log" : `entry ${index} of term ${term}`;
