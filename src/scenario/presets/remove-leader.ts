import {
  committed,
  configurationIs,
  diskIs,
  each,
  every,
  follows,
  hasEntry,
  holds,
  knowsMatch,
  lacks,
  leadersAre,
  leads,
  quorumIs,
  votedFor,
} from "./claims.ts";
import { bothWays, preset } from "./preset.ts";

export const removeLeader = preset({
  id: "remove-leader",
  title: "The leader is removed",
  group: "Membership",
  notes:
    "The leader S1 is told to remove itself. It uses the new configuration as soon as that is in its log: it leads on, but does not count itself any more. Once S2 and S3, a majority of the new configuration, have the entry, it is committed and S1 steps down. The others elect S2, and S1, which has no vote, does not disturb them. S1 and S3 are far apart here, so that the counting can be seen.",
  file: {
    seed: 19,
    servers: 3,
    latencyMs: [10, 13],
    writeMs: [1, 2],
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 60, do: "request", put: ["x", "1"], server: "S1" },
      { atMs: 150, do: "network", latencyMs: [30, 30], loss: 0, duplicate: 0, links: bothWays([1], [3]) },
      { atMs: 160, do: "members", server: "S1", changes: [["remove", "S1"]] },
      { atMs: 300, do: "timer", server: "S2", leftMs: 30 },
      { atMs: 450, do: "request", put: ["y", "2"], server: "S2" },
    ],
    speed: 0.05,
    endMs: 700,
  },
  bookmarks: [
    {
      atMs: 155,
      label: "S1 leads term 1, and x=1 is applied on all three servers.",
      claim: every(
        leads(1, 1),
        each([1, 2, 3], (id) => holds(id, "x", "1")),
      ),
    },
    {
      atMs: 170,
      label:
        "S1 has the change that removes it as entry 2, already uses the configuration without itself, and still leads.",
      claim: every(
        leads(1, 1),
        hasEntry(1, 2, 1),
        configurationIs(1, "2,3"),
        configurationIs(2, "1,2,3"),
        configurationIs(3, "1,2,3"),
      ),
    },
    {
      atMs: 200,
      label:
        "Entry 2 is on the disks of all three, but S1 knows only of its own copy and S2's, and its own does not count: not committed.",
      claim: every(
        leads(1, 1),
        each([1, 2, 3], (id) => diskIs(id, 1, 1)),
        knowsMatch(1, 2, 2),
        knowsMatch(1, 3, 1),
        quorumIs(1, 2),
        committed(1, 1),
      ),
    },
    {
      atMs: 225,
      label: "S1 has heard from S3 too: entry 2 is committed, and S1 has stepped down; it is still in term 1.",
      claim: every(committed(1, 2), follows(1, 1), leadersAre()),
    },
    {
      atMs: 400,
      label: "S2 leads term 2 with the vote of S3; S1 is a follower, still in term 1.",
      claim: every(leadersAre(2), leads(2, 2), votedFor(3, 2), follows(1, 1)),
    },
    {
      atMs: 690,
      label: "S2 and S3 have applied y=2, which S1 does not have: it is no member any more.",
      claim: every(
        each([2, 3], (id) => every(configurationIs(id, "2,3"), holds(id, "y", "2"))),
        lacks(1, "put y=2"),
        follows(1, 1),
      ),
    },
  ],
});
