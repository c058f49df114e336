import type { LogIndex, ServerId } from "../../../base/units.ts";
import { withMessage } from "../bag.ts";
import { name } from "../entry.ts";
import type { AppendEntriesRequest } from "../messages.ts";
import {
  isQuorum,
  no,
  type SpecServer,
  type SpecState,
  serverIn,
  type Taken,
  withMessages,
  withServer,
} from "../state.ts";

const noLeader = (i: ServerId, { state }: SpecServer): Taken =>
  no(`${name(i)} is a ${state.toLowerCase()}, not a leader`);

/** Leader i receives a client's request to add a value to the log. */
export function clientRequest(state: SpecState, i: ServerId, value: number): Taken {
  const server = serverIn(state, i);
  if (server.state !== "Leader") return noLeader(i, server);
  const next = withServer(state, i, { log: [...server.log, { term: server.currentTerm, value }] });
  return { ok: true, state: next, did: `${name(i)} appends entry ${server.log.length + 1} for a client` };
}

/** Leader i sends j the entry at nextIndex, or nothing where its log ends before that. */
export function appendEntries(state: SpecState, i: ServerId, j: ServerId): Taken {
  const server = serverIn(state, i);
  if (i === j) return no("nobody sends entries to itself");
  if (server.state !== "Leader") return noLeader(i, server);
  const first = server.nextIndex[j]!;
  return sent(state, server, i, j, first - 1, server.log.length >= first ? 1 : 0);
}

/**
 * Wider than raft.tla: leader i sends j what stands after `prev`, nextIndex or later, one entry or none. Figure 2 has it so:
 * "entries[]: log entries to store (empty for heartbeat; may send more than one for efficiency)". A message with many
 * entries is as many messages with one.
 */
export function appendEntriesAt(state: SpecState, i: ServerId, j: ServerId, prev: LogIndex, count: 0 | 1): Taken {
  const server = serverIn(state, i);
  if (i === j) return no("nobody sends entries to itself");
  if (server.state !== "Leader") return noLeader(i, server);
  const first = server.nextIndex[j]!;
  if (prev < first - 1) return no(`what comes after ${prev} lies before nextIndex, which is ${first} for ${name(j)}`);
  if (prev + count > server.log.length) return no(`${name(i)} has only ${server.log.length} entries`);
  return sent(state, server, i, j, prev, count);
}

function sent(
  state: SpecState,
  { currentTerm, log, commitIndex }: SpecServer,
  i: ServerId,
  j: ServerId,
  prev: LogIndex,
  count: 0 | 1,
): Taken {
  const message: AppendEntriesRequest = {
    mtype: "AppendEntriesRequest",
    mterm: currentTerm,
    mprevLogIndex: prev,
    mprevLogTerm: prev > 0 ? log[prev - 1]!.term : 0,
    mentries: log.slice(prev, prev + count),
    mcommitIndex: Math.min(commitIndex, prev + count),
    msource: i,
    mdest: j,
  };
  const what = count === 0 ? `nothing after ${prev}` : `entry ${prev + 1}`;
  return {
    ok: true,
    state: withMessages(state, withMessage(state.messages, message)),
    did: `${name(i)} sends ${name(j)} ${what}`,
    sends: message,
  };
}

/** Leader i advances its commitIndex to what a majority has, itself included, if that entry is of its own term. */
export function advanceCommitIndex(state: SpecState, i: ServerId): Taken {
  const server = serverIn(state, i);
  if (server.state !== "Leader") return noLeader(i, server);
  const { log, matchIndex, currentTerm, commitIndex } = server;
  const agree = (index: LogIndex): readonly ServerId[] =>
    state.servers.filter((k) => k === i || matchIndex[k]! >= index);
  let most = log.length;
  while (most > 0 && !isQuorum(state, agree(most))) most--;
  if (most === 0) return no(log.length === 0 ? `${name(i)} has no entry` : `no majority is known to have entry 1`);
  const { term } = log[most - 1]!;
  if (term !== currentTerm) return no(`entry ${most} is of term ${term}, the leader is in term ${currentTerm}`);
  if (most === commitIndex) return no(`entry ${most} is the last that a majority has, and is committed already`);
  const did = `${name(i)} commits up to ${most}, which ${agree(most).map(name).join(", ")} have`;
  return { ok: true, state: withServer(state, i, { commitIndex: most }), did };
}
