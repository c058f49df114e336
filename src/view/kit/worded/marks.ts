/** A stretch of a text: plain, strong, or a word with its definition (`word`: its id). */
export interface Mark {
  readonly text: string;
  readonly strong: boolean;
  readonly word: string | null;
}

const mark = /\*\*([^*]+)\*\*|\[([^\]]+)\]\(word:([a-z0-9-]+)\)/g;

/** Of Markdown `**strong**` and `[word](word:term)` are understood; everything else stands as it is written. */
export function marksOf(text: string): readonly Mark[] {
  const marks: Mark[] = [];
  let from = 0;
  const plain = (to: number) => to > from && marks.push({ text: text.slice(from, to), strong: false, word: null });
  for (const { 0: all, 1: strong, 2: said, 3: word, index } of text.matchAll(mark)) {
    plain(index);
    from = index + all.length;
    marks.push(
      strong === undefined ? { text: said!, strong: false, word: word! } : { text: strong, strong: true, word: null },
    );
  }
  plain(text.length);
  return marks;
}
