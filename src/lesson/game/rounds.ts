import type { BugName } from "../../raft/bugs/index.ts";
import { bothWays, type RunFile } from "../../scenario/presets/preset.ts";

/** Every run of the game begins so: five servers, S1 leads, and a first write is committed. */
export const opening = {
  seed: 5,
  servers: 5,
  latencyMs: [8, 12],
  writeMs: [1, 2],
  actions: [
    { atMs: 0, do: "timer", server: "S1", leftMs: 60 },
    { atMs: 150, do: "request", put: ["x", "1"], server: "S1" },
  ],
} as const satisfies RunFile;

/** Virtual milliseconds: then it is the player's turn. */
export const beginsAtMs = 300;

interface RoundDraft {
  /** The mistake that is in it. */
  readonly bug: BugName;
  /** The fewest acts that are known to make a property fall: found by trying at random and leaving out what is not needed. */
  readonly acts: NonNullable<RunFile["actions"]>;
  /** When it has fallen. */
  readonly endMs: number;
}

const parted = (...groups: readonly (readonly number[])[]) =>
  ({ do: "partition", groups: groups.map((group) => group.map((id) => `S${id}`)) }) as const;

/** In the order of their numbers, which says nothing of how hard they are. Links name them by number: new ones go to the end. */
export const rounds: readonly RoundDraft[] = [
  {
    bug: "commit-minority",
    acts: [
      { atMs: 302, do: "request", put: ["x", "2"], server: "S1" },
      { atMs: 315, ...parted([1, 5], [2, 3, 4]) },
    ],
    endMs: 535,
  },
  {
    bug: "double-vote",
    acts: [{ atMs: 420, ...parted([1], [2, 3, 4, 5]) }],
    endMs: 620,
  },
  {
    bug: "never-truncate",
    acts: [
      { atMs: 379, do: "request", put: ["x", "2"], server: "S1" },
      { atMs: 380, do: "timeout", server: "S3" },
      { atMs: 681, do: "request", put: ["x", "3"], server: "S3" },
    ],
    endMs: 780,
  },
  {
    bug: "stale-append-accepted",
    acts: [
      { atMs: 313, ...parted([1, 5], [2, 3, 4]) },
      { atMs: 725, do: "request", put: ["x", "2"], server: "S2" },
      { atMs: 785, do: "request", put: ["x", "3"], server: "S1" },
      { atMs: 905, do: "heal" },
    ],
    endMs: 941,
  },
  {
    bug: "no-log-check",
    acts: [
      { atMs: 431, do: "cut", links: bothWays([1], [2]) },
      { atMs: 471, do: "request", put: ["x", "2"], server: "S2" },
    ],
    endMs: 610,
  },
  {
    bug: "vote-not-persisted",
    acts: [
      { atMs: 313, ...parted([1, 5], [2, 3, 4]) },
      { atMs: 313, do: "timeout", server: "S4" },
      { atMs: 343, do: "heal" },
      { atMs: 368, do: "crash", server: "S3" },
      { atMs: 393, do: "restart", server: "S3" },
      { atMs: 394, do: "cut", links: bothWays([5], [4]) },
    ],
    endMs: 625,
  },
  {
    bug: "match-is-last",
    acts: [
      { atMs: 345, do: "request", put: ["x", "2"], server: "S1" },
      { atMs: 346, do: "timeout", server: "S2" },
    ],
    endMs: 370,
  },
  {
    bug: "stale-vote-resp",
    acts: [
      { atMs: 361, do: "timeout", server: "S5" },
      { atMs: 374, do: "timeout", server: "S5" },
      { atMs: 385, ...parted([5, 1], [2, 3, 4]) },
    ],
    endMs: 591,
  },
  {
    bug: "apply-uncommitted",
    acts: [
      { atMs: 311, ...parted([1, 4], [2, 3, 5]) },
      { atMs: 602, do: "request", put: ["x", "2"], server: "S5" },
      { atMs: 1132, do: "request", put: ["x", "3"], server: "S1" },
    ],
    endMs: 1143,
  },
  {
    bug: "always-truncate",
    acts: [
      { atMs: 302, do: "request", put: ["x", "2"], server: "S1" },
      { atMs: 315, do: "delay", message: "S1>S2#8", byMs: 200 },
      { atMs: 330, do: "request", put: ["x", "3"], server: "S1" },
    ],
    endMs: 524,
  },
  {
    bug: "no-prev-check",
    acts: [
      { atMs: 325, do: "cut", links: bothWays([2], [5]) },
      { atMs: 445, do: "request", put: ["x", "2"], server: "S1" },
      { atMs: 452, do: "timeout", server: "S2" },
      { atMs: 792, do: "request", put: ["x", "3"], server: "S2" },
    ],
    endMs: 1153,
  },
  {
    bug: "commit-old-term",
    acts: [
      { atMs: 420, do: "request", put: ["x", "2"], server: "S1" },
      { atMs: 422, do: "timeout", server: "S4" },
      { atMs: 437, do: "request", put: ["x", "3"], server: "S4" },
      { atMs: 455, ...parted([4, 2], [1, 3, 5]) },
      { atMs: 733, ...parted([1], [2, 3, 4, 5]) },
    ],
    endMs: 992,
  },
];
