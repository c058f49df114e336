import { entryAt, lastIndex } from "../../raft/log.ts";
import type { Invariant } from "../invariant.ts";

export const transferHolds: Invariant = {
  name: "No commands during a transfer",
  section: "D 3.10",
  text: "From when it is asked to hand leadership over until that has ended, a leader takes no new commands.",
  check({ server: { id, role, term, transferee, log }, before }) {
    const during = role === "leader" && before.term === term && transferee !== 0 && transferee === before.transferee;
    if (!during) return null;
    for (let index = before.log.last + 1; index <= lastIndex(log); index++) {
      if (entryAt(log, index).command !== null)
        return `S${id} takes entry ${index} while it hands leadership to S${transferee}`;
    }
    return null;
  },
};
