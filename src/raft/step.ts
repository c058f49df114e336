import { assert, assertNever } from "../base/assert.ts";
import { isMember, membershipChange } from "./configuration.ts";
import { answerVote, campaign, countVote, tally } from "./election.ts";
import type { Entry } from "./entry.ts";
import { type Env, type Step, sendAfterWrite } from "./env.ts";
import { answerAppend, answerHeartbeat, refuseOldLeader } from "./follower.ts";
import { sendHeartbeats } from "./heartbeats.ts";
import { knownTerm } from "./log.ts";
import { changeApplied } from "./membership.ts";
import { never } from "./options.ts";
import { payloadOfAll, sizeOfAll } from "./pages.ts";
import { becomeProbe, type Progress } from "./progress.ts";
import { propose } from "./proposals.ts";
import { countsOf } from "./quorum.ts";
import { readIndex } from "./readindex.ts";
import type { AskedRead } from "./reads.ts";
import { hearAppendReply, hearHeartbeatReply, ownCopyStored } from "./replies.ts";
import { becomeFollower, extendTimer } from "./roles.ts";
import { isLeaders } from "./rules/terms.ts";
import { silencesOf, tellSilences } from "./silences.ts";
import { answerSnapshot, snapshotReported } from "./snapshots.ts";
import { abortTransfer, transfer } from "./transfer.ts";
import type { Input, OwnPromise, RaftMessage, ReadIndexReply, Refusal, Server, WritePromise } from "./types.ts";

/**
 * Figure 2 (and the options' variants of it) as a function: takes one input and changes `server` in place. Does
 * nothing else: no clock, no randomness, no I/O. What it wants done waits in the server until `takeReady` hands it
 * out; the caller writes, sends and applies, and reports back with `written` and `applied`. Returns why the input was
 * refused, or null.
 */
export function step(server: Server, input: Input, env: Env): Refusal | null {
  const before = env.decide === null ? null : silencesOf(server, env);
  const refused = respond({ server, env }, input);
  if (before !== null) tellSilences(before, server, env);
  return refused;
}

function respond(s: Step, input: Input): Refusal | null {
  if (input.kind === "message") return receive(s, input.message);
  if (input.kind === "propose") return propose(s, input.proposals);
  take(s, input);
  return null;
}

/** Inputs that are never refused: at worst they change nothing, and a decision says why. */
function take(s: Step, input: Exclude<Input, { kind: "message" | "propose" }>): void {
  switch (input.kind) {
    case "electionTimeout":
      return timerFired(s);
    case "campaign":
      return campaign(s, false);
    case "heartbeatTimeout":
      return sendHeartbeats(s);
    case "quorumTimeout":
      return quorumTimeout(s);
    case "readIndex":
      return readIndex(s, readOf(0, input));
    case "transfer":
      return transfer(s, input.to);
    case "forgetLeader":
      return forgetLeader(s);
    case "unreachable":
      return unreachable(s, input.peer);
    case "snapshotSent":
      return snapshotReported(s, input.peer, input.ok);
    case "changeApplied":
      return changeApplied(s, input.change);
    case "written":
      return written(s);
    case "applied":
      return applied(s, input.entries);
    default:
      return assertNever(input);
  }
}

// ---- messages -----------------------------------------------------------------------------------------------

function receive(s: Step, message: RaftMessage): Refusal | null {
  const { server, env } = s;
  if (!env.rules.timerStands.ask() && server.role !== "leader") extendTimer(s, "message");
  if (isReply(message) && !isMember(server.configuration, message.from)) {
    ignored(s, message, "not a member");
    return "unknown peer";
  }
  if (message.term === 0) return receiveCurrent(s, message);
  const newer = env.rules.newerTerm.ask(server, message);
  if ((newer || message.term === server.term) && ignoredForLease(s, message)) return null;
  if (newer) {
    if (!env.rules.termStaysOpen.ask(message)) adoptTerm(s, message);
  } else if (!isReply(message) && env.rules.oldTerm.ask(server, message)) {
    receiveOld(s, message);
    return null;
  }
  return receiveCurrent(s, message);
}

function isReply({ type }: RaftMessage): boolean {
  return (
    type === "AppendEntriesReply" ||
    type === "RequestVoteReply" ||
    type === "PreVoteReply" ||
    type === "HeartbeatReply" ||
    type === "ReadIndexReply"
  );
}

function ignoredForLease(s: Step, message: RaftMessage): boolean {
  const { server, env } = s;
  if (message.type !== "RequestVote" && message.type !== "PreVote") return false;
  if (!env.rules.leaderLease.ask(server, message, env.now, env.options)) return false;
  const { stickyLeader, electionTimeoutMin: least } = env.options;
  const { id, leader, term, leaderHeardAt } = server;
  const since = stickyLeader === "always" ? leaderHeardAt : server.timerSince;
  const heard = env.now - since;
  const timer = leader !== id && since !== leaderHeardAt;
  const { from: to } = message;
  // Who only asks is told no (D §9.6); to a real request silence is an answer as good (D §4.2.3).
  const told = message.type === "PreVote" && stickyLeader === "always";
  const ignored = { kind: "voteIgnoredLease", server: id, to, leader, heard, least, told } as const;
  env.decide?.(timer ? { ...ignored, timer } : ignored);
  if (told) sendAfterWrite(s, { type: "PreVoteReply", from: id, to, term, granted: false });
  return true;
}

