import { lastIndex } from "../../raft/log.ts";
import { judgedByMatch } from "../../raft/rules/log.ts";
import type { Invariant } from "../invariant.ts";

export const nextBeyondMatch: Invariant = {
  name: "nextIndex lies beyond matchIndex",
  section: "Figure 2",
  text: "What a leader sends next comes after what is stored already, unless that was refused, and begins at most one entry beyond its log.",
  check({ machine, server }) {
    if (server.role !== "leader") return null;
    const end = lastIndex(server.log) + 1;
    // Figure 2 goes back on every refusal, also on one of what is stored: an answer that was late, or a log that was lost.
    const mayGoBelow = !judgedByMatch(machine.options);
    for (let id = 1; id < server.progress.length; id++) {
      const progress = server.progress[id];
      if (progress === undefined || ((mayGoBelow || progress.match < progress.next) && progress.next <= end)) continue;
      return `S${server.id} has nextIndex ${progress.next} for S${id}, with matchIndex ${progress.match} and ${end - 1} entries`;
    }
    return null;
  },
};
