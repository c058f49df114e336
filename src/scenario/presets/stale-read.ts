import {
  committed,
  cutIs,
  each,
  entryIs,
  every,
  follows,
  holds,
  knowsMatch,
  leadersAre,
  leads,
  obeys,
  requestIs,
  unconfirmedReads,
  underWay,
} from "./claims.ts";
import { bothWays, preset } from "./preset.ts";

export const staleRead = preset({
  id: "stale-read",
  title: "A stale read under a lease",
  group: "Reads",
  notes:
    "Profile etcd with check-quorum, option reads: the lease. A leader answers reads at once, from its own state, trusting that it would step down before anybody else could lead. But it looks only once per election timeout whom it has heard. S1, cut off soon after such a look, still leads when S4 leads too and x is 2, and answers 1. With ReadIndex it could not: see the deposed leader that cannot answer.",
  file: {
    seed: 43,
    servers: 5,
    profile: "etcd",
    options: { checkQuorum: true, reads: "lease" },
    latencyMs: [10, 12],
    writeMs: [1, 2],
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 60, do: "request", put: ["x", "1"], server: "S1" },
      {
        atMs: 215,
        do: "partition",
        groups: [
          ["S1", "S2"],
          ["S3", "S4", "S5"],
        ],
      },
      { atMs: 220, do: "timer", server: "S4", leftMs: 128 },
      { atMs: 380, do: "request", put: ["x", "2"], server: "S4" },
      { atMs: 440, do: "request", get: "x", server: "S1" },
    ],
    speed: 0.05,
    endMs: 620,
  },
  bookmarks: [
    {
      atMs: 210,
      label: "S1 leads term 1, and x is 1 on all five servers.",
      claim: every(
        leadersAre(1),
        leads(1, 1),
        each([1, 2, 3, 4, 5], (id) => holds(id, "x", "1")),
      ),
    },
    {
      atMs: 345,
      label: "S1 is cut off with S2 and does not know it: it still leads term 1.",
      claim: every(cutIs(bothWays([1, 2], [3, 4, 5])), leads(1, 1)),
    },
    {
      atMs: 437,
      label:
        "S4 leads term 2 and has committed x=2 with S3 and S5, and the client knows; S1 still leads term 1 and has x=1.",
      claim: every(
        leadersAre(1, 4),
        leads(4, 2),
        entryIs(4, 4, "put x=2"),
        committed(4, 4),
        knowsMatch(4, 3, 4),
        knowsMatch(4, 5, 4),
        requestIs(2, "put", "done", "1"),
        leads(1, 1),
        holds(1, "x", "1"),
      ),
    },
    {
      atMs: 455,
      label: "S1 has the client's read and answers at once: no read waits for a round of heartbeats.",
      claim: every(leads(1, 1), unconfirmedReads(1), underWay(1, 0, "ClientReply"), requestIs(3, "get", "asking")),
    },
    {
      atMs: 470,
      label: "The client is told that x is 1, after it was told that x=2 is done: a stale read.",
      claim: every(requestIs(3, "get", "done", "1"), requestIs(2, "put", "done", "1"), holds(4, "x", "2")),
    },
    {
      atMs: 500,
      label: "Only now has S1 stepped down, still in term 1: it has heard from no majority.",
      claim: every(follows(1, 1), obeys(1, 0), leadersAre(4)),
    },
  ],
});