function adoptTerm(s: Step, message: RaftMessage): void {
  const { server, env } = s;
  const { from, term, type: messageType } = message;
  const steppedDown = server.role !== "follower";
  env.decide?.({ kind: "termAdopted", server: server.id, from, messageType, oldTerm: server.term, term, steppedDown });
  becomeFollower(s, term, isLeaders(message) ? from : 0);
}

/** A message of an older term changes nothing; who sent it may learn of the newer one. */
function receiveOld(s: Step, message: RaftMessage): void {
  const { server, env } = s;
  const { options, rules } = env;
  const { type, from: to } = message;
  const answers = rules.answersOldTerm.ask(message, options);
  if (answers && (type === "PreVote" || type === "RequestVote")) return answerVote(s, message);
  if (answers && isLeaders(message)) return refuseOldLeader(s, message);
  ignored(s, message, "old term");
  if (!rules.unlocksHigherTerm.ask(message, options)) return;
  const empty = { success: true, prevLogIndex: 0, matchIndex: 0, hintIndex: 0, hintTerm: 0 } as const;
  sendAfterWrite(s, { type: "AppendEntriesReply", from: server.id, to, term: server.term, ...empty });
}

function receiveCurrent(s: Step, message: RaftMessage): Refusal | null {
  if (message.type === "Propose") return propose(s, message.proposals, message.from);
  const asker = askerOf(message);
  if (asker === null || inRole(s, message, asker)) handle(s, message);
  return null;
}

/** The role in which a server must still be for such a message to mean anything; null: any. */
function askerOf({ type }: RaftMessage): Server["role"] | null {
  if (type === "RequestVoteReply") return "candidate";
  if (type === "PreVoteReply") return "preCandidate";
  if (type === "AppendEntriesReply" || type === "HeartbeatReply") return "leader";
  return type === "TimeoutNow" || type === "ReadIndexReply" ? "follower" : null;
}

function handle(s: Step, message: Exclude<RaftMessage, { type: "Propose" }>): void {
  switch (message.type) {
    case "RequestVote":
    case "PreVote":
      return answerVote(s, message);
    case "RequestVoteReply":
    case "PreVoteReply":
      return countVote(s, message);
    case "AppendEntries":
      return answerAppend(s, message);
    case "Heartbeat":
      return answerHeartbeat(s, message);
    case "InstallSnapshot":
      return answerSnapshot(s, message);
    case "AppendEntriesReply":
      return hearAppendReply(s, message);
    case "HeartbeatReply":
      return hearHeartbeatReply(s, message);
    case "TimeoutNow":
      return campaign(s, true);
    case "TransferLeader":
      return transfer(s, message.from);
    case "ReadIndex":
      return readIndex(s, readOf(message.from, message));
    case "ReadIndexReply":
      return readAnswered(s, message);
    default:
      return assertNever(message);
  }
}

/** True in that role and in the message's term; otherwise the message comes too late and says nothing any more. */
function inRole(s: Step, message: RaftMessage, role: Server["role"]): boolean {
  if (s.env.rules.currentReply.ask(s.server, message, role)) return true;
  const { term, role: own } = s.server;
  ignored(s, message, message.term >= term && own !== role ? "role" : "old term");
  return false;
}

function ignored({ server, env }: Step, message: RaftMessage, reason: "old term" | "role" | "not a member"): void {
  const { from, type: messageType, term: messageTerm } = message;
  env.decide?.({
    kind: "messageIgnored",
    server: server.id,
    from,
    messageType,
    messageTerm,
    term: server.term,
    reason,
  });
}

function readAnswered({ server, env }: Step, { context, index }: ReadIndexReply): void {
  env.decide?.({ kind: "readConfirmed", server: server.id, context, index, by: "leader", counts: [] });
  server.answeredReads.push({ context, index });
}

// ---- timers and reports -------------------------------------------------------------------------------------

/** Whatever comes of it, the timer starts anew: a refused campaign must not be tried again at the same instant. A leader has none. */
function timerFired(s: Step): void {
  const { server, env } = s;
  const before = server.timerSince;
  campaign(s, false);
  if (server.timerSince === before && server.role !== "leader") server.timerSince = env.now;
}

