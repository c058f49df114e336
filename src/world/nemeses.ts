import type { NemesisAct } from "./acts.ts";
import type { FaultName } from "./faults/index.ts";

/**
 * Sets of nemeses by name, for fuzzing and for menus. A run begins them by doing `nemesesOf(name)` at its start and ends
 * the faults with `calm` (what was begun ends in its own time) or `repair` (everything works at once: the cluster must
 * then converge). All are recorded as ordinary acts. Every set but `beyond` stays within the faults under which Raft
 * promises safety; where a run has left them, `world.outside` says how.
 */
const seconds = (least: number, most: number) => [least * 1_000_000, most * 1_000_000] as const;

interface Strike {
  readonly fault: FaultName;
  readonly every: readonly [number, number];
  readonly for: readonly [number, number];
}
const strike = (fault: FaultName, every: readonly [number, number], span: readonly [number, number]): Strike => ({
  fault,
  every,
  for: span,
});

const crashes = [
  strike("crash", seconds(0.4, 2), seconds(0.05, 1)),
  strike("powerLoss", seconds(2, 6), seconds(0.1, 1)),
  strike("pause", seconds(1, 4), seconds(0.05, 1.5)),
];
const partitions = [
  strike("partition", seconds(1, 4), seconds(0.3, 2)),
  strike("isolate", seconds(1, 4), seconds(0.2, 1.5)),
  strike("ring", seconds(3, 8), seconds(0.5, 2)),
  strike("bridge", seconds(3, 8), seconds(0.5, 2)),
  strike("cut", seconds(1, 3), seconds(0.1, 1)),
  strike("flap", seconds(2, 5), seconds(0.5, 2)),
];
const clocks = [strike("clock", seconds(0.5, 2), seconds(0.5, 4))];
const disks = [
  strike("slowDisk", seconds(1, 3), seconds(0.3, 2)),
  strike("stalledDisk", seconds(2, 5), seconds(0.1, 1)),
  strike("fullDisk", seconds(2, 6), seconds(0.1, 1.5)),
  strike("corruptEntry", seconds(1, 4), seconds(0.5, 2)),
  strike("crash", seconds(1, 3), seconds(0.05, 1)),
];
const lossy = [
  strike("lose", seconds(0.5, 2), seconds(0.3, 2)),
  strike("repeat", seconds(0.5, 2), seconds(0.3, 2)),
  strike("reorder", seconds(0.5, 2), seconds(0.3, 2)),
  strike("delaySpike", seconds(1, 4), seconds(0.1, 1)),
  strike("narrow", seconds(2, 5), seconds(0.5, 2)),
];
const beyond = [strike("lyingDisk", seconds(0.5, 2), seconds(1, 4)), ...crashes];

const sets = {
  crashes,
  partitions,
  clocks,
  disks,
  lossy,
  /** At most as many as may be at once. */
  everything: [
    crashes[0]!,
    crashes[2]!,
    ...partitions.slice(0, 4),
    ...clocks,
    ...disks.slice(0, 4),
    ...lossy.slice(0, 4),
  ],
  beyond,
} satisfies Readonly<Record<string, readonly Strike[]>>;

/** What a menu calls them. */
export const nemesisSetTitles: Readonly<Record<NemesisSet, string>> = {
  crashes: "Crashes, power losses and pauses",
  partitions: "Partitions and cut links",
  clocks: "Wrong clocks",
  disks: "Bad disks",
  lossy: "A bad network",
  everything: "Some of everything",
  beyond: "Beyond Raft’s model: disks that lie, and crashes",
};

export type NemesisSet = keyof typeof sets;
export const nemesisSets = Object.keys(sets) as readonly NemesisSet[];

/** The acts that begin a set, numbered from 1. */
export const nemesesOf = (name: NemesisSet): readonly NemesisAct[] =>
  sets[name].map((each, at) => ({ do: "nemesis", id: at + 1, given: {}, ...each }));
