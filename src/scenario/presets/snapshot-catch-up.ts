import {
  applied,
  carries,
  diskIs,
  each,
  entryIs,
  every,
  follows,
  holds,
  isDown,
  keeps,
  knowsMatch,
  leads,
  logIs,
  notUnderWay,
  sendsBy,
  underWay,
} from "./claims.ts";
import { preset } from "./preset.ts";

export const snapshotCatchUp = preset({
  id: "snapshot-catch-up",
  title: "Catching up by snapshot",
  group: "Logs",
  notes:
    "Profile etcd. S3 is down while the others apply more entries; with option snapshot after 4 entries, each makes a snapshot and discards the log before it. When S3 comes back, the entry that it needs next is gone, so the leader sends its whole state as a snapshot; from there on, entries again.",
  file: {
    seed: 21,
    servers: 3,
    profile: "etcd",
    options: { snapshotAfter: 4 },
    latencyMs: [10, 13],
    writeMs: [1, 2],
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 60, do: "request", put: ["x", "1"], server: "S1" },
      { atMs: 160, do: "crash", server: "S3" },
      { atMs: 180, do: "request", put: ["y", "2"], server: "S1" },
      { atMs: 230, do: "request", put: ["x", "3"], server: "S1" },
      { atMs: 280, do: "request", put: ["z", "4"], server: "S1" },
      { atMs: 330, do: "request", put: ["y", "5"], server: "S1" },
      { atMs: 600, do: "restart", server: "S3" },
      { atMs: 750, do: "request", put: ["x", "6"], server: "S1" },
    ],
    speed: 0.05,
    endMs: 900,
  },
  bookmarks: [
    {
      atMs: 158,
      label: "All three servers have entries 1 and 2, nobody has made a snapshot, and x is 1.",
      claim: each([1, 2, 3], (id) => every(keeps(id, 0, 2), holds(id, "x", "1"))),
    },
    {
      atMs: 400,
      label: "S3 is down; S1 and S2 have applied six entries and discarded the first four.",
      claim: every(
        isDown(3),
        diskIs(3, 1, 1),
        each([1, 2], (id) => every(applied(id, 6), keeps(id, 4, 6))),
      ),
    },
    {
      atMs: 655,
      label: "S3 is back with entries 1 and 2 and needs entry 3, which S1 has discarded.",
      claim: every(follows(3, 1), logIs(3, 1, 1), leads(1, 1), keeps(1, 4, 6)),
    },
    {
      atMs: 690,
      label: "A snapshot of S1's state is on its way to S3, and until it has arrived S1 sends S3 no entries.",
      claim: every(underWay(1, 3, "InstallSnapshot"), sendsBy(1, 3, "snapshot"), notUnderWay(1, 3, "AppendEntries")),
    },
    {
      atMs: 720,
      label:
        "S3 has the snapshot on its disk, and with it everything up to entry 6: x is 3, y is 5, z is 4; its log is empty after that.",
      claim: every(
        keeps(3, 6, 6),
        applied(3, 6),
        holds(3, "x", "3"),
        holds(3, "y", "5"),
        holds(3, "z", "4"),
        knowsMatch(1, 3, 6),
      ),
    },
    {
      atMs: 770,
      label: "Entry 7 is on its way to S3 as an entry again.",
      claim: every(carries(1, 3, 7, 7), entryIs(1, 7, "put x=6"), sendsBy(1, 3, "replicate")),
    },
    {
      atMs: 880,
      label:
        "All three servers have applied seven entries; S3 keeps only the last of them as an entry, S1 and S2 the last three.",
      claim: every(
        each([1, 2, 3], (id) => every(applied(id, 7), holds(id, "x", "6"))),
        keeps(3, 6, 7),
        keeps(1, 4, 7),
        keeps(2, 4, 7),
      ),
    },
  ],
});
