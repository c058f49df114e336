import type { ActionJson } from "../acts.ts";

/** A server that was cut off comes back with an old log: once without, once with pre-vote. Times in milliseconds. */
export const disruptionStart = {
  seed: 6,
  servers: 5,
  latencyMs: [10, 13] as const,
  writeMs: [1, 2] as const,
};

export const disruptionActions: readonly ActionJson[] = [
  { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
  { atMs: 60, do: "request", put: ["x", "1"], server: "S1" },
  { atMs: 170, do: "partition", groups: [["S1", "S2", "S3", "S4"], ["S5"]] },
  { atMs: 200, do: "request", put: ["y", "2"], server: "S1" },
  { atMs: 810, do: "heal" },
  { atMs: 812, do: "timeout", server: "S5" },
  { atMs: 820, do: "request", put: ["z", "3"], server: "S1" },
];
