import type { NamedConfiguration, Post } from "../merge.ts";
import { kindOfMessage } from "./names.ts";

/** What etcd/raft's util.go writes: DescribeMessage, DescribeEntry, DescribeConfState. */

/** "1->2 MsgApp Term:1 Log:1/11 Commit:11", anywhere in a text. */
export const messageLine = /(?:^|[\s:])\w+->\w+ Msg\w+ Term:\d+ Log:\d+\/\d+/m;

const message =
  /(?:^|[\s:])(\w{1,20})->(\w{1,20}) (Msg\w{1,40}) Term:(\d{1,15}) Log:(\d{1,15})\/(\d{1,15})(?: Rejected \(Hint: (\d{1,20})\))?(?: Commit:(\d{1,15}))?(?: Vote:(\d{1,20}))?(?: ((?:Entries|Responses):\[.*))?$/;
const entry = /(?:^|[\s[])(\d{1,15})\/(\d{1,15}) (Entry\w+)(?: (.*?))?\]?$/;
const snapshot =
  /Snapshot:? Index:(\d{1,15}) Term:(\d{1,15}) ConfState:Voters:\[([\d ]*)\] VotersOutgoing:\[([\d ]*)\] Learners:\[([\d ]*)\]/;

export interface DescribedEntry {
  readonly index: number;
  readonly term: number;
  readonly text: string;
}
export interface Described {
  /** Ends of it that are no servers (a storage's threads) are "". */
  readonly post: Post;
  /** What follows, a line each, up to a line "]". */
  readonly opens: "entries" | "responses" | null;
  /** What stands before it. */
  readonly before: string;
}

/** The message that a line describes, null where it is none. */
export function describedMessage(line: string): Described | null {
  const found = message.exec(line.length > 4000 ? line.slice(0, 4000) : line);
  if (found === null) return null;
  const [, from = "", to = "", name = "", term, logTerm, index, hint, commit, vote, list] = found;
  const isAnswer = name.endsWith("Resp");
  const optional = [
    ["rejectHint", hint],
    ["commit", commit],
    ["vote", vote],
  ] as const;
  const fields = optional.flatMap(([field, value]) => (value === undefined ? [] : [[field, value] as const]));
  const post: Post = {
    name,
    kind: kindOfMessage(name),
    from: serverIn(from),
    to: serverIn(to),
    term: Number(term),
    yes: isAnswer ? hint === undefined : null,
    entryCount: list?.startsWith("Entries:[") && !list.endsWith("Entries:[") ? 1 : 0,
    fields: [["logTerm", logTerm ?? "0"], ["index", index ?? "0"], ...fields],
  };
  return { post, opens: openedBy(line), before: line.slice(0, found.index) };
}

/** The list that a line begins and does not end. */
export function openedBy(line: string): Described["opens"] {
  const list = /(Entries|Responses):\[\s*$/.exec(line)?.[1];
  return list === undefined ? null : list === "Entries" ? "entries" : "responses";
}

/** Hexadecimal: anything else is a thread of a server's storage, or nobody. */
const serverIn = (name: string): string => (/^[0-9a-f]{1,16}$/.test(name) ? name : "");

/** "1/3 EntryNormal "x"". */
export function describedEntry(line: string): DescribedEntry | null {
  const found = entry.exec(line.length > 4000 ? line.slice(0, 4000) : line);
  if (found === null) return null;
  const [, term, index, type, rest = ""] = found;
  const text = type === "EntryNormal" ? rest.replace(/^"(.*)"$/, "$1") : rest;
  return { index: Number(index), term: Number(term), text };
}

export function describedSnapshot(line: string): (DescribedEntry & { readonly members: NamedConfiguration }) | null {
  const found = snapshot.exec(line);
  if (found === null) return null;
  const [, index, term, voters = "", outgoing = "", learners = ""] = found;
  const ids = (list: string): string[] => list.split(" ").filter(Boolean).map(inHex);
  const members = { voters: ids(voters), outgoing: ids(outgoing), learners: ids(learners) };
  return { index: Number(index), term: Number(term), text: "", members };
}

/** States print ids in decimal, messages in hexadecimal. */
export const inHex = (id: string): string => (id.length <= 20 ? BigInt(id).toString(16) : "");
