import {
  applied,
  cutIs,
  every,
  historyIs,
  holds,
  leads,
  logIs,
  nothingCut,
  requestIs,
  unconfirmedReads,
} from "./claims.ts";
import { preset } from "./preset.ts";

export const readModes = preset({
  id: "read-modes",
  title: "Four ways to read",
  group: "Reads",
  notes:
    "x is 1 everywhere; then S3 is cut off from its leader's messages while x becomes 2. A client that reads from S3 at once, as it is, is told 1, after somebody was told that x is 2: no order of the operations explains that. A read by ReadIndex at S3 waits until the leader has confirmed itself and S3 has caught up, a read by the lease is answered by the leader at once, a read through the log becomes an entry: all three say 2.",
  file: {
    seed: 3,
    servers: 3,
    profile: "etcd",
    options: { checkQuorum: true },
    latencyMs: [10, 12],
    writeMs: [1, 2],
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 100, do: "request", put: ["x", "1"], server: "S1" },
      { atMs: 250, do: "request", put: ["x", "2"], server: "S1" },
      { atMs: 255, do: "cut", links: [["S1", "S3"]] },
      { atMs: 299, do: "request", get: "x", server: "S3", client: "C1", read: "stale" },
      { atMs: 330, do: "mend", links: [["S1", "S3"]] },
      { atMs: 340, do: "request", get: "x", server: "S3", client: "C2", read: "index" },
      { atMs: 480, do: "request", get: "x", server: "S1", client: "C2", read: "lease" },
      { atMs: 540, do: "request", get: "x", server: "S1", client: "C2", read: "log" },
    ],
    speed: 0.025,
    endMs: 700,
  },
  bookmarks: [
    {
      atMs: 298,
      label: "The client was told that x is 2, and S3, cut off from S1, still has 1.",
      claim: every(leads(1, 1), requestIs(2, "put", "done", "1"), holds(3, "x", "1"), cutIs([["S1", "S3"]])),
    },
    {
      atMs: 325,
      label: "S3 answered 1 from its own state: a stale read, and the history is not linearizable.",
      claim: every(requestIs(3, "get", "done", "1"), historyIs("illegal")),
    },
    {
      atMs: 370,
      label: "S1 lets the read of C2 wait until a round of heartbeats has confirmed that it leads.",
      claim: every(nothingCut, unconfirmedReads(1, 4), requestIs(4, "get", "asking")),
    },
    {
      atMs: 410,
      label: "S3 has caught up with entry 3 and answers 2.",
      claim: every(applied(3, 3), requestIs(4, "get", "done", "2")),
    },
    {
      atMs: 510,
      label: "S1 answered the read by its lease without asking anybody: 2, and nothing was added to its log.",
      claim: every(requestIs(5, "get", "done", "2"), logIs(1, 1, 1, 1)),
    },
    {
      atMs: 600,
      label: "The read through the log is entry 4, and says 2 as well.",
      claim: every(requestIs(6, "get", "done", "2"), logIs(1, 1, 1, 1, 1), applied(1, 4)),
    },
  ],
});
