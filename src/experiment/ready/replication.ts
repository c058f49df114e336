import { file, type ReadyExperiment } from "./ready.ts";

/** The cluster has settled, and takes commands. */
const settled = { once: "commit >= 5", waitMs: [200, 250] };

export const replication: readonly ReadyExperiment[] = [
  {
    id: "batch-and-window",
    experiment: {
      ...file,
      title: "Batches and a window",
      notes:
        "Five servers, 25 ms apart, are asked for 1,000 writes a second. How many do they commit, if a message may carry more entries, and more messages may be under way?",
      source: "Dissertation, 10.2.2",
      run: {
        servers: 5,
        profile: "etcd",
        network: { latencyMs: [24, 26] },
        disk: { writeMs: [0.5, 1] },
        options: { electionTimeoutMs: [1000, 2000], heartbeatMs: 100 },
        clients: { giveUpMs: 400 },
      },
      vary: [
        { title: "entries per message", set: "run.options.maxEntriesPerMessage", to: [1, 4, 16, 64] },
        { title: "messages under way", set: "run.options.maxInflightMessages", to: [1, 2, 4, 16] },
      ],
      happens: [{ once: "leader", do: "load", perSecond: 1000 }, settled],
      measure: { what: "commitRate" },
      runs: 10,
      giveUpMs: 1000,
    },
  },
  {
    id: "slow-disk",
    experiment: {
      ...file,
      title: "One slow disk",
      notes:
        "One of five servers, a follower or the leader, has a disk that needs longer and longer for a write. Does a command take longer to be committed, and when do the others choose another leader?",
      source: "§2: a minority of slow servers need not impact performance",
      run: { servers: 5, actions: [{ atMs: 0, do: "load", perSecond: 50 }] },
      vary: [
        {
          title: "slowest disk",
          set: "happens[0].writeMs",
          to: [
            [1, 3],
            [10, 12],
            [50, 60],
            [200, 220],
          ],
        },
        { title: "whose", set: "happens[0].server", to: ["follower", "leader"] },
      ],
      happens: [{ ...settled, do: "disk", server: "follower", writeMs: [1, 3] }],
      measure: { what: "commitLatency", percentile: 99 },
      runs: 50,
      giveUpMs: 2000,
    },
  },
  {
    id: "catching-up",
    experiment: {
      ...file,
      title: "Catching up by log or by snapshot",
      notes:
        "A follower is down for two seconds while 200 writes a second are committed. How long does it need for what it missed, if servers make snapshots more or less often?",
      source: "§7",
      run: { servers: 3, actions: [{ atMs: 0, do: "load", perSecond: 200 }] },
      vary: [
        {
          title: "snapshot after",
          set: "run.options.snapshotAfter",
          to: [null, 400, 100, 25],
          labels: ["never", "400 entries", "100 entries", "25 entries"],
        },
      ],
      happens: [
        { ...settled, do: "crash", server: "follower" },
        { waitMs: [2000, 2050], do: "repair" },
      ],
      measure: { what: "catchUp" },
      runs: 100,
      giveUpMs: 5000,
    },
  },
];
