import type { LogIndex } from "../../../base/units.ts";
import { nameOf } from "../../../store/server-names.ts";
import type { ServerView } from "../../../worker/protocol/server.ts";
import { asItStands, foldedBy } from "./cells.ts";

/** What is read from the last row of a room; more is summed up. */
const rowsMost = 5;
const columnsMost = 12;
/** So that the table keeps its form as the first entries come. */
const columnsLeast = 4;

export interface LogWindow {
  readonly rows: readonly ServerView[];
  /** Servers that have no row. */
  readonly others: readonly ServerView[];
  /** Indices of the columns, ascending, without a gap. */
  readonly indices: readonly LogIndex[];
  /** Entries before the first column. */
  readonly before: number;
}

/** What has no room, in words; "" where everything is shown. */
export function restWords({ before, others }: LogWindow): string {
  const entries = before === 0 ? "" : `${before === 1 ? "Entry 1 stands" : `Entries 1–${before} stand`} before these.`;
  const servers = others.length === 0 ? "" : `Not shown: ${others.map(({ id }) => nameOf(id)).join(", ")}.`;
  return [entries, servers].filter((part) => part !== "").join(" ");
}

/** The newest entries, and leaders before the others where not all servers have room. */
export function windowOf(servers: readonly ServerView[]): LogWindow {
  const stand = servers.map(asItStands);
  const wanted = stand.length <= rowsMost ? stand : chosen(stand);
  const last = Math.max(columnsLeast, ...stand.map(({ lastIndex }) => lastIndex));
  const first = Math.max(1, foldedBy(stand) + 1, last - columnsMost + 1);
  return {
    rows: wanted,
    others: stand.filter((server) => !wanted.includes(server)),
    indices: Array.from({ length: last - first + 1 }, (_, at) => first + at),
    before: first - 1,
  };
}

function chosen(servers: readonly ServerView[]): readonly ServerView[] {
  const leads = ({ role, status }: ServerView): number => (role === "leader" && status !== "down" ? 0 : 1);
  const first = servers.toSorted((a, b) => leads(a) - leads(b) || a.id - b.id).slice(0, rowsMost);
  return first.toSorted((a, b) => a.id - b.id);
}
