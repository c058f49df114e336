import { Layers2, Pause, Power } from "lucide-react";
import { type CSSProperties, memo, type ReactElement, type ReactNode } from "react";
import type { LogIndex, ServerId, Term } from "../../base/units.ts";
import type { Lit } from "../../store/lit.ts";
import { nameOf } from "../../store/server-names.ts";
import { lab } from "../../store/use-lab.ts";
import type { ProgressView, ServerView } from "../../worker/protocol/server.ts";
import { Crown } from "../kit/crown.tsx";
import { type CellState, cellState, commandIn, describeCell, snapshotRange } from "../kit/log/cells.ts";
import { termColour } from "../kit/term-fill.ts";
import { Worded } from "../kit/worded/worded.tsx";
import { edgeOf, type Layout, lettersIn } from "./layout.ts";
import type { Column } from "./use-columns.ts";

interface LogRowProps {
  readonly server: ServerView;
  readonly layout: Layout;
  readonly columns: readonly Column[];
  /** How far the table is scrolled. */
  readonly scrolled: number;
  readonly sentence: string;
  /** What of it there is room for. */
  readonly shown: string;
  /** Letters that fit into one line. */
  readonly letters: number;
  /** What `leader` believes of this server; null for the leader itself and where there is none. */
  readonly progress: ProgressView | null;
  readonly leader: ServerId;
  readonly selected: boolean;
  /** What is lit; null: nothing is faded. */
  readonly lit: Lit | null;
  /** Index under the keyboard cursor, 0 for none in this row. */
  readonly cursor: LogIndex;
}

/** Pixels that two lines of a sentence need. */
const twoLines = 28;

/** One server's log: its name, its entries, the leader's two marks, and a sentence. */
export const LogRow = memo(function LogRow(props: LogRowProps): ReactElement {
  const { server, layout, columns, sentence, shown, letters, progress, leader, selected, cursor, lit, scrolled } =
    props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus
    <div
      className={server.status === "down" ? "logs-row logs-row-down" : "logs-row"}
      role="row"
      aria-rowindex={server.id + 1}
      aria-selected={selected}
      data-dim={(lit !== null && !lit.server(server.id)) || undefined}
      style={{ blockSize: layout.rowHeight }}
    >
      <RowName server={server} layout={layout} />
      <Moved by={scrolled}>
        {server.base > 0 && <Snapshot {...{ server, layout, cursor, scrolled }} />}
        <Cells {...{ server, layout, columns, cursor, lit }} />
        {progress === null ? null : <Marks {...{ progress, leader, layout }} />}
      </Moved>
      {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus */}
      <div
        className={
          letters < shown.length && layout.cellHeight >= twoLines ? "logs-sentence logs-sentence-long" : "logs-sentence"
        }
        role="gridcell"
        title={shown === sentence ? undefined : sentence}
        style={layout.sentence === "beside" ? { inlineSize: layout.sentenceWidth } : undefined}
      >
        <Worded text={shown} quiet />
      </div>
    </div>
  );
}, sameRow);

