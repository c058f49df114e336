import type { LogIndex } from "../base/units.ts";
import type { Entry } from "./entry.ts";
import type { Env } from "./env.ts";
import { lastIndex, slice, termAt } from "./log.ts";
import type { RaftOptions } from "./options.ts";
import { endOfPage, sizeOfAll } from "./pages.ts";
import type { Rules } from "./rules/index.ts";
import type { HardState, Ready, Server, Write } from "./types.ts";

/** True if `takeReady` has something to hand out. */
export function hasReady(server: Server, options: RaftOptions, by: Rules): boolean {
  return (
    server.outbox.length > 0 ||
    server.afterWrite.length > 0 ||
    server.ownPromises.length > 0 ||
    server.answeredReads.length > 0 ||
    server.handedFrom <= lastIndex(server.log) ||
    (server.incoming !== null && !server.incoming.handed) ||
    changedState(server, options) !== null ||
    server.handedRole !== server.role ||
    server.handedLeader !== server.leader ||
    lastToApply(server, options, by) > server.applying
  );
}

const nothing: readonly never[] = [];
/** An empty list stays where it is: nobody needs a new one. */
const handedOver = <Item>(list: readonly Item[]): readonly Item[] => (list.length === 0 ? nothing : list);

/**
 * Hands out, once, everything that this server wants done (etcd/raft's Ready): the caller writes, then sends, then
 * applies; with `asyncDisk` it may do so at the same time, but for `messagesAfterWrite`. Report `written` once for
 * each Ready that had a write, `applied` for each that had entries to apply. Without `asyncDisk`, take the next one
 * only after that.
 */
export function takeReady(server: Server, options: RaftOptions, by: Rules, decide: Env["decide"]): Ready {
  const write = takeWrite(server, options);
  const ready: Ready = {
    write,
    messages: handedOver(server.outbox),
    messagesAfterWrite: handedOver(server.afterWrite),
    apply: takeApply(server, options, by, decide),
    reads: handedOver(server.answeredReads),
  };
  const { messages, messagesAfterWrite, reads } = ready;
  const waiting = messagesAfterWrite.length > 0 || (!options.asyncDisk && messages.length > 0);
  if (write?.sync && waiting) {
    decide?.({ kind: "wroteFirst", server: server.id, write: write.number, what: whatIsWritten(write) });
  }
  server.handedRole = server.role;
  server.handedLeader = server.leader;
  if (messages !== nothing) server.outbox = [];
  if (messagesAfterWrite !== nothing) server.afterWrite = [];
  if (reads !== nothing) server.answeredReads = [];
  return ready;
}

function whatIsWritten({ snapshot, entries, state }: Write) {
  if (snapshot !== null) return "snapshot";
  if (entries.length > 0) return "entries";
  return state !== null && state.votedFor !== 0 ? "vote" : "term";
}

// ---- the write ----------------------------------------------------------------------------------------------

function takeWrite(server: Server, options: RaftOptions): Write | null {
  const state = changedState(server, options);
  const snapshot = server.incoming !== null && !server.incoming.handed ? server.incoming.snapshot : null;
  const last = lastIndex(server.log);
  const entries = slice(server.log, server.handedFrom, last);
  const promised = server.afterWrite.length > 0 || server.ownPromises.length > 0;
  if (state === null && entries.length === 0 && snapshot === null && !promised) return null;
  const number = ++server.writesIssued;
  const unstable = server.unstableFrom <= last;
  server.writes.push({
    number,
    own: handedOver(server.ownPromises),
    term: server.term,
    lastIndex: unstable ? last : 0,
    lastTerm: unstable ? termAt(server.log, last) : 0,
    snapshotIndex: snapshot?.index ?? 0,
  });
  const before = server.handedState;
  const sync =
    entries.length > 0 || snapshot !== null || server.term !== before.term || server.votedFor !== before.votedFor;
  if (server.ownPromises.length > 0) server.ownPromises = [];
  server.handedFrom = last + 1;
  if (server.incoming !== null) server.incoming.handed = true;
  if (state !== null) server.handedState = state;
  return { number, state, sync, snapshot, entries };
}

/** True if nothing was promised for the oldest write under way. It is forgotten then: `step` need not be told that it is done. */
export function forgetEmptyWrite({ writes }: Server): boolean {
  const { own, lastIndex, snapshotIndex } = writes[0]!;
  const empty = own.length === 0 && lastIndex === 0 && snapshotIndex === 0;
  if (empty) writes.shift();
  return empty;
}

function changedState(server: Server, options: RaftOptions): HardState | null {
  const { term, votedFor, commitIndex, handedState: before } = server;
  const committed = options.persistCommit && commitIndex !== before.commitIndex;
  return term !== before.term || votedFor !== before.votedFor || committed ? { term, votedFor, commitIndex } : null;
}

// ---- the state machine --------------------------------------------------------------------------------------

/** With a synchronous disk entries may be applied in the Ready that writes them; otherwise only once they are stable. */
function appliable(server: Server, options: RaftOptions, by: Rules): LogIndex {
  const { unstableFrom } = server;
  const most = Math.min(by.appliesUpTo.ask(server), lastIndex(server.log));
  return options.asyncDisk ? Math.min(most, unstableFrom - 1) : most;
}

function lastToApply(server: Server, options: RaftOptions, by: Rules): LogIndex {
  if (server.applyPaused || server.incoming !== null) return server.applying;
  const first = server.applying + 1;
  const most = appliable(server, options, by);
  return most < first ? server.applying : endOfPage(server, first, most, options.maxApplyBytes - server.applyingBytes);
}

function takeApply(server: Server, options: RaftOptions, by: Rules, decide: Env["decide"]): readonly Entry[] {
  const first = server.applying + 1;
  const last = lastToApply(server, options, by);
  if (last < first) return nothing;
  const entries = slice(server.log, first, last);
  server.applyingBytes += sizeOfAll(entries);
  server.applying = last;
  const most = appliable(server, options, by);
  server.applyPaused = server.applyingBytes >= options.maxApplyBytes || last < most;
  if (last < most)
    decide?.({
      kind: "notApplied",
      server: server.id,
      first: last + 1,
      last: most,
      reason: "page",
      leads: server.role === "leader",
    });
  return entries;
}
