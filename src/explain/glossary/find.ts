import { type Word, words } from "./words.ts";

/** A stretch of a text: plain, or a word in one of its forms. */
export type Piece = string | { readonly id: string; readonly text: string };

const formsOf = ({ word, forms }: Word): readonly string[] => [word, ...forms];
const byForm = new Map(words.flatMap((word) => formsOf(word).map((form) => [form.toLowerCase(), word] as const)));

const literal = (form: string): string => form.replace(/[-/\\^$*+?.()|[\]{}]/g, "\\$&").replaceAll(" ", "\\s+");
/** Longest first, so that "commit index" is not read as "commit"; "non-voter" and "log_1" are other words. */
const anyForm = [...byForm.keys()]
  .sort((a, b) => b.length - a.length)
  .map(literal)
  .join("|");
const pattern = new RegExp(`(?<![\\w-])(?:${anyForm})(?![\\w-])`, "gi");

/** The word that a text means by `form`; undefined: none. */
const wordOf = (form: string): Word | undefined => byForm.get(form.toLowerCase().replace(/\s+/g, " "));

const byId = new Map(words.map((word) => [word.id, word]));
export const wordWithId = (id: string): Word | undefined => byId.get(id);

/** Every form of the word that is meant by `form`, in small letters; [] if it is none. */
export const otherForms = (form: string): readonly string[] => {
  const word = wordOf(form);
  return word === undefined ? [] : formsOf(word).map((each) => each.toLowerCase());
};

/** Every place of the text at which a word stands, everyday ones too. */
export function occurrences(
  text: string,
): readonly { readonly at: number; readonly text: string; readonly word: Word }[] {
  return [...text.matchAll(pattern)].map((match) => ({ at: match.index, text: match[0], word: wordOf(match[0])! }));
}

/**
 * The text in pieces that join to the same text: the first occurrence of each word is marked, everyday words never. `seen`: the
 * ids of words that were marked before, to which it adds.
 */
export function pieces(text: string, seen = new Set<string>()): readonly Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const { at, text: form, word } of occurrences(text)) {
    if (word.everyday === true || seen.has(word.id)) continue;
    seen.add(word.id);
    if (at > end) found.push(text.slice(end, at));
    found.push({ id: word.id, text: form });
    end = at + form.length;
  }
  if (end < text.length) found.push(text.slice(end));
  return found;
}

/** Words whose name, forms or meaning have every part of what was typed; those whose name begins with it come first. */
export function search(typed: string): readonly Word[] {
  const parts = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((part) => part !== "");
  const told = (word: Word): string => [...formsOf(word), word.means].join(" ").toLowerCase();
  const fitting = words.filter((word) => parts.every((part) => told(word).includes(part)));
  const named = (word: Word): boolean => formsOf(word).some((form) => form.toLowerCase().startsWith(parts[0] ?? ""));
  return [...fitting.filter(named), ...fitting.filter((word) => !named(word))];
}
