/** A scenario that comes with the page, as the chooser lists it. */
export interface PresetCard {
  readonly id: string;
  readonly title: string;
  /** One paragraph. */
  readonly notes: string;
  /** How many moments in it are marked and explained. */
  readonly bookmarks: number;
}

/** The presets in their order; loaded when they are first asked for. */
export async function loadPresets(): Promise<readonly PresetCard[]> {
  const { presets } = await import("../scenario/presets/index.ts");
  return presets.map(({ id, title, notes, bookmarks }) => ({ id, title, notes, bookmarks: bookmarks.length }));
}
