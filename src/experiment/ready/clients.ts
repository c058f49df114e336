import { file, type ReadyExperiment } from "./ready.ts";

const settled = { once: "commit >= 5", waitMs: [200, 250] };

export const clients: readonly ReadyExperiment[] = [
  {
    id: "reads",
    experiment: {
      ...file,
      title: "Three ways to read",
      notes:
        "A leader answers reads through its log, after a round of heartbeats, or alone while its lease lasts. How long do clients wait?",
      source: "Dissertation, 6.4",
      run: {
        servers: 5,
        options: { checkQuorum: true, stickyLeader: "withCheckQuorum" },
        actions: [{ atMs: 0, do: "load", perSecond: 100, reads: 90 }],
      },
      vary: [
        {
          title: "reads",
          set: "run.options.reads",
          to: ["log", "safe", "lease"],
          labels: ["through the log", "ReadIndex", "by lease"],
        },
      ],
      happens: [settled],
      measure: { what: "latency", percentile: 50, of: "reads" },
      runs: 100,
      giveUpMs: 3000,
    },
  },
  {
    id: "availability",
    experiment: {
      ...file,
      title: "Three, five or seven servers",
      notes:
        "Servers crash again and again, each time for some seconds. What share of the requests is answered within a second?",
      source: "§5.1: a cluster of five tolerates two failures",
      run: {
        servers: 3,
        clients: { repeatMs: 200, giveUpMs: 2000, sessions: true },
        actions: [
          { atMs: 0, do: "load", perSecond: 20 },
          { atMs: 1000, do: "nemesis", id: 1, fault: "crash", everyMs: [1000, 4000], forMs: [1000, 4000] },
        ],
      },
      vary: [{ title: "servers", set: "run.servers", to: [3, 5, 7] }],
      happens: [settled],
      measure: { what: "availability", withinMs: 1000 },
      runs: 50,
      giveUpMs: 30_000,
    },
  },
  {
    id: "lease-and-clocks",
    experiment: {
      ...file,
      title: "A lease and a slow clock",
      notes:
        "The leader answers reads alone while its lease lasts, its clock goes too slowly, and it is cut off. How often does a client read what another leader has replaced?",
      source: "Dissertation, 6.4.1",
      run: {
        servers: 5,
        options: { reads: "lease", lease: "sendTime", checkQuorum: true, stickyLeader: "withCheckQuorum" },
        clients: { sessions: true, repeatMs: 100, giveUpMs: 2000 },
        actions: [{ atMs: 0, do: "load", perSecond: 200, clients: 9, reads: 80, keys: 2 }],
      },
      vary: [
        {
          title: "the leader’s clock",
          set: "happens[0].driftPpm",
          to: [0, -50_000, -200_000, -500_000, -800_000],
          labels: ["true", "5 % too slow", "20 % too slow", "50 % too slow", "80 % too slow"],
        },
      ],
      happens: [
        { ...settled, do: "clock", server: "leader", driftPpm: 0 },
        { waitMs: [100, 150], do: "isolate", servers: ["leader"], way: "both" },
      ],
      measure: { what: "disorder" },
      runs: 200,
      giveUpMs: 2000,
    },
  },
];
