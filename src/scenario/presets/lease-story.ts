import type { ActionJson } from "../acts.ts";

/** A leader on a slow clock is cut off while a client wants to read: once with etcd's lease, once with a bounded one. */
export const leaseStart = {
  seed: 53,
  servers: 5,
  profile: "etcd" as const,
  latencyMs: [10, 12] as const,
  writeMs: [1, 2] as const,
};

export const leaseActions: readonly ActionJson[] = [
  { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
  { atMs: 60, do: "request", put: ["x", "1"], server: "S1" },
  { atMs: 150, do: "clock", server: "S1", driftPpm: -500_000 },
  {
    atMs: 182,
    do: "partition",
    groups: [
      ["S1", "S2"],
      ["S3", "S4", "S5"],
    ],
  },
  { atMs: 190, do: "timer", server: "S4", leftMs: 150 },
  { atMs: 380, do: "request", put: ["x", "2"], server: "S4" },
  { atMs: 450, do: "request", get: "x", server: "S1" },
];
