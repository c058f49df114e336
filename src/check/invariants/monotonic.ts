import { valueAt } from "../../base/vector.ts";
import { knownHash, lastIndex } from "../../raft/log.ts";
import type { Invariant } from "../invariant.ts";

export const termMonotonic: Invariant = {
  name: "Terms only grow",
  section: "§5.1",
  text: "A server's current term never decreases.",
  check: ({ server, before }) =>
    server.term >= before.term ? null : `S${server.id} went from term ${before.term} back to term ${server.term}`,
};

/** Also holds what a server has committed against what was committed first: it may neither differ nor be overwritten. */
export const commitMonotonic: Invariant = {
  name: "What is committed stays",
  section: "§5.3",
  text: "A server's commit index never decreases, stays within its log, and covers only committed entries.",
  check({ server, before, ghost }) {
    const { id, commitIndex } = server;
    if (commitIndex < before.commitIndex)
      return `S${id}'s commit index went from ${before.commitIndex} back to ${commitIndex}`;
    if (commitIndex > lastIndex(server.log))
      return `S${id} has commit index ${commitIndex} but only ${lastIndex(server.log)} entries`;
    if (commitIndex === 0) return null;
    const committed = valueAt(ghost.committed, commitIndex);
    if (committed === undefined || committed === knownHash(server.log, commitIndex)) return null;
    return commitIndex > before.commitIndex
      ? `S${id} committed another entry ${commitIndex} than a server before it`
      : `S${id} no longer has the entries up to ${commitIndex} that it has committed`;
  },
};
