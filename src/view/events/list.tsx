import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactElement, type RefObject, useEffect, useRef, useState } from "react";
import { useLit } from "../../store/lit.ts";
import { lab, useLab } from "../../store/use-lab.ts";
import type { FeedRow } from "../../worker/protocol/feed.ts";
import { EventRow } from "./event-row.tsx";
import { presentRow } from "./rows.ts";
import type { LiveFeed } from "./use-feed.ts";

const estimatedRow = 30;
const topReach = 12;
const loadAhead = 20;

interface ListProps {
  readonly feed: LiveFeed;
  readonly following: boolean;
  readonly onFollowing: (following: boolean) => void;
}
/** Rows of what happened, of which only those in sight exist. */
export function List({ feed, following, onFollowing }: ListProps): ReactElement {
  const { rows } = feed;
  const scroller = useRef<HTMLDivElement>(null);
  const event = useLab((state) => state.frame?.position.event ?? 0);
  const present = presentRow(rows, event);
  const message = useLab(({ selection }) => (selection?.kind === "message" ? selection.id : null));
  const lit = useLit();
  const virtual = useVirtual(scroller, rows);
  const items = virtual.getVirtualItems();
  useOlder(feed, items.at(-1)?.index ?? 0);
  const look = (): void => onFollowing(false);
  const { tabStop, move } = useTabStop(scroller, virtual, rows.length, look);
  const { open, pick } = useOpenRow();
  // What shows a message before it came leads to the moment before its own row.
  const opened = rows.findIndex((row) => row.id === open && row.message?.event === event);
  useInSight(virtual, following, opened < 0 ? present : opened, rows.length);
  return (
    <div className="events-box">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys bubble up from the rows' buttons */}
      <div
        ref={scroller}
        className="events-scroller"
        onWheel={look}
        onTouchMove={look}
        onPointerDown={(press) => press.target === press.currentTarget && look()}
        onScroll={(scroll) => present === 0 && scroll.currentTarget.scrollTop < topReach && onFollowing(true)}
        onKeyDown={(press) => steer(press, tabStop, rows.length, move)}
      >
        <ul className="events-list" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, key, start }) => (
            <li
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              aria-posinset={index + 1}
              aria-setsize={feed.more ? -1 : rows.length}
              style={{ transform: `translateY(${start}px)` }}
            >
              <EventRow
                row={rows[index]!}
                when={index < present ? "later" : index === present ? "present" : "past"}
                open={open === rows[index]!.id}
                followed={message !== null && rows[index]!.message?.id === message}
                tabStop={index === tabStop}
                place={index}
                faded={lit !== null && !lit.event(rows[index]!.position.event)}
                onPick={pick}
              />
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

type Scroller = RefObject<HTMLDivElement | null>;
type Virtual = ReturnType<typeof useVirtual>;

function useVirtual(scroller: Scroller, rows: readonly FeedRow[]) {
  return useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimatedRow,
    getItemKey: (place) => rows[place]!.id,
    overscan: 8,
  });
}

/** Reads further back when the last row in sight comes near the end of what is known. */
function useOlder({ rows, from, loadOlder }: LiveFeed, last: number): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: an answer without rows leads further back, too
  useEffect(() => {
    if (last > rows.length - loadAhead) loadOlder();
  }, [last, rows.length, from, loadOlder]);
}

/** The present row, or the one that was picked there, stays in sight: at the edge while it moves step by step, in the middle after a jump. */
function useInSight(virtual: Virtual, following: boolean, present: number, count: number): void {
  const playing = useLab((state) => state.playing);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the virtual list is the same object for ever
  useEffect(() => {
    if (!following) return;
    const place = Math.min(present, count - 1);
    virtual.scrollToIndex(place, { align: playing || place === 0 ? "auto" : "center" });
  }, [following, present, count, playing]);
}

/** The one row that Tab reaches, always one in sight, and how the keys move it. */
function useTabStop(scroller: Scroller, virtual: Virtual, count: number, look: () => void) {
  const [stop, setStop] = useState(0);
  const items = virtual.getVirtualItems();
  const tabStop = items.some((item) => item.index === stop) ? stop : (items[0]?.index ?? 0);
  const move = (to: number): void => {
    const place = Math.min(count - 1, Math.max(0, to));
    look();
    setStop(place);
    virtual.scrollToIndex(place, { align: "auto" });
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-place="${place}"]`)?.focus());
  };
  return { tabStop, move };
}

/** The row that shows more of itself; to pick one travels there. */
function useOpenRow() {
  const [open, setOpen] = useState("");
  const pick = useRef((row: FeedRow): void => {
    setOpen((old) => (old === row.id ? "" : row.id));
    if (row.message === null) lab.visit(row.position.event);
    else lab.visitMessage(row.message.event, row.message.ref);
  });
  return { open, pick: pick.current };
}

const page = 10;
function steer(event: KeyboardEvent, from: number, count: number, move: (to: number) => void): void {
  const places: Record<string, number> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: count - 1,
  };
  const to = places[event.key];
  if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  move(to);
}
