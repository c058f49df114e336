import type { LogIndex } from "../../base/units.ts";

/** Measures of the panel, in pixels. */
export interface Layout {
  /** The sentence stands under the cells instead of beside them. */
  readonly narrow: boolean;
  readonly nameWidth: number;
  readonly sentenceWidth: number;
  readonly headHeight: number;
  readonly rowHeight: number;
  readonly cell: number;
  /** From one cell's left edge to the next one's. */
  readonly pitch: number;
}
const headHeight = 22;
const detailHeight = 28;
const narrowBelow = 620;

export function layoutOf(width: number, height: number, servers: number): Layout {
  const narrow = width < narrowBelow;
  if (narrow) return { narrow, nameWidth: 60, sentenceWidth: 0, headHeight, rowHeight: 48, cell: 26, pitch: 31 };
  const fair = Math.floor((height - headHeight - detailHeight) / Math.max(1, servers));
  const rowHeight = Math.min(33, Math.max(24, fair));
  const sentenceWidth = width < 860 ? 240 : 300;
  return { narrow, nameWidth: 92, sentenceWidth, headHeight, rowHeight, cell: Math.min(28, rowHeight - 4), pitch: 33 };
}

/** Columns to draw: every index up to the one after the last entry, and as many as fill the panel. */
export function columnsFor(layout: Layout, width: number, longest: LogIndex): number {
  const room = Math.floor((width - layout.nameWidth - layout.sentenceWidth) / layout.pitch);
  return Math.max(longest + 1, room);
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
