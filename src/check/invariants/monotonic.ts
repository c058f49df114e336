import { valueAt } from "../../base/vector.ts";
import { lastIndex, prefixHash } from "../../raft/log.ts";
import type { Invariant } from "../invariant.ts";

export const termMonotonic: Invariant = {
  name: "Terms only grow",
  section: "§5.1",
  text: "A server's current term never decreases.",
  check: ({ server, before }) =>
    server.term >= before.term ? null : `S${server.id} went from term ${before.term} back to term ${server.term}`,
};

/** Also holds every commit against what was committed at that index before. */
export const commitMonotonic: Invariant = {
  name: "Commit indices only grow",
  section: "§5.3",
  text: "A server's commit index never decreases, stays within its log, and covers only committed entries.",
  check({ server, before, ghost }) {
    const { id, commitIndex } = server;
    if (commitIndex < before.commitIndex)
      return `S${id}'s commit index went from ${before.commitIndex} back to ${commitIndex}`;
    if (commitIndex > lastIndex(server.log))
      return `S${id} has commit index ${commitIndex} but only ${lastIndex(server.log)} entries`;
    if (commitIndex === before.commitIndex || commitIndex === 0) return null;
    const committed = valueAt(ghost.committed, commitIndex);
    const same = committed === undefined || committed === prefixHash(server.log, commitIndex);
    return same ? null : `S${id} committed another entry ${commitIndex} than a server before it`;
  },
};
