import { lastIndex } from "../../raft/log.ts";
import type { Invariant } from "../invariant.ts";

export const nextBeyondMatch: Invariant = {
  name: "nextIndex lies beyond matchIndex",
  section: "Figure 2",
  text: "What a leader sends next comes after what is stored already, and begins at most one entry beyond its log.",
  check({ server }) {
    if (server.role !== "leader") return null;
    const end = lastIndex(server.log) + 1;
    for (let id = 1; id < server.progress.length; id++) {
      const progress = server.progress[id];
      if (progress === undefined || (progress.match < progress.next && progress.next <= end)) continue;
      return `S${server.id} has nextIndex ${progress.next} for S${id}, with matchIndex ${progress.match} and ${end - 1} entries`;
    }
    return null;
  },
};
