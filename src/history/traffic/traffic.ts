import type { Micros, ServerId, Term } from "../../base/units.ts";
import type { Decision } from "../../raft/decisions.ts";
import type { Act } from "../../world/acts.ts";
import type { Fact } from "../../world/facts.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { World } from "../../world/types.ts";
import type { History } from "../history.ts";
import { type Moment, unobserved } from "../moment.ts";
import { type Onlooker, Rerun } from "../rerun.ts";
import type { Work } from "../work.ts";
import { Messages } from "./messages.ts";
import { Table } from "./table.ts";

/** What is worth a sign on a server's lane, by its number. */
export const signKinds = [
  "campaign",
  "elected",
  "stepsDown",
  "votes",
  "refuses",
  "commits",
  "snapshot",
  "crash",
  "restart",
  "violation",
] as const;
export type SignKind = (typeof signKinds)[number];

export const roles = ["follower", "preCandidate", "candidate", "leader"] as const;
export const statuses = ["up", "down", "paused"] as const;

/** What a server was from some time on. `writing`: its disk was at work. */
export interface Being {
  readonly term: Term;
  readonly role: (typeof roles)[number];
  readonly status: (typeof statuses)[number];
  readonly writing: boolean;
}
/** What it is now, in one number, and out of it. */
export const codeOf = (machine: Machine): number => {
  const { status, raft, disk } = machine;
  const term = status === "down" ? disk.term : raft.term;
  const writing = status !== "down" && disk.pending.length > 0 ? 1 : 0;
  return ((term * 4 + roles.indexOf(raft.role)) * 4 + statuses.indexOf(status)) * 2 + writing;
};
export const beingOf = (code: number): Being => ({
  term: Math.floor(code / 32),
  role: roles[(code >> 3) & 3]!,
  status: statuses[(code >> 1) & 3]!,
  writing: (code & 1) === 1,
});

/** As if disks did nothing. */
export const withoutDisk = (code: number): number => code - (code & 1);

export interface ActDone {
  readonly at: Micros;
  readonly event: number;
  readonly act: Act;
}
/** Something that was wrong for a while; `to` null: it still is. `id` tells it from others at any moment. */
export interface Trouble {
  readonly id: string;
  readonly words: string;
  readonly from: Micros;
  readonly fromEvent: number;
  to: Micros | null;
  toEvent: number;
}
/** What is wrong in a world: told by who has the words. */
export type Wrong = (world: World) => readonly { readonly id: string; readonly words: string }[];

/**
 * What a space-time diagram of the present branch is drawn from: every message, what each server was at any time, and
 * what is worth a sign. Found by executing the branch, or a part of it, once more when somebody asks; the run itself keeps none of it.
 */
export class Traffic {
  private readonly rerun: Rerun;
  readonly messages = new Messages();
  readonly signs = new Table({
    at: Float64Array,
    event: Uint32Array,
    value: Uint32Array,
    kind: Uint8Array,
    server: Uint8Array,
    /** Whom it concerns too; 0: nobody. */
    other: Uint8Array,
    group: Uint8Array,
  });
  acts: ActDone[] = [];
  troubles: Trouble[] = [];
  /** By slot (`world.machines`). */
  private readonly beings: Table<"at" | "event" | "code">[] = [];
  private changesWrong = true;
  private begun = false;

  /** `start`: an event of the present branch from which on it is known; what began later is of no other branch. */
  constructor(
    readonly history: History,
    private readonly wrong: Wrong,
    start = 0,
  ) {
    this.rerun = new Rerun(history, start);
  }

  /** Something of the present branch is known. */
  get isHere(): boolean {
    return this.rerun.isHere;
  }

  /** Where it is known to. */
  get reached(): number {
    return this.rerun.reached;
  }

  /** Everything up to the end of the branch, as far as it has been run, or all that was sent until `to` and what became of it: the world there. */
  *known(to: Micros = Number.POSITIVE_INFINITY): Work<World> {
    const onlooker: Onlooker = {
      ...unobserved,
      fact: (fact) => this.note(fact),
      after: (moment) => this.look(moment),
      forget: (event) => this.forget(event),
    };
    const enough = ({ now }: World): boolean => now > to && this.messages.settledUntil(to);
    return (yield* this.rerun.known(onlooker, enough)).world;
  }

