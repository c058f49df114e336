import type { Micros } from "../base/units.ts";
import { nextScenario as nextOf, startHere } from "../scenario/order.ts";
import type { PresetGroup } from "../scenario/presets/preset.ts";

/** A scenario that comes with the page, as the chooser lists it. */
export interface PresetCard {
  readonly id: string;
  readonly title: string;
  /** One paragraph. */
  readonly notes: string;
  readonly group: PresetGroup;
  /** What is said of each of its steps. */
  readonly steps: readonly string[];
  /** When the last of them is. */
  readonly lastStep: Micros;
  /** Its place in the path for newcomers, from 1; null: off it. */
  readonly place: number | null;
}

/** The presets in their order, group by group; loaded when they are first asked for. */
export async function loadPresets(): Promise<readonly PresetCard[]> {
  const { presets } = await import("../scenario/presets/index.ts");
  return presets.map(({ id, title, notes, group, bookmarks }) => ({
    id,
    title,
    notes,
    group,
    steps: bookmarks.map(({ label }) => label),
    lastStep: bookmarks.at(-1)?.at ?? 0,
    place: startHere.includes(id) ? startHere.indexOf(id) + 1 : null,
  }));
}

/** What is offered after the last step of that scenario; null: nothing follows. */
export async function nextScenario(id: string): Promise<PresetCard | null> {
  return nextOf(id, await loadPresets());
}

/** How well a scenario answers to what was typed: 0 not at all, more for its title than for its text. */
function rankOf({ title, notes, group, steps }: PresetCard, parts: readonly (readonly string[])[]): number {
  const told = [title, notes, group, ...steps].join(" ").toLowerCase();
  if (!parts.every((forms) => forms.some((form) => told.includes(form)))) return 0;
  const name = title.toLowerCase();
  const first = parts[0]?.[0] ?? "";
  if (name.startsWith(first)) return 3;
  return parts.every((forms) => forms.some((form) => name.includes(form))) ? 2 : 1;
}

/** Those that answer to what was typed, best first; `formsOf` gives the other forms of a word, which are looked for too. */
export function searchScenarios(
  cards: readonly PresetCard[],
  typed: string,
  formsOf: (word: string) => readonly string[],
): readonly PresetCard[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const parts = words.map((word) => [word, ...formsOf(word)]);
  const ranked = cards.map((card) => ({ card, rank: rankOf(card, parts) })).filter((one) => one.rank > 0);
  return ranked.sort((a, b) => b.rank - a.rank).map(({ card }) => card);
}
