import { sentence } from "../explain/sentence.ts";
import type { History } from "../history/history.ts";
import type { Work } from "../history/work.ts";
import type { Fact } from "../world/facts.ts";
import type { FeedFilter, FeedRow } from "./protocol/feed.ts";
import type { Requests } from "./protocol/requests.ts";

const stretch = 512;
/** Events looked at for one answer, so that a filter that finds nothing cannot hold the worker. */
const eventsMost = 20_000;

/** Rows for the events up to `before` (exclusive; null: the present), newest first. */
export function* feedOf(
  history: History,
  { filter, before, limit }: Requests["feed"]["ask"],
): Work<Requests["feed"]["answer"]> {
  const rows: FeedRow[] = [];
  let last = before === null ? history.place.event : before - 1;
  const stop = Math.max(0, last - eventsMost);
  while (last > stop && rows.length < limit) {
    const first = Math.max(1, last - stretch + 1);
    rows.push(...rowsOf(yield* history.tracing(first, last), filter));
    last = first - 1;
  }
  // Whole events only: the next answer goes on before the oldest one that is shown.
  const cut = rows[limit - 1]?.position.event;
  const shown = cut === undefined ? rows : rows.filter(({ position }) => position.event >= cut);
  const from = cut ?? last + 1;
  return { rows: shown, from, more: from > 1 };
}

function rowsOf(facts: readonly Fact[], filter: FeedFilter): FeedRow[] {
  const rows: FeedRow[] = [];
  let event = 0;
  let place = 0;
  for (const fact of facts) {
    place = fact.event === event ? place + 1 : 0;
    event = fact.event;
    if (!concerns(fact, filter)) continue;
    const row = rowOf(filter.group === undefined ? fact : withoutGroup(fact), place);
    if (matches(row, filter)) rows.push(row);
  }
  return rows.reverse();
}

function rowOf(fact: Fact, place: number): FeedRow {
  const { at, event } = fact;
  return { id: `${event}.${place}`, position: { at, event }, ...sentence(fact) };
}

const concerns = (fact: Fact, { group }: FeedFilter): boolean =>
  group === undefined || fact.group === undefined || fact.group === group;

/** Where the reader looks at one group, its name need not be said in every row. */
function withoutGroup({ group: _, ...fact }: Fact): Fact {
  return fact as Fact;
}

const matches = (row: FeedRow, { servers, kinds, routine }: FeedFilter): boolean =>
  (routine || !row.routine) &&
  (servers.length === 0 || servers.includes(row.server)) &&
  (kinds.length === 0 || kinds.includes(row.kind));
