import type { LogIndex, ServerId } from "../../base/units.ts";
import type { ServerView } from "../../worker/protocol.ts";

/** A place in one server's log. */
export interface Place {
  readonly server: ServerId;
  readonly index: LogIndex;
}

const pageLength = 20;
/** Where a key leads from `from`; null: nowhere. A row ends one place after its last entry. */
export function placeAfter(key: string, servers: readonly ServerView[], from: Place): Place | null {
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