/** Once per election timeout a leader looks whom it has heard, and gives up a transfer that did not come about. */
function quorumTimeout(s: Step): void {
  const { server, env } = s;
  if (server.role !== "leader") return;
  const { checkQuorum: checks, quorumCheck, electionTimeoutMin } = env.options;
  const ends = quorumCheck === "flags" || env.now - server.timerSince >= electionTimeoutMin;
  if (ends) server.timerSince = env.now;
  if (checks) checkQuorum(s);
  if (ends && server.role === "leader" && env.rules.transferEnds.ask(server)) abortTransfer(s, "timeout");
}

function checkQuorum(s: Step): void {
  const { server, env } = s;
  const { quorumCheck, electionTimeoutMin } = env.options;
  const held = env.rules.quorumActive.ask(server, env.now, env.options);
  const answered = ({ active, heardAt }: Progress) =>
    quorumCheck === "flags" ? active : env.now - heardAt < electionTimeoutMin;
  const heard = server.progress.flatMap((p, id) => (p && (answered(p) || id === server.id) ? [id] : []));
  const counts = countsOf(server.configuration, (id) => heard.includes(id));
  const joined = heard.filter((id) => id !== server.id && server.progress[id]?.hasAnswered !== true);
  env.decide?.({ kind: held ? "quorumHeld" : "quorumLost", server: server.id, heard, joined, by: quorumCheck, counts });
  if (!held) return becomeFollower(s, server.term, 0);
  server.progress.forEach((progress, id) => {
    if (progress !== undefined && id !== server.id) progress.active = false;
  });
}

function unreachable({ server, env }: Step, peer: number): void {
  const progress = server.progress[peer];
  if (progress?.state !== "replicate") return;
  env.decide?.({ kind: "peerUnreachable", server: server.id, peer });
  becomeProbe(progress);
}

const readOf = (from: number, { context, by }: Omit<AskedRead, "from">): AskedRead =>
  by === undefined ? { from, context } : { from, context, by };

/** So that it may vote for another at once. Not where leases may still be served. */
function forgetLeader({ server, env }: Step): void {
  const { role, leader } = server;
  if (role !== "follower" || leader === 0 || env.options.reads === "lease") {
    const reason = role !== "follower" ? "not a follower" : leader === 0 ? "no leader" : "lease";
    env.decide?.({ kind: "forgettingRefused", server: server.id, reason });
    return;
  }
  env.decide?.({ kind: "leaderForgotten", server: server.id, leader });
  server.leader = 0;
  server.leaderHeardAt = never;
}

// ---- the disk and the state machine -------------------------------------------------------------------------

/** The oldest write is done: what was promised for it counts now, if the term is still the one it was promised in. */
function written(s: Step): void {
  const { server } = s;
  const write = server.writes.shift();
  assert(write !== undefined, "a write was under way");
  for (const promise of write.own) keepPromise(s, promise);
  if (write.lastIndex > 0 && write.term === server.term) stable(s, write);
  if (write.snapshotIndex === 0) return;
  if (server.incoming?.snapshot.index === write.snapshotIndex) server.incoming = null;
  appliedTo(s, write.snapshotIndex);
}

function keepPromise(s: Step, { kind, term, index }: OwnPromise): void {
  const { server } = s;
  const asked = kind === "append" ? "leader" : kind === "vote" ? "candidate" : "preCandidate";
  if (server.role !== asked || term < server.term) return;
  if (kind === "append") ownCopyStored(s, index);
  else tally(s, server.id, true);
}

/** The log was written up to there; unless that entry has been replaced since, it is on the disk. */
function stable({ server, env }: Step, { number, lastIndex, lastTerm }: WritePromise): void {
  if (lastIndex < server.unstableFrom) return;
  if (knownTerm(server.log, lastIndex) !== lastTerm) {
    env.decide?.({ kind: "writeForgotten", server: server.id, write: number, lastIndex, lastTerm });
    return;
  }
  server.unstableFrom = lastIndex + 1;
  server.handedFrom = Math.max(server.handedFrom, server.unstableFrom);
}

function applied(s: Step, entries: readonly Entry[]): void {
  const { server } = s;
  const last = entries.at(-1);
  assert(last !== undefined, "something was applied");
  server.applyingBytes = Math.max(0, server.applyingBytes - sizeOfAll(entries));
  appliedTo(s, last.index);
  server.uncommittedBytes = Math.max(0, server.uncommittedBytes - payloadOfAll(entries));
}

/** By entries or by a snapshot. That it is committed is not asserted: with a broken rule that is for the checkers to find. */
function appliedTo(s: Step, index: number): void {
  const { server, env } = s;
  if (index > server.lastApplied) {
    server.lastApplied = index;
    env.decide?.({ kind: "applied", server: server.id, index, commitIndex: server.commitIndex });
  }
  server.applying = Math.max(server.applying, server.lastApplied);
  server.applyPaused = server.applyingBytes >= env.options.maxApplyBytes;
  if (env.rules.leavesJoint.ask(server)) propose(s, [{ command: null, change: membershipChange([]) }]);
}
