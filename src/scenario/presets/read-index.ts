import {
  applied,
  each,
  entryIs,
  every,
  lastEntry,
  leads,
  majorityIs,
  requestIs,
  roundAnsweredBy,
  unconfirmedReads,
  underWay,
} from "./claims.ts";
import { preset } from "./preset.ts";

export const readIndex = preset({
  id: "read-index",
  title: "A read without a log entry",
  group: "Reads",
  notes:
    "Profile etcd, option reads: ReadIndex. The leader S1 answers a read from its own state, without a log entry. It notes its commit index, asks everybody with a round of heartbeats whether it still leads, and answers once a majority, itself included, has said so.",
  file: {
    seed: 29,
    servers: 5,
    latencyMs: [10, 13],
    writeMs: [1, 2],
    profile: "etcd",
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 60, do: "request", put: ["x", "1"], server: "S1" },
      { atMs: 150, do: "request", get: "x", server: "S1" },
    ],
    speed: 0.02,
    endMs: 260,
  },
  bookmarks: [
    {
      atMs: 148,
      label: "S1 leads term 1; x=1 is entry 2, after the no-op of its term, and applied on S1.",
      claim: every(leads(1, 1), entryIs(1, 1, "no-op"), entryIs(1, 2, "put x=1"), applied(1, 2)),
    },
    {
      atMs: 165,
      label: "S1 has the client's read; it has appended nothing, and heartbeats are on their way to the four others.",
      claim: every(
        requestIs(2, "get", "asking"),
        unconfirmedReads(1, 2),
        lastEntry(1, 2),
        each([2, 3, 4, 5], (id) => underWay(1, id, "Heartbeat")),
      ),
    },
    {
      atMs: 182.6,
      label:
        "S5 has answered the round; with S1 itself these are two of the three that are needed, and the read waits.",
      claim: every(roundAnsweredBy(1, 1, 1, 5), majorityIs(3), unconfirmedReads(1, 2)),
    },
    {
      atMs: 183.9,
      label: "S2 has answered too: S1 still leads, and its answer to the client is on its way.",
      claim: every(roundAnsweredBy(1, 1, 1, 2, 5), unconfirmedReads(1), underWay(1, 0, "ClientReply"), leads(1, 1)),
    },
    {
      atMs: 210,
      label: "The client knows that x is 1, and all logs still end with entry 2: the read left no entry.",
      claim: every(
        requestIs(2, "get", "done", "1"),
        each([1, 2, 3, 4, 5], (id) => lastEntry(id, 2)),
      ),
    },
  ],
});
