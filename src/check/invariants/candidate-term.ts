import { lastIndex, lastTerm } from "../../raft/log.ts";
import type { Invariant } from "../invariant.ts";

export const candidateTerm: Invariant = {
  name: "A candidate's term is nobody's yet",
  section: "§5.2",
  text: "A candidate has no entry of its own term: only that term's leader makes them.",
  check: ({ server: { id, role, term, log } }) =>
    role === "candidate" && lastTerm(log) === term && lastIndex(log) > 0
      ? `S${id} campaigns in term ${term}, of which it has entry ${lastIndex(log)}`
      : null,
};
