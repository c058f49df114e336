import {
  committed,
  cutIs,
  each,
  entryIs,
  every,
  follows,
  holds,
  knowsMatch,
  lacks,
  leadersAre,
  leads,
  logIs,
  majorityIs,
  nothingCut,
  obeys,
} from "./claims.ts";
import { bothWays, preset } from "./preset.ts";

export const twoLeaders = preset({
  id: "two-leaders",
  title: "Two leaders at once",
  group: "Leaders and partitions",
  notes:
    "The leader S1 is cut off together with S2. It does not notice and goes on leading term 1, while the other side elects S4 in term 2. Both take writes; only S4 can commit, because only S4 reaches a majority. When the cut heals, S1 learns of the higher term, follows, and its uncommitted entries are overwritten.",
  file: {
    seed: 7,
    servers: 5,
    latencyMs: [10, 15],
    writeMs: [1, 3],
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 60, do: "request", put: ["x", "1"], server: "S1" },
      {
        atMs: 180,
        do: "partition",
        groups: [
          ["S1", "S2"],
          ["S3", "S4", "S5"],
        ],
      },
      { atMs: 200, do: "timer", server: "S4", leftMs: 100 },
      { atMs: 240, do: "request", put: ["y", "9"], server: "S1" },
      { atMs: 380, do: "request", put: ["y", "2"], server: "S4" },
      { atMs: 430, do: "request", put: ["z", "8"], server: "S1" },
      { atMs: 560, do: "heal" },
    ],
    speed: 0.04,
    endMs: 800,
  },
  bookmarks: [
    {
      atMs: 170,
      label: "S1 leads term 1, and x=1 is applied on all five servers.",
      claim: every(
        leadersAre(1),
        leads(1, 1),
        each([1, 2, 3, 4, 5], (id) => holds(id, "x", "1")),
      ),
    },
    {
      atMs: 290,
      label:
        "S1 and S2 are cut off: both have y=9 as entry 2, and it is not committed, for two of five are no majority.",
      claim: every(
        cutIs(bothWays([1, 2], [3, 4, 5])),
        majorityIs(3),
        each([1, 2], (id) => every(entryIs(id, 2, "put y=9"), committed(id, 1))),
        knowsMatch(1, 2, 2),
        each([3, 4, 5], (id) => logIs(id, 1)),
      ),
    },
    {
      atMs: 345,
      label: "Two leaders at once: S1 in term 1 and S4 in term 2.",
      claim: every(leadersAre(1, 4), leads(1, 1), leads(4, 2)),
    },
    {
      atMs: 480,
      label: "S4 has committed y=2 in term 2; S1 has taken y=9 and z=8 in term 1 and committed neither.",
      claim: every(
        leads(1, 1),
        leads(4, 2),
        entryIs(4, 2, "put y=2"),
        logIs(4, 1, 2),
        committed(4, 2),
        entryIs(1, 2, "put y=9"),
        entryIs(1, 3, "put z=8"),
        logIs(1, 1, 1, 1),
        committed(1, 1),
      ),
    },
    {
      atMs: 605,
      label: "The cut is healed and S1 follows S4 in term 2, with y=9 and z=8 still in its log.",
      claim: every(
        nothingCut,
        leadersAre(4),
        follows(1, 2),
        obeys(1, 4),
        entryIs(1, 2, "put y=9"),
        entryIs(1, 3, "put z=8"),
      ),
    },
    {
      atMs: 680,
      label: "All five logs are equal and y is 2 everywhere; y=9 and z=8 are in no log any more.",
      claim: each([1, 2, 3, 4, 5], (id) =>
        every(
          logIs(id, 1, 2),
          entryIs(id, 1, "put x=1"),
          entryIs(id, 2, "put y=2"),
          holds(id, "y", "2"),
          lacks(id, "put y=9"),
          lacks(id, "put z=8"),
        ),
      ),
    },
  ],
});
