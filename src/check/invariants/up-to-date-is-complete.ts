import { valueAt } from "../../base/vector.ts";
import { knownHash, lastIndex, lastTerm } from "../../raft/log.ts";
import type { Invariant } from "../invariant.ts";

/**
 * Why voting for the more up-to-date log is enough (§5.4.1). It is not enough to compare with the log of a server that
 * knows of a commit: a follower learns of it before it has the entries of the term in which it was committed.
 */
export const upToDateIsComplete: Invariant = {
  name: "Up-to-date logs hold what is committed",
  section: "§5.4.1",
  text: "A log that ends with an entry of a later term than the one in which something was committed holds that.",
  check({ server: { id, log }, before, ghost }) {
    const last = lastTerm(log);
    if (last === lastTerm(before.log)) return null;
    let index = ghost.committed.length - 1;
    while (index > log.base && valueAt(ghost.committedIn, index)! >= last) index--;
    if (index <= log.base) return null;
    const holds = lastIndex(log) >= index && knownHash(log, index) === valueAt(ghost.committed, index);
    return holds
      ? null
      : `S${id} has an entry of term ${last} and lacks entry ${index}, committed in term ${valueAt(ghost.committedIn, index)}`;
  },
};
