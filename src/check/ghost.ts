import type { LogIndex, ServerId, Term } from "../base/units.ts";
import { copyVector, emptyVector, type Vector } from "../base/vector.ts";
import { type Configuration, votersOnly } from "../raft/configuration.ts";
import { copyLog, emptyLog, knownHash, lastIndex, prefixHash, type RaftLog } from "../raft/log.ts";
import type { Role, Server } from "../raft/types.ts";
import type { Clock } from "../world/clock.ts";
import type { Machine } from "../world/types.ts";
import { type ClientGhost, copyClientGhost, newClientGhost } from "./client-ghost.ts";

/** What the checker remembers of a server from after its last step. */
export interface Seen {
  restarts: number;
  term: Term;
  role: Role;
  commitIndex: LogIndex;
  lastApplied: LogIndex;
  lastIndex: LogIndex;
  /** Hash of the whole log, see `prefixHash`. */
  lastHash: number;
  /** The log as it was: its entries are still there, whatever was deleted since. */
  log: RaftLog;
  votedFor: ServerId;
  leader: ServerId;
  /** When its election timer last began, in its own time. */
  timerSince: number;
  /** By which that was; another one since then may have been set back. */
  clock: Clock;
  transferee: ServerId;
  configuration: Configuration;
  /** What the server could count on to be on its disk, and the hash of that prefix. */
  durable: LogIndex;
  durableHash: number;
  /** matches[server], of a leader; replaced as a whole. */
  matches: readonly (LogIndex | undefined)[];
  /** Changes whenever what a leader believes of anybody does. */
  beliefs: number;
}

/** The newest vote that left a server. */
export interface Granted {
  readonly term: Term;
  readonly to: ServerId;
}

/** History of one Raft group that the checker keeps and the engine never reads. Indexed by term or log index; 0 in `leaders` = none. */
export interface Ghost {
  seen: (Seen | undefined)[];
  /** leaders[term]: who has led it, ever. */
  leaders: Vector;
  /** committed[index]: prefix hash when it was first committed anywhere; committedIn[index]: the term of who did. */
  committed: Vector;
  committedIn: Vector;
  /** applied[index]: prefix hash when it was first applied anywhere. */
  applied: Vector;
  clients: ClientGhost;
  /** granted[server]; promised[server]: the highest term in any message that left it and may only leave after the write. */
  granted: (Granted | undefined)[];
  promised: (Term | undefined)[];
}

export const newGhost = (): Ghost => ({
  seen: [],
  leaders: emptyVector(),
  committed: emptyVector(),
  committedIn: emptyVector(),
  applied: emptyVector(),
  clients: newClientGhost(),
  granted: [],
  promised: [],
});

/** ghosts[group]: one for each Raft group of a run. */
export const newGhosts = (groups: number): Ghost[] => Array.from({ length: groups + 1 }, newGhost);

export const copyGhost = (ghost: Ghost): Ghost => ({
  seen: ghost.seen.map((seen) => seen && { ...seen }),
  leaders: copyVector(ghost.leaders),
  committed: copyVector(ghost.committed),
  committedIn: copyVector(ghost.committedIn),
  applied: copyVector(ghost.applied),
  clients: copyClientGhost(ghost.clients),
  granted: ghost.granted.slice(),
  promised: ghost.promised.slice(),
});

/** A server's first sight, and its first after a restart: the term of an earlier life may never have reached the disk. */
export const fresh = (machine: Machine): Seen => ({
  restarts: machine.restarts,
  term: 0,
  role: "follower",
  commitIndex: 0,
  lastApplied: 0,
  lastIndex: 0,
  lastHash: prefixHash(emptyLog(), 0),
  log: emptyLog(),
  votedFor: 0,
  leader: 0,
  timerSince: 0,
  clock: machine.clock,
  transferee: 0,
  configuration: votersOnly([]),
  durable: 0,
  durableHash: prefixHash(emptyLog(), 0),
  matches: [],
  beliefs: 0,
});

export function remember(seen: Seen, { raft, clock }: Machine): void {
  const last = lastIndex(raft.log);
  const hash = prefixHash(raft.log, last);
  if (last !== seen.lastIndex || hash !== seen.lastHash || raft.log.base !== seen.log.base)
    seen.log = copyLog(raft.log);
  const beliefs = beliefsOf(raft);
  if (beliefs !== seen.beliefs) seen.matches = raft.progress.map((progress) => progress?.match);
  seen.beliefs = beliefs;
  seen.term = raft.term;
  seen.role = raft.role;
  seen.commitIndex = raft.commitIndex;
  seen.lastApplied = raft.lastApplied;
  seen.lastIndex = last;
  seen.lastHash = hash;
  seen.votedFor = raft.votedFor;
  seen.leader = raft.leader;
  seen.timerSince = raft.timerSince;
  seen.clock = clock;
  seen.transferee = raft.transferee;
  seen.configuration = raft.configuration;
  const durable = durableOf(raft);
  seen.durableHash = knownHash(raft.log, durable) ?? 0;
  seen.durable = durable;
}

/** Up to where everything is on the disk; a snapshot on its way there has replaced the log already. */
export const durableOf = ({ unstableFrom, incoming }: Server): LogIndex => (incoming === null ? unstableFrom - 1 : 0);

/** 0 for who does not lead. */
export function beliefsOf({ progress, role }: Server): number {
  if (role !== "leader") return 0;
  let sum = 1;
  for (const each of progress) if (each !== undefined) sum = (sum * 31 + each.match * 7 + each.next) | 0;
  return sum;
}
