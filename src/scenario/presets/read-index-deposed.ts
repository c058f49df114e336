import {
  cutIs,
  each,
  every,
  follows,
  holds,
  leadersAre,
  leads,
  majorityIs,
  nothingCut,
  obeys,
  requestIs,
  roundAnsweredBy,
  unconfirmedReads,
} from "./claims.ts";
import { bothWays, preset } from "./preset.ts";

export const readIndexDeposed = preset({
  id: "read-index-deposed",
  title: "A deposed leader cannot answer a read",
  group: "Reads",
  notes:
    "Profile etcd, option reads: ReadIndex. S1 is cut off with S2 and does not know that S4 leads a newer term, in which x is 2. A client reads x at S1, whose state says 1. The round of heartbeats saves it: no majority answers, so S1 does not answer either. No answer is better than an old one.",
  file: {
    seed: 31,
    servers: 5,
    latencyMs: [10, 13],
    writeMs: [1, 2],
    profile: "etcd",
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 60, do: "request", put: ["x", "1"], server: "S1" },
      {
        atMs: 170,
        do: "partition",
        groups: [
          ["S1", "S2"],
          ["S3", "S4", "S5"],
        ],
      },
      { atMs: 200, do: "timer", server: "S4", leftMs: 100 },
      { atMs: 380, do: "request", put: ["x", "2"], server: "S4" },
      { atMs: 460, do: "request", get: "x", server: "S1" },
      { atMs: 560, do: "request", get: "x", server: "S4" },
      { atMs: 700, do: "heal" },
    ],
    speed: 0.05,
    endMs: 2600,
  },
  bookmarks: [
    {
      atMs: 165,
      label: "S1 leads term 1, and x is 1 on all five servers.",
      claim: every(
        leadersAre(1),
        leads(1, 1),
        each([1, 2, 3, 4, 5], (id) => holds(id, "x", "1")),
      ),
    },
    {
      atMs: 450,
      label: "S1 and S2 are cut off; S4 leads term 2 and has committed x=2, but S1 also leads, in term 1, and has x=1.",
      claim: every(
        cutIs(bothWays([1, 2], [3, 4, 5])),
        leadersAre(1, 4),
        leads(4, 2),
        holds(4, "x", "2"),
        leads(1, 1),
        holds(1, "x", "1"),
      ),
    },
    {
      atMs: 550,
      label: "A client reads x at S1; only S2 has answered S1's heartbeats, and the read waits.",
      claim: every(
        requestIs(3, "get", "asking"),
        unconfirmedReads(1, 3),
        roundAnsweredBy(1, 1, 1, 2),
        majorityIs(3),
        leads(1, 1),
      ),
    },
    {
      atMs: 690,
      label: "The same question at S4 is answered: x is 2; S1 has still not answered.",
      claim: every(requestIs(4, "get", "done", "2"), requestIs(3, "get", "asking"), unconfirmedReads(1, 3)),
    },
    {
      atMs: 800,
      label: "The cut is healed: S1 follows S4 in term 2, x is 2 there too, and the read that waited is forgotten.",
      claim: every(
        nothingCut,
        follows(1, 2),
        obeys(1, 4),
        holds(1, "x", "2"),
        unconfirmedReads(1),
        requestIs(3, "get", "asking"),
      ),
    },
    {
      atMs: 2480,
      label: "The client has given up on S1: it never got the old value.",
      claim: requestIs(3, "get", "unknown"),
    },
  ],
});
