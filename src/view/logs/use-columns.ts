import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useMemo, useRef } from "react";
import type { LogIndex } from "../../base/units.ts";
import { lab, useLab } from "../../store/use-lab.ts";
import { onPlaced } from "../kit/placed.ts";
import { firstAtEnd, type Layout, wantedRange } from "./layout.ts";

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
}
interface Input {
  readonly scroller: { readonly current: HTMLDivElement | null };
  readonly layout: Layout;
  /** The last index that has a column; the first is the one after the fold. */
  readonly total: LogIndex;
  readonly panelWidth: number;
  /** Keep the last column in sight. */
  readonly following: boolean;
  /** The reader has scrolled: whether the last column is in sight now. */
  readonly onScrolled: (atEnd: boolean) => void;
}
const overscan = 4;

/** Which columns exist and where they stand; asks the worker for their entries. */
export function useColumns(input: Input): Columns {
  const { scroller, layout, total, panelWidth, following } = input;
  const { pitch, sentenceWidth, folded } = layout;
  const scrolling = useScrolling(input);
  const start = layout.nameWidth + layout.foldWidth;
  const virtual = useVirtualizer({
    horizontal: true,
    count: total - folded,
    getScrollElement: () => scroller.current,
    observeElementOffset: scrolling.observe,
    useFlushSync: false,
    estimateSize: () => pitch,
    paddingStart: start,
    paddingEnd: sentenceWidth,
    scrollPaddingStart: start + pitch,
    scrollPaddingEnd: sentenceWidth + pitch,
    overscan,
    // Where the end is kept in sight it is known what that is, before the page is laid out and scrolled.
    rangeExtractor: (range) =>
      defaultRangeExtractor(
        following
          ? { ...range, startIndex: firstAtEnd(layout, panelWidth, range.count), endIndex: range.count - 1 }
          : range,
      ),
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
  useFollowing(input, scrolling.bring);
  const items = virtual.getVirtualItems();
  useAsk(folded + (items[0]?.index ?? 0), folded + (items.at(-1)?.index ?? 0));
  return {
    visible: items.map((item) => ({ index: folded + item.index + 1, x: item.start })),
    width: Math.max(virtual.getTotalSize(), panelWidth),
    reveal: (index) => virtual.scrollToIndex(Math.max(0, index - folded - 1)),
  };
}

type Tell = (offset: number, isScrolling: boolean) => void;

/**
 * Where the table stands. Where we bring it ourselves is known and not asked for again: the scroll event comes when the
 * page has been written to and not laid out, and reading there would have it laid out once more.
 */
function useScrolling({ scroller, layout: { pitch }, onScrolled }: Input) {
  const latest = useRef({ pitch, onScrolled });
  latest.current = { pitch, onScrolled };
  return useMemo(() => {
    let own = false;
    let tell: Tell | null = null;
    function look(): void {
      const element = scroller.current;
      if (element === null || own) {
        own = false;
        return;
      }
      const { pitch, onScrolled } = latest.current;
      tell?.(element.scrollLeft, false);
      onScrolled(element.scrollWidth - element.clientWidth - element.scrollLeft < pitch);
    }
    return {
      observe({ scrollElement }: { readonly scrollElement: HTMLDivElement | null }, teller: Tell) {
        tell = teller;
        tell(scrollElement?.scrollLeft ?? 0, false);
        scrollElement?.addEventListener("scroll", look, { passive: true });
        return () => scrollElement?.removeEventListener("scroll", look);
      },
      /** To the end, while the page is laid out. */
      bring(element: HTMLElement): void {
        const before = element.scrollLeft;
        element.scrollLeft = element.scrollWidth;
        own = element.scrollLeft !== before;
        if (own) tell?.(element.scrollLeft, false);
      },
    };
  }, [scroller]);
}

/**
 * Keeps the end of the table in sight. It looks when the browser has laid the page out anyway: asked any earlier, for
 * each new entry, it would have to lay all of it out twice.
 */
function useFollowing({ scroller, following, panelWidth }: Input, bring: (element: HTMLElement) => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another width of the panel is another end
  useEffect(() => {
    const element = scroller.current;
    const table = element?.firstElementChild;
    if (!following || element === null || table === null || table === undefined) return;
    const observer = new ResizeObserver(() => bring(element));
    observer.observe(table);
    const leave = onPlaced(() => bring(element));
    return () => {
      observer.disconnect();
      leave();
    };
  }, [scroller, following, panelWidth, bring]);
}

/** Tells the worker which entries the page draws; `first` and `last` count from 0. */
function useAsk(first: number, last: number): void {
  const { from, count } = wantedRange(first + 1, last + 1);
  const ready = useLab((state) => state.frame !== null);
  useEffect(() => {
    if (ready) lab.showLogs(from, count);
  }, [ready, from, count]);
}
