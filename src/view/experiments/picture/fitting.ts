/** What has room beside each other, and in cells. */

interface Word {
  /** Its middle. */
  readonly at: number;
  readonly width: number;
}
/** Which of the words have room beside each other, from left to right; that at `must` has it whatever comes. */
export function apart(words: readonly Word[], must: number): ReadonlySet<number> {
  const kept = new Set<number>();
  const meets = (a: Word, b: Word): boolean => Math.abs(a.at - b.at) < (a.width + b.width) / 2 + 8;
  const order = words.map((_, place) => place).filter((place) => place !== must);
  for (const place of must in words ? [must, ...order] : order)
    if (![...kept].some((other) => meets(words[place]!, words[other]!))) kept.add(place);
  return kept;
}

/** Of the figures in cells, which all have one width. */
const digit = 7.9;

/** Figures as they fit into every cell: whole, without "/s" (which stands over the picture), or not at all. */
export function cellText(texts: readonly string[], room: number): (text: string) => string {
  const ways = [(text: string) => text, (text: string) => text.replace(/ \/s$/, "")];
  const fits = (way: (text: string) => string): boolean => texts.every((text) => way(text).length * digit <= room);
  return ways.find(fits) ?? (() => "");
}
