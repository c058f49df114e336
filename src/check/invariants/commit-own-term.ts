import { knownTerm } from "../../raft/log.ts";
import type { Invariant } from "../invariant.ts";

export const commitsOwnTerm: Invariant = {
  name: "Only the own term commits by counting",
  section: "§5.4.2",
  text: "When a leader's commit index grows, it becomes that of an entry of the leader's own term.",
  check({ server: { id, role, term, commitIndex, log }, before }) {
    if (role !== "leader" || before.role !== "leader" || before.term !== term) return null;
    if (commitIndex === before.commitIndex) return null;
    const entryTerm = knownTerm(log, commitIndex);
    return entryTerm === term
      ? null
      : `S${id} leads term ${term} and commits entry ${commitIndex} of term ${entryTerm}`;
  },
};