/** `columns` is a new array at every render of the table, often with the same contents. */
function sameRow(a: LogRowProps, b: LogRowProps): boolean {
  const plain = ["server", "sentence", "shown", "progress", "leader", "selected", "cursor", "lit", "scrolled"] as const;
  if (plain.some((name) => a[name] !== b[name])) return false;
  if (
    a.layout.rowHeight !== b.layout.rowHeight ||
    a.layout.cellWidth !== b.layout.cellWidth ||
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

/**
 * What scrolls in a row. It is moved as a whole, where the rest of the row stands: with parts that stick while the row
 * scrolls the browser would keep each of them as a layer of its own, and go through all of them for every new entry.
 */
export function Moved({ by, children }: { readonly by: number; readonly children: ReactNode }): ReactElement {
  return (
    <div className="logs-moved" role="presentation" style={by === 0 ? undefined : { translate: `${-by}px` }}>
      {children}
    </div>
  );
}

type CellsProps = Pick<LogRowProps, "server" | "layout" | "columns" | "cursor" | "lit">;

/** The places in sight, side by side from the first of them on: none has to be laid out or painted for what is new in another. */
function Cells({ server, layout, columns, cursor, lit }: CellsProps): ReactElement | null {
  const own = columns.filter(({ index }) => index > server.base);
  const [first] = own;
  if (first === undefined) return null;
  return (
    <div className="logs-places" role="presentation" style={placesStyle(first, own.length, layout)}>
      {own.map(({ index }) => (
        <Place key={index} {...{ server, index, lit }} marked={cursor === index} letters={lettersIn(layout)} />
      ))}
    </div>
  );
}

/** Where a line of `count` columns stands in its row. */
export const placesStyle = (first: Column, count: number, { pitch }: Pick<Layout, "pitch">): CSSProperties => ({
  insetInlineStart: first.x,
  inlineSize: count * pitch,
});

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
        {nameOf(server.id)}
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
  readonly scrolled: number;
}
/** The snapshot that stands for the first entries: a cell with their range, and a band as far as their columns go. */
function Snapshot({ server, layout, cursor, scrolled }: SnapshotProps): ReactElement {
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
      style={
        { insetInlineStart: layout.nameWidth, inlineSize: width, "--logs-scrolled": `${scrolled}px` } as CSSProperties
      }
    >
      <span>
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
  readonly marked: boolean;
  /** Letters of a command that a cell has room for. */
  readonly letters: number;
  readonly lit: Lit | null;
}
function Place({ server, index, marked, letters, lit }: PlaceProps): ReactElement {
  const state = cellState(server, index);
  const where = { server: server.id, index, marked };
  const known = state !== null || index > server.lastIndex;
  return (
    <Cell
      {...where}
      faded={lit !== null && (state === null || !lit.entry(index, state.term))}
      id={marked ? `log-${server.id}-${index}` : undefined}
      term={state === null ? null : state.untold ? "?" : state.term}
      command={state === null ? "" : commandIn(state.text, letters)}
      label={cellLabel(index, state, known)}
      look={state === null ? (known ? "logs-ghost" : "logs-ghost logs-unknown") : cellLook(state)}
    />
  );
}

function cellLabel(index: LogIndex, state: CellState | null, known: boolean): string {
  if (state === null) return known ? `No entry ${index}` : `Entry ${index}`;
  return `Entry ${index}, term ${state.untold ? "not told" : state.term}, ${state.text}${fateWords(state)}`;
}

const fateWords = ({ committed, commitUntold }: CellState): string =>
  committed ? ", committed" : commitUntold ? ", commit not told" : "";

function cellLook({ term, committed, commitUntold, applied, durable }: CellState): string {
  const fate = committed ? "logs-committed" : commitUntold ? "logs-untold" : "logs-uncommitted";
  const names = ["logs-cell", termClass(term), fate];
  if (applied) names.push("logs-applied");
  if (!durable) names.push("logs-volatile");
  return names.join(" ");
}

interface CellProps {
  readonly server: ServerId;
  readonly index: LogIndex;
  readonly marked: boolean;
  readonly id: string | undefined;
  /** Null: there is no entry, or none that the worker has sent yet. */
  readonly term: Term | "?" | null;
  /** Empty: there is no room for it. */
  readonly command: string;
  readonly label: string;
  readonly look: string;
  readonly faded: boolean;
}
/** A place in a log. It stays the same element when an entry comes or goes. */
const Cell = memo(function Cell(props: CellProps): ReactElement {
  const { server, index, marked, id, term, command, label, look, faded } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus
    <div
      id={id}
      role="gridcell"
      aria-colindex={index + 1}
      aria-label={label}
      className={`${look}${command === "" ? "" : " logs-worded"}${marked ? " logs-cursor" : ""}`}
      data-server={server}
      data-entry={index}
      data-faded={faded || undefined}
    >
      {command === "" ? (
        term
      ) : (
        <>
          <span className="logs-corner">{term}</span>
          {command}
        </>
      )}
    </div>
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
          title={`${nameOf(leader)} knows that entries up to ${progress.match} match`}
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
        <title>{`${nameOf(leader)} sends entry ${progress.next} next`}</title>
        <path d="M4.5 0 9 6H0Z" fill="currentColor" />
      </svg>
    </span>
  );
}
