import type { LogIndex, Term } from "../base/units.ts";
import { copyVector, emptyVector, type Vector } from "../base/vector.ts";
import { emptyLog, lastIndex, prefixHash } from "../raft/log.ts";
import type { Role } from "../raft/types.ts";
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
}

export const newGhost = (): Ghost => ({
  seen: [],
  leaders: emptyVector(),
  committed: emptyVector(),
  committedIn: emptyVector(),
  applied: emptyVector(),
  clients: newClientGhost(),
});

export const copyGhost = (ghost: Ghost): Ghost => ({
  seen: ghost.seen.map((seen) => seen && { ...seen }),
  leaders: copyVector(ghost.leaders),
  committed: copyVector(ghost.committed),
  committedIn: copyVector(ghost.committedIn),
  applied: copyVector(ghost.applied),
  clients: copyClientGhost(ghost.clients),
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
});

export function remember(seen: Seen, machine: Machine): void {
  const { raft } = machine;
  seen.term = raft.term;
  seen.role = raft.role;
  seen.commitIndex = raft.commitIndex;
  seen.lastApplied = raft.lastApplied;
  seen.lastIndex = lastIndex(raft.log);
  seen.lastHash = prefixHash(raft.log, seen.lastIndex);
}
