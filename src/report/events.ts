import type { Sentence } from "../explain/sentence.ts";
import { column } from "../explain/words.ts";
import type { History } from "../history/history.ts";
import type { Work } from "../history/work.ts";
import type { Fact } from "../world/facts.ts";

/** "    0.070000 s  S1 voted for itself in term 1 (§5.2)": a line of the story as text. */
export function eventLine({ at }: Pick<Fact, "at">, { text, section }: Pick<Sentence, "text" | "section">): string {
  return `${column(at)}  ${text}${section === "" ? "" : ` (${section})`}`;
}

/** Everything that happened, in order; a stretch of events at a time. */
export function* readingAll(history: History, read: (fact: Fact) => void): Work {
  const stretch = 2000;
  const last = history.place.event;
  for (let first = 1; first <= last; first += stretch) {
    for (const fact of yield* history.tracing(first, Math.min(last, first + stretch - 1))) read(fact);
  }
}
