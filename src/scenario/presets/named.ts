import { didYouMean } from "../nearest.ts";
import { presets } from "./index.ts";

/** ": did you mean minority-partition?", or nothing; who writes a scenario's title for its name is understood. */
export function likelyPreset(name: string): string {
  const byTitle = presets.map(({ title, id }) => [title.toLowerCase().replace(/[^a-z0-9]/g, ""), id] as const);
  return didYouMean(
    name,
    presets.map(({ id }) => id),
    Object.fromEntries(byTitle),
  );
}

export const noPreset = (name: string): string => `there is no scenario "${name}"${likelyPreset(name)}`;
