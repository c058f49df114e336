import type { ClientId, LogIndex, Micros, ServerId, Term } from "../base/units.ts";
import type { MembershipChange } from "../raft/configuration.ts";
import { endName } from "../scenario/names.ts";

/** Small pieces of sentences. */

/** "S3", "the client". */
export const who = (id: ServerId): string => (id === 0 ? "the client" : endName(id));

export const clientName = (id: ClientId): string => `C${id}`;

/** "S1", "S1 and S2", "S1, S2 and S3"; "nobody" if empty. */
export const names = (ids: readonly ServerId[]): string => (ids.length === 0 ? "nobody" : listed(ids.map(who)));

function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}

/** "S1's Heartbeat"; who asks that leadership be handed to S4 need not be S4. */
export const messageOf = (from: ServerId, type: string): string =>
  type === "TransferLeader" ? `a TransferLeader for ${who(from)}` : `${who(from)}'s ${type}`;

/** "entry 4", "entries 4–6". */
export const entries = (first: LogIndex, last: LogIndex): string =>
  first === last ? `entry ${first}` : `entries ${first}–${last}`;

/** "181 ms", "20.5 ms": microseconds to a tenth of a millisecond. */
export const duration = (micros: Micros): string => `${Math.round(micros / 100) / 10} ms`;

/** "    0.455000 s": times one below another. */
export const column = (micros: Micros): string => `${(micros / 1e6).toFixed(6).padStart(12)} s`;

/** The place that a consistency check looks at: "entry 3 of term 2", "the start of the log". */
export const placeBefore = (index: LogIndex, term: Term): string =>
  index === 0 ? "the start of the log" : `entry ${index} of term ${term}`;

const changeWords = {
  add: (id: ServerId) => `add ${who(id)}`,
  remove: (id: ServerId) => `remove ${who(id)}`,
  learner: (id: ServerId) => `make ${who(id)} a learner`,
  update: (id: ServerId) => `update ${who(id)}`,
} as const;

/** "add S4", "remove S1 and add S4", "leave the joint configuration". */
export function changeText({ changes }: Pick<MembershipChange, "changes">): string {
  if (changes.length === 0) return "leave the joint configuration";
  return listed(changes.map(({ type, server }) => changeWords[type](server)));
}

/** The engine's "1,2&1,2,3 learners 4" as "S1, S2 with S1, S2, S3, learners S4". */
export const configurationWords = (text: string): string =>
  text.replaceAll(/\d+/g, "S$&").replaceAll(",", ", ").replace("&", " with ").replaceAll(" learners", ", learners");
