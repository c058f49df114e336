import type { ActionJson } from "../acts.ts";

const actions: ActionJson[] = [
  { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
  ...[1, 2, 3, 4, 5].map(
    (n): ActionJson => ({ atMs: 200 + 10 * n, do: "request", put: [`k${n}`, `${n}`], server: "S1" }),
  ),
];

/** Five quick writes on a slow network: the two presets differ in option flow only. Times in milliseconds. */
export const pipelineStart = {
  seed: 37,
  servers: 3,
  latencyMs: [50, 50] as const,
  writeMs: [1, 1] as const,
  options: { electionTimeoutMs: [400, 800] as const, maxEntriesPerMessage: 1, retryMs: 1000 },
  actions,
};
