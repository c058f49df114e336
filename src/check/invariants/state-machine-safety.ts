import { setValue, valueAt } from "../../base/vector.ts";
import { lastIndex, prefixHash } from "../../raft/log.ts";
import type { Invariant } from "../invariant.ts";

export const stateMachineSafety: Invariant = {
  name: "State Machine Safety",
  section: "§5.4.3, Figure 3",
  text: "If a server has applied an entry at an index, no other server ever applies a different entry at that index.",
  check({ server, before, ghost }) {
    const to = Math.min(server.lastApplied, lastIndex(server.log));
    for (let index = Math.max(before.lastApplied + 1, server.log.base, 1); index <= to; index++) {
      const hash = prefixHash(server.log, index);
      const known = index < ghost.applied.length ? valueAt(ghost.applied, index) : undefined;
      if (known === undefined) setValue(ghost.applied, index, hash);
      else if (known !== hash) return `S${server.id} applied another entry ${index} than a server before it`;
    }
    return null;
  },
};
