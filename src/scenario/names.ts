import type { ClientId, LogIndex, ServerId, Term } from "../base/units.ts";
import type { DirectedLink, MessageRef } from "../world/state/messages.ts";

/** "S3"; "C" for the client (0). */
export const endName = (id: ServerId): string => (id === 0 ? "C" : `S${id}`);

export const clientName = (id: ClientId): string => `C${id}`;

/** "S1>S3#4": the fourth message that S1 sent to S3; "S1>S3#4.1" its first duplicate; "C>S1#2" from the client. */
export function refName(ref: MessageRef): string {
  const copy = ref.copy === 0 ? "" : `.${ref.copy}`;
  return `${endName(ref.from)}>${endName(ref.to)}#${ref.ordinal}${copy}`;
}

const clientPattern = /^C([1-9])$/;
const serverPattern = /^S([1-9])$/;
const endPattern = /^(?:S([1-9])|C)$/;
const refPattern = /^(S[1-9]|C)>(S[1-9]|C)#([1-9][0-9]{0,7})(?:\.([1-9][0-9]{0,7}))?$/;
const selectPattern = /^(?:|(?:S[1-9]|C)(?:>(?:S[1-9]|C)(?:#[1-9][0-9]{0,7}(?:\.[1-9][0-9]{0,7})?)?)?)$/;

/** "S3" as 3; null if it is no server's name. */
export function readServer(text: string): ServerId | null {
  const match = serverPattern.exec(text);
  return match === null ? null : Number(match[1]);
}

/** "C2" as 2; null if it is no client's name. */
export function readClient(text: string): ClientId | null {
  const match = clientPattern.exec(text);
  return match === null ? null : Number(match[1]);
}

/** As `readServer`, with "C" as 0. */
export function readEnd(text: string): ServerId | null {
  const match = endPattern.exec(text);
  return match === null ? null : Number(match[1] ?? 0);
}

/** The inverse of `refName`; null if the text is none. A message goes from one end to another one. */
export function readRef(text: string): MessageRef | null {
  const match = refPattern.exec(text);
  if (match === null) return null;
  const link = readLink(match[1] ?? "", match[2] ?? "");
  if (link === null) return null;
  return { from: link[0], to: link[1], ordinal: Number(match[3]), copy: Number(match[4] ?? 0) };
}

/** A directed link between two different ends. */
export function readLink(from: string, to: string): DirectedLink | null {
  const ends = [readEnd(from), readEnd(to)] as const;
  if (ends[0] === null || ends[1] === null || ends[0] === ends[1]) return null;
  return [ends[0], ends[1]];
}

const followedPattern = /^(?:E([1-9][0-9]{0,7})\.([0-9]{1,8})|R([1-9][0-9]{0,7})|T([1-9][0-9]{0,7}))$/;

/** "E4.2": entry 4 of term 2; "R7": the client's operation 7; "T2": term 2. Null: it is none of them. */
export function readFollowed(
  text: string,
):
  | { readonly kind: "entry"; readonly index: LogIndex; readonly term: Term }
  | { readonly kind: "command"; readonly number: number }
  | { readonly kind: "term"; readonly term: Term }
  | null {
  const match = followedPattern.exec(text);
  if (match === null) return null;
  const [, index, ofTerm, number, term] = match;
  if (index !== undefined) return { kind: "entry", index: Number(index), term: Number(ofTerm) };
  if (number !== undefined) return { kind: "command", number: Number(number) };
  return { kind: "term", term: Number(term) };
}

/** What a view can have selected: nothing, a server, a link, a message, what is followed. */
export const isSelection = (text: string): boolean => selectPattern.test(text) || followedPattern.test(text);

/** What is said of each half of a joint configuration, the old one first; of one that is not joint its words alone. */
export const inOldAndNew = ([old, next]: readonly string[], between = " and "): string =>
  next === undefined ? (old ?? "none") : `${old} in the old configuration${between}${next} in the new`;
/** In short: "1 of 2 old, 2 of 2 new". */
export const oldAndNew = ([old, next]: readonly string[], between = ", "): string =>
  next === undefined ? (old ?? "none") : `${old} old${between}${next} new`;
