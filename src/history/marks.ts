import type { GroupId, LogIndex, Micros, ServerId, Term } from "../base/units.ts";
import { seenBefore } from "../check/watch.ts";
import type { Action } from "../world/acts.ts";
import type { Machine } from "../world/state/machine.ts";
import type { Moment } from "./moment.ts";

export type MarkKind = "election" | "commit" | "crash" | "restart" | "cut" | "heal" | "request" | "violation" | "act";

/** Something worth finding again: kept for ever, for the whole run. */
export interface Mark {
  readonly at: Micros;
  readonly event: number;
  readonly kind: MarkKind;
  readonly server: ServerId;
  /** Whose it is; 0 where it concerns no group, or all. */
  readonly group: GroupId;
  /** election: the term that is led. commit: the new commit index. */
  readonly value: Term | LogIndex;
  readonly act: Action["act"] | null;
}

/** From `from` on, `term` is the highest term of any server in that group. */
export interface TermMark {
  readonly group: GroupId;
  readonly from: Micros;
  readonly event: number;
  readonly term: Term;
}

/** A recorded act that was not possible when its time came. */
export interface Refused {
  readonly action: Action;
  readonly event: number;
  /** "S3 is not down" */
  readonly why: string;
}

/** Marks and terms of one branch, ascending by event, filled while the run is first explored. */
export interface RunIndex {
  marks: Mark[];
  /** Those of them that are no commits: where marks are many, these are few. */
  rare: Mark[];
  terms: TermMark[];
  refused: Refused[];
}
export const emptyIndex = (): RunIndex => ({ marks: [], rare: [], terms: [], refused: [] });

function add(index: RunIndex, mark: Mark): void {
  index.marks.push(mark);
  if (isRare(mark)) index.rare.push(mark);
}
const isRare = ({ kind }: Mark): boolean => kind !== "commit";

/** A copy of what is known up to that event. */
export function indexUpTo({ marks, rare, terms, refused }: RunIndex, last = Number.POSITIVE_INFINITY): RunIndex {
  const upTo = <Item extends { readonly event: number }>(list: readonly Item[]): Item[] =>
    list.filter(({ event }) => event <= last);
  return { marks: upTo(marks), rare: upTo(rare), terms: upTo(terms), refused: upTo(refused) };
}

/** So many of those that come by themselves are kept; beyond that every other one goes, as often as it takes. */
const marksMost = 100_000;
const thins = ({ kind }: Mark): boolean => kind === "commit" || kind === "election" || kind === "act";

/** Called when something was added: a run of hours must not grow without bound. Keeps the last one of each list. */
export function thinIndex(index: RunIndex): void {
  if (index.marks.length > marksMost) {
    let nth = index.marks.filter(thins).length;
    index.marks = index.marks.filter((mark) => !thins(mark) || nth-- % 2 === 1);
    index.rare = index.marks.filter(isRare);
  }
  if (index.terms.length > marksMost) {
    const last = index.terms.length - 1;
    index.terms = index.terms.filter((_, i) => (last - i) % 2 === 0 || i > last - 8);
  }
}

/** Called right after a server's step, before the checker takes note of it. */
export function indexStep(index: RunIndex, moment: Moment, machine: Machine): void {
  const { raft, group } = machine;
  if (raft.term > lastTerm(index, group)) addTerm(index, moment, machine);
  if (raft.role !== "leader") return;
  const before = seenBefore(moment.ghosts[group]!, machine);
  if (before.role !== "leader" || before.term !== raft.term) addOf(index, moment, machine, "election", raft.term);
  if (raft.commitIndex > before.commitIndex) addOf(index, moment, machine, "commit", raft.commitIndex);
}

function addTerm({ terms }: RunIndex, { world }: Moment, { raft, group }: Machine): void {
  terms.push({ group, from: world.now, event: world.events, term: raft.term });
}

function addOf(
  index: RunIndex,
  { world }: Moment,
  { id: server, group }: Machine,
  kind: "election" | "commit",
  value: number,
): void {
  add(index, { at: world.now, event: world.events, kind, server, group, value, act: null });
}

/** The highest term that was seen in the group, 0 if none. */
function lastTerm({ terms }: RunIndex, group: GroupId): Term {
  for (let at = terms.length - 1; at >= 0; at--) if (terms[at]!.group === group) return terms[at]!.term;
  return 0;
}

export function indexViolation(index: RunIndex, moment: Moment): void {
  const { violation, now: at, events: event } = moment.world;
  if (violation === null) return;
  add(index, { at, event, kind: "violation", server: violation.server, group: 0, value: 0, act: null });
}

export function indexAction(index: RunIndex, moment: Moment, action: Action): void {
  const { now: at, events: event } = moment.world;
  const { act } = action;
  const server = "server" in act ? (act.server ?? 0) : 0;
  const group = "group" in act ? (act.group ?? 1) : 0;
  add(index, { at, event, kind: markKind(act.do), server, group, value: 0, act });
}

function markKind(act: Action["act"]["do"]): MarkKind {
  switch (act) {
    case "crash":
    case "restart":
    case "request":
      return act;
    case "powerLoss":
      return "crash";
    case "cut":
    case "partition":
    case "isolate":
    case "ring":
    case "bridge":
    case "flap":
      return "cut";
    case "mend":
    case "heal":
    case "repair":
      return "heal";
    default:
      return "act";
  }
}
