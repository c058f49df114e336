import { isVoter } from "../../raft/configuration.ts";
import type { Invariant } from "../invariant.ts";

export const removedLeaderLeaves: Invariant = {
  name: "A removed leader steps down in time",
  section: "§6, D 4.2.2",
  text: "A leader that its configuration leaves out leads on until that configuration is committed, and not longer.",
  check({ server: { id, role, configuration, configurationIndex, commitIndex } }) {
    if (role !== "leader") return null;
    if (isVoter(configuration, id) || configurationIndex > commitIndex) return null;
    return `S${id} still leads although entry ${configurationIndex}, which removes it, is committed`;
  },
};
