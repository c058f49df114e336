import type { LogIndex } from "../../base/units.ts";
import { knownHash, knownTerm, lastIndex } from "../../raft/log.ts";
import { logIsKept } from "../ghost.ts";
import type { Invariant } from "../invariant.ts";

export const conflictDeletes: Invariant = {
  name: "Only a conflict deletes",
  section: "§5.3",
  text: "A follower deletes entries only for a request that has another term at an index of its log.",
  check({ server: { id, log }, before, input }) {
    if (before.log.last === 0 || logIsKept(before, log)) return null;
    if (lastIndex(log) < log.base || log.base > before.log.base) return null;
    const message = input?.kind === "message" ? input.message : null;
    const entries = message?.type === "AppendEntries" ? message.entries : [];
    const first = firstLost(
      before.log.last,
      (index) => knownHash(before.log, index) === knownHash(log, index),
      log.base,
    );
    const conflict = entries.some(({ index, term }) => index === first && knownTerm(before.log, index) !== term);
    return conflict ? null : `S${id} deletes entry ${first}, which is in no conflict with anything that it was sent`;
  },
};

/** The first index from which on the old log is no longer there. */
function firstLost(last: LogIndex, kept: (index: LogIndex) => boolean, base: LogIndex): LogIndex {
  let index = last;
  while (index > base && !kept(index)) index--;
  return index + 1;
}
