import type { Micros } from "../../base/units.ts";
import type { FeedFilter, FeedKind, FeedRow } from "../../worker/protocol/feed.ts";

/** A stretch of the feed, newest first, without gaps: all rows of the events `from` … `top` - 1. */
export interface Feed {
  readonly rows: readonly FeedRow[];
  readonly from: number;
  readonly top: number;
  /** There may be older ones. */
  readonly more: boolean;
}
export const emptyFeed: Feed = { rows: [], from: 0, top: 0, more: false };

/** So many rows are kept; older ones are asked for again when the reader scrolls there. */
const rowsKept = 3000;

/**
 * `fresh` was just asked for and is the newest part of the run; what `old` has beyond its end is kept. Where a gap
 * would remain between the two, `old` is let go.
 */
export function withNewer(old: Feed, fresh: Feed): Feed {
  if (!fresh.more || old.top < fresh.from) return fresh;
  const known = new Set(fresh.rows.map((row) => row.id));
  const rest = old.rows.filter((row) => row.position.event <= fresh.from && !known.has(row.id));
  const { from, more } = old.from < fresh.from ? old : fresh;
  return capped({ rows: [...fresh.rows, ...rest], from, top: fresh.top, more });
}

/** `older` was asked for from `old.from` back; rows of one event may be in both. It may have none, and yet lead on. */
export function withOlder(old: Feed, older: Feed): Feed {
  const known = new Set(old.rows.map((row) => row.id));
  const rest = older.rows.filter((row) => !known.has(row.id));
  const { from } = older;
  return { rows: [...old.rows, ...rest], from, top: old.top, more: older.more && from < old.from };
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
 * the end; far from it nothing, as long as the present is among what is there.
 */
export function nextRead(known: Feed | null, present: number, end: number): Read | null {
  const nearEnd = end - present <= ahead;
  const wish = (nearEnd ? end : present) + 1;
  if (known === null) return { before: wish, joins: false };
  if (known.more && present < known.from) return { before: wish, joins: false };
  return nearEnd || present >= known.top ? { before: Math.max(wish, present + 1), joins: true } : null;
}

/** Rows of the last event that is kept may be missing then: it is asked for again. */
function capped(feed: Feed): Feed {
  if (feed.rows.length <= rowsKept) return feed;
  const rows = feed.rows.slice(0, rowsKept);
  return { ...feed, rows, from: rows.at(-1)!.position.event + 1, more: true };
}

/** Place of the row that was reached last: the newest that is not later than `event`; the end if all are later. */
export function presentRow(rows: readonly FeedRow[], event: number): number {
  const place = rows.findIndex((row) => row.position.event <= event);
  return place < 0 ? rows.length : place;
}

/** Those of the moments that may be shown; the same array where all may. */
export function shownRows(rows: readonly FeedRow[], until: Micros): readonly FeedRow[] {
  const from = rows.findIndex((row) => row.position.at <= until);
  return from === 0 || rows.length === 0 ? rows : from < 0 ? [] : rows.slice(from);
}

export const isNarrowed = ({ servers, kinds, words = "", topics = [] }: FeedFilter): boolean =>
  servers.length > 0 || kinds.length > 0 || words.trim() !== "" || topics.length > 0;

/** Another run may know none of the topics that were chosen. */
export function ofTopics(filter: FeedFilter, known: readonly string[]): FeedFilter {
  const { topics = [], ...rest } = filter;
  const chosen = topics.filter((topic) => known.includes(topic));
  return chosen.length === topics.length ? filter : { ...rest, topics: chosen };
}

export const kindNames: Record<FeedKind, string> = {
  election: "Elections",
  log: "Log",
  message: "Messages",
  disk: "Disk",
  client: "Client",
  fault: "Faults",
  violation: "Violations",
  other: "Other lines",
};
