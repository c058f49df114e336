import { assert, assertNever } from "../base/assert.ts";
import type { LogIndex, ServerId, Term } from "../base/units.ts";
import type { Decision } from "./decisions.ts";
import { append, lastIndex, slice, termAt, truncate } from "./log.ts";
import type { RaftOptions } from "./options.ts";
import { logEnd, majorityOf, type Rules, storedOn } from "./rules.ts";
import { grantedVotes } from "./server.ts";
import type {
  AppendEntries,
  AppendEntriesReply,
  Command,
  Entry,
  Input,
  Output,
  Progress,
  RaftMessage,
  RequestVote,
  RequestVoteReply,
  Server,
} from "./types.ts";

/** What a server knows of the outside while it takes one step. */
export interface Env {
  readonly options: RaftOptions;
  readonly rules: Rules;
  /** The server's own clock, an integer in the unit of `options`. */
  readonly now: number;
  /** The election timeout to use if the timer is set anew in this step. */
  readonly drawnTimeout: number;
  /** Receives the reasons; null while nobody listens. Must not change anything. */
  readonly decide: ((decision: Decision) => void) | null;
}

/** One step under construction. */
interface Step {
  readonly server: Server;
  readonly env: Env;
  readonly out: Output;
  /** Term or vote changed, so that they must be written. */
  stateChanged: boolean;
  truncateFrom: LogIndex;
  readonly appended: Entry[];
}

/**
 * Figure 2 as a function: takes one input, changes `server` in place and returns what is to be done. Does nothing
 * else: no clock, no randomness, no I/O. The caller delivers messages, performs writes in order, applies entries up
 * to `server.commitIndex`, and reports back with `written` and `applied`.
 */
export function step(server: Server, input: Input, env: Env): Output {
  const out: Output = { messages: [], writes: [], afterWrite: 0, proposedAt: 0, timerReset: false };
  const current: Step = { server, env, out, stateChanged: false, truncateFrom: 0, appended: [] };
  take(current, input);
  persist(current);
  out.afterWrite = server.writesIssued;
  return out;
}

function take(s: Step, input: Input): void {
  switch (input.kind) {
    case "electionTimeout":
      return startElection(s);
    case "heartbeatTimeout":
      return sendHeartbeats(s);
    case "message":
      return receive(s, input.message);
    case "propose":
      return propose(s, input.command);
    case "written":
      return written(s, input.write);
    case "applied":
      return applied(s, input.index);
    default:
      return assertNever(input);
  }
}

function receive(s: Step, message: RaftMessage): void {
  if (s.env.rules.newerTerm.ask(s.server, message)) adoptTerm(s, message);
  switch (message.type) {
    case "RequestVote":
      return answerVote(s, message);
    case "RequestVoteReply":
      return countVote(s, message);
    case "AppendEntries":
      return answerAppend(s, message);
    case "AppendEntriesReply":
      return countAppend(s, message);
    default:
      return assertNever(message);
  }
}

// ---- terms and roles ----------------------------------------------------------------------------------------

function adoptTerm(s: Step, message: RaftMessage): void {
  const { server, env } = s;
  const steppedDown = server.role !== "follower";
  env.decide?.({
    kind: "termAdopted",
    server: server.id,
    from: message.from,
    messageType: message.type,
    oldTerm: server.term,
    term: message.term,
    steppedDown,
  });
  const led = server.role === "leader";
  setTerm(s, message.term, 0);
  becomeFollower(server);
  // A leader has no election timer running: without one it would wait for ever.
  if (led) resetTimer(s, "lost leadership");
}

function setTerm(s: Step, term: Term, votedFor: ServerId): void {
  assert(term >= s.server.term, "terms only grow");
  s.server.term = term;
  s.server.votedFor = votedFor;
  s.stateChanged = true;
}

function becomeFollower(server: Server): void {
  server.role = "follower";
  server.leader = 0;
  server.votes = [];
  server.progress = [];
}

