import { useVirtualizer } from "@tanstack/react-virtual";
import { LocateFixed } from "lucide-react";
import { type KeyboardEvent, type ReactElement, useEffect, useMemo, useRef, useState } from "react";
import type { ServerId } from "../../base/units.ts";
import { lab, useLab } from "../../store/use-lab.ts";
import type { FeedFilter, FeedRow } from "../../worker/protocol/feed.ts";
import { EventRow } from "./event-row.tsx";
import "./events.css";
import { FilterBar } from "./filter-bar.tsx";
import { isNarrowed, presentRow, usualFilter } from "./rows.ts";
import { type LiveFeed, useFeed } from "./use-feed.ts";

/** What happens, in plain language, newest first; a click travels there. */
export function Events(): ReactElement {
  const [filter, setFilter] = useState<FeedFilter>(usualFilter);
  const [following, setFollowing] = useState(true);
  const group = useLab(({ frame }) => (frame !== null && frame.groupCount > 1 ? frame.group : 0));
  const ofGroup = useMemo(() => (group === 0 ? filter : { ...filter, group }), [filter, group]);
  const feed = useFeed(ofGroup, following);
  const ids = useLab(({ frame }) => frame?.servers.map((server) => server.id).join() ?? "");
  const servers: readonly ServerId[] = ids === "" ? [] : ids.split(",").map(Number);
  return (
    <section className="events" aria-label="Events">
      <FilterBar servers={servers} filter={filter} onChange={setFilter}>
        {following ? null : (
          <button type="button" className="events-return" onClick={() => setFollowing(true)}>
            <LocateFixed size={15} strokeWidth={1.8} aria-hidden="true" />
            Present moment
          </button>
        )}
      </FilterBar>
      {feed.rows.length === 0 ? (
        <Nothing feed={feed} filter={filter} onReset={() => setFilter(usualFilter)} />
      ) : (
        <List feed={feed} following={following} onFollowing={setFollowing} />
      )}
    </section>
  );
}

interface NothingProps {
  readonly feed: LiveFeed;
  readonly filter: FeedFilter;
  readonly onReset: () => void;
}
function Nothing({ feed, filter, onReset }: NothingProps): ReactElement {
  // A filter may find its first row far back.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer leads further back
  useEffect(() => feed.loadOlder(), [feed.from, feed.loadOlder]);
  if (feed.loading || feed.more) return <p className="events-nothing">Reading the run …</p>;
  if (!isNarrowed(filter)) return <p className="events-nothing">Nothing has happened yet. Press Space to play.</p>;
  return (
    <p className="events-nothing">
      Nothing like this has happened.{" "}
      <button type="button" className="ui-link" onClick={onReset}>
        Show everything
      </button>
    </p>
  );
}

const estimatedRow = 30;
const topReach = 12;
const loadAhead = 20;

interface ListProps {
  readonly feed: LiveFeed;
  readonly following: boolean;
  readonly onFollowing: (following: boolean) => void;
}
function List({ feed, following, onFollowing }: ListProps): ReactElement {
  const { rows } = feed;
  const scroller = useRef<HTMLDivElement>(null);
  const present = presentRow(
    rows,
    useLab((state) => state.frame?.position.event ?? 0),
  );
  const playing = useLab((state) => state.playing);
  const [open, setOpen] = useState("");
  const [stop, setStop] = useState(0);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimatedRow,
    getItemKey: (place) => rows[place]!.id,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: an answer without rows leads further back, too
  useEffect(() => {
    if (last > rows.length - loadAhead) feed.loadOlder();
  }, [last, rows.length, feed.from, feed.loadOlder]);
  // The present row stays in sight: at the edge while it moves step by step, in the middle after a jump.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the virtual list is the same object for ever
  useEffect(() => {
    if (!following) return;
    const place = Math.min(present, rows.length - 1);
    virtual.scrollToIndex(place, { align: playing || place === 0 ? "auto" : "center" });
  }, [following, present, rows.length, playing]);
  const look = (): void => onFollowing(false);

  const tabStop = items.some((item) => item.index === stop) ? stop : (items[0]?.index ?? 0);
  const pick = useRef((row: FeedRow) => {
    setOpen((old) => (old === row.id ? "" : row.id));
    lab.visit(row.position.event);
  });
  const move = (to: number): void => {
    const place = Math.min(rows.length - 1, Math.max(0, to));
    look();
    setStop(place);
    virtual.scrollToIndex(place, { align: "auto" });
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-place="${place}"]`)?.focus());
  };
  return (
    <div className="events-box">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys bubble up from the rows' buttons */}
      <div
        ref={scroller}
        className="events-scroller"
        onWheel={look}
        onTouchMove={look}
        onPointerDown={(event) => event.target === event.currentTarget && look()}
        onScroll={(event) => present === 0 && event.currentTarget.scrollTop < topReach && onFollowing(true)}
        onKeyDown={(event) => steer(event, tabStop, rows.length, move)}
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
                tabStop={index === tabStop}
                place={index}
                onPick={pick.current}
              />
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
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
