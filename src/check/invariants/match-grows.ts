import type { Invariant } from "../invariant.ts";

export const matchGrows: Invariant = {
  name: "matchIndex only grows",
  section: "Figure 2",
  text: "While a server leads a term, what it knows to be stored on a member never becomes less.",
  check({ server, before }) {
    if (server.role !== "leader" || before.role !== "leader" || before.term !== server.term) return null;
    for (let id = 1; id < before.matches.length; id++) {
      const match = before.matches[id];
      const now = server.progress[id]?.match;
      if (match !== undefined && now !== undefined && now < match)
        return `S${server.id} knew that S${id} has entry ${match}, and now only of entry ${now}`;
    }
    return null;
  },
};
