import { committed, diskIs, each, every, isDown, knowsMatch, leads, logIs, majorityIs } from "./claims.ts";
import { figure8Actions, figure8Start } from "./figure-8-story.ts";
import { linksBetween, preset } from "./preset.ts";

export const figure8 = preset({
  id: "figure-8",
  title: "Figure 8: on a majority, yet overwritten",
  group: "Logs",
  notes:
    "Parts (a) to (d) of Figure 8. An entry of term 2 reaches a majority only later, under the leader of term 4; that leader must not commit it by counting copies, because S5, whose last entry is of term 3, can still win an election and overwrite it. It does.",
  file: {
    ...figure8Start,
    actions: [
      ...figure8Actions,
      { atMs: 366, do: "cut", links: linksBetween([1], [2, 3, 5]) },
      { atMs: 366, do: "request", put: ["z", "4"], server: "S1" },
      // (d) S1 crashes; S5 wins term 5 (its first try finds votes of term 4 given) and overwrites.
      { atMs: 395, do: "crash", server: "S1" },
      { atMs: 398, do: "mend", links: linksBetween([1], [2, 3, 4, 5]) },
      { atMs: 400, do: "restart", server: "S5" },
      { atMs: 401, do: "timer", server: "S5", leftMs: 9 },
      { atMs: 440, do: "timer", server: "S5", leftMs: 10 },
      { atMs: 560, do: "request", put: ["z", "5"], server: "S5" },
    ],
    speed: 0.04,
    endMs: 680,
  },
  bookmarks: [
    {
      atMs: 108,
      label: "(a) S1 leads term 2; its entry 2 is on S1 and S2 only.",
      claim: every(
        leads(1, 2),
        each([1, 2], (id) => diskIs(id, 1, 2)),
        each([3, 4, 5], (id) => logIs(id, 1)),
        committed(1, 1),
      ),
    },
    {
      atMs: 225,
      label: "(b) S1 is down; S5 leads term 3 and has another entry 2, of term 3, which nobody else has.",
      claim: every(isDown(1), leads(5, 3), diskIs(5, 1, 3), logIs(2, 1, 2), logIs(3, 1), logIs(4, 1)),
    },
    {
      atMs: 363,
      label:
        "(c) S5 is down and S1 leads term 4; entry 2 of term 2 is on S1, S2 and S3, a majority, and S1 knows it, but does not commit it.",
      claim: every(
        isDown(5),
        leads(1, 4),
        each([1, 2, 3], (id) => diskIs(id, 1, 2)),
        logIs(4, 1),
        knowsMatch(1, 2, 2),
        knowsMatch(1, 3, 2),
        majorityIs(3),
        committed(1, 0),
      ),
    },
    {
      atMs: 390,
      label: "S1 also has an entry 3 of its own term 4, which nobody else has.",
      claim: every(
        leads(1, 4),
        diskIs(1, 1, 2, 4),
        each([2, 3], (id) => logIs(id, 1, 2)),
        logIs(4, 1),
      ),
    },
    {
      atMs: 550,
      label: "(d) S1 is down; S5 leads term 5 and its entry 2 of term 3 has replaced the one of term 2 on S2 and S3.",
      claim: every(
        isDown(1),
        leads(5, 5),
        each([2, 3, 4, 5], (id) => logIs(id, 1, 3)),
        diskIs(1, 1, 2, 4),
      ),
    },
    {
      atMs: 670,
      label:
        "With an entry 3 of its own term 5, S5 has committed entry 2 of term 3 too; the disk of S1, which is down, has other entries 2 and 3.",
      claim: every(
        leads(5, 5),
        logIs(5, 1, 3, 5),
        each([2, 3, 4, 5], (id) => committed(id, 3)),
        isDown(1),
        diskIs(1, 1, 2, 4),
      ),
    },
  ],
});
