import type { LogIndex, ServerId } from "../base/units.ts";
import type { Configuration } from "./configuration.ts";
import type { Entry } from "./entry.ts";
import { type Step, send, timed } from "./env.ts";
import { knownTerm, lastIndex, prefixHash, slice, termAt } from "./log.ts";
import type { RaftOptions } from "./options.ts";
import { endOfPage, payloadOfAll } from "./pages.ts";
import { becomeSnapshot, isPaused, type Progress, sentEntries, windowFull } from "./progress.ts";
import { forPeers } from "./roles.ts";
import { configurationAt } from "./server.ts";
import type { Server, Snapshot } from "./types.ts";

// ---- AppendEntries (§5.3) -----------------------------------------------------------------------------------

/** To everybody: what they lack, or an empty request. */
export function broadcastAppend(s: Step): void {
  forPeers(s, (id) => sendAppend(s, id, true));
}

/**
 * Sends the next entries to one follower unless it is paused: with nothing to send, an empty request if `evenEmpty`;
 * a snapshot where the entries are gone. True if a message was sent.
 */
export function sendAppend(s: Step, to: ServerId, evenEmpty: boolean, again = false): boolean {
  const { server, env } = s;
  const progress = server.progress[to];
  if (progress === undefined || isPaused(progress)) return false;
  const first = progress.next;
  const prevLogTerm = knownTerm(server.log, first - 1);
  if (prevLogTerm === null) return sendSnapshot(s, to, progress);
  const closed = progress.state === "replicate" && windowFull(progress, env.options);
  const last = closed ? first - 1 : lastThatFits(s, first);
  if (last < first && !evenEmpty) return false;
  const entries = slice(server.log, first, last);
  if (last >= first) {
    const wereSent = again && last <= progress.outstanding;
    env.decide?.({ kind: "entriesSent", server: server.id, to, first, last, prevTerm: prevLogTerm, again: wereSent });
  }
  const { id: from, term, commitIndex: leaderCommit } = server;
  const prevLogIndex = first - 1;
  send(s, timed({ type: "AppendEntries", from, to, term, prevLogIndex, prevLogTerm, entries, leaderCommit }, env));
  noteSent(s, progress, last, entries);
  return true;
}

function noteSent({ server, env }: Step, progress: Progress, last: LogIndex, entries: readonly Entry[]): void {
  sentEntries(progress, entries.length, payloadOfAll(entries), env.options);
  progress.sentCommit = server.commitIndex;
  if (entries.length === 0) return;
  progress.outstanding = last;
  progress.sentAt = env.now;
}

/** Last index of a message that starts at `first`: limited in entries and in bytes, but at least one entry. */
function lastThatFits({ server, env }: Step, first: LogIndex): LogIndex {
  const { maxEntriesPerMessage, maxBytesPerMessage } = env.options;
  const most = Math.min(lastIndex(server.log), first + maxEntriesPerMessage - 1);
  return endOfPage(server, first, most, maxBytesPerMessage);
}

// ---- InstallSnapshot (§7) -----------------------------------------------------------------------------------

/** A snapshot of the state machine as it is now. `index`: how far that has come, if it has not reported everything. */
export const snapshotNow = (server: Server, options: RaftOptions, index = server.lastApplied): Snapshot => ({
  index,
  term: termAt(server.log, index),
  configuration: appliedConfiguration(server, options, index),
  hash: prefixHash(server.log, index),
});

/** A configuration that counts from its entry on may be ahead of what is applied. */
function appliedConfiguration(server: Server, options: RaftOptions, index: LogIndex): Configuration {
  const { baseConfiguration: configuration, log } = server;
  return options.configurationFrom === "append"
    ? configurationAt({ configuration, log }, index).configuration
    : server.configuration;
}

/** The entries that this follower needs are gone (§7). Not sent to who has not been heard from lately: it may be down for long. */
function sendSnapshot(s: Step, to: ServerId, progress: Progress): boolean {
  const { server, env } = s;
  if (!progress.active && env.options.flow === "window") return false;
  const snapshot = env.snapshot?.() ?? snapshotNow(server, env.options);
  env.decide?.({ kind: "snapshotSent", server: server.id, to, index: snapshot.index, next: progress.next });
  becomeSnapshot(progress, snapshot.index);
  send(s, { type: "InstallSnapshot", from: server.id, to, term: server.term, snapshot });
  return true;
}
