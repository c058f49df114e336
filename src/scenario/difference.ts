import { writeAction } from "./acts.ts";
import { writeRecording } from "./format.ts";
import { packActions, packRecording, partNames, unpackActions, unpackRecording } from "./packing.ts";
import type { Recording } from "./recording.ts";
import { formatVersion } from "./version.ts";

/**
 * What a run has that the scenario it was started from has not, as nested lists: how many of its acts stand
 * before and behind those that differ, these, and then number and content of every other part that differs, in turn. Null where nothing differs but how far the run was explored.
 */
export function differenceOf(recording: Recording, base: Recording): readonly unknown[] | null {
  const [own, others] = [bare(recording), bare(base)];
  const parts = partNames.flatMap((name, at) =>
    apart.has(name) || JSON.stringify(own[at] ?? null) === JSON.stringify(others[at] ?? null)
      ? []
      : [[name, at, own[at] ?? null] as const],
  );
  const [before, behind] = sharedActs(recording, base);
  const kept = base.actions.length === before + behind && recording.actions.length === base.actions.length;
  if (kept && parts.every(([name]) => name === "endMs")) return null;
  const between = recording.actions.slice(before, recording.actions.length - behind).map(writeAction);
  return [before, behind, packActions(between), ...parts.flatMap(([, at, part]) => [at, part])];
}

/**
 * The inverse, as file-like data that nobody has checked; null where it is no difference at all. `version`: the format's,
 * when the difference was taken.
 */
export function withDifference(base: Recording, difference: readonly unknown[], version: number): unknown {
  const json = unpackRecording(bare(base), version);
  if (!isRecord(json)) return null;
  const [before, behind, between, ...others] = difference;
  const changed: Record<string, unknown> = { ...json };
  for (let at = 0; at + 1 < others.length; at += 2) replacePart(changed, Number(others[at]), others[at + 1]);
  const acts = unpackActions(between);
  if (!Array.isArray(acts) || !isCount(before) || !isCount(behind)) return null;
  const own = base.actions.map(writeAction);
  changed["actions"] = [...own.slice(0, before), ...acts, ...own.slice(own.length - Math.min(behind, own.length))];
  return changed;
}

/** What says where the run is looked at, and the acts, which are compared one by one. */
const apart: ReadonlySet<string> = new Set(["view", "actions"]);

const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0;
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function bare(recording: Recording): readonly unknown[] {
  const lists = packRecording(writeRecording({ ...recording, actions: [], view: null, branches: [], branch: 0 }));
  if (!Array.isArray(lists)) throw new Error("a recording is packed as a list");
  return lists;
}

/** One part of its own, read as in a list that holds nothing else. */
function replacePart(json: Record<string, unknown>, at: number, part: unknown): void {
  const name = partNames[at];
  if (name === undefined || apart.has(name)) return;
  delete json[name];
  const alone = unpackRecording([...Array<null>(at).fill(null), part], formatVersion);
  if (isRecord(alone) && Object.hasOwn(alone, name)) json[name] = alone[name];
}

/** How many acts both begin with, and how many of the others both end with. */
function sharedActs({ actions }: Recording, base: Recording): readonly [number, number] {
  const [own, others] = [actions, base.actions].map((list) =>
    list.map((action) => JSON.stringify(writeAction(action))),
  );
  const most = Math.min(own!.length, others!.length);
  let before = 0;
  while (before < most && own![before] === others![before]) before++;
  let behind = 0;
  while (behind < most - before && own!.at(-1 - behind) === others!.at(-1 - behind)) behind++;
  return [before, behind];
}
