import { setValue, valueAt } from "../../base/vector.ts";
import type { Invariant } from "../invariant.ts";

/** Over all time, not only at one moment: two leaders of one term may never meet. */
export const electionSafety: Invariant = {
  name: "Election Safety",
  section: "§5.2, Figure 3",
  text: "At most one leader can be elected in a given term.",
  check({ server, before, ghost }) {
    if (server.role !== "leader" || (before.role === "leader" && before.term === server.term)) return null;
    const other = valueAt(ghost.leaders, server.term) ?? 0;
    if (other !== 0 && other !== server.id)
      return `S${other} and S${server.id} were both elected in term ${server.term}`;
    setValue(ghost.leaders, server.term, server.id);
    return null;
  },
};
