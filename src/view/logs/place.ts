import type { LogIndex, ServerId } from "../../base/units.ts";
import type { ServerView } from "../../worker/protocol/server.ts";

/** A place in one server's log. */
export interface Place {
  readonly server: ServerId;
  readonly index: LogIndex;
}

export const isSamePlace = (a: Place | null, b: Place | null): boolean =>
  a?.server === b?.server && a?.index === b?.index;

const pageLength = 20;
/**
 * Where a key leads from `from`; null: nowhere. A row ends one place after its last entry, and begins with its snapshot,
 * if there is one: at the snapshot's last index.
 */
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
  if (index !== undefined) return { ...from, index: Math.min(last + 1, Math.max(firstPlace(servers[row]), index)) };
  const server = servers[rows[key] ?? -1];
  return server === undefined ? null : { server: server.id, index: Math.max(firstPlace(server), from.index) };
}

const firstPlace = (server: ServerView | undefined): LogIndex => Math.max(1, server?.base ?? 0);
