import type { LogIndex } from "../../base/units.ts";
import type { RaftMessage } from "../../raft/types.ts";
import type { Invariant } from "../invariant.ts";

export const followerCommits: Invariant = {
  name: "A follower commits what it has verified",
  section: "§5.3, Figure 2",
  text: "A request moves a follower's commit index at most to the last entry that this request has verified.",
  check({ server: { id, role, commitIndex }, before, input }) {
    if (role === "leader" || before.role === "leader" || commitIndex <= before.commitIndex) return null;
    if (input?.kind !== "message") return null;
    const verified = verifiedBy(input.message);
    return commitIndex <= verified
      ? null
      : `S${id} commits up to entry ${commitIndex}, and the request has verified ${verified}`;
  },
};

function verifiedBy(message: RaftMessage): LogIndex {
  switch (message.type) {
    case "AppendEntries":
      return message.prevLogIndex + message.entries.length;
    case "Heartbeat":
      return message.commit;
    case "InstallSnapshot":
      return message.snapshot.index;
    default:
      return 0;
  }
}
