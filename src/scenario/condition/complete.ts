import { type Expected, expectedAfter } from "./parse.ts";

export interface Candidate {
  readonly text: string;
  /** "" where it needs no word. */
  readonly about: string;
}
/** What may stand at a caret: it takes the place of the characters `from` up to `to` (exclusive). */
export interface Completion {
  readonly from: number;
  readonly to: number;
  readonly candidates: readonly Candidate[];
}
/** Names that this run knows. */
export interface Known {
  readonly servers: readonly string[];
  readonly keys: readonly string[];
}

const inWord = /[A-Za-z0-9_.:-]/;

/** Of the word that the caret stands in, what lies before the caret must be the candidates' beginning. */
export function completeCondition(text: string, caret: number, known: Known): Completion {
  let from = Math.min(caret, text.length);
  while (from > 0 && inWord.test(text[from - 1]!)) from--;
  let to = Math.min(caret, text.length);
  while (to < text.length && inWord.test(text[to]!)) to++;
  const begun = text.slice(from, caret).toLowerCase();
  const candidates = expectedAfter(text.slice(0, from))
    .flatMap((each) => candidatesFor(each, known))
    .filter((one) => one.text.toLowerCase().startsWith(begun));
  return { from, to, candidates };
}

function candidatesFor(expected: Expected, { servers, keys }: Known): readonly Candidate[] {
  if (expected === "server") return servers.map((text) => ({ text, about: "" }));
  if (expected === "key") return keys.map((text) => ({ text, about: "its value" }));
  return typeof expected === "string" ? [] : [{ text: expected.word, about: expected.about }];
}
