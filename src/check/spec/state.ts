import type { LogIndex, ServerId, Term } from "../../base/units.ts";
import type { Bag } from "./bag.ts";
import type { SpecEntry } from "./entry.ts";
import type { SpecMessage } from "./messages.ts";

/**
 * The variables of Ongaro's specification of Raft (raft.tla, CC BY 4.0), under its names. Each is there a function over
 * servers; here they stand together, server by server. Left out are the history variables of its proof (elections,
 * allLogs, voterLog, and mlog in messages), of which no action depends.
 */
export interface SpecState {
  /** In ascending order: raft.tla's constant Server. */
  readonly servers: readonly ServerId[];
  /** By id. */
  readonly of: readonly (SpecServer | undefined)[];
  readonly messages: Bag;
}

export interface SpecServer {
  readonly currentTerm: Term;
  readonly state: "Follower" | "Candidate" | "Leader";
  /** 0: Nil. */
  readonly votedFor: ServerId;
  /** The entry at index 1 comes first. */
  readonly log: readonly SpecEntry[];
  readonly commitIndex: LogIndex;
  /** Ascending. */
  readonly votesResponded: readonly ServerId[];
  readonly votesGranted: readonly ServerId[];
  /** By id. */
  readonly nextIndex: readonly LogIndex[];
  readonly matchIndex: readonly LogIndex[];
}

/** What an action comes to: the next state, in words what it did, and what it sent; or why it cannot be taken. */
export type Taken =
  | { readonly ok: true; readonly state: SpecState; readonly did: string; readonly sends?: SpecMessage }
  | { readonly ok: false; readonly why: string };

export const no = (why: string): Taken => ({ ok: false, why });

export const serverIn = (state: SpecState, server: ServerId): SpecServer => state.of[server]!;

/** UNCHANGED everything else. */
export function withServer(state: SpecState, server: ServerId, changes: Partial<SpecServer>): SpecState {
  const of = state.of.slice();
  of[server] = { ...serverIn(state, server), ...changes };
  return { ...state, of };
}

export const withMessages = (state: SpecState, messages: Bag): SpecState => ({ ...state, messages });

/** raft.tla's LastTerm: 0 for an empty log. */
export const lastTermOf = (log: readonly SpecEntry[]): Term => log.at(-1)?.term ?? 0;

/** Member of raft.tla's Quorum: more than half of all servers. */
export const isQuorum = (state: SpecState, of: readonly ServerId[]): boolean => of.length * 2 > state.servers.length;

export const including = (set: readonly ServerId[], server: ServerId): readonly ServerId[] =>
  set.includes(server) ? set : [...set, server].sort((a, b) => a - b);

/** The same for every server; place 0 is nobody's. */
export const forAll = (state: SpecState, value: LogIndex): readonly LogIndex[] =>
  Array.from({ length: Math.max(...state.servers) + 1 }, () => value);

export const withAt = (list: readonly LogIndex[], server: ServerId, value: LogIndex): readonly LogIndex[] =>
  list.map((each, id) => (id === server ? value : each));
