import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowRightToLine } from "lucide-react";
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactElement,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import type { LogIndex, ServerId } from "../../base/units.ts";
import { lab, useLab } from "../../store/use-lab.ts";
import type { ServerView } from "../../worker/protocol.ts";
import { useSize } from "../timeline/use-size.ts";
import { describeCell, progressOf, viewingLeader } from "./cells.ts";
import { columnsFor, isLabelled, type Layout, layoutOf, wantedRange } from "./layout.ts";
import { Legend } from "./legend.tsx";
import "./logs.css";
import { type Column, LogRow } from "./row.tsx";
import { rowSentence } from "./sentence.ts";

const noServers: readonly ServerView[] = [];

/** One cell of the table: a place in one server's log. */
interface Place {
  readonly server: ServerId;
  readonly index: LogIndex;
}

/** Every server's log, indices aligned, with what the leader believes of each follower. */
export function Logs(): ReactElement {
  const servers = useLab((state) => state.frame?.servers) ?? noServers;
  const selected = useLab(({ selection }) => (selection?.kind === "server" ? selection.id : 0));
  const [hovered, setHovered] = useState<Place | null>(null);
  const [cursor, setCursor] = useState<Place | null>(null);
  const [focused, setFocused] = useState(false);
  const leader = viewingLeader(servers, selected);
  const longest = Math.max(0, ...servers.map((server) => server.lastIndex));
  const place = hovered ?? (focused ? cursor : null);
  const described = place === null ? undefined : servers.find((server) => server.id === place.server);
  return (
    <section className="logs" aria-label="Logs">
      <Grid {...{ servers, selected, leader, longest, cursor, setCursor, setHovered, setFocused }} />
      <div className="logs-foot" aria-live={focused ? "polite" : "off"}>
        {place === null || described === undefined ? (
          <Legend leader={leader?.id ?? 0} empty={longest === 0 && servers.length > 0} />
        ) : (
          describeCell(described, place.index)
        )}
      </div>
    </section>
  );
}

interface GridProps {
  readonly servers: readonly ServerView[];
  readonly selected: ServerId;
  readonly leader: ServerView | null;
  readonly longest: LogIndex;
  readonly cursor: Place | null;
  readonly setCursor: (place: Place) => void;
  readonly setHovered: (place: Place | null) => void;
  readonly setFocused: (focused: boolean) => void;
}

function Grid(props: GridProps): ReactElement {
  const { servers, selected, leader, longest, cursor, setCursor, setHovered, setFocused } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const size = useSize(scroller);
  const layout = layoutOf(size.width, size.height, servers.length);
  const columns = useColumns(scroller, layout, columnsFor(layout, size.width, longest), size.width);
  const move = (to: Place): void => {
    setCursor(to);
    columns.reveal(to.index);
  };
  return (
    <div className="logs-box">
      {/* biome-ignore lint/a11y/useSemanticElements: a table element cannot hold only its visible columns */}
      <div
        ref={scroller}
        className="logs-scroller"
        role="grid"
        aria-label="Log entries: one row per server, one column per index"
        aria-rowcount={servers.length + 1}
        aria-colcount={columns.total + 2}
        aria-activedescendant={cursor === null ? undefined : cellId(cursor)}
        tabIndex={0}
        onScroll={columns.onScroll}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onKeyDown={(event) =>
          steer(event, servers, cursor ?? { server: servers[0]?.id ?? 1, index: Math.max(1, longest) }, move)
        }
        onPointerOver={(event) => setHovered(placeUnder(event))}
        onPointerLeave={() => setHovered(null)}
      >
        <div className={layout.narrow ? "logs-table logs-narrow" : "logs-table"} style={{ inlineSize: columns.width }}>
          <HeadRow layout={layout} columns={columns.visible} />
          {servers.map((server) => (
            <LogRow
              key={server.id}
              {...{ server, layout }}
              columns={columns.visible}
              sentence={rowSentence(server, servers)}
              progress={progressOf(leader, server.id)}
              leader={leader?.id ?? 0}
              selected={selected === server.id}
              cursor={cursor?.server === server.id ? cursor.index : 0}
            />
          ))}
        </div>
      </div>
      {columns.following ? null : (
        <button type="button" className="logs-follow" onClick={columns.follow}>
          <ArrowRightToLine size={15} strokeWidth={1.8} />
          Newest entries
        </button>
      )}
    </div>
  );
}

const cellId = (place: Place): string => `log-${place.server}-${place.index}`;

