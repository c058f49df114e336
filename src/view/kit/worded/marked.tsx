import { Fragment, type ReactNode } from "react";
import { marksOf } from "./marks.ts";
import { useGlossary, wordsOf } from "./worded.tsx";

/** As `Worded`, for a text with `**strong**` and `[word](word:term)` in it. */
export function Marked({ text }: { readonly text: string }): ReactNode {
  const glossary = useGlossary();
  const seen = new Set<string>();
  return marksOf(text).map(({ text: stretch, strong, word }, place) => {
    // A word that the text links itself is that one, whatever it is called there.
    const pieces = word === null || seen.has(word) ? glossary?.pieces(stretch, seen) : [{ id: word, text: stretch }];
    if (word !== null) seen.add(word);
    const drawn = glossary === null || pieces === undefined ? stretch : wordsOf(pieces);
    const Tag = strong ? "strong" : Fragment;
    // biome-ignore lint/suspicious/noArrayIndexKey: the stretches of a text are their places
    return <Tag key={place}>{drawn}</Tag>;
  });
}