  /** What that machine was, and since when; ascending. */
  beingsOf(slot: number): Table<"at" | "event" | "code"> {
    this.beings[slot] ??= new Table({ at: Float64Array, event: Uint32Array, code: Float64Array });
    return this.beings[slot];
  }

  private note(fact: Fact): void {
    if (this.messages.note(fact)) return;
    if (fact.kind === "decided") {
      const sign = signOf(fact.decision);
      if (sign !== null) this.sign(fact, fact.decision.server, sign);
    } else if (fact.kind === "acted") {
      this.changesWrong = true;
      const { at, event, act, ignored, by } = fact;
      if (ignored === null && by === undefined && act.do !== "request") this.acts.push({ at, event, act });
    } else if (fact.kind === "ended") this.changesWrong = true;
    else if (fact.kind === "crashed") this.sign(fact, fact.server, { kind: "crash" });
    else if (fact.kind === "restarted") this.sign(fact, fact.server, { kind: "restart", value: fact.term });
    else if (fact.kind === "compacted") this.sign(fact, fact.server, { kind: "snapshot", value: fact.index });
    else if (fact.kind === "violated") this.sign(fact, fact.server, { kind: "violation" });
  }

  private sign({ at, event, group = 1 }: Fact, server: ServerId, { kind, value = 0, other = 0 }: Sign): void {
    this.signs.add({ at, event, value, kind: signKinds.indexOf(kind), server, other, group });
  }

  private look({ world }: Moment): void {
    const { machines, now: at, events: event } = world;
    if (!this.begun) this.messages.begin(world);
    this.begun = true;
    this.messages.look(world);
    for (let slot = 0; slot < machines.length; slot++) {
      const machine = machines[slot];
      if (machine === undefined) continue;
      const table = this.beingsOf(slot);
      const code = codeOf(machine);
      if (table.length === 0 || table.columns.code[table.length - 1] !== code) table.add({ at, event, code });
    }
    if (!this.changesWrong) return;
    this.changesWrong = false;
    this.lookForTrouble(world);
  }

  private lookForTrouble(world: World): void {
    const { now, events } = world;
    const found = new Map(this.wrong(world).map((each) => [each.id, each] as const));
    for (const trouble of this.troubles) {
      if (trouble.to !== null) continue;
      if (found.get(trouble.id)?.words === trouble.words) found.delete(trouble.id);
      else [trouble.to, trouble.toEvent] = [now, events];
    }
    for (const { id, words } of found.values())
      this.troubles.push({ id, words, from: now, fromEvent: events, to: null, toEvent: 0 });
  }

  private forget(last: number): void {
    this.messages.forget(last);
    this.signs.length = this.signs.upTo("event", last);
    for (const table of this.beings) if (table !== undefined) table.length = table.upTo("event", last);
    this.acts = this.acts.filter(({ event }) => event <= last);
    this.troubles = this.troubles
      .filter(({ fromEvent }) => fromEvent <= last)
      .map((trouble) => (trouble.toEvent > last ? { ...trouble, to: null, toEvent: 0 } : trouble));
  }
}

interface Sign {
  readonly kind: SignKind;
  /** A term or an index; of a pre-vote, which is no vote yet, none. */
  readonly value?: number;
  readonly other?: ServerId;
}

function signOf(decision: Decision): Sign | null {
  switch (decision.kind) {
    case "electionStarted":
      return { kind: "campaign", value: decision.term };
    case "preVoteStarted":
      return { kind: "campaign" };
    case "electionWon":
      return { kind: "elected", value: decision.term };
    case "termAdopted":
      return decision.steppedDown ? { kind: "stepsDown", value: decision.term, other: decision.from } : null;
    case "candidateConceded":
      return { kind: "stepsDown", value: decision.term, other: decision.to };
    case "voteGranted":
      if (decision.to === decision.server) return null;
      return { kind: "votes", value: decision.pre ? 0 : decision.term, other: decision.to };
    case "voteRefusedOldTerm":
    case "voteRefusedVoted":
    case "voteRefusedLogTerm":
    case "voteRefusedLogLength":
      return { kind: "refuses", other: decision.to };
    case "appendRefusedMissing":
    case "appendRefusedConflict":
    case "appendRefusedOldLeader":
      return { kind: "refuses", other: decision.from };
    case "committed":
      return { kind: "commits", value: decision.index };
    case "snapshotInstalled":
      return { kind: "snapshot", value: decision.index, other: decision.from };
    default:
      return null;
  }
}
