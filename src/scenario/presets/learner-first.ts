import {
  applied,
  carries,
  committed,
  configurationIs,
  each,
  entryIs,
  every,
  hasEntry,
  isDown,
  knowsMatch,
  lastEntry,
  leads,
  logIs,
  quorumIs,
} from "./claims.ts";
import { newServers, preset } from "./preset.ts";

export const learnerFirst = preset({
  id: "learner-first",
  title: "A new server learns first",
  group: "Membership",
  notes:
    "Profile etcd. S4 is to join S1, S2 and S3. It is added as a learner first: it receives the log, but has no vote and does not count for commitment, so writes go on with the old majority while it catches up. Only once its log is complete it is promoted to a voter; from then on a majority is three of four. It gets one message of two entries at a time, so that the catching up can be seen.",
  file: {
    seed: 13,
    servers: [
      ...[1, 2, 3].map((id) => ({ id: `S${id}`, term: 1, votedFor: null, log: [1, 1, 1, 1, 1, 1], commit: 6 })),
      ...newServers([4], "none"),
    ],
    profile: "etcd",
    options: { maxEntriesPerMessage: 2, maxInflightMessages: 1 },
    latencyMs: [11, 11],
    writeMs: [1, 2],
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 100, do: "members", server: "S1", changes: [["learner", "S4"]] },
      { atMs: 130, do: "request", put: ["y", "1"], server: "S1" },
      { atMs: 300, do: "members", server: "S1", changes: [["add", "S4"]] },
      { atMs: 390, do: "crash", server: "S3" },
      { atMs: 400, do: "request", put: ["z", "2"], server: "S1" },
    ],
    speed: 0.05,
    endMs: 520,
  },
  bookmarks: [
    {
      atMs: 95,
      label: "S1 leads term 2 with S2 and S3; S4 stands ready with an empty log and belongs to no configuration.",
      claim: every(
        leads(1, 2),
        each([1, 2, 3, 4], (id) => configurationIs(id, "1,2,3")),
        logIs(4),
      ),
    },
    {
      atMs: 108,
      label:
        "The change that makes S4 a learner is entry 8, on its way to S2 and S3; nobody uses it before it is applied.",
      claim: every(
        hasEntry(1, 8, 2),
        carries(1, 2, 8, 8),
        carries(1, 3, 8, 8),
        each([1, 2, 3, 4], (id) => configurationIs(id, "1,2,3")),
      ),
    },
    {
      atMs: 150,
      label: "S1 has applied the change: S4 is a learner, and a majority is still two.",
      claim: every(applied(1, 8), configurationIs(1, "1,2,3 learners 4"), quorumIs(1, 2)),
    },
    {
      atMs: 175,
      label:
        "S1 has committed y=1 as entry 9 with S2 and S3, while S4 has the first two entries and the next two are on their way to it.",
      claim: every(
        entryIs(1, 9, "put y=1"),
        committed(1, 9),
        knowsMatch(1, 2, 9),
        knowsMatch(1, 3, 9),
        logIs(4, 1, 1),
        carries(1, 4, 3, 4),
      ),
    },
    {
      atMs: 290,
      label: "S4 has all nine entries that S1 has, and S1 knows it.",
      claim: every(lastEntry(1, 9), lastEntry(4, 9), knowsMatch(1, 4, 9), configurationIs(1, "1,2,3 learners 4")),
    },
    {
      atMs: 370,
      label: "S4 is promoted: all four servers use the configuration of four voters, and a majority is three.",
      claim: each([1, 2, 3, 4], (id) => every(configurationIs(id, "1,2,3,4"), quorumIs(id, 3))),
    },
    {
      atMs: 490,
      label: "S3 is down, and S1 has committed z=2 with S2 and S4: S4 counts now.",
      claim: every(
        isDown(3),
        leads(1, 2),
        entryIs(1, 11, "put z=2"),
        committed(1, 11),
        knowsMatch(1, 2, 11),
        knowsMatch(1, 4, 11),
        quorumIs(1, 3),
      ),
    },
  ],
});
