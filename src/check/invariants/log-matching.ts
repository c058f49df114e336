import type { LogIndex, ServerId } from "../../base/units.ts";
import { lastIndex, prefixHash, sameUpTo, termAt } from "../../raft/log.ts";
import type { Server } from "../../raft/types.ts";
import { logIsKept, type Seen } from "../ghost.ts";
import type { Invariant } from "../invariant.ts";

/**
 * Compares only the entries that the step appended: prefix hashes cover everything before them, and entries that were
 * there before were compared when they came.
 */
export const logMatching: Invariant = {
  name: "Log Matching",
  section: "§5.3, Figure 3",
  text: "If two logs contain an entry with the same index and term, the logs are identical up to that index.",
  check({ world, machine, server, before }) {
    if (lastIndex(server.log) === before.log.last && logIsKept(before, server.log)) return null;
    for (const other of world.machines) {
      if (other === undefined || other.group !== machine.group || other === machine) continue;
      const to = Math.min(lastIndex(server.log), lastIndex(other.raft.log));
      // Nearly always: then no entry before that needs a look.
      if (sameUpTo(server.log, other.raft.log, to)) continue;
      const index = firstMismatch(server, other.raft, firstNew(server, before), to);
      if (index > 0) return sentence(server.id, other.id, index, termAt(server.log, index));
    }
    return null;
  },
};

/** The first index that may be new; after a truncation everything could be. */
function firstNew({ log }: Server, before: Seen): LogIndex {
  return logIsKept(before, log) ? before.log.last + 1 : 1;
}

function firstMismatch(a: Server, b: Server, from: LogIndex, to: LogIndex): LogIndex {
  for (let index = Math.max(from, a.log.base, b.log.base); index <= to; index++) {
    if (termAt(a.log, index) === termAt(b.log, index) && prefixHash(a.log, index) !== prefixHash(b.log, index))
      return index;
  }
  return 0;
}

const sentence = (a: ServerId, b: ServerId, index: LogIndex, term: number): string =>
  `S${a} and S${b} both have an entry ${index} of term ${term}, but their logs differ at or before it`;
