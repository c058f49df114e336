import { applied, carries, committed, diskIs, each, every, holds, knowsMatch, logIs } from "./claims.ts";
import { bothWays, preset } from "./preset.ts";

export const slowFollower = preset({
  id: "slow-follower",
  title: "A slow follower catches up",
  group: "Logs",
  notes:
    "Messages from and to S5 take ten times as long as all others. The leader does not wait: it commits with the majority and keeps one request with entries under way to S5. Then the line becomes fast again and S5 receives everything that it lacks in one message.",
  file: {
    seed: 4,
    servers: 5,
    latencyMs: [8, 10],
    writeMs: [1, 2],
    options: { retryMs: 400 },
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 0, do: "timer", server: "S5", leftMs: 400 },
      {
        atMs: 60,
        do: "network",
        latencyMs: [90, 90],
        loss: 0,
        duplicate: 0,
        links: bothWays([5], [1, 2, 3, 4]),
      },
      { atMs: 70, do: "request", put: ["x", "1"], server: "S1" },
      { atMs: 110, do: "request", put: ["y", "2"], server: "S1" },
      { atMs: 150, do: "request", put: ["x", "3"], server: "S1" },
      { atMs: 190, do: "request", put: ["z", "4"], server: "S1" },
      { atMs: 225, do: "request", put: ["x", "5"], server: "S1" },
      {
        atMs: 255,
        do: "network",
        latencyMs: [9, 9],
        loss: 0,
        duplicate: 0,
        links: bothWays([5], [1, 2, 3, 4]),
      },
    ],
    speed: 0.04,
    endMs: 420,
  },
  bookmarks: [
    {
      atMs: 105,
      label: "S1 has committed entry 1, which is on S1 to S4; for S5 it is still on its way.",
      claim: every(
        committed(1, 1),
        each([1, 2, 3, 4], (id) => diskIs(id, 1)),
        logIs(5),
        carries(1, 5, 1, 1),
      ),
    },
    {
      atMs: 240,
      label: "S1 has committed four entries; S5 has only the first, and S1 has not even heard of that.",
      claim: every(committed(1, 4), logIs(5, 1), knowsMatch(1, 5, 0)),
    },
    { atMs: 265, label: "One message carries entries 2 to 5 to S5.", claim: every(logIs(5, 1), carries(1, 5, 2, 5)) },
    {
      atMs: 285,
      label: "S5 has all five entries on its disk, and S1 knows it.",
      claim: every(diskIs(5, 1, 1, 1, 1, 1), knowsMatch(1, 5, 5)),
    },
    {
      atMs: 400,
      label: "All five servers have applied the same five entries: x is 5, y is 2, z is 4.",
      claim: each([1, 2, 3, 4, 5], (id) =>
        every(applied(id, 5), holds(id, "x", "5"), holds(id, "y", "2"), holds(id, "z", "4")),
      ),
    },
  ],
});
