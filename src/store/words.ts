import { create } from "zustand";
import { afterFirstFrame } from "./parts.ts";

type Glossary = typeof import("../explain/glossary/find.ts");

interface Words {
  /** Null until it is there: texts stand plain so long. */
  readonly glossary: Glossary | null;
  /** The word whose definition is open, by the place that it was asked for at; null: none. One at a time. */
  readonly open: string | null;
}

/** The words that have a definition, and which definition is open. */
export const useWords = create<Words>(() => ({ glossary: null, open: null }));

const load = () => import("../explain/glossary/find.ts");

/** Every word, in the order in which one would learn them. */
export const loadWords = async () => (await load()).search("");

let asked = false;

/** Fetches the words after the first frame, once, however many texts ask. */
export function wantWords(): void {
  if (asked) return;
  asked = true;
  afterFirstFrame("definitions of words", load, (glossary) => useWords.setState({ glossary }));
}

export const definitions = {
  /** Opens the definition at that place, and closes any other. */
  open: (place: string): void => useWords.setState({ open: place }),
  close: (place: string): void => useWords.setState(({ open }) => ({ open: open === place ? null : open })),
};
