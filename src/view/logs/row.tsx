import { Layers2, Pause, Power } from "lucide-react";
import { memo, type ReactElement } from "react";
import type { LogIndex, ServerId, Term } from "../../base/units.ts";
import { lab } from "../../store/use-lab.ts";
import type { ProgressView, ServerView } from "../../worker/protocol/server.ts";
import { Crown } from "../kit/crown.tsx";
import { termColour } from "../kit/term-fill.ts";
import { cellState, describeCell, snapshotRange } from "./cells.ts";
import { edgeOf, type Layout } from "./layout.ts";
import type { Column } from "./use-columns.ts";

interface LogRowProps {
  readonly server: ServerView;
  readonly layout: Layout;
  readonly columns: readonly Column[];
  readonly sentence: string;
  /** What `leader` believes of this server; null for the leader itself and where there is none. */
  readonly progress: ProgressView | null;
  readonly leader: ServerId;
  readonly selected: boolean;
  /** Index under the keyboard cursor, 0 for none in this row. */
  readonly cursor: LogIndex;
}

/** One server's log: its name, its entries, the leader's two marks, and a sentence. */
export const LogRow = memo(function LogRow(props: LogRowProps): ReactElement {
  const { server, layout, columns, sentence, progress, leader, selected, cursor } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus
    <div
      className={server.status === "down" ? "logs-row logs-row-down" : "logs-row"}
      role="row"
      aria-rowindex={server.id + 1}
      aria-selected={selected}
      style={{ blockSize: layout.rowHeight }}
    >
      <RowName server={server} layout={layout} />
      {server.base > 0 && <Snapshot {...{ server, layout, cursor }} />}
      {columns.map(({ index, x }) =>
        index <= server.base ? null : <Place key={index} {...{ server, index, x }} marked={cursor === index} />,
      )}
      {progress === null ? null : <Marks {...{ progress, leader, layout }} />}
      {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus */}
      <div
        className="logs-sentence"
        role="gridcell"
        title={sentence}
        style={layout.sentence === "beside" ? { inlineSize: layout.sentenceWidth } : undefined}
      >
        {sentence}
      </div>
    </div>
  );
}, sameRow);

/** `columns` is a new array at every render of the table, often with the same contents. */
function sameRow(a: LogRowProps, b: LogRowProps): boolean {
  const plain = ["server", "sentence", "progress", "leader", "selected", "cursor"] as const;
  if (plain.some((name) => a[name] !== b[name])) return false;
  if (
    a.layout.rowHeight !== b.layout.rowHeight ||
    a.layout.sentence !== b.layout.sentence ||
    a.layout.sentenceWidth !== b.layout.sentenceWidth ||
    a.layout.folded !== b.layout.folded
  )
    return false;
  return (
    a.columns.length === b.columns.length &&
    a.columns.every((column, i) => column.index === b.columns[i]!.index && column.x === b.columns[i]!.x)
  );
}

const statusIcons = { down: Power, paused: Pause } as const;

function RowName({ server, layout }: Pick<LogRowProps, "server" | "layout">): ReactElement {
  const leads = server.role === "leader" && server.status !== "down";
  const narrow = layout.sentence !== "beside";
  // Where there is no room for the word.
  const Icon = leads || !narrow || server.status === "up" ? null : statusIcons[server.status];
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus
    <div className="logs-name" role="rowheader" aria-colindex={1} style={{ inlineSize: layout.nameWidth }}>
      <button type="button" tabIndex={-1} onClick={() => lab.select({ kind: "server", id: server.id })}>
        S{server.id}
        {leads ? <Crown size={15} /> : null}
        {Icon === null ? null : <Icon size={13} strokeWidth={1.8} aria-hidden="true" />}
        <span className={leads || narrow ? "ui-hidden" : "logs-status"}>{statusWord(server)}</span>
      </button>
    </div>
  );
}
function statusWord(server: ServerView): string {
  if (server.status !== "up") return server.status;
  return server.role === "leader" ? "leader" : "";
}

