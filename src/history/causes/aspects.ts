import type { ServerId } from "../../base/units.ts";
import { lastIndex, prefixHash } from "../../raft/log.ts";
import type { RaftOptions } from "../../raft/options.ts";
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

/** aspectKeys[slot][aspect]: each is made once, for nearly every event sets some. */
const aspectKeys: Partial<Record<Aspect, Key>>[] = [];
export function aspectKey(slot: number, aspect: Aspect): Key {
  aspectKeys[slot] ??= {};
  const keys = aspectKeys[slot];
  keys[aspect] ??= `${slot}:${aspect}`;
  return keys[aspect];
}
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
/** What a server follows of an option. */
export const optionKey = (slot: number, option: keyof RaftOptions): Key => `o:${slot}:${option}`;
/** Of a key that `optionKey` made; null for all others. */
export function optionOf(key: Key): { readonly slot: number; readonly option: keyof RaftOptions } | null {
  const [kind, slot, option] = key.split(":");
  return kind === "o" && option !== undefined ? { slot: Number(slot), option: option as keyof RaftOptions } : null;
}
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
  readonly votes: (boolean | undefined)[];
  readonly match: number[];
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
    votes: raft.votes.slice(),
    match: raft.progress.map((each) => each?.match ?? -1),
  };
}

/**
 * Whether nobody can have set that aspect between two moments of a server, as their states alone show: terms, commit
 * indexes and logs of one term only grow, and a vote or a leadership lasts as long as its term. False: it is not known.
 */
export function keptBetween(aspect: string, before: Machine, after: Machine): boolean {
  const [old, now] = [before.raft, after.raft];
  if (before.restarts !== after.restarts || before.status !== "up" || after.status !== "up" || old.term !== now.term)
    return false;
  switch (aspect) {
    case "term":
    case "status":
      return true;
    case "vote":
      return old.votedFor === now.votedFor && now.votedFor !== 0;
    case "role":
      return old.role === "leader" && now.role === "leader";
    case "leader":
      return old.leader === now.leader && now.leader !== 0;
    case "commit":
      return old.commitIndex === now.commitIndex;
    case "log": {
      const end = lastIndex(now.log);
      return lastIndex(old.log) === end && prefixHash(old.log, end) === prefixHash(now.log, end);
    }
    default:
      return false;
  }
}

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

  /** `stepped`, each once: slots of those that took a step; `everything`: others, and links, may have changed too. Adds those that have changed otherwise. */
  changed(world: World, stepped: number[], everything: boolean, set: (key: Key) => void): void {
    for (const machine of world.machines) {
      if (machine === undefined) continue;
      if (stepped.includes(slot(machine))) this.compare(machine, set);
      else if (everything && this.compare(machine, set)) stepped.push(slot(machine));
    }
    if (everything) this.compareLinks(world, set);
    for (const { sequence } of world.appointments) if (sequence > this.appointment) set(appointmentKey(sequence));
    this.appointment = Math.max(this.appointment, lastAppointment(world));
  }

  /** True if anything has changed. Called after nearly every event: it makes nothing where nothing has changed. */
  private compare(machine: Machine, set: (key: Key) => void): boolean {
    const { status, raft, disk } = machine;
    const at = slot(machine);
    const seen = this.seen[at]!;
    let changed = false;
    const note = (key: Key): void => {
      changed = true;
      set(key);
    };
    const logEnd = lastIndex(raft.log);
    const logHash = prefixHash(raft.log, logEnd);
    if (seen.status !== status) note(aspectKey(at, "status"));
    if (seen.vote !== raft.votedFor) note(aspectKey(at, "vote"));
    if (seen.role !== raft.role || (raft.role !== "follower" && seen.term !== raft.term)) note(aspectKey(at, "role"));
    if (seen.term !== raft.term) note(aspectKey(at, "term"));
    if (seen.leader !== raft.leader) note(aspectKey(at, "leader"));
    if (seen.logEnd !== logEnd || seen.logHash !== logHash) note(aspectKey(at, "log"));
    if (seen.commit !== raft.commitIndex) note(aspectKey(at, "commit"));
    if (seen.applied !== raft.lastApplied) note(aspectKey(at, "applied"));
    if (seen.since !== raft.timerSince || seen.timeout !== raft.timeout) note(aspectKey(at, "timer"));
    if (seen.beat !== raft.heartbeatSince) note(aspectKey(at, "beat"));
    for (let i = disk.pending.length - 1; i >= 0 && disk.pending[i]!.sequence > seen.write; i--)
      note(writeKey(disk.pending[i]!.sequence));
    for (let of = 1; of < raft.votes.length; of++)
      if (raft.votes[of] !== undefined && raft.votes[of] !== seen.votes[of]) note(votesKey(at, of));
    for (let of = 1; of < raft.progress.length; of++) {
      const match = raft.progress[of]?.match ?? -1;
      if (match >= 0 && match !== seen.match[of]) note(matchKey(at, of));
    }
    seen.status = status;
    seen.vote = raft.votedFor;
    seen.role = raft.role;
    seen.term = raft.term;
    seen.leader = raft.leader;
    seen.logEnd = logEnd;
    seen.logHash = logHash;
    seen.commit = raft.commitIndex;
    seen.applied = raft.lastApplied;
    seen.since = raft.timerSince;
    seen.timeout = raft.timeout;
    seen.beat = raft.heartbeatSince;
    seen.write = Math.max(seen.write, disk.pending.at(-1)?.sequence ?? -1);
    copyInto(seen.votes, raft.votes);
    seen.match.length = raft.progress.length;
    for (let of = 0; of < raft.progress.length; of++) seen.match[of] = raft.progress[of]?.match ?? -1;
    return changed;
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

function copyInto<Value>(to: Value[], from: readonly Value[]): void {
  to.length = from.length;
  for (let i = 0; i < from.length; i++) to[i] = from[i]!;
}

const slot = ({ id, group }: Machine): number => slotOf(id, group);
const linksOf = ({ links }: World): boolean[] => links.flatMap((row) => row.map(({ up }) => up));
const lastAppointment = ({ appointments }: World): number =>
  appointments.reduce((last, { sequence }) => Math.max(last, sequence), -1);
