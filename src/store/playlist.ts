import type { Micros } from "../base/units.ts";
import type { Source } from "../worker/protocol/requests.ts";
import type { LabState } from "./lab.ts";
import { loadPresets, nextScenario, type PresetCard } from "./presets.ts";

type Run = Pick<LabState, "info">;

/** Where the run stands among the stories that are told one after the other. */
export interface Programme {
  /** Ids of presets. */
  readonly ids: readonly string[];
  /** Counts from 0. */
  readonly at: number;
}

/** Null: the run was opened alone. */
export function programmeOf({ info }: Run): Programme | null {
  if (info === null || info.play.length === 0) return null;
  return { ids: info.play, at: info.play.indexOf(info.preset) };
}

/** The fragment that opens these one after the other. */
export const programmeFragment = (ids: readonly string[]): string => `play=${ids.join(",")}`;

/** One of them, where it begins or at that moment. */
function within({ ids }: Programme, id: string, at?: Micros): Source {
  const moment = at === undefined ? "" : `@${(at / 1e6).toFixed(6)}`;
  return { from: "link", fragment: `${id}${moment}&${programmeFragment(ids)}` };
}

/** Null: there is no such place in the list, or no list. */
export function neighbourId(run: Run, direction: 1 | -1): string | null {
  const programme = programmeOf(run);
  return programme?.ids[programme.at + direction] ?? null;
}

/** What follows the last step: the next of the list, else what the page offers; null: nothing. */
export async function following(run: Run): Promise<PresetCard | null> {
  if (programmeOf(run) === null) return nextScenario(run.info?.preset ?? "");
  const id = neighbourId(run, 1);
  return (await loadPresets()).find((card) => card.id === id) ?? null;
}

/** The story that follows, at its beginning. */
export async function followingSource(run: Run): Promise<Source | null> {
  const programme = programmeOf(run);
  const card = await following(run);
  if (card === null) return null;
  return programme === null ? { from: "preset", id: card.id } : within(programme, card.id);
}

/** The story before this one in the list, at its last step. */
export async function precedingSource(run: Run): Promise<Source | null> {
  const [programme, id] = [programmeOf(run), neighbourId(run, -1)];
  if (programme === null || id === null) return null;
  const card = (await loadPresets()).find((each) => each.id === id);
  return card === undefined ? null : within(programme, id, card.lastStep);
}