interface SnapshotProps {
  readonly server: ServerView;
  readonly layout: Layout;
  readonly cursor: LogIndex;
}
/** The snapshot that stands for the first entries: a cell with their range, and a band as far as their columns go. */
function Snapshot({ server, layout, cursor }: SnapshotProps): ReactElement {
  const { id, base, baseTerm } = server;
  const marked = cursor > 0 && cursor <= base;
  const width = edgeOf(layout, base + 1) - layout.nameWidth - (layout.pitch - layout.cellWidth);
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus
    <div
      id={marked ? `log-${id}-${cursor}` : undefined}
      role="gridcell"
      aria-colindex={2}
      aria-colspan={base}
      aria-label={describeCell(server, base)}
      className={`logs-snapshot ${termClass(baseTerm)}${marked ? " logs-cursor" : ""}`}
      data-server={id}
      data-entry={base}
      style={{ insetInlineStart: layout.nameWidth, inlineSize: width }}
    >
      <span style={{ insetInlineStart: layout.nameWidth }}>
        <Layers2 size={13} strokeWidth={1.8} aria-hidden="true" />
        {snapshotRange(base)}
      </span>
    </div>
  );
}

const termClass = (term: Term): string => `logs-term-${termColour(term)}`;

interface PlaceProps {
  readonly server: ServerView;
  readonly index: LogIndex;
  readonly x: number;
  readonly marked: boolean;
}
function Place({ server, index, x, marked }: PlaceProps): ReactElement {
  const state = cellState(server, index);
  const id = marked ? `log-${server.id}-${index}` : undefined;
  if (state === null)
    return <Ghost {...{ index, x, marked, id }} server={server.id} known={index > server.lastIndex} />;
  const { term, text, committed, applied, durable } = state;
  return <Cell {...{ index, x, marked, id, term, text, committed, applied, durable }} server={server.id} />;
}

interface CellProps {
  readonly server: ServerId;
  readonly index: LogIndex;
  readonly x: number;
  readonly marked: boolean;
  readonly id: string | undefined;
  readonly term: Term;
  readonly text: string;
  readonly committed: boolean;
  readonly applied: boolean;
  readonly durable: boolean;
}
const Cell = memo(function Cell(props: CellProps): ReactElement {
  const { server, index, x, id, term, text, committed } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus
    <div
      id={id}
      role="gridcell"
      aria-colindex={index + 1}
      aria-label={`Entry ${index}, term ${term}, ${text}${committed ? ", committed" : ""}`}
      className={cellClass(props)}
      data-server={server}
      data-entry={index}
      style={{ insetInlineStart: x }}
    >
      {term}
    </div>
  );
});

function cellClass({ term, committed, applied, durable, marked }: CellProps): string {
  const names = ["logs-cell", termClass(term), committed ? "logs-committed" : "logs-uncommitted"];
  if (applied) names.push("logs-applied");
  if (!durable) names.push("logs-volatile");
  if (marked) names.push("logs-cursor");
  return names.join(" ");
}

interface GhostProps {
  readonly server: ServerId;
  readonly index: LogIndex;
  readonly x: number;
  readonly marked: boolean;
  readonly id: string | undefined;
  /** False: there is an entry, which the worker has not sent yet. */
  readonly known: boolean;
}
/** A place without an entry, or one whose entry is still on its way to the page. */
const Ghost = memo(function Ghost({ server, index, x, marked, id, known }: GhostProps): ReactElement {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus
    <div
      id={id}
      role="gridcell"
      aria-colindex={index + 1}
      aria-label={known ? `No entry ${index}` : `Entry ${index}`}
      className={`logs-ghost${known ? "" : " logs-unknown"}${marked ? " logs-cursor" : ""}`}
      data-server={server}
      data-entry={index}
      style={{ insetInlineStart: x }}
    />
  );
});

interface MarksProps {
  readonly progress: ProgressView;
  readonly leader: ServerId;
  readonly layout: Layout;
}
/** A dot where the leader knows this log to match its own, a triangle under the entry that it sends next. */
function Marks({ progress, leader, layout }: MarksProps): ReactElement {
  const edge = (index: LogIndex): number => edgeOf(layout, index);
  const gap = layout.pitch - layout.cellWidth;
  return (
    <span className="logs-marks" aria-hidden="true" style={{ insetBlockStart: layout.cellHeight }}>
      {progress.match === 0 ? null : (
        <span
          className="logs-match"
          title={`S${leader} knows that entries up to ${progress.match} match`}
          style={{ insetInlineStart: edge(progress.match + 1) - gap / 2 }}
        />
      )}
      <svg
        className="logs-next"
        width={9}
        height={6}
        viewBox="0 0 9 6"
        style={{ insetInlineStart: edge(progress.next) + layout.cellWidth / 2 }}
      >
        <title>{`S${leader} sends entry ${progress.next} next`}</title>
        <path d="M4.5 0 9 6H0Z" fill="currentColor" />
      </svg>
    </span>
  );
}
