import { committed, diskIs, every, follows, isDown, isWriting, knowsMatch, logIs } from "./claims.ts";
import { preset } from "./preset.ts";

export const crashBeforeWrite = preset({
  id: "crash-before-write",
  title: "Crash before the disk write finished",
  group: "Networks and disks",
  notes:
    "S3 has a slow disk. It receives an entry and crashes while the write is under way: the entry is gone. Nobody is harmed, because S3 answers only when the entry is on disk, so the leader never counted it. After the restart the leader sends the entry again.",
  file: {
    seed: 6,
    servers: 3,
    latencyMs: [10, 12],
    writeMs: [1, 2],
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 50, do: "disk", writeMs: [60, 60], server: "S3" },
      { atMs: 60, do: "request", put: ["x", "1"], server: "S1" },
      { atMs: 130, do: "crash", server: "S3" },
      { atMs: 170, do: "disk", writeMs: [2, 2], server: "S3" },
      { atMs: 180, do: "restart", server: "S3" },
    ],
    speed: 0.025,
    endMs: 320,
  },
  bookmarks: [
    {
      atMs: 100,
      label: "S3 has entry 1 in memory and is still writing it; S1 has committed it with S2's answer.",
      claim: every(
        logIs(3, 1),
        diskIs(3),
        isWriting(3, true),
        committed(1, 1),
        knowsMatch(1, 2, 1),
        knowsMatch(1, 3, 0),
      ),
    },
    {
      atMs: 140,
      label: "S3 is down, and its disk has no entry: the write never finished.",
      claim: every(isDown(3), diskIs(3), isWriting(3, false)),
    },
    {
      atMs: 183,
      label: "S3 runs again with an empty log; S1 has never counted it (matchIndex 0).",
      claim: every(follows(3, 1), logIs(3), knowsMatch(1, 3, 0)),
    },
    {
      atMs: 215,
      label: "S1 has sent entry 1 again: S3 has it on disk, and S1 knows it.",
      claim: every(diskIs(3, 1), knowsMatch(1, 3, 1)),
    },
  ],
});
