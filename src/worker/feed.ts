import { messageFields } from "../explain/messages.ts";
import { type Sentence, sentence } from "../explain/sentence.ts";
import type { History } from "../history/history.ts";
import type { Work } from "../history/work.ts";
import { refName } from "../scenario/names.ts";
import type { Fact } from "../world/facts.ts";
import type { MessageRef } from "../world/state/messages.ts";
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
    for (const facts of newestFirst(yield* history.tracing(first, last))) {
      rows.push(...[...told(facts, filter)].reverse());
      if (rows.length >= limit) break;
    }
    last = first - 1;
  }
  // Whole events only: the next answer goes on before the oldest one that is shown.
  const cut = rows[limit - 1]?.position.event;
  const shown = cut === undefined ? rows : rows.filter(({ position }) => position.event >= cut);
  const from = cut ?? last + 1;
  return { rows: shown, from, more: from > 1 };
}

/** The facts of each event, which themselves are in order: what is beyond a page need not be put in words. */
function* newestFirst(facts: readonly Fact[]): Generator<readonly Fact[]> {
  let end = facts.length;
  while (end > 0) {
    const { event } = facts[end - 1]!;
    let start = end - 1;
    while (start > 0 && facts[start - 1]!.event === event) start--;
    yield facts.slice(start, end);
    end = start;
  }
}

/** What of `facts` the filter lets through, oldest first. */
export function* told(facts: Iterable<Fact>, filter: FeedFilter): Generator<FeedRow> {
  const matches = matcherOf(filter);
  let event = 0;
  let place = 0;
  for (const fact of facts) {
    place = fact.event === event ? place + 1 : 0;
    event = fact.event;
    if (!concerns(fact, filter)) continue;
    const said = sentence(filter.group === undefined ? fact : withoutGroup(fact));
    if (matches(said)) yield rowOf(fact, said, place);
  }
}

function rowOf(fact: Fact, said: Sentence, place: number): FeedRow {
  const { at, event } = fact;
  const row = { id: `${event}.${place}`, position: { at, event }, ...said, message: messageOf(fact) };
  return "payload" in fact ? { ...row, values: [...said.values, ...messageFields(fact.payload)] } : row;
}

/** A message that has come is under way until the event that takes it from its link: another one where it waited for a paused server. */
function messageOf(fact: Fact): FeedRow["message"] {
  switch (fact.kind) {
    case "sent":
      return seen(fact.ref, fact.event);
    case "lost":
      // The break at a cut is not shown any longer than the cut is there.
      return seen(fact.ref, fact.reason === "cut" ? fact.event - 1 : fact.event);
    case "duplicated":
      return seen(fact.copy, fact.event);
    case "received":
    case "held":
      return seen(fact.ref, fact.event - 1);
    case "acted":
      if (!("message" in fact.act) || fact.ignored !== null) return null;
      return seen(fact.act.message, fact.act.do === "deliver" ? fact.event - 1 : fact.event);
    default:
      return null;
  }
}

const seen = (ref: MessageRef, event: number): FeedRow["message"] => ({ id: refName(ref), ref, event });

const concerns = (fact: Fact, { group }: FeedFilter): boolean =>
  group === undefined || fact.group === undefined || fact.group === group;

/** Where the reader looks at one group, its name need not be said in every row. */
function withoutGroup({ group: _, ...fact }: Fact): Fact {
  return fact as Fact;
}

/** Whether the filter lets a row through, by all but its group. */
export function matcherOf({
  servers,
  kinds,
  routine,
  words = "",
}: FeedFilter): (said: Pick<FeedRow, "routine" | "server" | "kind" | "text" | "rule" | "section">) => boolean {
  const speaks = speaksOf(words);
  return (said) =>
    (routine || !said.routine) &&
    (servers.length === 0 || servers.includes(said.server)) &&
    (kinds.length === 0 || kinds.includes(said.kind)) &&
    speaks(said);
}

/** Whether a row has all the words that were typed. */
function speaksOf(typed: string): (said: Pick<Sentence, "text" | "rule" | "section">) => boolean {
  if (typed.trim() === "") return () => true;
  const wanted: ((text: string) => boolean)[] = [];
  const rest = typed.toLowerCase().replaceAll(/\b(?:entry|entries)\s+(\d+)/g, (_, index: string) => {
    wanted.push((text) => namesEntry(text, Number(index)));
    return "";
  });
  for (const word of rest.split(/\s+/)) if (word !== "") wanted.push((text) => hasWord(text, word));
  return ({ text, rule, section }) => {
    const all = `${text} ${section} ${rule}`.toLowerCase();
    return wanted.every((has) => has(all));
  };
}

/** "entry 4", "entries 3–5". */
function namesEntry(text: string, index: number): boolean {
  for (const [, first, last] of text.matchAll(/\bentr(?:y|ies) (\d+)(?:–(\d+))?/g))
    if (Number(first) <= index && index <= Number(last ?? first)) return true;
  return false;
}

/** Anywhere in a word, but a number is not the beginning of a longer one: "x=1" is not in "x=12". */
function hasWord(text: string, word: string): boolean {
  const endsInDigit = /\d$/.test(word);
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!endsInDigit || !/\d/.test(text.charAt(at + word.length))) return true;
  return false;
}