function HeadRow({ layout, columns }: { readonly layout: Layout; readonly columns: readonly Column[] }): ReactElement {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus
    <div className="logs-head" role="row" aria-rowindex={1} style={{ blockSize: layout.headHeight }}>
      {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus */}
      <div className="logs-name" role="columnheader" aria-colindex={1} style={{ inlineSize: layout.nameWidth }}>
        <span className="ui-hidden">Server</span>
      </div>
      {columns.map(({ index, x }) => (
        // biome-ignore lint/a11y/useSemanticElements: see the grid
        // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus
        <div
          key={index}
          className="logs-index"
          role="columnheader"
          aria-colindex={index + 1}
          style={{ insetInlineStart: x, inlineSize: layout.cell }}
        >
          {isLabelled(index) ? index : <span className="ui-hidden">{index}</span>}
        </div>
      ))}
    </div>
  );
}

// ---- columns: which exist, and where they stand -----------------------------------------------------------------

interface Columns {
  readonly visible: readonly Column[];
  readonly total: number;
  readonly width: number;
  readonly following: boolean;
  follow(): void;
  reveal(index: LogIndex): void;
  onScroll(): void;
}
const overscan = 4;

function useColumns(
  scroller: { readonly current: HTMLDivElement | null },
  layout: Layout,
  total: number,
  panelWidth: number,
): Columns {
  const [following, setFollowing] = useState(true);
  const virtual = useVirtualizer({
    horizontal: true,
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => layout.pitch,
    paddingStart: layout.nameWidth,
    paddingEnd: layout.sentenceWidth,
    scrollPaddingStart: layout.nameWidth + layout.pitch,
    scrollPaddingEnd: layout.sentenceWidth + layout.pitch,
    overscan,
  });
  const { pitch, nameWidth, sentenceWidth } = layout;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the measures are read through estimateSize and the paddings
  useLayoutEffect(() => virtual.measure(), [pitch, nameWidth, sentenceWidth]);
  const toEnd = (): void => {
    const element = scroller.current;
    if (element !== null) element.scrollLeft = element.scrollWidth;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the newest column and the panel's width move the end
  useLayoutEffect(() => {
    if (following) toEnd();
  }, [following, total, panelWidth]);
  const items = virtual.getVirtualItems();
  useAsk(items[0]?.index ?? 0, items.at(-1)?.index ?? 0);
  return {
    visible: items.map((item) => ({ index: item.index + 1, x: item.start })),
    total,
    width: Math.max(virtual.getTotalSize(), panelWidth),
    following,
    follow() {
      setFollowing(true);
      toEnd();
    },
    reveal: (index) => virtual.scrollToIndex(index - 1),
    onScroll() {
      const element = scroller.current;
      if (element !== null) setFollowing(element.scrollWidth - element.clientWidth - element.scrollLeft < pitch);
    },
  };
}

/** Tells the worker which entries the page draws. */
function useAsk(first: number, last: number): void {
  const { from, count } = wantedRange(first + 1, last + 1);
  const ready = useLab((state) => state.frame !== null);
  useEffect(() => {
    if (ready) lab.showLogs(from, count);
  }, [ready, from, count]);
}

// ---- pointer and keys -------------------------------------------------------------------------------------------

function placeUnder(event: PointerEvent): Place | null {
  const cell = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-entry]") : null;
  if (cell === null) return null;
  return { server: Number(cell.getAttribute("data-server")), index: Number(cell.getAttribute("data-entry")) };
}

function steer(event: KeyboardEvent, servers: readonly ServerView[], from: Place, move: (to: Place) => void): void {
  const to = placeAfter(event.key, servers, from);
  const picks = event.key === "Enter";
  if (event.ctrlKey || event.metaKey || event.altKey || (to === null && !picks)) return;
  event.preventDefault();
  event.stopPropagation();
  if (to === null) lab.select({ kind: "server", id: from.server });
  else move(to);
}

const pageLength = 20;
function placeAfter(key: string, servers: readonly ServerView[], from: Place): Place | null {
  const row = servers.findIndex((server) => server.id === from.server);
  const last = servers[row]?.lastIndex ?? 0;
  const indices: Record<string, LogIndex> = {
    ArrowLeft: from.index - 1,
    ArrowRight: from.index + 1,
    PageUp: from.index - pageLength,
    PageDown: from.index + pageLength,
    Home: 1,
    End: last,
  };
  const rows: Record<string, number> = { ArrowUp: row - 1, ArrowDown: row + 1 };
  const index = indices[key];
  if (index !== undefined) return { ...from, index: Math.min(last + 1, Math.max(1, index)) };
  const server = servers[rows[key] ?? -1];
  return server === undefined ? null : { ...from, server: server.id };
}
