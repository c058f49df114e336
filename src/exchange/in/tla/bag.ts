import type { ToldMessage } from "../told.ts";
import { parseValue } from "./parse.ts";
import { amount, bare, byKeys, caseOf, type Value, written } from "./value.ts";

/** A message of raft.tla, by its fields. */
export interface SpecMessage {
  /** Equal messages are written alike. */
  readonly text: string;
  readonly from: string;
  readonly to: string;
  readonly type: string;
  readonly term: number | null;
  readonly yes: boolean | null;
  readonly entryCount: number;
  readonly fields: readonly (readonly [name: string, value: string])[];
}
/** How often each message is on its way. */
export type Bag = ReadonlyMap<string, { readonly message: SpecMessage; readonly count: number }>;

/**
 * `messages` as a bag (a function to numbers), a set, or a queue for each server (ccfraft's Network.tla); null: it is
 * something else.
 */
export function bagOf(value: Value | undefined): Bag | null {
  const counted = value === undefined ? null : countedIn(value);
  if (counted === null) return null;
  const bag = new Map<string, { message: SpecMessage; count: number }>();
  for (const [told, count] of counted) {
    const message = messageOf(told);
    if (message === null || count === null) return null;
    if (count > 0) bag.set(message.text, { message, count: count + (bag.get(message.text)?.count ?? 0) });
  }
  return bag;
}

function countedIn(value: Value): readonly (readonly [Value, number | null])[] | null {
  const once = (message: Value): readonly [Value, number] => [message, 1];
  if (value.kind === "set") return value.items.map(once);
  if (value.kind === "list" && value.items.length === 0) return [];
  const parts = value.kind === "list" ? value.items : value.kind === "map" ? value.pairs.map(([, part]) => part) : null;
  if (parts === null) return null;
  // In TLC's JSON a set is a list too.
  if (value.kind === "list" && parts.every((part) => part.kind !== "list")) return value.items.map(once);
  if (parts.every((part) => part.kind === "list"))
    return parts.flatMap((part) => (part.kind === "list" ? part.items.map(once) : []));
  return value.kind === "map" ? value.pairs.map(([message, count]) => [message, amount(count)]) : null;
}

function messageOf(told: Value): SpecMessage | null {
  // TLC's JSON has the keys of a function as text.
  if (told.kind === "text") {
    const read = told.text.startsWith("[") ? parseValue(told.text) : null;
    return read?.ok ? messageOf(read.value) : null;
  }
  const variant = caseOf(told);
  const fields = byKeys(variant?.value ?? told);
  // raft.tla puts an m before each name, ccfraft does not.
  const field = (name: string): Value | undefined => fields?.get(`m${name}`) ?? fields?.get(name);
  const [from, to, type] = [field("source"), field("dest"), field("type")];
  const name = type === undefined ? variant?.tag : (caseOf(type)?.tag ?? bare(type));
  if (!fields || from === undefined || to === undefined || name === undefined) return null;
  const [granted, success, entries] = [field("voteGranted"), field("success"), field("entries")];
  const says = granted?.kind === "truth" ? granted : success;
  return {
    text: written(told),
    from: bare(from),
    to: bare(to),
    type: name,
    term: amount(field("term")),
    yes: says?.kind === "truth" ? says.truth : null,
    entryCount: entries?.kind === "list" ? entries.items.length : 0,
    fields: [...fields]
      .filter(([key]) => !/^(?:m?(?:type|source|dest)|mlog)$/.test(key))
      .map(([key, value]): readonly [string, string] => [key, written(value).slice(0, 200)])
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  };
}

export interface Difference {
  /** Once for each copy that came or went. `before`: how many there were. */
  readonly added: readonly { readonly message: SpecMessage; readonly before: number }[];
  readonly removed: readonly SpecMessage[];
}
export function differenceOf(before: Bag, after: Bag): Difference {
  const added: { message: SpecMessage; before: number }[] = [];
  const removed: SpecMessage[] = [];
  // A specification may have any number of copies; more than some are not told one by one.
  const most = 100;
  for (const [text, { message, count }] of after) {
    const had = before.get(text)?.count ?? 0;
    for (let copy = had; copy < Math.min(count, had + most); copy++) added.push({ message, before: copy });
  }
  for (const [text, { message, count }] of before) {
    const left = after.get(text)?.count ?? 0;
    for (let copy = left; copy < Math.min(count, left + most); copy++) removed.push(message);
  }
  return { added, removed };
}

export const messageKinds: Readonly<Record<string, ToldMessage["kind"]>> = {
  RequestVoteRequest: "requestVote",
  RequestVoteResponse: "requestVoteReply",
  AppendEntriesRequest: "appendEntries",
  AppendEntriesResponse: "appendEntriesReply",
  ProposeVoteRequest: "timeoutNow",
};