function resetTimer(s: Step, cause: "leader" | "vote" | "election" | "lost leadership"): void {
  const { server, env } = s;
  server.timerSince = env.now;
  server.timeout = env.drawnTimeout;
  s.out.timerReset = true;
  env.decide?.({ kind: "timerReset", server: server.id, cause, timeout: env.drawnTimeout });
}

// ---- elections (§5.2) ---------------------------------------------------------------------------------------

function startElection(s: Step): void {
  const { server, env } = s;
  if (!env.rules.electionTimeout.ask(server)) return;
  if (server.role === "candidate") {
    const votes = grantedVotes(server);
    const quorum = majorityOf(server.voters.length);
    env.decide?.({ kind: "electionLost", server: server.id, term: server.term, votes, quorum });
  }
  setTerm(s, server.term + 1, server.id);
  becomeFollower(server);
  server.role = "candidate";
  const waited = env.now - server.timerSince;
  env.decide?.({ kind: "electionStarted", server: server.id, term: server.term, waited, timeout: server.timeout });
  resetTimer(s, "election");
  const { term: lastLogTerm, index: lastLogIndex } = logEnd(server);
  forPeers(server, (to) =>
    send(s, { type: "RequestVote", from: server.id, to, term: server.term, lastLogIndex, lastLogTerm }),
  );
}

function answerVote(s: Step, request: RequestVote): void {
  const { server } = s;
  const granted = mayVote(s, request);
  if (granted) {
    if (server.votedFor !== request.from) setTerm(s, server.term, request.from);
    s.env.decide?.({
      kind: "voteGranted",
      server: server.id,
      to: request.from,
      term: server.term,
      own: logEnd(server),
      candidate: { term: request.lastLogTerm, index: request.lastLogIndex },
    });
    resetTimer(s, "vote");
  }
  send(s, { type: "RequestVoteReply", from: server.id, to: request.from, term: server.term, granted });
}

function mayVote(s: Step, request: RequestVote): boolean {
  const { server, env } = s;
  const { id, term } = server;
  const to = request.from;
  if (env.rules.oldTerm.ask(server, request)) {
    env.decide?.({ kind: "voteRefusedOldTerm", server: id, to, messageTerm: request.term, term });
    return false;
  }
  if (!env.rules.oneVotePerTerm.ask(server, request)) {
    env.decide?.({ kind: "voteRefusedVoted", server: id, to, term, votedFor: server.votedFor });
    return false;
  }
  if (!env.rules.logUpToDate.ask(server, request)) {
    const own = logEnd(server);
    const candidate = { term: request.lastLogTerm, index: request.lastLogIndex };
    const kind = candidate.term === own.term ? "voteRefusedLogLength" : "voteRefusedLogTerm";
    env.decide?.({ kind, server: id, to, own, candidate });
    return false;
  }
  return true;
}

function countVote(s: Step, reply: RequestVoteReply): void {
  if (ignoreReply(s, reply, "candidate")) return;
  tally(s, reply.from, reply.granted);
}

function tally(s: Step, from: ServerId, granted: boolean): void {
  const { server, env } = s;
  server.votes[from] = granted;
  const votes = grantedVotes(server);
  const voters = server.voters.length;
  const quorum = majorityOf(voters);
  env.decide?.({ kind: "voteCounted", server: server.id, from, granted, votes, quorum, voters });
  if (!env.rules.electionQuorum.ask(votes.length, voters)) return;
  env.decide?.({ kind: "electionWon", server: server.id, term: server.term, votes, quorum, voters });
  becomeLeader(s);
}

function becomeLeader(s: Step): void {
  const { server, env } = s;
  server.role = "leader";
  server.leader = server.id;
  server.votes = [];
  const next = lastIndex(server.log) + 1;
  forPeers(server, (id) => {
    server.progress[id] = { next, match: 0, outstanding: 0, outstandingSince: 0 };
  });
  if (env.options.noOpOnElection) {
    const index = appendAsLeader(s, null);
    env.decide?.({ kind: "noOpAppended", server: server.id, index, term: server.term });
  }
  sendHeartbeats(s);
}

