import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
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
  /** How far the table is scrolled: where its end is kept in sight, to there, whatever the browser says as yet. */
  readonly scrolled: number;
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
/** How far the reader has scrolled, and how much of the table is left beyond what is in sight. */
interface Offset {
  readonly offset: number;
  readonly left: number;
}
interface Scrolling extends Input {
  readonly setOffset: (next: (before: Offset) => Offset) => void;
}
const overscan = 4;

/** Which columns exist and where they stand; asks the worker for their entries. */
export function useColumns(input: Input): Columns {
  const { scroller, layout, total, panelWidth, following } = input;
  const { pitch, sentenceWidth, folded } = layout;
  const [{ offset, left }, setOffset] = useState<Offset>({ offset: 0, left: 0 });
  const scrolling = useScrolling({ ...input, setOffset });
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
    const { scrollLeft } = element;
    setOffset((before) => ({ ...before, offset: scrollLeft }));
  }, [following, folded]);
  useFollowing(input, scrolling);
  const items = virtual.getVirtualItems();
  const width = Math.max(virtual.getTotalSize(), panelWidth);
  const end = width - panelWidth;
  useAsk(folded + (items[0]?.index ?? 0), folded + (items.at(-1)?.index ?? 0));
  return {
    visible: items.map((item) => ({ index: folded + item.index + 1, x: item.start })),
    width,
    scrolled: following ? end - left : Math.min(offset, end),
    reveal: (index) => virtual.scrollToIndex(Math.max(0, index - folded - 1)),
  };
}

type Tell = (offset: number, isScrolling: boolean) => void;

/**
 * Where the table stands. Where we bring it ourselves is known and not asked for again: the scroll event comes when the
 * page has been written to and not laid out, and reading there would have it laid out once more.
 */
function useScrolling({ scroller, layout: { pitch }, onScrolled, setOffset }: Scrolling) {
  const latest = useRef({ pitch, onScrolled });
  latest.current = { pitch, onScrolled };
  return useMemo(() => {
    let own = false;
    /** The reader has scrolled away, which the page may not have drawn yet. */
    let away = false;
    let tell: Tell | null = null;
    function look(): void {
      const element = scroller.current;
      if (element === null || own) {
        own = false;
        return;
      }
      const { pitch, onScrolled } = latest.current;
      const offset = element.scrollLeft;
      const left = element.scrollWidth - element.clientWidth - offset;
      tell?.(offset, false);
      setOffset(() => ({ offset, left }));
      away = left >= pitch;
      onScrolled(!away);
    }
    return {
      observe({ scrollElement }: { readonly scrollElement: HTMLDivElement | null }, teller: Tell) {
        tell = teller;
        tell(scrollElement?.scrollLeft ?? 0, false);
        scrollElement?.addEventListener("scroll", look, { passive: true });
        return () => scrollElement?.removeEventListener("scroll", look);
      },
      /** From now on the end is kept in sight, until the reader scrolls away. */
      begin(): void {
        away = false;
      },
      /** To the end, while the page is laid out. */
      bring(element: HTMLElement): void {
        if (away) return;
        const before = element.scrollLeft;
        element.scrollLeft = element.scrollWidth;
        own = element.scrollLeft !== before;
        if (own) tell?.(element.scrollLeft, false);
        setOffset((before) => (before.left === 0 ? before : { ...before, left: 0 }));
      },
    };
  }, [scroller, setOffset]);
}

type Bringing = Pick<ReturnType<typeof useScrolling>, "begin" | "bring">;

/**
 * Keeps the end of the table in sight. It looks when the browser has laid the page out anyway: asked any earlier, for
 * each new entry, it would have to lay all of it out twice.
 */
function useFollowing({ scroller, following, panelWidth }: Input, { begin, bring }: Bringing): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another width of the panel is another end
  useEffect(() => {
    const element = scroller.current;
    const table = element?.firstElementChild;
    if (!following || element === null || table === null || table === undefined) return;
    begin();
    const observer = new ResizeObserver(() => bring(element));
    observer.observe(table);
    const leave = onPlaced(() => bring(element));
    return () => {
      observer.disconnect();
      leave();
    };
  }, [scroller, following, panelWidth, begin, bring]);
}

/** Tells the worker which entries the page draws; `first` and `last` count from 0. */
function useAsk(first: number, last: number): void {
  const { from, count } = wantedRange(first + 1, last + 1);
  const ready = useLab((state) => state.frame !== null);
  useEffect(() => {
    if (ready) lab.showLogs(from, count);
  }, [ready, from, count]);
}
