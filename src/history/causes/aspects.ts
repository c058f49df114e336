import type { ServerId } from "../../base/units.ts";
import { lastIndex, prefixHash } from "../../raft/log.ts";
import { slotOf } from "../../world/replicas.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { MessageRef } from "../../world/state/messages.ts";
import type { World } from "../../world/types.ts";

/**
 * What events set and others use, each under a name of its own: a message, a timer, a write, a request, one aspect of a
 * server. The cause of an event is whoever last set what it uses.
 */
export type Key = string;

/** Of a replica what decisions look at. `step`: that it did anything at all. */
export type Aspect =
  | "step"
  | "status"
  | "term"
  | "vote"
  | "role"
  | "leader"
  | "log"
  | "commit"
  | "applied"
  | "timer"
  | "beat";

export const aspectKey = (slot: number, aspect: Aspect): Key => `${slot}:${aspect}`;
/** What a leader knows of a follower's log, and whether a voter has answered a candidate. */
export const matchKey = (slot: number, of: ServerId): Key => `${slot}:match:${of}`;
export const votesKey = (slot: number, of: ServerId): Key => `${slot}:votes:${of}`;
export const messageKey = ({ from, to, ordinal, copy }: MessageRef): Key => `m:${from}>${to}#${ordinal}.${copy}`;
export const writeKey = (sequence: number): Key => `d:${sequence}`;
export const requestKey = (request: number): Key => `r:${request}`;
export const appointmentKey = (sequence: number): Key => `a:${sequence}`;
export const nemesisKey = (id: number): Key => `n:${id}`;
export const linkKey = (from: ServerId, to: ServerId): Key => `l:${from}>${to}`;
export const loadKey: Key = "load";
/** The clients' own steps: all clients run on one machine. */
export const clientKey: Key = aspectKey(0, "step");

/** Of a key that `aspectKey` made; null for all others. */
export function aspectOf(key: Key): { readonly slot: number; readonly aspect: string } | null {
  const [, slot, aspect] = /^(\d+):(.*)$/.exec(key) ?? [];
  return slot === undefined ? null : { slot: Number(slot), aspect: aspect! };
}

interface Seen {
  status: Machine["status"];
  term: number;
  vote: number;
  role: string;
  leader: number;
  logHash: number;
  logEnd: number;
  commit: number;
  applied: number;
  since: number;
  timeout: number;
  beat: number;
  write: number;
  votes: readonly (boolean | undefined)[];
  match: readonly number[];
}

function seenOf({ status, raft, disk }: Machine): Seen {
  const logEnd = lastIndex(raft.log);
  return {
    status,
    term: raft.term,
    vote: raft.votedFor,
    role: raft.role,
    leader: raft.leader,
    logEnd,
    logHash: prefixHash(raft.log, logEnd),
    commit: raft.commitIndex,
    applied: raft.lastApplied,
    since: raft.timerSince,
    timeout: raft.timeout,
    beat: raft.heartbeatSince,
    write: disk.pending.at(-1)?.sequence ?? -1,
    votes: raft.votes.length === 0 ? none : raft.votes.slice(),
    match: raft.progress.length === 0 ? none : raft.progress.map((each) => each?.match ?? -1),
  };
}
const none: readonly never[] = [];

/** Says after every event what it has set. */
export class Watch {
  private readonly seen: (Seen | undefined)[] = [];
  private up: boolean[] = [];
  private appointment: number;

  constructor(world: World) {
    for (const machine of world.machines) if (machine !== undefined) this.seen[slot(machine)] = seenOf(machine);
    this.up = linksOf(world);
    this.appointment = lastAppointment(world);
  }

  /** `stepped`: slots of those that took a step; `everything`: others, and links, may have changed too. Adds those that have changed otherwise. */
  changed(world: World, stepped: Set<number>, everything: boolean, set: (key: Key) => void): void {
    for (const machine of world.machines) {
      if (machine === undefined || !(everything || stepped.has(slot(machine)))) continue;
      this.compare(machine, (key) => {
        stepped.add(slot(machine));
        set(key);
      });
    }
    if (everything) this.compareLinks(world, set);
    for (const { sequence } of world.appointments) if (sequence > this.appointment) set(appointmentKey(sequence));
    this.appointment = Math.max(this.appointment, lastAppointment(world));
  }

  private compare(machine: Machine, set: (key: Key) => void): void {
    const at = slot(machine);
    const before = this.seen[at]!;
    const { raft, disk } = machine;
    const now = seenOf(machine);
    const note = (aspect: Aspect, isNews: boolean): void => {
      if (isNews) set(aspectKey(at, aspect));
    };
    note("status", before.status !== now.status);
    note("term", before.term !== now.term);
    note("vote", before.vote !== now.vote);
    note("role", before.role !== now.role || (now.role !== "follower" && before.term !== now.term));
    note("leader", before.leader !== now.leader);
    note("log", before.logEnd !== now.logEnd || before.logHash !== now.logHash);
    note("commit", before.commit !== now.commit);
    note("applied", before.applied !== now.applied);
    note("timer", before.since !== now.since || before.timeout !== now.timeout);
    note("beat", before.beat !== now.beat);
    if (now.write !== before.write)
      for (const { sequence } of disk.pending) if (sequence > before.write) set(writeKey(sequence));
    now.write = Math.max(now.write, before.write);
    raft.votes.forEach((vote, of) => {
      if (vote !== undefined && before.votes[of] !== vote) set(votesKey(at, of));
    });
    now.match.forEach((match, of) => {
      if (match >= 0 && before.match[of] !== match) set(matchKey(at, of));
    });
    this.seen[at] = now;
  }

  private compareLinks(world: World, set: (key: Key) => void): void {
    const now = linksOf(world);
    const size = world.links.length;
    now.forEach((up, i) => {
      if (up !== this.up[i]) set(linkKey(Math.floor(i / size), i % size));
    });
    this.up = now;
  }
}

const slot = ({ id, group }: Machine): number => slotOf(id, group);
const linksOf = ({ links }: World): boolean[] => links.flatMap((row) => row.map(({ up }) => up));
const lastAppointment = ({ appointments }: World): number =>
  appointments.reduce((last, { sequence }) => Math.max(last, sequence), -1);