// ---- replication (§5.3) -------------------------------------------------------------------------------------

function propose(s: Step, command: Command): void {
  const { server, env } = s;
  if (!env.rules.leaderAccepts.ask(server)) {
    env.decide?.({ kind: "proposalRefused", server: server.id, leader: server.leader });
    return;
  }
  const index = appendAsLeader(s, command);
  s.out.proposedAt = index;
  const voters = server.voters.length;
  const quorum = majorityOf(voters);
  env.decide?.({ kind: "proposalAppended", server: server.id, index, term: server.term, quorum, voters });
}

function appendAsLeader(s: Step, command: Command | null): LogIndex {
  const { server } = s;
  const entry: Entry = { index: lastIndex(server.log) + 1, term: server.term, command };
  append(server.log, entry);
  s.appended.push(entry);
  return entry.index;
}

/** Sends to every follower: the entries that are due to be sent again, or none. */
function sendHeartbeats(s: Step): void {
  const { server, env } = s;
  if (server.role !== "leader") return;
  server.heartbeatDue = env.now + env.options.heartbeatInterval;
  const idle: ServerId[] = [];
  forPeers(server, (id) => {
    const progress = server.progress[id]!;
    if (progress.outstanding > 0 && env.now - progress.outstandingSince >= env.options.retryAfter) {
      progress.outstanding = 0;
      sendEntries(s, id, progress, true);
    } else {
      sendAppend(s, id, progress.next - 1, []);
      idle.push(id);
    }
  });
  if (idle.length > 0) env.decide?.({ kind: "heartbeatSent", server: server.id, to: idle });
}

/**
 * One request with entries at a time: sends the next ones unless some are under way. The leader offers only what is
 * on its own disk (profile `paper`: it writes before it sends).
 */
function sendEntries(s: Step, to: ServerId, progress: Progress, again = false): void {
  const { server, env } = s;
  const first = progress.next;
  const last = Math.min(server.durableIndex, first + env.options.maxEntriesPerMessage - 1);
  if (progress.outstanding > 0 || last < first) return;
  progress.outstanding = last;
  progress.outstandingSince = env.now;
  const prevTerm = termAt(server.log, first - 1);
  env.decide?.({ kind: "entriesSent", server: server.id, to, first, last, prevTerm, again });
  sendAppend(s, to, first - 1, slice(server.log, first, last));
}

function sendAppend(s: Step, to: ServerId, prevLogIndex: LogIndex, entries: readonly Entry[]): void {
  const { id: from, term, log, commitIndex: leaderCommit } = s.server;
  const prevLogTerm = termAt(log, prevLogIndex);
  send(s, { type: "AppendEntries", from, to, term, prevLogIndex, prevLogTerm, entries, leaderCommit });
}

