import { lastIndex, termAt } from "../../raft/log.ts";
import { logIsKept } from "../ghost.ts";
import type { Invariant } from "../invariant.ts";

/** Looks at what is new only. */
export const termsInOrder: Invariant = {
  name: "Terms in a log never decrease",
  section: "§5.3",
  text: "An entry's term is at least that of the entry before it, and at most the server's own.",
  check({ server: { id, log, term }, before }) {
    const last = lastIndex(log);
    if (termAt(log, last) > term) return `S${id} has an entry ${last} of term ${termAt(log, last)} in its term ${term}`;
    const known = logIsKept(before, log) ? before.log.last : 0;
    for (let index = Math.max(known, log.base) + 1; index <= last; index++) {
      if (termAt(log, index - 1) > termAt(log, index))
        return `S${id} has an entry ${index} of term ${termAt(log, index)} after one of term ${termAt(log, index - 1)}`;
    }
    return null;
  },
};
