import type { Micros } from "../../base/units.ts";
import { microsPerMilli } from "../../base/units.ts";
import type { World } from "../../world/types.ts";
import type { RecordingJson } from "../format.ts";
import { readRecording } from "../format.ts";
import type { Recording } from "../recording.ts";
import { formatVersion } from "../version.ts";
import type { Claim } from "./claims.ts";

/** A moment of a preset with one sentence about it, and the check that every word of the sentence is true. */
export interface PresetBookmark {
  readonly at: Micros;
  readonly label: string;
  /** What is wrong, null if nothing is. */
  readonly claim: (world: World) => string | null;
}

export const presetGroups = [
  "Basics",
  "Logs",
  "Leaders and partitions",
  "Reads",
  "Membership",
  "Networks and disks",
  "Clients",
] as const;
/** What a scenario is about: it is listed there. */
export type PresetGroup = (typeof presetGroups)[number];

/** A scenario that comes with the page. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  /** One paragraph: what is seen, and what to look for. */
  readonly notes: string;
  readonly group: PresetGroup;
  readonly recording: Recording;
  readonly bookmarks: readonly PresetBookmark[];
}

/** A run as it is written down: the file's own form, with the network's and the disk's times in short. */
export type RunFile = Partial<
  Omit<RecordingJson, "format" | "version" | "title" | "notes" | "disk" | "bookmarks" | "branches" | "view">
> & {
  /** Every link's, where nothing else is said of the network. */
  readonly latencyMs?: readonly [least: number, most: number];
  readonly writeMs?: readonly [least: number, most: number];
  /** How fast it plays where time is not guided. */
  readonly speed?: number;
};

/** A preset as it is written down, with a claim for each bookmark. */
interface Draft {
  readonly id: string;
  readonly title: string;
  readonly notes: string;
  readonly group: PresetGroup;
  readonly file: RunFile;
  readonly bookmarks: readonly { readonly atMs: number; readonly label: string; readonly claim: Claim }[];
}

/** Goes through the reader of files, like everything else that is opened; a draft that it refuses is a bug. */
export function preset({ id, title, notes, group, file, bookmarks }: Draft): Preset {
  const { latencyMs, writeMs, speed, ...rest } = file;
  const marks = bookmarks.map(({ atMs, label }) => ({ atMs, label }));
  const json = {
    ...{ format: "driftwood", version: formatVersion, title, notes, preset: id },
    ...(latencyMs && { network: { latencyMs } }),
    ...(writeMs && { disk: { writeMs } }),
    ...{ ...rest, view: openingView(speed ?? 0.05, group, marks[0]?.atMs ?? 0), bookmarks: marks },
  };
  const read = readRecording(json);
  if (!read.ok) throw new Error(`preset ${id}: ${read.problem.field} ${read.problem.message}`);
  return {
    id,
    title,
    notes,
    group,
    recording: read.value,
    bookmarks: bookmarks.map(({ atMs, label, claim }) => ({ at: Math.round(atMs * microsPerMilli), label, claim })),
  };
}

const newcomers: readonly PresetGroup[] = ["Basics", "Logs", "Leaders and partitions"];

/** A story opens at its first step, and time stands. For newcomers what comes is hidden, and time is guided. */
const openingView = (speed: number, group: PresetGroup, atMs: number) => ({
  ...{ atMs, select: "", speed, play: false },
  ...(newcomers.includes(group) ? { hide: true, guided: true } : {}),
});

/** Servers that begin with nothing, as the file has them. */
export const newServers = (ids: readonly number[], member: "voter" | "none") =>
  ids.map((id) => ({ id: `S${id}`, term: 0, votedFor: null, log: [], commit: 0, member }));

/** Every directed link from each of `from` to each of `to`, as the file has them. */
export const linksBetween = (from: readonly number[], to: readonly number[]): [string, string][] =>
  from.flatMap((a) => to.filter((b) => b !== a).map((b): [string, string] => [`S${a}`, `S${b}`]));

/** Every directed link between the two sides. */
export const bothWays = (some: readonly number[], others: readonly number[]): [string, string][] => [
  ...linksBetween(some, others),
  ...linksBetween(others, some),
];
