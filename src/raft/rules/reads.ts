import { leaseUntil } from "../lease.ts";
import { knownTerm } from "../log.ts";
import type { RaftOptions } from "../options.ts";
import type { Reads } from "../reads.ts";
import type { Server } from "../types.ts";
import { rule } from "./rule.ts";

/** Reads beside the log (D §6.4). */
export const readsRules = {
  readAlone: rule(
    "A lone voter needs no confirmation",
    "D 6.4",
    "A leader that is the only voter answers a read at once: nobody else can have been elected meanwhile.",
    (server: Server, options: RaftOptions): boolean => {
      const { voters, outgoing } = server.configuration;
      if (voters.length !== 1 || outgoing.length > 0) return false;
      // etcd does not ask who that voter is: a removed leader that stays may so give stale answers. Nor does it wait
      // for an own commit, because the commit index comes back with a restart.
      const isIt = voters[0] === server.id || options.removedLeader === "stays";
      return isIt && (options.persistCommit || knownTerm(server.log, server.commitIndex) === server.term);
    },
  ),
  readNeedsOwnCommit: rule(
    "A new leader first commits an entry of its term",
    "D 6.4",
    "Until an entry of its own term is committed, a leader may not know the newest commit index, so reads wait.",
    (server: Server): boolean => knownTerm(server.log, server.commitIndex) === server.term,
  ),
  leaseHolds: rule(
    "A lease answers reads",
    "D 6.4.1",
    "A leader answers reads alone while its lease lasts: for an election timeout at most after it sent what a majority has answered, or (etcd/raft) for as long as it leads.",
    (server: Server, now: number, options: RaftOptions): boolean =>
      options.lease === "checkQuorum" || now < leaseUntil(server, options),
  ),
  readNeedsLeader: rule(
    "Followers do not answer reads",
    "D 6.4",
    "Only a leader can tell how far a read must see: a follower asks it.",
    (): boolean => true,
  ),
  roundConfirmed: rule(
    "An answer confirms its own round",
    "D 6.4",
    "An answered heartbeat confirms the reads that were asked before it was sent, and none since.",
    (_reads: Reads, answered: number): number => answered,
  ),
} as const;
