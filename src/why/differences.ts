import type { LogIndex, Micros } from "../base/units.ts";
import { proposalText } from "../explain/messages.ts";
import { names, who } from "../explain/words.ts";
import {
  copyMoment,
  executeBy,
  executeOne,
  type Moment,
  nextAt,
  type Observer,
  onlookersFor,
  startMoment,
  unobserved,
} from "../history/moment.ts";
import { eventsAPart, type Work } from "../history/work.ts";
import { entryAt, lastIndex, prefixHash } from "../raft/log.ts";
import type { Action } from "../world/acts.ts";
import type { Fact } from "../world/facts.ts";
import type { Onlookers } from "../world/machine.ts";
import type { Machine } from "../world/state/machine.ts";
import type { Setup } from "../world/state/setup.ts";
import type { World } from "../world/types.ts";
import { moveClock } from "../world/world.ts";
import { toldOf } from "./headline.ts";
import type { DifferenceRow, Differences, FirstDifference } from "./types.ts";

/** One of two runs. */
export interface Line {
  readonly setup: Setup;
  readonly actions: readonly Action[];
  readonly end: Micros;
  /** Moments of it that are known, ascending; empty: none. */
  readonly checkpoints: readonly Moment[];
}

/** Where two runs differ first, and in what as they are at that time, or (null) each at its own end. */
export function* differencesOf(here: Line, there: Line, at: Micros | null): Work<Differences> {
  const [own, other] = [here, there].map((line) => new Side(line, at));
  const shared = here.setup === there.setup ? sharedMoment(here, there, Math.min(own!.until, other!.until)) : null;
  own!.begin(shared);
  other!.begin(shared);
  const first = yield* firstDifference(own!, other!);
  yield* own!.toItsEnd();
  yield* other!.toItsEnd();
  const rows = stateDifferences(own!.world, other!.world);
  return {
    first,
    here: own!.world.now,
    there: other!.world.now,
    rows: rows.slice(0, rowsMost).map(({ what, here, there }) => ({ what, here, there })),
    more: rows.length > rowsMost,
  };
}

/** More are not told. */
export const rowsMost = 60;

/** The last moment that is known to lie before their acts part. */
function sharedMoment(here: Line, there: Line, until: Micros): Moment | null {
  const [own, others] = [here, there].map(({ actions }) => actions.map((action) => JSON.stringify(action)));
  let common = 0;
  while (common < own!.length && common < others!.length && own![common] === others![common]) common++;
  const part = Math.min(here.actions[common]?.at ?? until, there.actions[common]?.at ?? until, until);
  return here.checkpoints.findLast(({ world }) => world.now < part) ?? null;
}

/** A run on its way to the time at which it is looked at. */
class Side {
  readonly until: Micros;
  private moment!: Moment;
  private onlookers!: Onlookers;
  private facts: Fact[] = [];
  private readonly listening: Observer = { ...unobserved, fact: (fact) => this.facts.push(fact) };

  constructor(
    private readonly line: Line,
    at: Micros | null,
  ) {
    this.until = Math.min(at ?? line.end, line.end);
  }

  begin(shared: Moment | null): void {
    this.moment = shared === null ? startMoment(this.line.setup) : copyMoment(shared);
    this.onlookers = onlookersFor(this.moment, this.listening);
  }

  get world(): World {
    return this.moment.world;
  }

  /** The next event, with what it tells; null: there is none before its end. */
  next(): { readonly event: number; readonly at: Micros; readonly facts: readonly Fact[] } | null {
    const { moment, line } = this;
    if (nextAt(moment, line.actions) > this.until) return null;
    this.facts = [];
    executeOne(moment, line.actions, this.onlookers, this.listening);
    return { event: this.world.events, at: this.world.now, facts: this.facts };
  }

  *toItsEnd(): Work {
    const { moment, line, until, world } = this;
    const onlookers = onlookersFor(moment, unobserved);
    while (executeBy(until, moment, line.actions, onlookers, unobserved))
      if (world.events % eventsAPart === 0) yield { done: world.now, of: until };
    if (world.violation === null && world.stopped === null) moveClock(world, until);
  }
}

function* firstDifference(own: Side, other: Side): Work<FirstDifference | null> {
  for (;;) {
    const [here, there] = [own.next(), other.next()];
    if (here === null && there === null) return null;
    if (here !== null && there !== null && here.at === there.at && tellingOf(here.facts) === tellingOf(there.facts)) {
      if (here.event % eventsAPart === 0) yield { done: here.at, of: own.until };
      continue;
    }
    const { event, at } = here !== null && (there === null || here.at <= there.at) ? here : there!;
    const ended = "It has come to its end";
    const sentenceOf = (side: typeof here): string => (side === null ? ended : toldOf(side).sentence);
    return {
      event,
      at,
      here: sentenceOf(here),
      there: sentenceOf(there),
      hereAt: here?.at ?? null,
      thereAt: there?.at ?? null,
    };
  }
}