function answerAppend(s: Step, request: AppendEntries): void {
  const { server, env } = s;
  const { id, term } = server;
  const from = request.from;
  if (env.rules.oldTerm.ask(server, request)) {
    env.decide?.({ kind: "appendRefusedOldLeader", server: id, from, messageTerm: request.term, term });
    return replyAppend(s, request, false);
  }
  if (server.role === "leader") {
    // Two leaders of one term: impossible while the rules hold. Each stays with its own log.
    const messageType = request.type;
    const messageTerm = request.term;
    env.decide?.({ kind: "replyIgnored", server: id, from, messageType, messageTerm, term, reason: "role" });
    return;
  }
  if (env.rules.candidateConcedes.ask(server)) {
    env.decide?.({ kind: "candidateConceded", server: id, to: from, term });
    becomeFollower(server);
  }
  server.leader = from;
  resetTimer(s, "leader");
  if (!env.rules.consistencyCheck.ask(server, request)) {
    explainRefusal(s, request);
    return replyAppend(s, request, false);
  }
  storeEntries(s, request);
  replyAppend(s, request, true);
  commitAsFollower(s, request);
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
  env.decide?.({ kind: "appendAccepted", server: server.id, from, prevIndex, prevTerm, count });
  const conflict = entries.find((entry) => env.rules.conflict.ask(server, entry));
  if (conflict) deleteFrom(s, conflict);
  const known = lastIndex(server.log);
  const first = prevIndex + 1;
  if (first <= known) {
    const last = Math.min(known, prevIndex + count);
    env.decide?.({ kind: "nothingDeleted", server: server.id, first, last, lastIndex: known });
  }
  for (const entry of entries) {
    if (entry.index <= known) continue;
    append(server.log, entry);
    s.appended.push(entry);
  }
}

function deleteFrom(s: Step, conflict: Entry): void {
  const { server, env } = s;
  const { id, commitIndex } = server;
  const first = conflict.index;
  const last = lastIndex(server.log);
  const ownTerm = termAt(server.log, first);
  const leaderTerm = conflict.term;
  env.decide?.({ kind: "entriesDeleted", server: id, first, last, ownTerm, leaderTerm, commitIndex });
  truncate(server.log, first);
  s.truncateFrom = first;
  server.durableIndex = Math.min(server.durableIndex, first - 1);
  for (const write of server.unwritten) write.upTo = Math.min(write.upTo, first - 1);
}

function replyAppend(s: Step, request: AppendEntries, success: boolean): void {
  const { id: from, term } = s.server;
  const { from: to, prevLogIndex } = request;
  const matchIndex = success ? prevLogIndex + request.entries.length : 0;
  send(s, { type: "AppendEntriesReply", from, to, term, success, prevLogIndex, matchIndex });
}

function commitAsFollower(s: Step, request: AppendEntries): void {
  const { server, env } = s;
  const { leaderCommit } = request;
  if (leaderCommit <= server.commitIndex) return;
  const lastNew = request.prevLogIndex + request.entries.length;
  const index = env.rules.followerCommit.ask(leaderCommit, lastNew);
  if (index <= server.commitIndex) return;
  server.commitIndex = index;
  env.decide?.({ kind: "followerCommitted", server: server.id, index, leaderCommit, lastNew });
}

function countAppend(s: Step, reply: AppendEntriesReply): void {
  if (ignoreReply(s, reply, "leader")) return;
  const progress = s.server.progress[reply.from];
  if (progress === undefined) return;
  if (reply.success) followerMatched(s, reply, progress);
  else followerRefused(s, reply, progress);
}

function followerMatched(s: Step, reply: AppendEntriesReply, progress: Progress): void {
  const { server, env } = s;
  const match = env.rules.matchAfterSuccess.ask(progress.match, reply);
  const follower = reply.from;
  if (match > progress.match) {
    progress.match = match;
    env.decide?.({ kind: "matchAdvanced", server: server.id, follower, match, prevIndex: reply.prevLogIndex });
    commitAsLeader(s);
  }
  progress.next = Math.max(progress.next, match + 1);
  if (reply.matchIndex >= progress.outstanding) progress.outstanding = 0;
  sendEntries(s, follower, progress);
}

function followerRefused(s: Step, reply: AppendEntriesReply, progress: Progress): void {
  const { server, env } = s;
  const follower = reply.from;
  // Only the newest probe may move nextIndex; an older refusal, late or doubled, says nothing new.
  if (reply.prevLogIndex !== progress.next - 1 || reply.prevLogIndex <= progress.match) {
    const { match } = progress;
    env.decide?.({ kind: "staleAnswer", server: server.id, follower, match, prevIndex: reply.prevLogIndex });
    return;
  }
  const to = env.rules.nextAfterRefusal.ask(reply);
  env.decide?.({ kind: "nextBackedUp", server: server.id, follower, from: progress.next, to });
  progress.next = to;
  progress.outstanding = 0;
  sendEntries(s, follower, progress);
}

