import { entryAt, knownTerm, lastIndex } from "../../raft/log.ts";
import type { Server } from "../../raft/types.ts";
import type { Seen } from "../ghost.ts";
import type { Invariant } from "../invariant.ts";

/** What was found missing in 2015: two leaders of different terms might each change one voter of the same configuration. */
export const changeNeedsOwnCommit: Invariant = {
  name: "A change waits for an own commit",
  section: "D 4.1",
  text: "A leader appends a change of membership only once it has committed an entry of its term, and no other change is uncommitted in its log.",
  check({ server, before }) {
    if (server.role !== "leader" || before.role !== "leader" || before.term !== server.term) return null;
    return problemOf(server, before);
  },
};

function problemOf(server: Server, before: Seen): string | null {
  const { id, log, commitIndex, term } = server;
  for (let index = before.log.last + 1; index <= lastIndex(log); index++) {
    if (entryAt(log, index).change === null) continue;
    if (knownTerm(log, commitIndex) !== term)
      return `S${id} appends a change at ${index} before it has committed anything of term ${term}`;
    for (let other = Math.max(commitIndex, log.base) + 1; other < index; other++) {
      if (entryAt(log, other).change !== null)
        return `S${id} appends a change at ${index} while the one at ${other} is not committed`;
    }
  }
  return null;
}
