import type { LogIndex } from "../../base/units.ts";
import { knownHash, knownTerm, lastIndex, type RaftLog, sameUpTo } from "../../raft/log.ts";
import { replicaOf } from "../../world/replicas.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { Invariant } from "../invariant.ts";

/** True if both logs know their prefix up to there, and it is not the same. */
export function differ(a: RaftLog, b: RaftLog, index: LogIndex): boolean {
  return !sameUpTo(a, b, index) && knownHash(a, index) !== null && knownHash(b, index) !== null;
}

/**
 * Etcd counts all that a server has at its election as stored on it, where a candidate does not wait for its disk: those are
 * entries of earlier terms, which are never committed by counting, and an own entry is stored after them.
 */
const takesOwnOnTrust = ({ options, raft: { log, term } }: Machine, match: LogIndex): boolean =>
  !options.candidateWritesFirst && knownTerm(log, match) !== term;

/** The leader's own copy counts too, and only once it is on its disk (D §10.2.1). */
export const matchIsReal: Invariant = {
  name: "matchIndex is true",
  section: "§5.3, D 10.2.1",
  text: "What a leader believes to be stored on a server is on that server's disk, its own included.",
  check({ world, machine, server, before }) {
    if (server.role !== "leader") return null;
    for (let id = 1; id < server.progress.length; id++) {
      const progress = server.progress[id];
      if (progress === undefined || progress.match === 0 || progress.match === before.matches[id]) continue;
      if (id === server.id && takesOwnOnTrust(machine, progress.match)) continue;
      const follower = replicaOf(world, id, machine.group);
      if (follower === undefined || follower.raft.term > server.term) continue;
      const { log } = follower.disk;
      if (progress.match > lastIndex(log))
        return `S${server.id} believes that S${id} has stored entry ${progress.match}`;
      if (differ(log, server.log, progress.match))
        return `S${server.id} believes that S${id} has its entry ${progress.match}, but that is another one`;
    }
    return null;
  },
};