/** What happened, whatever is said about rules that are switched off. */
const tellingOf = (facts: readonly Fact[]): string =>
  JSON.stringify(facts, (key, value: unknown) => (key === "replacedRules" ? undefined : value));

// ---- states -----------------------------------------------------------------------------------------------------

/** `what` in its parts. `whose`: "S3"; "" where it concerns no server. */
interface Row extends DifferenceRow {
  readonly whose: string;
  readonly aspect: string;
}

/** In what two worlds differ, server by server; messages under way and timers are left out. */
export function stateDifferences(here: World, there: World): Row[] {
  const rows: Row[] = [];
  const slots = Math.max(here.machines.length, there.machines.length);
  const groups = Math.max(here.setup.groups, there.setup.groups) > 1;
  for (let slot = 0; slot < slots; slot++) {
    const [own, other] = [here.machines[slot], there.machines[slot]];
    if (own === undefined && other === undefined) continue;
    const { id, group } = (own ?? other)!;
    const whose = groups ? `${who(id)} (group ${group})` : who(id);
    const add: Add = (aspect, a, b) => {
      if (a !== b) rows.push({ whose, aspect, what: aspect === "" ? whose : `${whose}: ${aspect}`, here: a, there: b });
    };
    if (own === undefined || other === undefined) add("", own ? "there" : "none", other ? "there" : "none");
    else compareMachines(own, other, add);
  }
  const add: Add = (aspect, a, b) => {
    if (a !== b) rows.push({ whose: "", aspect, what: aspect, here: a, there: b });
  };
  add("violation", here.violation?.property ?? "none", there.violation?.property ?? "none");
  add("run", here.stopped ?? "goes on", there.stopped ?? "goes on");
  return rows;
}

type Add = (aspect: string, here: string, there: string) => void;

/** Of all servers. */
const plurals = {
  state: "states",
  role: "roles",
  term: "terms",
  vote: "votes",
  "commit index": "commit indexes",
  applied: "applied indexes",
} as const;

/** In what no server differs: "roles", "terms", "logs". */
export function equalAspects(rows: readonly Pick<Row, "whose" | "aspect">[]): string[] {
  const own = rows.filter(({ whose }) => whose !== "").map(({ aspect }) => aspect);
  // A server that is not there on one side differs in everything.
  if (own.includes("")) return [];
  const equal = Object.entries(plurals).flatMap(([aspect, words]) => (own.includes(aspect) ? [] : [words]));
  const logs = own.some((aspect) => aspect === "last index" || aspect.startsWith("entry "));
  return logs ? equal : [...equal, "logs"];
}

function compareMachines(own: Machine, other: Machine, add: Add): void {
  const both = (aspect: string, of: (machine: Machine) => string): void => add(aspect, of(own), of(other));
  both("state", ({ status }) => status);
  if (own.status !== "down" && other.status !== "down") both("role", ({ raft }) => raft.role);
  both("term", ({ raft }) => String(raft.term));
  both("vote", ({ raft }) => names(raft.votedFor === 0 ? [] : [raft.votedFor]));
  both("commit index", ({ raft }) => String(raft.commitIndex));
  both("applied", ({ raft }) => String(raft.lastApplied));
  both("last index", ({ raft }) => String(lastIndex(raft.log)));
  const index = firstDifferent(own, other);
  if (index !== null) both(`entry ${index}`, (machine) => entryText(machine, index));
  const keys = [...new Set([...own.store.data.keys(), ...other.store.data.keys()])].sort();
  for (const key of keys) both(key, ({ store }) => store.data.get(key) ?? "none");
}

/** Where two logs part; null: the shorter is the beginning of the longer, as far as both are still there. */
function firstDifferent({ raft: { log: own } }: Machine, { raft: { log: other } }: Machine): LogIndex | null {
  let [low, high] = [Math.max(own.base, other.base), Math.min(lastIndex(own), lastIndex(other))];
  if (low >= high || prefixHash(own, high) === prefixHash(other, high)) return null;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (prefixHash(own, middle) === prefixHash(other, middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function entryText({ raft: { log } }: Machine, index: LogIndex): string {
  if (index > lastIndex(log)) return "none";
  if (index <= log.base) return "in its snapshot";
  const entry = entryAt(log, index);
  return `${proposalText(entry)}, term ${entry.term}`;
}
