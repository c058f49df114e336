import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type ReactElement,
  useRef,
} from "react";
import type { LogIndex, ServerId } from "../../base/units.ts";
import { follow } from "../../store/follow.ts";
import { useLit } from "../../store/lit.ts";
import { useReach } from "../../store/open-question.ts";
import { lab } from "../../store/use-lab.ts";
import type { ServerView } from "../../worker/protocol/server.ts";
import { cellState, foldedBy, progressOf, snapshotRange } from "../kit/log/cells.ts";
import { rowParts, shortened } from "../kit/log/sentence.ts";
import { useSize } from "../kit/use-size.ts";
import { columnsFor, isLabelled, type Layout, layoutOf, sentenceLetters } from "./layout.ts";
import { type Place, placeAfter } from "./place.ts";
import { LogRow, Moved, placesStyle } from "./row.tsx";
import { type Column, useColumns } from "./use-columns.ts";

interface GridProps {
  readonly servers: readonly ServerView[];
  readonly selected: ServerId;
  readonly leader: ServerView | null;
  /** Last index of the longest log. */
  readonly longest: LogIndex;
  readonly following: boolean;
  readonly cursor: Place | null;
  readonly onFollowing: (following: boolean) => void;
  readonly onCursor: (place: Place) => void;
  readonly onHover: (place: Place | null) => void;
  readonly onFocus: (focused: boolean) => void;
}

/** One row per server, one column per index; only the columns in sight exist. One tab stop, arrows move a cursor. */
export function Grid(props: GridProps): ReactElement {
  const { servers, selected, leader, longest, following, cursor } = props;
  const lit = useLit();
  const reach = useReach();
  const scroller = useRef<HTMLDivElement>(null);
  const size = useSize(scroller);
  const layout = layoutOf(size.width, size.height, servers.length, { folded: foldedBy(servers), longest });
  const letters = sentenceLetters(layout, size.width);
  const total = columnsFor(layout, size.width, longest);
  const columns = useColumns({
    scroller,
    layout,
    total,
    panelWidth: size.width,
    following,
    onScrolled: props.onFollowing,
  });
  const start: Place = { server: servers[0]?.id ?? 1, index: Math.max(1, longest) };
  // What the keyboard brings under a pointer that rests is not what is pointed at.
  const rests = useRef(false);
  const move = (to: Place): void => {
    rests.current = true;
    props.onHover(null);
    props.onCursor(to);
    columns.reveal(to.index);
  };
  const point = (event: PointerEvent): void => {
    if (event.type === "pointermove") rests.current = false;
    if (!rests.current) props.onHover(placeUnder(event));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot hold only its visible columns
    <div
      ref={scroller}
      className="logs-scroller"
      role="grid"
      aria-label="Log entries: one row per server, one column per index"
      aria-rowcount={servers.length + 1}
      aria-colcount={total + 2}
      aria-activedescendant={cursor === null ? undefined : `log-${cursor.server}-${cursor.index}`}
      tabIndex={0}
      onFocus={() => props.onFocus(true)}
      onBlur={() => props.onFocus(false)}
      onClick={(event) => pick(servers, placeUnder(event))}
      onKeyDown={(event) => steer(event, servers, cursor ?? start, move)}
      onPointerOver={point}
      onPointerMove={point}
      onPointerLeave={() => props.onHover(null)}
    >
      <div className="logs-extent" style={{ inlineSize: columns.width }}>
        <div className={`logs-table logs-sentence-${layout.sentence}`} style={measures(size.width, layout)}>
          <HeadRow layout={layout} columns={columns.visible} scrolled={columns.scrolled} />
          {servers.map((server) => {
            const progress = progressOf(leader, server.id);
            const parts = rowParts(server, servers, progress, reach);
            return (
              <LogRow
                key={server.id}
                {...{ server, layout, progress }}
                columns={columns.visible}
                scrolled={columns.scrolled}
                sentence={shortened(parts, Number.POSITIVE_INFINITY)}
                shown={shortened(parts, letters)}
                letters={letters}
                leader={leader?.id ?? 0}
                selected={selected === server.id}
                lit={lit}
                cursor={cursor?.server === server.id ? cursor.index : 0}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** The sizes that every cell shares go to the style sheet once. */
function measures(inlineSize: number, layout: Layout): CSSProperties {
  const { cellWidth, cellHeight, foldWidth, pitch } = layout;
  const shared = {
    "--logs-gap": `${pitch - cellWidth}px`,
    "--logs-cell-width": `${cellWidth}px`,
    "--logs-cell-height": `${cellHeight}px`,
    "--logs-fold-width": `${Math.max(0, foldWidth - (pitch - cellWidth))}px`,
  };
  return { inlineSize, ...shared } as CSSProperties;
}

interface HeadRowProps {
  readonly layout: Layout;
  readonly columns: readonly Column[];
  readonly scrolled: number;
}
function HeadRow({ layout, columns, scrolled }: HeadRowProps): ReactElement {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus
    <div className="logs-head" role="row" aria-rowindex={1} style={{ blockSize: layout.headHeight }}>
      {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus */}
      <div className="logs-name" role="columnheader" aria-colindex={1} style={{ inlineSize: layout.nameWidth }}>
        <span className="ui-hidden">Server</span>
      </div>
      <Moved by={scrolled}>
        {layout.folded > 0 && <FoldHead layout={layout} />}
        {columns[0] !== undefined && (
          <div className="logs-places" role="presentation" style={placesStyle(columns[0], columns.length, layout)}>
            {columns.map(({ index }) => (
              // biome-ignore lint/a11y/useSemanticElements: see the grid
              // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus
              <div key={index} className="logs-index" role="columnheader" aria-colindex={index + 1}>
                {isLabelled(index) ? index : <span className="ui-hidden">{index}</span>}
              </div>
            ))}
          </div>
        )}
      </Moved>
    </div>
  );
}

/** The column that the entries share which every log has discarded. */
function FoldHead({ layout }: { readonly layout: Layout }): ReactElement {
  const { folded, foldWidth, nameWidth, pitch, cellWidth } = layout;
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus
    <div
      className="logs-index logs-fold"
      role="columnheader"
      aria-colindex={2}
      style={{ insetInlineStart: nameWidth, inlineSize: foldWidth - (pitch - cellWidth) }}
    >
      {snapshotRange(folded)}
    </div>
  );
}

/** The entry that stands there is followed from its beginning to its end. */
function pick(servers: readonly ServerView[], place: Place | null): boolean {
  const server = servers.find(({ id }) => id === place?.server);
  const cell = place === null || server === undefined ? null : cellState(server, place.index);
  if (place === null || cell === null) return false;
  follow({ kind: "entry", index: place.index, term: cell.term });
  return true;
}

function placeUnder(event: MouseEvent): Place | null {
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
  if (to !== null) move(to);
  else if (!pick(servers, from)) lab.select({ kind: "server", id: from.server });
}
