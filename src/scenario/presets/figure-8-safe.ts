import { committed, diskIs, each, every, isDown, isRefusedBy, leads, logIs, majorityIs, stands } from "./claims.ts";
import { figure8Actions, figure8Start } from "./figure-8-story.ts";
import { linksBetween, preset } from "./preset.ts";

export const figure8Safe = preset({
  id: "figure-8-safe",
  title: "Figure 8: committed in time",
  group: "Logs",
  notes:
    "Part (e) of Figure 8, the other ending. The leader of term 4 puts an entry of its own term on a majority before it crashes. That commits the older entry with it, and S5 cannot win any more: everybody in that majority has a newer log and refuses its vote.",
  file: {
    ...figure8Start,
    actions: [
      ...figure8Actions,
      { atMs: 366, do: "request", put: ["z", "4"], server: "S1" },
      { atMs: 425, do: "crash", server: "S1" },
      { atMs: 428, do: "mend", links: linksBetween([1], [4]) },
      { atMs: 430, do: "restart", server: "S5" },
      { atMs: 431, do: "timer", server: "S5", leftMs: 9 },
      { atMs: 440, do: "timer", server: "S5", leftMs: 10 },
      { atMs: 480, do: "timer", server: "S2", leftMs: 20 },
    ],
    speed: 0.04,
    endMs: 680,
  },
  bookmarks: [
    {
      atMs: 363,
      label: "(c) S1 leads term 4; entry 2 of term 2 is on S1, S2 and S3, a majority, and is not committed.",
      claim: every(
        leads(1, 4),
        each([1, 2, 3], (id) => diskIs(id, 1, 2)),
        majorityIs(3),
        committed(1, 0),
      ),
    },
    {
      atMs: 420,
      label: "(e) Entry 3, of S1's own term 4, is on S1, S2 and S3: S1 has committed it, and entry 2 with it.",
      claim: every(
        leads(1, 4),
        each([1, 2, 3], (id) => diskIs(id, 1, 2, 4)),
        committed(1, 3),
      ),
    },
    {
      atMs: 480,
      label:
        "S1 is down; S5 is a candidate in term 5 and cannot win: S2 and S3 have refused, for their last entry is of term 4 and S5's of term 3.",
      claim: every(isDown(1), stands(5, 5), isRefusedBy(5, 2, 3), logIs(2, 1, 2, 4), logIs(3, 1, 2, 4), logIs(5, 1, 3)),
    },
    {
      atMs: 660,
      label: "S2 leads term 6, and S5 has S2's log: entries 2 and 3 have survived.",
      claim: every(
        leads(2, 6),
        each([2, 3, 4, 5], (id) => logIs(id, 1, 2, 4)),
      ),
    },
  ],
});
