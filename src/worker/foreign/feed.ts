import { comparedIn } from "../../exchange/in/etcd/compared.ts";
import { etcdLog } from "../../exchange/in/etcd-log.ts";
import type { ToldEvent } from "../../exchange/in/told.ts";
import { refName } from "../../scenario/names.ts";
import type { Compared } from "../../why/types.ts";
import { matcherOf } from "../feed.ts";
import type { FeedFilter, FeedRow } from "../protocol/feed.ts";
import type { Requests } from "../protocol/requests.ts";
import { refOf } from "./frame.ts";
import { shortNames } from "./names.ts";
import type { Past } from "./past.ts";

/** Events looked at for one answer, so that a filter that finds nothing cannot hold the worker. */
const eventsMost = 20_000;

/** As `feedOf` in `../feed.ts`: an event is one row. */
export function feedOf(
  past: Past,
  { filter, before, limit }: Requests["feed"]["ask"],
  here: number,
): Requests["feed"]["answer"] {
  const letsThrough = filterOf(filter);
  const rows: FeedRow[] = [];
  const first = before === null ? here : Math.min(before - 1, past.length);
  const stop = Math.max(0, first - eventsMost);
  let event = first;
  for (; event > stop && rows.length < limit; event -= 1) {
    const row = rowOf(past, event);
    if (letsThrough(row)) rows.push(row);
  }
  return { rows, from: event + 1, more: event > 0 };
}

/** Rows of the first `upTo` events that the filter lets through, oldest first. */
export function* rowsUpTo(past: Past, filter: FeedFilter, upTo: number): Generator<FeedRow> {
  const letsThrough = filterOf(filter);
  for (let event = 1; event <= upTo; event += 1) {
    const row = rowOf(past, event);
    if (letsThrough(row)) yield row;
  }
}

/** Numbers stand in the source's words: a search looks at these, and at what the message says. */
function filterOf(filter: FeedFilter): (row: FeedRow) => boolean {
  const matches = matcherOf(filter);
  const { topics = [] } = filter;
  return (row) => matches(row) && (topics.length === 0 || topics.includes(row.told?.topic ?? ""));
}

function rowOf({ run }: Past, event: number): FeedRow {
  const told = run.events[event - 1]!;
  const { at, server, kind, routine, text, topic = "", file, line, says } = told;
  return {
    id: `${event}.0`,
    position: { at, event },
    kind,
    routine,
    server,
    term: says.term ?? 0,
    text,
    section: "",
    rule: "",
    values: valuesOf(told, run.messages),
    message: messageOf(told, event, run.messages),
    told: { file, line, topic, compared: comparedOf(text, run) },
  };
}

/** With the names of servers as short as elsewhere. */
function comparedOf(text: string, run: Past["run"]): readonly Compared[] {
  if (run.format !== etcdLog.name || !text.includes("logterm")) return [];
  const short = shortNames(run);
  const called = (value: string): string => short[run.servers.findIndex(({ name }) => name === value)] ?? value;
  return comparedIn(text).map((row) =>
    row.what === "votedFor" ? { ...row, here: called(row.here), there: called(row.there) } : row,
  );
}

type Messages = Past["run"]["messages"];

function valuesOf({ sends, receives }: ToldEvent, messages: Messages): FeedRow["values"] {
  const about = receives ?? (sends.length === 1 ? sends[0] : undefined);
  return about === undefined ? [] : (messages[about]?.fields ?? []);
}

/** What it sends is under way after it, what it receives before it. */
function messageOf({ sends, receives }: ToldEvent, event: number, messages: Messages): FeedRow["message"] {
  const seen = (id: number, after: number): FeedRow["message"] => {
    const ref = refOf(id, messages[id]!);
    return { id: refName(ref), ref, event: after };
  };
  const [only] = sends;
  if (receives !== null) return messages[receives]!.sentIn === null ? null : seen(receives, event - 1);
  return sends.length === 1 && only !== undefined ? seen(only, event) : null;
}
