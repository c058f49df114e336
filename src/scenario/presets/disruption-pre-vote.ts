import {
  applied,
  asksFirst,
  cutIs,
  each,
  entryIs,
  every,
  follows,
  holds,
  inTerm,
  isRefusedBy,
  lacks,
  leadersAre,
  leads,
  nothingCut,
  obeys,
  requestIs,
  underWay,
} from "./claims.ts";
import { disruptionActions, disruptionStart } from "./disruption-story.ts";
import { bothWays, preset } from "./preset.ts";

export const disruptionPreVote = preset({
  id: "disruption-pre-vote",
  title: "Pre-vote keeps the peace",
  group: "Leaders and partitions",
  notes:
    "The story of the disruptive server again, now with option pre-vote: a server asks whether it could win before it raises its term. S5, cut off, never gets beyond asking and comes back with the term with which it left. The others refuse, because its log is old; no term changes, S1 leads on, and with its next heartbeat S5 follows again.",
  file: {
    ...disruptionStart,
    options: { preVote: true },
    actions: [...disruptionActions],
    speed: 0.1,
    endMs: 1000,
  },
  bookmarks: [
    {
      atMs: 165,
      label: "S1 leads term 1, and x=1 is applied on all five servers.",
      claim: every(
        leads(1, 1),
        each([1, 2, 3, 4, 5], (id) => holds(id, "x", "1")),
      ),
    },
    {
      atMs: 790,
      label: "S5, cut off, asks for pre-votes; its term is still 1.",
      claim: every(cutIs(bothWays([1, 2, 3, 4], [5])), asksFirst(5, 1)),
    },
    {
      atMs: 818,
      label: "The cut is healed, and S5 asks the four others again.",
      claim: every(
        nothingCut,
        asksFirst(5, 1),
        each([1, 2, 3, 4], (id) => underWay(5, id, "PreVote")),
      ),
    },
    {
      atMs: 845,
      label: "All four have refused S5, whose log lacks y=2; all five are in term 1, and S1 leads on.",
      claim: every(
        asksFirst(5, 1),
        isRefusedBy(5, 1, 2, 3, 4),
        lacks(5, "put y=2"),
        entryIs(1, 2, "put y=2"),
        leadersAre(1),
        each([1, 2, 3, 4, 5], (id) => inTerm(id, 1)),
      ),
    },
    {
      atMs: 890,
      label: "S5 follows S1 again, and the client's write z=3 is done.",
      claim: every(follows(5, 1), obeys(5, 1), leads(1, 1), requestIs(3, "put", "done")),
    },
    {
      atMs: 990,
      label: "All five servers have applied the same three entries, in the same term.",
      claim: each([1, 2, 3, 4, 5], (id) =>
        every(inTerm(id, 1), applied(id, 3), holds(id, "x", "1"), holds(id, "y", "2"), holds(id, "z", "3")),
      ),
    },
  ],
});
