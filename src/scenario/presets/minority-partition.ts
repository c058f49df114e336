import {
  applied,
  committed,
  cutIs,
  diskIs,
  each,
  entryIs,
  every,
  follows,
  hasVotesOf,
  holds,
  inTerm,
  isRefusedBy,
  leadersAre,
  leads,
  logIs,
  majorityIs,
  nothingCut,
  stands,
} from "./claims.ts";
import { bothWays, preset } from "./preset.ts";

export const minorityPartition = preset({
  id: "minority-partition",
  title: "A minority is cut off",
  group: "Leaders and partitions",
  notes:
    "S4 and S5 are cut off from the leader S1 and from the majority. They hold election after election and cannot win one, because two votes are no majority of five; meanwhile the others commit writes. When the cut heals, their high term deposes S1, but their logs are too old to lead: the committed writes stay.",
  file: {
    seed: 9,
    servers: 5,
    latencyMs: [10, 13],
    writeMs: [1, 2],
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      {
        atMs: 100,
        do: "partition",
        groups: [
          ["S1", "S2", "S3"],
          ["S4", "S5"],
        ],
      },
      { atMs: 130, do: "request", put: ["x", "1"], server: "S1" },
      { atMs: 400, do: "request", put: ["y", "2"], server: "S1" },
      { atMs: 900, do: "heal" },
    ],
    speed: 0.1,
    endMs: 1500,
  },
  bookmarks: [
    {
      atMs: 185,
      label: "S4 and S5 are cut off; S1 has committed x=1 with S2 and S3, and S4 and S5 have empty logs.",
      claim: every(
        cutIs(bothWays([1, 2, 3], [4, 5])),
        committed(1, 1),
        entryIs(1, 1, "put x=1"),
        diskIs(2, 1),
        diskIs(3, 1),
        logIs(4),
        logIs(5),
      ),
    },
    {
      atMs: 400,
      label: "S4 and S5 are both candidates in term 2 with one vote each; S1 still leads term 1.",
      claim: every(stands(4, 2), hasVotesOf(4, 4), stands(5, 2), hasVotesOf(5, 5), leads(1, 1)),
    },
    {
      atMs: 650,
      label: "S5 has both votes of its side in term 3; three are needed.",
      claim: every(stands(5, 3), hasVotesOf(5, 4, 5), majorityIs(3), leadersAre(1)),
    },
    {
      atMs: 890,
      label: "x=1 and y=2 are applied on S1, S2 and S3; S4 and S5 are in term 4 with empty logs.",
      claim: every(
        each([1, 2, 3], (id) => every(holds(id, "x", "1"), holds(id, "y", "2"))),
        each([4, 5], (id) => every(inTerm(id, 4), logIs(id))),
      ),
    },
    {
      atMs: 1000,
      label: "The cut is healed and nobody leads: S1 has met term 4 and is a follower.",
      claim: every(nothingCut, leadersAre(), follows(1, 4)),
    },
    {
      atMs: 1055,
      label: "S5 is a candidate in term 5 and cannot win: S1, S2 and S3 have refused it, for its log is empty.",
      claim: every(stands(5, 5), isRefusedBy(5, 1, 2, 3), hasVotesOf(5, 4, 5), logIs(5)),
    },
    {
      atMs: 1240,
      label: "S3 leads term 6, and all five servers have applied x=1 and y=2.",
      claim: every(
        leadersAre(3),
        leads(3, 6),
        each([1, 2, 3, 4, 5], (id) => every(applied(id, 2), holds(id, "x", "1"), holds(id, "y", "2"))),
      ),
    },
  ],
});
