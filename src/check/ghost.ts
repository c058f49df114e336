import type { LogIndex, Micros, ServerId, Term } from "../base/units.ts";
import { copyVector, emptyVector, type Vector } from "../base/vector.ts";
import { type Configuration, votersOnly } from "../raft/configuration.ts";
import { copyLog, copyLogInto, emptyLog, type RaftLog, sameUpTo } from "../raft/log.ts";
import type { Role, Server } from "../raft/types.ts";
import { type Clock, localTime } from "../world/clock.ts";
import type { Machine } from "../world/state/machine.ts";
import { type ClientGhost, copyClientGhost, newClientGhost } from "./client-ghost.ts";

/** What the checker remembers of a server from after its last step. */
export interface Seen {
  restarts: number;
  term: Term;
  role: Role;
  commitIndex: LogIndex;
  lastApplied: LogIndex;
  /** The log as it was, nobody else's copy: its entries are still there, whatever was deleted since. */
  log: RaftLog;
  votedFor: ServerId;
  leader: ServerId;
  /** When its election timer last began, in its own time. */
  timerSince: number;
  /** When a leader last looked who has answered, or began to lead, in its own time. */
  lookedAt: number;
  /** By which that was; another one since then may have been set back. */
  clock: Clock;
  /** Of a leader whose clock was set: when each member answered last. */
  answers: readonly (Answered | undefined)[];
  transferee: ServerId;
  configuration: Configuration;
  /** Up to where the server could count on its log to be on its disk. */
  durable: LogIndex;
  /** matches[server], of a leader. */
  matches: (LogIndex | undefined)[];
  /** Changes whenever what a leader believes of anybody does. */
  beliefs: number;
}

/** The same moment by the leader's clock of then, and in true time, or a later one where nobody noted it. */
export interface Answered {
  readonly local: Micros;
  readonly at: Micros;
}

/** The newest vote that left a server. */
export interface Granted {
  readonly term: Term;
  readonly to: ServerId;
}

/** What was done to a server's time. */
export interface Meddling {
  readonly server: ServerId;
  readonly at: Micros;
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
  /** The first clock that was not the true time when its server did something, and since when; null: none was. */
  clockSet: Meddling | null;
  /** The first election timer that somebody fired sooner than any does by itself after a leader's message; null: there was none. */
  firedEarly: Meddling | null;
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
  clockSet: null,
  firedEarly: null,
});

/** ghosts[group]: one for each Raft group of a run. */
export const newGhosts = (groups: number): Ghost[] => Array.from({ length: groups + 1 }, newGhost);

export const copyGhost = (ghost: Ghost): Ghost => ({
  seen: ghost.seen.map((seen) => seen && copySeen(seen)),
  leaders: copyVector(ghost.leaders),
  committed: copyVector(ghost.committed),
  committedIn: copyVector(ghost.committedIn),
  applied: copyVector(ghost.applied),
  clients: copyClientGhost(ghost.clients),
  granted: ghost.granted.slice(),
  promised: ghost.promised.slice(),
  clockSet: ghost.clockSet,
  firedEarly: ghost.firedEarly,
});

const copySeen = (seen: Seen): Seen => ({
  restarts: seen.restarts,
  term: seen.term,
  role: seen.role,
  commitIndex: seen.commitIndex,
  lastApplied: seen.lastApplied,
  log: copyLog(seen.log),
  votedFor: seen.votedFor,
  leader: seen.leader,
  timerSince: seen.timerSince,
  lookedAt: seen.lookedAt,
  clock: seen.clock,
  answers: seen.answers,
  transferee: seen.transferee,
  configuration: seen.configuration,
  durable: seen.durable,
  matches: seen.matches.slice(),
  beliefs: seen.beliefs,
});

const noAnswers: Seen["answers"] = [];

/** After a step of a server whose clock was set: who has answered it in that step. */
export function rememberAnswers(seen: Seen, { raft, clock }: Machine, now: Micros): void {
  if (raft.role !== "leader") seen.answers = noAnswers;
  else
    seen.answers = raft.progress.map((progress, id) => {
      const before = seen.answers[id];
      if (progress === undefined || before?.local === progress.heardAt) return before;
      // What was heard by the clock of before was heard before this one was set.
      const isNow = localTime(clock, now) === progress.heardAt;
      return { local: progress.heardAt, at: isNow ? now : clock.since };
    });
}

