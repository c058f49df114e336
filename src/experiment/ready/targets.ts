import { file, type ReadyExperiment } from "./ready.ts";

/** Three servers in one room: messages take a tenth of a millisecond, a write to disk a bit more. */
const room = {
  servers: 3,
  profile: "etcd",
  network: { latencyMs: [0.05, 0.15] },
  disk: { writeMs: [0.1, 0.2] },
  options: { electionTimeoutMs: [150, 300], heartbeatMs: 15 },
};
const settled = { once: "commit >= 5", waitMs: [50, 60] };
const disks = [
  [0.1, 0.2],
  [0.5, 1],
  [2, 4],
  [8, 12],
];

export const targets: readonly ReadyExperiment[] = [
  {
    id: "target-throughput",
    experiment: {
      ...file,
      title: "Ten thousand writes a second",
      notes:
        "Three servers in one room are asked for 12,000 writes a second. How many do they commit, if messages carry more entries, and if disks are slower?",
      source: "A target of many projects: 10,000 operations a second",
      // With a wider window and one entry to a message there would soon be thousands of messages under way.
      run: { ...room, options: { ...room.options, maxInflightMessages: 64 }, clients: { giveUpMs: 40 } },
      vary: [
        { title: "entries per message", set: "run.options.maxEntriesPerMessage", to: [1, 16, 256] },
        { title: "disk", set: "run.disk.writeMs", to: disks },
      ],
      happens: [{ once: "leader", do: "load", perSecond: 12_000, clients: 9 }, settled],
      measure: { what: "commitRate" },
      runs: 3,
      giveUpMs: 250,
    },
  },
  {
    id: "target-commit",
    experiment: {
      ...file,
      title: "Commits within ten milliseconds",
      notes:
        "Three servers in one room take 1,000 writes a second. How long until a write is committed, if disks are slower?",
      source: "A target of many projects: less than 10 ms to commit",
      run: { ...room, clients: { giveUpMs: 400 } },
      vary: [{ title: "disk", set: "run.disk.writeMs", to: disks }],
      happens: [{ once: "leader", do: "load", perSecond: 1000, clients: 9 }, settled],
      measure: { what: "commitLatency", percentile: 99 },
      runs: 20,
      giveUpMs: 500,
    },
  },
  {
    id: "target-leader",
    experiment: {
      ...file,
      title: "A new leader within five seconds",
      notes:
        "Three servers in one room, and the leader crashes. How long is there none, if election timeouts are longer?",
      source: "A target of many projects: less than 5 s to a new leader",
      run: { ...room, actions: [{ atMs: 0, do: "load", perSecond: 50 }] },
      vary: [
        {
          title: "election timeout",
          set: "run.options.electionTimeoutMs",
          to: [
            [150, 300],
            [500, 1000],
            [1000, 2000],
            [3000, 6000],
          ],
        },
      ],
      happens: [{ ...settled, do: "crash", server: "leader" }],
      measure: { what: "time", until: "leader" },
      runs: 500,
      giveUpMs: 30_000,
    },
  },
];
