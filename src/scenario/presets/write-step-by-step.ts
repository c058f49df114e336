import {
  applied,
  carries,
  committed,
  diskIs,
  each,
  entryIs,
  every,
  holds,
  isWriting,
  knowsMatch,
  leads,
  logIs,
  not,
  notUnderWay,
  requestIs,
  underWay,
} from "./claims.ts";
import { preset } from "./preset.ts";

export const writeStepByStep = preset({
  id: "write-step-by-step",
  title: "A write, message by message",
  group: "Basics",
  notes:
    "A client writes x=1 at the leader S1. Follow the entry step by step: appended, on the leader's disk, sent to the others, on their disks, confirmed, committed, applied, answered, and at last known as committed by everybody.",
  file: {
    seed: 11,
    servers: 5,
    latencyMs: [10, 14],
    writeMs: [2, 4],
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 60, do: "request", put: ["x", "1"], server: "S1" },
    ],
    speed: 0.01,
    endMs: 170,
  },
  bookmarks: [
    {
      atMs: 65,
      label: "The client's request is on its way to S1, the leader of term 1.",
      claim: every(leads(1, 1), underWay(0, 1, "ClientRequest"), requestIs(1, "put", "asking")),
    },
    {
      atMs: 73,
      label: "S1 has appended entry 1 and its disk is still writing it; no message carries the entry yet.",
      claim: every(
        logIs(1, 1),
        entryIs(1, 1, "put x=1"),
        diskIs(1),
        isWriting(1, true),
        each([2, 3, 4, 5], (id) => not(carries(1, id, 1, 1), `S1 sends to S${id}`)),
      ),
    },
    {
      atMs: 80,
      label: "Entry 1 is on S1's disk and on its way to the four followers.",
      claim: every(
        diskIs(1, 1),
        each([2, 3, 4, 5], (id) => carries(1, id, 1, 1)),
      ),
    },
    {
      atMs: 88.5,
      label: "The four followers have the entry in memory and are writing it to disk; none has answered.",
      claim: each([2, 3, 4, 5], (id) =>
        every(
          logIs(id, 1),
          diskIs(id),
          isWriting(id, true),
          notUnderWay(id, 1, "AppendEntriesReply"),
          knowsMatch(1, id, 0),
        ),
      ),
    },
    {
      atMs: 95,
      label: "Entry 1 is on all five disks and not committed: the answers are still on their way to S1.",
      claim: every(
        each([1, 2, 3, 4, 5], (id) => diskIs(id, 1)),
        committed(1, 0),
        each([2, 3, 4, 5], (id) => underWay(id, 1, "AppendEntriesReply")),
      ),
    },
    {
      atMs: 102.4,
      label:
        "S1 knows of three copies, its own, S2's and S3's: entry 1 is committed and applied on S1, and the client's answer is on its way.",
      claim: every(
        diskIs(1, 1),
        knowsMatch(1, 2, 1),
        knowsMatch(1, 3, 1),
        knowsMatch(1, 4, 0),
        knowsMatch(1, 5, 0),
        committed(1, 1),
        applied(1, 1),
        holds(1, "x", "1"),
        underWay(1, 0, "ClientReply"),
      ),
    },
    {
      atMs: 120,
      label: "The client has its answer, and no follower has applied the entry yet.",
      claim: every(
        requestIs(1, "put", "done"),
        each([2, 3, 4, 5], (id) => every(applied(id, 0), holds(id, "x", null))),
      ),
    },
    {
      atMs: 155,
      label: "A heartbeat has told the followers: x is 1 on all five servers.",
      claim: each([1, 2, 3, 4, 5], (id) => every(committed(id, 1), applied(id, 1), holds(id, "x", "1"))),
    },
  ],
});
