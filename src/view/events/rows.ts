import type { FeedFilter, FeedKind, FeedRow } from "../../worker/protocol.ts";

/** A stretch of the feed, newest first, without gaps. */
export interface Feed {
  readonly rows: readonly FeedRow[];
  /** There are older ones. */
  readonly more: boolean;
}
export const emptyFeed: Feed = { rows: [], more: false };

/** So many rows are kept; older ones are asked for again when the reader scrolls there. */
const rowsKept = 3000;

const eventOf = (row: FeedRow | undefined, otherwise: number): number => row?.position.event ?? otherwise;

/**
 * `fresh` was just asked for and is the newest part of the run; what `old` has beyond its end is kept. Where a gap
 * would remain between the two, `old` is let go.
 */
export function withNewer(old: Feed, fresh: Feed): Feed {
  const oldest = eventOf(fresh.rows.at(-1), 0);
  if (!fresh.more || fresh.rows.length === 0 || eventOf(old.rows[0], -1) < oldest) return fresh;
  const known = new Set(fresh.rows.map((row) => row.id));
  const rest = old.rows.filter((row) => row.position.event <= oldest && !known.has(row.id));
  return capped({ rows: [...fresh.rows, ...rest], more: old.more });
}

/** `older` was asked for from the last row of `old` back; rows of one event may be in both. */
export function withOlder(old: Feed, older: Feed): Feed {
  const known = new Set(old.rows.map((row) => row.id));
  const rest = older.rows.filter((row) => !known.has(row.id));
  // Nothing new means that there is nothing older, whatever was promised.
  return { rows: [...old.rows, ...rest], more: older.more && rest.length > 0 };
}

/** So many events ahead of the present are read with it. */
const ahead = 400;
export interface Read {
  /** Ask for the rows of events before this one. */
  readonly before: number;
  /** What comes joins on top of what is there; false: it replaces it. */
  readonly joins: boolean;
}
/**
 * What to ask for so that the present can be shown with what comes after it: near the end of the run everything up to
 * the end; far from it nothing, as long as the present is among what is there. `top`: rows are there for events before
 * this one.
 */
export function nextRead(known: Feed | null, top: number, present: number, end: number): Read | null {
  const nearEnd = end - present <= ahead;
  const wish = (nearEnd ? end : present) + 1;
  if (known === null) return { before: wish, joins: false };
  const oldest = known.more ? eventOf(known.rows.at(-1), 0) : 0;
  if (present < oldest) return { before: wish, joins: false };
  return nearEnd || present >= top ? { before: Math.max(wish, present + 1), joins: true } : null;
}

function capped(feed: Feed): Feed {
  return feed.rows.length <= rowsKept ? feed : { rows: feed.rows.slice(0, rowsKept), more: true };
}

/** Place of the row that was reached last: the newest that is not later than `event`; the end if all are later. */
export function presentRow(rows: readonly FeedRow[], event: number): number {
  const place = rows.findIndex((row) => row.position.event <= event);
  return place < 0 ? rows.length : place;
}

/** Asks for everything, heartbeats and their like aside. */
export const usualFilter: FeedFilter = { servers: [], kinds: [], routine: false };
export const isNarrowed = (filter: FeedFilter): boolean => filter.servers.length > 0 || filter.kinds.length > 0;

export const kindNames: Record<FeedKind, string> = {
  election: "Elections",
  log: "Log",
  message: "Messages",
  disk: "Disk",
  client: "Client",
  fault: "Faults",
  violation: "Violations",
};