/** A server's first sight, and its first after a restart: the term of an earlier life may never have reached the disk. */
export const fresh = (machine: Machine): Seen => ({
  restarts: machine.restarts,
  term: 0,
  role: "follower",
  commitIndex: 0,
  lastApplied: 0,
  log: emptyLog(),
  votedFor: 0,
  leader: 0,
  timerSince: 0,
  lookedAt: 0,
  clock: machine.clock,
  answers: noAnswers,
  transferee: 0,
  configuration: votersOnly([]),
  durable: 0,
  matches: [],
  beliefs: 0,
});

/**
 * What a step may have changed, as bits. `lost`: something that was in the log is no longer there, or not in the log
 * that is now after a snapshot; `folded`: the log begins elsewhere; `looked`: a leader has looked for its quorum, which
 * shows no change where it should have stepped down; `led…`: as a leader; `other`: worth remembering, and nothing to
 * look at.
 */
export const changes = {
  role: 1,
  vote: 2,
  appended: 4,
  lost: 8,
  folded: 16,
  commit: 32,
  applied: 64,
  beliefs: 128,
  configuration: 256,
  timer: 512,
  reads: 1024,
  looked: 2048,
  ledAppend: 4096,
  ledCommit: 8192,
  other: 16384,
  anything: 16383,
} as const;

/** What lies between two steps: 0 = nothing of interest, `changes.other` alone = nothing to look at. */
export function changesIn(before: Seen, server: Server): number {
  let changed = logChanges(before, server.log);
  if (before.term !== server.term || before.role !== server.role) changed |= changes.role;
  if (before.votedFor !== server.votedFor) changed |= changes.vote;
  if (before.commitIndex !== server.commitIndex) changed |= changes.commit;
  if (before.lastApplied !== server.lastApplied) changed |= changes.applied;
  if (before.configuration !== server.configuration) changed |= changes.configuration;
  if (before.beliefs !== beliefsOf(server)) changed |= changes.beliefs;
  if (before.timerSince !== server.timerSince) changed |= changes.timer;
  if (server.answeredReads.length > 0) changed |= changes.reads;
  if (server.role === "leader") {
    if ((changed & changes.appended) !== 0) changed |= changes.ledAppend;
    if ((changed & changes.commit) !== 0) changed |= changes.ledCommit;
  }
  const others = before.transferee !== server.transferee || before.leader !== server.leader;
  return changed !== 0 || others || before.durable !== durableOf(server) ? changed | changes.other : 0;
}

/** True if the log that was there still is: it may have grown. */
export const logIsKept = ({ log }: Pick<Seen, "log">, now: RaftLog): boolean => sameUpTo(log, now, log.last);

function logChanges(seen: Pick<Seen, "log">, now: RaftLog): number {
  const { log } = seen;
  let changed = 0;
  if (!logIsKept(seen, now)) changed |= changes.lost;
  if (log.last < now.last) changed |= changes.appended;
  if (log.base !== now.base) changed |= changes.folded;
  return changed;
}

/** `changed`: as `changesIn` says. */
export function remember(seen: Seen, { raft, clock }: Machine, changed: number): void {
  if ((changed & (changes.appended | changes.lost | changes.folded)) !== 0) copyLogInto(seen.log, raft.log);
  if ((changed & changes.beliefs) !== 0) rememberBeliefs(seen, raft);
  seen.term = raft.term;
  seen.role = raft.role;
  seen.commitIndex = raft.commitIndex;
  seen.lastApplied = raft.lastApplied;
  seen.votedFor = raft.votedFor;
  seen.leader = raft.leader;
  seen.timerSince = raft.timerSince;
  seen.clock = clock;
  seen.transferee = raft.transferee;
  seen.configuration = raft.configuration;
  seen.durable = durableOf(raft);
}

function rememberBeliefs(seen: Seen, raft: Server): void {
  const { progress } = raft;
  seen.beliefs = beliefsOf(raft);
  // A length that is set costs even where it stays.
  if (seen.matches.length !== progress.length) seen.matches.length = progress.length;
  for (let id = 0; id < progress.length; id++) seen.matches[id] = progress[id]?.match;
}

/** Up to where everything is on the disk; a snapshot on its way there has replaced the log already. */
export const durableOf = ({ unstableFrom, incoming }: Server): LogIndex => (incoming === null ? unstableFrom - 1 : 0);

/** 0 for who does not lead. */
function beliefsOf({ progress, role }: Server): number {
  if (role !== "leader") return 0;
  let sum = 1;
  for (const each of progress) if (each !== undefined) sum = (sum * 31 + each.match * 7 + each.next) | 0;
  return sum;
}
