import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import type { LogIndex } from "../../base/units.ts";
import { lab, useLab } from "../../store/use-lab.ts";
import { type Layout, wantedRange } from "./layout.ts";

/** A column that exists right now, and its left edge. */
export interface Column {
  readonly index: LogIndex;
  readonly x: number;
}
interface Columns {
  readonly visible: readonly Column[];
  readonly width: number;
  /** Scrolls until the column is in sight. */
  reveal(index: LogIndex): void;
  /** Whether the last column is in sight. */
  atEnd(): boolean;
}
interface Input {
  readonly scroller: { readonly current: HTMLDivElement | null };
  readonly layout: Layout;
  /** The last index that has a column; the first is the one after the fold. */
  readonly total: LogIndex;
  readonly panelWidth: number;
  /** Keep the last column in sight. */
  readonly following: boolean;
}
const overscan = 4;

/** Which columns exist and where they stand; asks the worker for their entries. */
export function useColumns({ scroller, layout, total, panelWidth, following }: Input): Columns {
  const { pitch, sentenceWidth, folded } = layout;
  const start = layout.nameWidth + layout.foldWidth;
  const virtual = useVirtualizer({
    horizontal: true,
    count: total - folded,
    getScrollElement: () => scroller.current,
    estimateSize: () => pitch,
    paddingStart: start,
    paddingEnd: sentenceWidth,
    scrollPaddingStart: start + pitch,
    scrollPaddingEnd: sentenceWidth + pitch,
    overscan,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the measures are read through estimateSize and the paddings
  useLayoutEffect(() => virtual.measure(), [pitch, start, sentenceWidth]);
  const before = useRef({ folded, start });
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the fold that moves what is in sight
  useLayoutEffect(() => {
    const element = scroller.current;
    const gone = (folded - before.current.folded) * pitch - (start - before.current.start);
    before.current = { folded, start };
    if (element === null || following || gone === 0) return;
    // What was in sight stays where it was.
    element.scrollLeft = (virtual.scrollOffset ?? element.scrollLeft) - gone;
  }, [following, folded]);
  const broughtTo = useFollowing(scroller, following, panelWidth);
  const items = virtual.getVirtualItems();
  useAsk(folded + (items[0]?.index ?? 0), folded + (items.at(-1)?.index ?? 0));
  return {
    visible: items.map((item) => ({ index: folded + item.index + 1, x: item.start })),
    width: Math.max(virtual.getTotalSize(), panelWidth),
    reveal: (index) => virtual.scrollToIndex(Math.max(0, index - folded - 1)),
    atEnd() {
      const element = scroller.current;
      // The table may have grown since it was brought to its end: the reader has not moved it.
      if (element === null || element.scrollLeft === broughtTo.current) return true;
      return element.scrollWidth - element.clientWidth - element.scrollLeft < pitch;
    },
  };
}

/**
 * Keeps the end of the table in sight. It looks when the browser has laid the page out anyway: asked any earlier, for
 * each new entry, it would have to lay all of it out twice. Returns where it was brought to last.
 */
function useFollowing(scroller: Input["scroller"], following: boolean, panelWidth: number): RefObject<number> {
  const broughtTo = useRef(-1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another width of the panel is another end
  useEffect(() => {
    const element = scroller.current;
    const table = element?.firstElementChild;
    if (!following || element === null || table === null || table === undefined) return;
    const observer = new ResizeObserver(() => {
      element.scrollLeft = element.scrollWidth;
      broughtTo.current = element.scrollLeft;
    });
    observer.observe(table);
    return () => observer.disconnect();
  }, [scroller, following, panelWidth]);
  return broughtTo;
}

/** Tells the worker which entries the page draws; `first` and `last` count from 0. */
function useAsk(first: number, last: number): void {
  const { from, count } = wantedRange(first + 1, last + 1);
  const ready = useLab((state) => state.frame !== null);
  useEffect(() => {
    if (ready) lab.showLogs(from, count);
  }, [ready, from, count]);
}
