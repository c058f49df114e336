import { expect, test } from "vitest";
import { runSchedule } from "../check/fuzz/schedule.ts";
import { setupFor } from "../check/fuzz/setups.ts";
import type { Write } from "../raft/types.ts";
import type { Machine } from "../world/state/machine.ts";
import type { World } from "../world/types.ts";
import { doing } from "./doing.ts";

/** What each kind of words claims, held against the state: numbers are what the pattern found. */
const claims: readonly [RegExp, (machine: Machine, ...found: number[]) => boolean][] = [
  [/^(?:down|paused)$/, ({ status }) => status !== "up"],
  [/^leader of term (\d+)$/, ({ raft }, term) => raft.role === "leader" && raft.term === term],
  [/^candidate, /, ({ raft }) => raft.role === "candidate"],
  [/^asks first, /, ({ raft }) => raft.role === "preCandidate"],
  [/^follower$/, ({ raft, disk }) => raft.role === "follower" && bringsNothing(disk.pending[0]?.write)],
  [/^writing a snapshot$/, ({ disk }) => disk.pending[0]!.write.snapshot !== null],
  [
    /^writing (?:entry )?(\d+)(?:–(\d+))?$/,
    ({ disk }, first, last) => {
      const { entries, snapshot } = disk.pending[0]!.write;
      return snapshot === null && entries[0]!.index === first && entries.at(-1)!.index === (last || first);
    },
  ],
  [
    /^writing commit (\d+)$/,
    (machine, commit) => changes(machine) === "commit" && stateOf(machine).commitIndex === commit,
  ],
  [/^writing its vote$/, (machine) => changes(machine) === "vote"],
  [/^writing its term$/, (machine) => changes(machine) === "term"],
];

const bringsNothing = (write: Write | undefined): boolean =>
  write === undefined || (write.state === null && write.snapshot === null && write.entries.length === 0);
const stateOf = ({ disk }: Machine) => disk.pending[0]!.write.state!;
/** The most that the write brings, beside entries. */
function changes(machine: Machine): "vote" | "term" | "commit" | null {
  const { disk } = machine;
  const { entries, snapshot } = disk.pending[0]!.write;
  if (entries.length > 0 || snapshot !== null || bringsNothing(disk.pending[0]!.write)) return null;
  const { term, votedFor } = stateOf(machine);
  if (votedFor !== 0 && (votedFor !== disk.votedFor || term !== disk.term)) return "vote";
  return term === disk.term ? "commit" : "term";
}

test("what a server is said to do, it does", () => {
  const wrong = new Set<string>();
  const reached = new Set<RegExp>();
  const hold = (machine: Machine, event: number, seed: number): void => {
    const words = doing(machine);
    const [pattern, holds] = claims.find(([each]) => each.test(words)) ?? [];
    if (pattern !== undefined) reached.add(pattern);
    const found = pattern?.exec(words)?.slice(1).map(Number) ?? [];
    if (!holds?.(machine, ...found)) wrong.add(`seed ${seed}, event ${event}: S${machine.id} is said to be ${words}`);
  };
  for (const seed of [2, 3, 5, 6, 18, 29]) {
    const stepped = ({ machines, events }: World): void => {
      for (const machine of machines) if (machine !== undefined) hold(machine, events, seed);
    };
    runSchedule(setupFor(seed), seed, { ears: { stepped } });
  }
  expect([...wrong].slice(0, 5)).toEqual([]);
  expect(claims.map(([pattern]) => pattern).filter((pattern) => !reached.has(pattern))).toEqual([]);
});
