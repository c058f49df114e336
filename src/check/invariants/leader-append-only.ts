import { logIsKept } from "../ghost.ts";
import type { Invariant } from "../invariant.ts";

export const leaderAppendOnly: Invariant = {
  name: "Leader Append-Only",
  section: "§5.3, Figure 3",
  text: "A leader never overwrites or deletes entries in its log; it only appends.",
  check({ server, before }) {
    if (server.role !== "leader" || before.role !== "leader" || before.term !== server.term) return null;
    return logIsKept(before, server.log)
      ? null
      : `S${server.id}, leader of term ${server.term}, changed its log at or before entry ${before.log.last}`;
  },
};
