import {
  carries,
  committed,
  configurationIs,
  diskIs,
  each,
  entryIs,
  every,
  hasEntry,
  hasVotesOf,
  holds,
  isDown,
  knowsMatch,
  leadersAre,
  leads,
  logIs,
  not,
  stands,
  votedFor,
} from "./claims.ts";
import { bothWays, newServers, preset } from "./preset.ts";

export const jointLeaderCrash = preset({
  id: "joint-leader-crash",
  title: "A joint change outlives its leader",
  group: "Membership",
  notes:
    "S1, S2 and S3 are to be replaced by S3, S4 and S5. In between the configuration is joint, and elections and commitment need a majority of the old three and one of the new three. The leader S1 crashes in the middle. S3 already has the joint configuration in its log, wins with both majorities, commits the change and leaves the joint configuration by itself. A new leader appends a no-op here, so that it can commit at once.",
  file: {
    seed: 17,
    servers: [...newServers([1, 2, 3], "voter"), ...newServers([4, 5], "none")],
    options: { noOpOnElection: true },
    latencyMs: [10, 13],
    writeMs: [1, 2],
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      {
        atMs: 100,
        do: "members",
        server: "S1",
        changes: [
          ["add", "S4"],
          ["add", "S5"],
          ["remove", "S1"],
          ["remove", "S2"],
        ],
      },
      { atMs: 116, do: "crash", server: "S1" },
      { atMs: 125, do: "network", latencyMs: [16, 16], loss: 0, duplicate: 0, links: bothWays([3], [4, 5]) },
      { atMs: 130, do: "timer", server: "S3", leftMs: 20 },
      { atMs: 350, do: "crash", server: "S2" },
      { atMs: 360, do: "request", put: ["x", "1"], server: "S3" },
    ],
    speed: 0.05,
    endMs: 500,
  },
  bookmarks: [
    {
      atMs: 99,
      label: "S1 leads term 1 with S2 and S3; S4 and S5 stand ready with empty logs.",
      claim: every(
        leads(1, 1),
        each([1, 2, 3], (id) => configurationIs(id, "1,2,3")),
        logIs(4),
        logIs(5),
      ),
    },
    {
      atMs: 110,
      label:
        "S1 already uses the joint configuration, which is its entry 2 and on its way to the four others; S2 and S3 still use the old one.",
      claim: every(
        hasEntry(1, 2, 1),
        configurationIs(1, "3,4,5&1,2,3"),
        each([2, 3, 4, 5], (id) => carries(1, id, 2, 2)),
        each([2, 3], (id) => configurationIs(id, "1,2,3")),
      ),
    },
    {
      atMs: 120,
      label: "S1 is down; S2 and S3 have entry 2 and use the joint configuration, and nobody has committed it.",
      claim: every(
        isDown(1),
        each([2, 3], (id) => every(diskIs(id, 1, 1), configurationIs(id, "3,4,5&1,2,3"))),
        each([1, 2, 3, 4, 5], (id) => not(committed(id, 2), "committed")),
      ),
    },
    {
      atMs: 180,
      label:
        "S3 is a candidate in term 2 with the votes of S2 and S3: a majority of S1, S2 and S3, but not of S3, S4 and S5.",
      claim: every(stands(3, 2), hasVotesOf(3, 2, 3), configurationIs(3, "3,4,5&1,2,3")),
    },
    {
      atMs: 190,
      label: "S3 leads term 2: S4 and S5 have voted for it too.",
      claim: every(
        leadersAre(3),
        leads(3, 2),
        each([4, 5], (id) => votedFor(id, 3)),
      ),
    },
    {
      atMs: 220,
      label: "S2 has S3's no-op, entry 3, and S3 knows it; it is not committed, for of S3, S4 and S5 only S3 has it.",
      claim: every(
        entryIs(3, 3, "no-op"),
        hasEntry(3, 3, 2),
        knowsMatch(3, 2, 3),
        committed(3, 1),
        diskIs(3, 1, 1, 2),
        logIs(4),
        logIs(5),
        configurationIs(3, "3,4,5&1,2,3"),
      ),
    },
    {
      atMs: 300,
      label:
        "S4 and S5 have the first three entries: S3 has committed them, and with its entry 4 it has left the joint configuration.",
      claim: every(
        each([4, 5], (id) => every(diskIs(id, 1, 1, 2), knowsMatch(3, id, 3))),
        committed(3, 3),
        hasEntry(3, 4, 2),
        configurationIs(3, "3,4,5"),
      ),
    },
    {
      atMs: 490,
      label: "S1 and S2 are down and are not needed: x=1 is applied on S3, S4 and S5, which use the new configuration.",
      claim: every(
        isDown(1),
        isDown(2),
        each([3, 4, 5], (id) => every(holds(id, "x", "1"), configurationIs(id, "3,4,5"))),
      ),
    },
  ],
});
