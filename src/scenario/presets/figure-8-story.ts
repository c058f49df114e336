import type { ActionJson } from "../acts.ts";
import { linksBetween } from "./preset.ts";

/** The paper's Figure 8 up to its part (c), which the two presets share. Times in milliseconds. */
export const figure8Start = {
  seed: 8,
  servers: [1, 2, 3, 4, 5].map((id) => ({ id: `S${id}`, term: 1, votedFor: null, log: [1], commit: 1 })),
  latencyMs: [10, 12] as const,
  writeMs: [1, 2] as const,
};

export const figure8Actions: readonly ActionJson[] = [
  // (a) S1 leads term 2 and reaches only S2 with its entry.
  { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
  { atMs: 70, do: "cut", links: linksBetween([1], [3, 4, 5]) },
  { atMs: 70, do: "request", put: ["y", "2"], server: "S1" },
  { atMs: 110, do: "crash", server: "S1" },
  { atMs: 115, do: "mend", links: linksBetween([1], [3, 4, 5]) },
  // (b) S5 leads term 3 and keeps its entry to itself.
  { atMs: 120, do: "timer", server: "S5", leftMs: 20 },
  { atMs: 200, do: "cut", links: linksBetween([5], [1, 2, 3, 4]) },
  { atMs: 200, do: "request", put: ["y", "3"], server: "S5" },
  { atMs: 230, do: "crash", server: "S5" },
  { atMs: 235, do: "mend", links: linksBetween([5], [1, 2, 3, 4]) },
  // (c) S1 leads term 4 (its first try finds votes of term 3 given) and reaches S2 and S3.
  { atMs: 240, do: "restart", server: "S1" },
  { atMs: 241, do: "timer", server: "S1", leftMs: 9 },
  { atMs: 280, do: "timer", server: "S1", leftMs: 10 },
  { atMs: 332, do: "cut", links: linksBetween([1], [4]) },
];
