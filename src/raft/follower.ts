import type { Entry } from "./entry.ts";
import { answering, type Step, send, sendAfterWrite } from "./env.ts";
import { append, knownTerm, lastIndex, termAt, truncate } from "./log.ts";
import { rollBackConfiguration, takeAppendedChange } from "./membership.ts";
import { becomeFollower, commitTo, extendTimer, resetTimer } from "./roles.ts";
import type { AppendEntries, AppendEntriesReply, Heartbeat, LeaderRequest } from "./types.ts";

/** Anything from the leader of this term: a candidate yields, the timer starts anew. False if this server leads itself. */
export function hearLeader(s: Step, message: LeaderRequest): boolean {
  const { server, env } = s;
  const { id, term } = server;
  const { from } = message;
  if (server.role === "leader") {
    // Two leaders of one term: impossible while the rules hold. Each stays with its own log.
    const { type: messageType, term: messageTerm } = message;
    env.decide?.({ kind: "messageIgnored", server: id, from, messageType, messageTerm, term, reason: "role" });
    return false;
  }
  if (env.rules.candidateConcedes.ask(server)) {
    env.decide?.({ kind: "candidateConceded", server: id, to: from, term });
    becomeFollower(s, term, from);
  }
  server.leader = from;
  server.leaderHeardAt = env.now;
  if (env.options.timerResets === "figure2") resetTimer(s, "leader");
  else extendTimer(s, "leader");
  return true;
}

/** Figure 2, AppendEntries. */
export function answerAppend(s: Step, request: AppendEntries): void {
  const { server, env } = s;
  if (!hearLeader(s, request)) return;
  const { from, prevLogIndex: prevIndex } = request;
  const { commitIndex } = server;
  if (prevIndex < server.log.base || (env.options.belowCommit === "answered" && prevIndex < commitIndex)) {
    env.decide?.({ kind: "appendBelowCommit", server: server.id, from, prevIndex, commitIndex });
    return reply(s, request, true, commitIndex);
  }
  if (!env.rules.consistencyCheck.ask(server, request)) {
    explainRefusal(s, request);
    return reply(s, request, false, 0);
  }
  storeEntries(s, request);
  const verified = prevIndex + request.entries.length;
  commitVerified(s, request, verified);
  reply(s, request, true, env.rules.acknowledges.ask(verified, server));
}

export function refuseOldLeader(s: Step, request: LeaderRequest): void {
  const { server, env } = s;
  const { from, type: messageType, term: messageTerm } = request;
  env.decide?.({
    kind: "appendRefusedOldLeader",
    server: server.id,
    from,
    messageType,
    messageTerm,
    term: server.term,
  });
  reply(s, request, false, 0);
}

const noHint = { index: 0, term: 0 } as const;

function reply(s: Step, request: LeaderRequest, success: boolean, matchIndex: number): void {
  const { server, env } = s;
  const { id, term } = server;
  const refused = success || request.type !== "AppendEntries" ? null : request;
  const hint =
    refused === null || refused.term < term ? noHint : env.rules.refusalHint.ask(server, refused, env.options);
  const answer: AppendEntriesReply = {
    type: "AppendEntriesReply",
    from: id,
    to: request.from,
    term,
    success,
    prevLogIndex: refused?.prevLogIndex ?? 0,
    matchIndex,
    hintIndex: hint.index,
    hintTerm: hint.term,
  };
  sendAfterWrite(s, request.type === "InstallSnapshot" ? answer : answering(answer, request));
}

function explainRefusal(s: Step, request: AppendEntries): void {
  const { server, env } = s;
  const { from, prevLogIndex: prevIndex, prevLogTerm: prevTerm } = request;
  const last = lastIndex(server.log);
  if (prevIndex > last) {
    env.decide?.({ kind: "appendRefusedMissing", server: server.id, from, prevIndex, lastIndex: last });
  } else {
    const ownTerm = termAt(server.log, prevIndex);
    env.decide?.({ kind: "appendRefusedConflict", server: server.id, from, prevIndex, ownTerm, prevTerm });
  }
}

/** Figure 2, AppendEntries 3 and 4. */
function storeEntries(s: Step, request: AppendEntries): void {
  const { server, env } = s;
  const { from, prevLogIndex: prevIndex, prevLogTerm: prevTerm, entries } = request;
  if (entries.length === 0) return;
  const count = entries.length;
  const ownTerm = knownTerm(server.log, prevIndex);
  env.decide?.({ kind: "appendAccepted", server: server.id, from, prevIndex, prevTerm, ownTerm, count });
  const conflict = entries.find((entry) => env.rules.conflict.ask(server, entry));
  if (conflict) deleteFrom(s, conflict);
  const known = lastIndex(server.log);
  if (prevIndex < known) {
    const last = Math.min(known, prevIndex + count);
    env.decide?.({ kind: "nothingDeleted", server: server.id, first: prevIndex + 1, last, lastIndex: known });
  }
  for (const entry of entries) {
    if (entry.index <= known) continue;
    append(server.log, entry);
    takeAppendedChange(s, entry);
  }
}

/** What is deleted is on nobody's disk any more as far as this server may promise. */
function deleteFrom(s: Step, conflict: Entry): void {
  const { server, env } = s;
  const { id, commitIndex } = server;
  const first = conflict.index;
  const last = lastIndex(server.log);
  const ownTerm = termAt(server.log, first);
  const leaderTerm = conflict.term;
  env.decide?.({ kind: "entriesDeleted", server: id, first, last, ownTerm, leaderTerm, commitIndex });
  truncate(server.log, first);
  server.unstableFrom = Math.min(server.unstableFrom, first);
  server.handedFrom = Math.min(server.handedFrom, first);
  rollBackConfiguration(s, first);
}

function commitVerified(s: Step, request: AppendEntries, lastNew: number): void {
  const { server, env } = s;
  const { leaderCommit } = request;
  const index = env.rules.followerCommit.ask(leaderCommit, lastNew, server);
  if (index <= server.commitIndex) return;
  commitTo(s, index);
  env.decide?.({ kind: "followerCommitted", server: server.id, index, leaderCommit, lastNew });
}

/** A light heartbeat: no consistency check, so it commits only what the leader knows this server to hold. */
export function answerHeartbeat(s: Step, message: Heartbeat): void {
  const { server, env } = s;
  if (!hearLeader(s, message)) return;
  const { from: to, commit: index } = message;
  if (index > server.commitIndex) {
    commitTo(s, index);
    env.decide?.({ kind: "followerCommitted", server: server.id, index, leaderCommit: index, lastNew: null });
  }
  const { round } = message;
  send(s, answering({ type: "HeartbeatReply", from: server.id, to, term: server.term, round }, message));
}
