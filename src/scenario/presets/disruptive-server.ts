import {
  committed,
  cutIs,
  each,
  entryIs,
  every,
  follows,
  hasEntry,
  holds,
  isRefusedBy,
  lacks,
  leadersAre,
  leads,
  nothingCut,
  obeys,
  requestIs,
  stands,
} from "./claims.ts";
import { disruptionActions, disruptionStart } from "./disruption-story.ts";
import { bothWays, preset } from "./preset.ts";

export const disruptiveServer = preset({
  id: "disruptive-server",
  title: "A disruptive server",
  group: "Leaders and partitions",
  notes:
    "S5 is cut off and calls election after election in vain, and each raises its term. When the cut heals, that high term deposes S1, whom all others could hear all the time; S5 itself cannot win, because its log is old. Until another leader is elected, no write gets through. Option pre-vote is off here; the next story is the same with pre-vote.",
  file: {
    ...disruptionStart,
    actions: [...disruptionActions],
    speed: 0.1,
    endMs: 1300,
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
      label:
        "S5, cut off, is a candidate in term 3; S1 still leads term 1 and has committed y=2, which S5's log lacks.",
      claim: every(
        cutIs(bothWays([1, 2, 3, 4], [5])),
        stands(5, 3),
        leads(1, 1),
        entryIs(1, 2, "put y=2"),
        committed(1, 2),
        lacks(5, "put y=2"),
      ),
    },
    {
      atMs: 845,
      label: "The cut is healed and nobody leads: S5's term 4 has deposed S1, and all four have refused S5 their vote.",
      claim: every(nothingCut, leadersAre(), follows(1, 4), stands(5, 4), isRefusedBy(5, 1, 2, 3, 4)),
    },
    {
      atMs: 960,
      label: "The client's write z=3 is in no log: nobody leads, so nobody could take it.",
      claim: every(
        leadersAre(),
        requestIs(3, "put", "asking"),
        each([1, 2, 3, 4, 5], (id) => lacks(id, "put z=3")),
      ),
    },
    {
      atMs: 1020,
      label: "S4 leads term 5, and the four others follow it.",
      claim: every(
        leadersAre(4),
        leads(4, 5),
        each([1, 2, 3, 5], (id) => every(follows(id, 5), obeys(id, 4))),
      ),
    },
    {
      atMs: 1250,
      label: "z=3 is done at last, as an entry of term 5: x=1, y=2 and z=3 are applied on all five servers.",
      claim: every(
        requestIs(3, "put", "done"),
        hasEntry(4, 3, 5),
        entryIs(4, 3, "put z=3"),
        each([1, 2, 3, 4, 5], (id) => every(holds(id, "x", "1"), holds(id, "y", "2"), holds(id, "z", "3"))),
      ),
    },
  ],
});
