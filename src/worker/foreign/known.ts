import { copyVector, emptyVector, push, type Vector, valueAt } from "../../base/vector.ts";
import type { Fact, Says, ToldEntry, ToldRun } from "../../exchange/in/told.ts";

/** What is known of one server at some moment. Immutable: what is said of it makes another one. */
export interface Known extends Required<Omit<Says, "log" | "status">> {
  readonly status: "up" | "down" | null;
  readonly log: KnownLog | null;
}
/** Entries from `from` on. */
interface KnownLog {
  readonly from: number;
  readonly entries: Vector<ToldEntry>;
}

export const nothingKnown: Known = {
  status: null,
  role: null,
  term: null,
  vote: null,
  leader: null,
  commit: null,
  applied: null,
  last: null,
  lastTerm: null,
  base: null,
  baseTerm: null,
  log: null,
  configuration: null,
};

/** A log with a larger gap before what is told next begins there: nothing of it is drawn before. */
const gapMost = 10_000;
const untoldEntry: ToldEntry = { term: null, text: "" };

const endOf = ({ from, entries }: KnownLog): number => from + entries.length;

export function after(known: Known, { log, ...said }: Says): Known {
  if (log === undefined) {
    for (const _ in said) return { ...known, ...said };
    return known;
  }
  if (log === null) return { ...known, log: null, ...said };
  const written = goneOn(known.log, log);
  const end = log.entries.at(-1);
  return { ...known, last: endOf(written) - 1, lastTerm: end?.term ?? null, log: written, ...said };
}

function goneOn(before: KnownLog | null, { from, entries }: NonNullable<Says["log"]>): KnownLog {
  const goesOn = before !== null && from >= before.from && from - endOf(before) <= gapMost;
  const own = goesOn
    ? { from: before.from, entries: copyVector(before.entries) }
    : { from, entries: emptyVector<ToldEntry>() };
  own.entries.length = Math.min(own.entries.length, from - own.from);
  while (endOf(own) < from) push(own.entries, untoldEntry);
  for (const entry of entries) push(own.entries, entry);
  return own;
}

/** null: nobody tells what stands there. */
export const entryIn = ({ log }: Known, index: number): ToldEntry | null =>
  log === null || index < log.from ? null : (valueAt(log.entries, index - log.from) ?? null);

/** How far a log reaches at least, by all that is told of it. */
export const leastLast = ({ last, commit, base, applied }: Known): number =>
  Math.max(last ?? 0, commit ?? 0, base ?? 0, applied ?? 0);

/** What is not known of a server. `messages` is a fact of the run. */
export function unknownOf(known: Known, tells: ToldRun["tells"]): readonly Fact[] {
  const { status, role, term, vote, leader, commit, applied, last, log, configuration } = known;
  const facts: readonly (readonly [Fact, unknown])[] = [
    ["status", status],
    ["role", role],
    ["term", term],
    ["vote", vote],
    ["leader", leader],
    ["commit", commit],
    ["applied", applied],
    ["last", last],
    ["log", log],
    ["configuration", configuration],
  ];
  const unknown = facts.filter(([, value]) => value === null).map(([fact]) => fact);
  return tells.includes("messages") ? unknown : [...unknown, "messages"];
}
