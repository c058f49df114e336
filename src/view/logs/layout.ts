import type { LogIndex } from "../../base/units.ts";

/** Measures of the panel, in pixels. */
export interface Layout {
  /** Where the sentence stands: beside the cells; on a phone under them, or nowhere if there is little height. */
  readonly sentence: "beside" | "under" | "none";
  readonly nameWidth: number;
  readonly sentenceWidth: number;
  readonly headHeight: number;
  readonly rowHeight: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** From one cell's left edge to the next one's. */
  readonly pitch: number;
  /** Entries that no log holds any more: they share one column, `foldWidth` wide with the gap after it. */
  readonly folded: LogIndex;
  readonly foldWidth: number;
}
/** What is above the rows and below them; where five rows would not be whole, as little as can be. */
const roomy = { head: 22, foot: 4 };
const close = { head: 18, foot: 0 };
const rowLeast = 20;
const narrowBelow = 620;

const rowWithSentence = 46;

/** Pixels that a sentence would like to have: with less it says less. */
const sentenceLike = 350;
const sentenceLeast = 230;
/** How much more it has where that takes no entry's place. */
const sentenceMore = 80;
const gap = 5;
/** Widths of a cell that shows a command, the best first. */
const wordedWidths = [60, 46] as const;

/** What the logs hold: the last index that none of them has any more, and the last index of the longest. */
interface Extent {
  readonly folded: LogIndex;
  readonly longest: LogIndex;
}

/** `width` and `height`: what there is to scroll in. Cells are wide enough for commands if all entries, and one more, fit so. */
export function layoutOf(width: number, height: number, servers: number, { folded, longest }: Extent): Layout {
  const fairWith = ({ head, foot }: typeof roomy): number => Math.floor((height - head - foot) / Math.max(1, servers));
  const around = fairWith(roomy) < rowLeast ? close : roomy;
  const fair = fairWith(around);
  const rows = {
    ...(width < narrowBelow ? phoneRows(fair) : wideRows(width, fair)),
    folded,
    foldWidth: foldWidth(folded),
  };
  const room = width - rows.nameWidth - rows.foldWidth - rows.sentenceWidth;
  const entries = longest - folded + 1;
  const cellWidth = wordedWidths.find((worded) => entries * (worded + gap) <= room) ?? rows.cellWidth;
  const pitch = cellWidth + gap;
  // Columns without an entry give way first.
  const isRoomy = rows.sentence === "beside" && room - entries * pitch >= sentenceMore;
  return {
    ...rows,
    headHeight: around.head,
    cellWidth,
    pitch,
    sentenceWidth: rows.sentenceWidth + (isRoomy ? sentenceMore : 0),
  };
}

type Rows = Omit<Layout, "folded" | "foldWidth" | "headHeight" | "pitch">;

function wideRows(width: number, fair: number): Rows {
  const rowHeight = Math.min(33, Math.max(rowLeast - 1, fair));
  const sentenceWidth = width < 860 ? sentenceLeast : Math.round(sentenceLike * typeScale(width));
  const cellHeight = Math.min(28, rowHeight - 4);
  return { sentence: "beside", nameWidth: 92, sentenceWidth, rowHeight, cellWidth: 28, cellHeight };
}

function phoneRows(fair: number): Rows {
  const sentence = fair >= rowWithSentence ? "under" : "none";
  const rowHeight = sentence === "under" ? rowWithSentence : Math.min(32, Math.max(22, fair));
  const cellHeight = sentence === "under" ? 26 : Math.min(26, rowHeight - 4);
  return { sentence, nameWidth: 60, sentenceWidth: 0, rowHeight, cellWidth: 26, cellHeight };
}

/** Beside the command: the term's figure, the tick, the borders. */
const besideCommand = 24;
const figureWidth = 7.2;

/** How many letters of a command a cell has room for; 0 where it shows its term alone. */
export const lettersIn = ({ cellWidth }: Pick<Layout, "cellWidth">): number =>
  Math.max(0, Math.floor((cellWidth - besideCommand) / figureWidth));

/** Where a panel is so wide the window may be a projector's, whose type is larger (`theme/tokens.css`): 16 pixels, not 13. */
const projectorFrom = 1220;
const typeScale = (width: number): number => (width >= projectorFrom ? 16 / 13 : 1);
const sentencePadding = 22;
/** Of the panel's text on average, with something to spare. */
const letterWidth = 6.6;

/** How many letters of a sentence there is room for in a row. `width`: that of the panel. */
export function sentenceLetters({ sentence, sentenceWidth, nameWidth }: Layout, width: number): number {
  const room = sentence === "beside" ? sentenceWidth - sentencePadding : width - nameWidth - 8;
  return Math.floor(room / (letterWidth * typeScale(width)));
}

/** Room for "1–37" and the mark of a snapshot. */
const foldWidth = (folded: LogIndex): number => (folded === 0 ? 0 : Math.ceil(33 + 7.3 * (2 + String(folded).length)));

/** Left edge of the entry at `index`, from that of the table. Those in the fold share its column. */
export function edgeOf({ nameWidth, foldWidth, folded, pitch }: Layout, index: LogIndex): number {
  if (index <= folded) return nameWidth + (foldWidth * (index - 1)) / folded;
  return nameWidth + foldWidth + (index - 1 - folded) * pitch;
}

/** The last index that has a column: the one after the last entry, or further, as far as columns fill the panel. */
export function columnsFor(layout: Layout, width: number, longest: LogIndex): LogIndex {
  const room = Math.floor((width - layout.nameWidth - layout.foldWidth - layout.sentenceWidth) / layout.pitch);
  return Math.max(longest + 1, layout.folded + room);
}

/** The first of `count` columns, counted from 0, of which something is in sight where the table is scrolled to its end. */
export function firstAtEnd(
  { nameWidth, foldWidth, sentenceWidth, pitch }: Layout,
  width: number,
  count: number,
): number {
  const hidden = nameWidth + foldWidth + count * pitch + sentenceWidth - width;
  return Math.max(0, Math.floor((hidden - nameWidth - foldWidth) / pitch));
}

export interface Range {
  readonly from: LogIndex;
  readonly count: number;
}
const chunk = 32;
/**
 * What to ask the worker for so that `first` … `last` can be drawn: whole chunks, with a margin, so that scrolling
 * and growing ask seldom.
 */
export function wantedRange(first: LogIndex, last: LogIndex): Range {
  const from = Math.max(0, Math.floor((first - 1 - chunk / 2) / chunk)) * chunk + 1;
  const to = Math.ceil((last + chunk / 2) / chunk) * chunk;
  return { from, count: to - from + 1 };
}

/** Columns whose index is printed: all, or every fifth where four digits and more stand close. */
export const isLabelled = (index: LogIndex): boolean => index < 1000 || index % 5 === 0;
