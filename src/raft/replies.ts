import type { LogIndex, ServerId } from "../base/units.ts";
import { advanceCommit } from "./commit.ts";
import type { Step } from "./env.ts";
import { lastIndex } from "./log.ts";
import {
  advanceMatch,
  backUp,
  becomeProbe,
  becomeReplicate,
  freeInflight,
  type Progress,
  probeFrom,
  regain,
  wantsCommit,
} from "./progress.ts";
import { ackReads, releaseEarlyReads } from "./readindex.ts";
import { judgedByMatch } from "./rules/log.ts";
import { broadcastAppend, sendAppend } from "./sending.ts";
import { sendTimeoutNow } from "./transfer.ts";
import type { AppendEntriesReply, HeartbeatReply } from "./types.ts";

export function hearHeartbeatReply(s: Step, reply: HeartbeatReply): void {
  const { server, env } = s;
  const progress = server.progress[reply.from];
  if (progress === undefined) return;
  noteHeard(s, reply, progress);
  if (env.rules.heartbeatUnpauses.ask(env.options)) {
    progress.paused = false;
    if (progress.match < lastIndex(server.log) || progress.state === "probe") findOut(s, reply.from);
  }
  ackReads(s, reply.from, reply.round);
}

/** Something may have been lost: the next request, even an empty one, finds out. */
function findOut(s: Step, to: ServerId): void {
  const { server, env } = s;
  if (!sendAppend(s, to, true)) return;
  const sent = server.outbox.at(-1);
  if (sent?.type !== "AppendEntries" || sent.entries.length > 0) return;
  env.decide?.({ kind: "probeSent", server: server.id, to, prevIndex: sent.prevLogIndex });
}

// ---- answers ------------------------------------------------------------------------------------------------

export function hearAppendReply(s: Step, reply: AppendEntriesReply): void {
  const progress = s.server.progress[reply.from];
  if (progress === undefined) return;
  noteHeard(s, reply, progress);
  if (!reply.success) refused(s, reply, progress);
  else if (s.env.options.flow === "window") matchedInWindow(s, reply, progress);
  else matchedOneAtATime(s, reply, progress);
}

/** Who is active counts for check-quorum, and for whom a snapshot is worth while; when it was, for the lease. */
function noteHeard({ server, env }: Step, reply: AppendEntriesReply | HeartbeatReply, progress: Progress): void {
  const { checkQuorum, flow, electionTimeoutMin: least } = env.options;
  const silent = env.now - progress.heardAt;
  if ((!progress.active && (checkQuorum || flow === "window")) || silent >= least)
    env.decide?.({ kind: "followerHeard", server: server.id, follower: reply.from, silent, least });
  progress.hasAnswered = true;
  progress.heardAt = env.now;
  if (reply.sentAt !== undefined) progress.answeredSentAt = Math.max(progress.answeredSentAt, reply.sentAt);
  progress.active = true;
}

function refused(s: Step, reply: AppendEntriesReply, progress: Progress): void {
  const { server, env } = s;
  const follower = reply.from;
  const { next, match } = progress;
  const rejected = reply.prevLogIndex;
  const judged = judgedByMatch(env.options);
  if (!env.rules.refusalIsNews.ask(progress, reply, env.options)) {
    const ignored = { kind: "staleAnswer", server: server.id, follower, match, next, prevIndex: rejected } as const;
    env.decide?.(judged && rejected <= match ? { ...ignored, acknowledged: true } : ignored);
    return;
  }
  const forgot = rejected <= match && !judged;
  backUp(progress, rejected, env.rules.nextAfterRefusal.ask(server, reply, env.options), forgot ? 1 : match + 1);
  if (progress.state === "replicate") probeFrom(progress, progress.next);
  progress.outstanding = 0;
  const moved = { kind: "nextBackedUp", server: server.id, follower, from: next, to: progress.next } as const;
  env.decide?.(forgot ? { ...moved, match } : moved);
  sendAppend(s, follower, env.options.flow === "window");
}

function matchedOneAtATime(s: Step, reply: AppendEntriesReply, progress: Progress): void {
  regain(progress, reply.matchIndex);
  if (advanceWith(s, reply, progress) && advanceCommit(s)) releaseEarlyReads(s);
  if (reply.matchIndex >= progress.outstanding) progress.outstanding = 0;
  progress.paused = progress.outstanding > 0;
  const { server, env } = s;
  if (progress.state === "snapshot" && env.rules.leavesSnapshot.ask(server, progress, env.options))
    becomeProbe(progress);
  sendAppend(s, reply.from, false);
  finishTransfer(s, reply.from, progress);
}

function matchedInWindow(s: Step, reply: AppendEntriesReply, progress: Progress): void {
  const { server, env } = s;
  const { from } = reply;
  const regained = regain(progress, reply.matchIndex);
  const news = advanceWith(s, reply, progress);
  if (reply.matchIndex >= progress.outstanding) progress.outstanding = 0;
  if (regained && progress.next <= progress.match) return void sendAppend(s, from, false);
  if (!news && !(progress.match === reply.matchIndex && progress.state === "probe")) return;
  if (progress.state === "replicate") freeInflight(progress, env.rules.windowFreedTo.ask(reply));
  else if (progress.state === "probe" || env.rules.leavesSnapshot.ask(server, progress, env.options))
    replicate(s, from, progress);
  if (advanceCommit(s)) {
    releaseEarlyReads(s);
    broadcastAppend(s);
  } else if (from !== server.id && wantsCommit(progress, server.commitIndex)) {
    sendAppend(s, from, true);
  }
  if (from === server.id) return;
  while (sendAppend(s, from, false));
  finishTransfer(s, from, progress);
}

function replicate({ server, env }: Step, follower: ServerId, progress: Progress): void {
  const { match } = progress;
  // Where the next entry is not there, what follows is a snapshot, and that is told.
  if (match >= server.log.base && match <= lastIndex(server.log))
    env.decide?.({ kind: "replicationBegun", server: server.id, follower, match });
  if (progress.state === "snapshot") becomeProbe(progress);
  becomeReplicate(progress);
}

function advanceWith(s: Step, reply: AppendEntriesReply, progress: Progress): boolean {
  const { server, env } = s;
  const match = env.rules.matchAfterSuccess.ask(progress, reply, server);
  if (!advanceMatch(progress, match)) return false;
  const last = lastIndex(server.log);
  const advanced = { kind: "matchAdvanced", server: server.id, follower: reply.from, match } as const;
  env.decide?.(match > last ? { ...advanced, last } : advanced);
  return true;
}

function finishTransfer(s: Step, from: ServerId, progress: Progress): void {
  const { server, env } = s;
  if (from === server.transferee && env.rules.transfereeReady.ask(progress, server)) sendTimeoutNow(s, from);
}

/** The leader's own entries up to `index` are on its disk. */
export function ownCopyStored(s: Step, index: LogIndex): void {
  const { server, env } = s;
  const { id } = server;
  const progress = server.progress[id];
  if (progress === undefined) return;
  const reply: AppendEntriesReply = {
    type: "AppendEntriesReply",
    from: id,
    to: id,
    term: server.term,
    success: true,
    prevLogIndex: 0,
    matchIndex: index,
    hintIndex: 0,
    hintTerm: 0,
  };
  if (env.options.flow === "window") matchedInWindow(s, reply, progress);
  else if (advanceWith(s, reply, progress) && advanceCommit(s)) releaseEarlyReads(s);
}
