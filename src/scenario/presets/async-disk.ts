import {
  applied,
  carries,
  committed,
  confirms,
  diskIs,
  each,
  every,
  holds,
  isWriting,
  knowsMatch,
  logIs,
  majorityIs,
  requestIs,
  underWay,
} from "./claims.ts";
import { preset } from "./preset.ts";

export const asyncDisk = preset({
  id: "async-disk",
  title: "Committed before the leader's disk has it",
  group: "Networks and disks",
  notes:
    "Option asynchronous disk: messages and writes overlap. S1's disk is slow, so its followers store an entry sooner than S1 itself. The entry is committed once a majority has it on disk; the leader's own copy counts only when it is written, and need not be among them. S1 applies it, and answers the client, only after its own write.",
  file: {
    seed: 41,
    servers: 3,
    latencyMs: [10, 12],
    writeMs: [1, 2],
    options: { asyncDisk: true },
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 50, do: "disk", writeMs: [90, 90], server: "S1" },
      { atMs: 55, do: "request", put: ["x", "1"], server: "S1" },
    ],
    speed: 0.02,
    endMs: 300,
  },
  bookmarks: [
    {
      atMs: 70,
      label: "S1's disk is still writing entry 1, and the entry is already on its way to S2 and S3.",
      claim: every(logIs(1, 1), diskIs(1), isWriting(1, true), carries(1, 2, 1, 1), carries(1, 3, 1, 1)),
    },
    {
      atMs: 82,
      label: "S2 and S3 have entry 1 on disk and their answers are on the way; S1's disk does not have it.",
      claim: every(
        each([2, 3], (id) =>
          every(
            diskIs(id, 1),
            underWay(id, 1, "AppendEntriesReply", (packet) => confirms(packet, 1)),
          ),
        ),
        diskIs(1),
        isWriting(1, true),
      ),
    },
    {
      atMs: 95,
      label: "S1 has committed entry 1, for S2 and S3 are a majority of three; its own disk still does not have it.",
      claim: every(
        committed(1, 1),
        knowsMatch(1, 2, 1),
        knowsMatch(1, 3, 1),
        majorityIs(2),
        knowsMatch(1, 1, 0),
        diskIs(1),
        isWriting(1, true),
      ),
    },
    {
      atMs: 150,
      label: "S2 and S3 have applied x=1; S1, still writing, has not, and the client waits.",
      claim: every(
        each([2, 3], (id) => every(applied(id, 1), holds(id, "x", "1"))),
        applied(1, 0),
        isWriting(1, true),
        requestIs(1, "put", "asking"),
      ),
    },
    {
      atMs: 160,
      label: "S1's disk has the entry; S1 has applied it, and its answer to the client is on its way.",
      claim: every(diskIs(1, 1), applied(1, 1), holds(1, "x", "1"), underWay(1, 0, "ClientReply")),
    },
    { atMs: 175, label: "The client has its answer.", claim: requestIs(1, "put", "done") },
  ],
});
