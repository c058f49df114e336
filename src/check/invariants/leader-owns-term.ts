import { lastIndex, lastTerm } from "../../raft/log.ts";
import type { Invariant } from "../invariant.ts";

export const leaderOwnsTerm: Invariant = {
  name: "A leader has every entry of its term",
  section: "§5.3",
  text: "No server has an entry of a term that this term's leader does not have.",
  check({ world, machine, server: { id, log }, before }) {
    const last = lastIndex(log);
    if (last === 0 || (last === before.log.last && lastTerm(log) === lastTerm(before.log))) return null;
    const term = lastTerm(log);
    for (const other of world.machines) {
      if (other === undefined || other.group !== machine.group || other.status === "down") continue;
      const { raft } = other;
      if (raft.role === "leader" && raft.term === term && lastIndex(raft.log) < last)
        return `S${id} has an entry ${last} of term ${term}, whose leader S${raft.id} has only ${lastIndex(raft.log)}`;
    }
    return null;
  },
};