// ---- commitment (§5.3, §5.4.2) ------------------------------------------------------------------------------

function commitAsLeader(s: Step): void {
  const { server, env } = s;
  const index = env.rules.commitQuorum.ask(server);
  if (index <= server.commitIndex) return;
  const own = env.rules.commitOwnTerm.ask(server, index);
  if (own) {
    const from = server.commitIndex + 1;
    server.commitIndex = index;
    env.decide?.({ kind: "committed", server: server.id, index, from, term: server.term, ...copies(server, index) });
  } else {
    const entryTerm = termAt(server.log, index);
    const { id, term } = server;
    env.decide?.({ kind: "notCommittedOldTerm", server: id, index, entryTerm, term, ...copies(server, index) });
  }
}

const copies = (server: Server, index: LogIndex): { on: ServerId[]; quorum: number } => ({
  on: server.voters.filter((id) => storedOn(server, id) >= index),
  quorum: majorityOf(server.voters.length),
});

function applied(s: Step, index: LogIndex): void {
  const { server, env } = s;
  assert(index > server.lastApplied, "applied in order, once");
  assert(index <= server.commitIndex, "nothing is applied before it is committed");
  server.lastApplied = index;
  env.decide?.({ kind: "applied", server: server.id, index, commitIndex: server.commitIndex });
}

// ---- the disk (Figure 2, "updated on stable storage before responding") -------------------------------------

/** Hands to the disk, as one write, whatever this step changed of the persistent state. */
function persist(s: Step): void {
  const { server, env } = s;
  if (!s.stateChanged && s.appended.length === 0 && s.truncateFrom === 0) return;
  const number = ++server.writesIssued;
  const { term, votedFor } = server;
  s.out.writes.push({ number, term, votedFor, truncateFrom: s.truncateFrom, entries: s.appended });
  if (s.appended.length > 0) server.unwritten.push({ write: number, upTo: lastIndex(server.log) });
  if (s.out.messages.length > 0) {
    const what = s.appended.length > 0 ? "entries" : votedFor !== 0 ? "vote" : "term";
    env.decide?.({ kind: "wroteFirst", server: server.id, write: number, what });
  }
}

function written(s: Step, write: number): void {
  const { server } = s;
  assert(write <= server.writesIssued, "only writes that were issued finish");
  server.writesDone = Math.max(server.writesDone, write);
  while (server.unwritten.length > 0 && server.unwritten[0]!.write <= write) {
    server.durableIndex = Math.max(server.durableIndex, server.unwritten.shift()!.upTo);
  }
  if (
    server.role === "candidate" &&
    server.writesDone === server.writesIssued &&
    server.votes[server.id] === undefined
  ) {
    tally(s, server.id, true);
  } else if (server.role === "leader") {
    commitAsLeader(s);
    forPeers(server, (id) => sendEntries(s, id, server.progress[id]!));
  }
}

// ---- small parts --------------------------------------------------------------------------------------------

function ignoreReply(s: Step, reply: RequestVoteReply | AppendEntriesReply, asker: "candidate" | "leader"): boolean {
  const { server, env } = s;
  if (env.rules.currentReply.ask(server, reply, asker)) return false;
  env.decide?.({
    kind: "replyIgnored",
    server: server.id,
    from: reply.from,
    messageType: reply.type,
    messageTerm: reply.term,
    term: server.term,
    reason: reply.term === server.term ? "role" : "old term",
  });
  return true;
}

function forPeers(server: Server, visit: (id: ServerId) => void): void {
  for (const id of server.voters) if (id !== server.id) visit(id);
}

function send(s: Step, message: RaftMessage): void {
  s.out.messages.push(message);
}
