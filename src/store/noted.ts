import type { Offer } from "./lab.ts";
import { pageStorage } from "./page.ts";
import type { Autosave } from "./session/autosave.ts";

const key = "driftwood-saved";

/** The same autosave; what it saved last is also noted where it can be read before the first paint. */
export function noting(autosave: Autosave): Autosave {
  return {
    load: autosave.load,
    async save(title, text, savedAt) {
      const kept = await autosave.save(title, text, savedAt);
      if (kept) pageStorage.setItem(key, JSON.stringify({ title, savedAt }));
      return kept;
    },
  };
}

/** What the last page noted; null if it noted nothing, or something else stands there. */
export function notedOffer(): Offer | null {
  try {
    const { title, savedAt } = JSON.parse(pageStorage.getItem(key) ?? "{}") as Partial<Record<keyof Offer, unknown>>;
    return typeof title === "string" && typeof savedAt === "number" ? { title, savedAt } : null;
  } catch {
    return null;
  }
}
