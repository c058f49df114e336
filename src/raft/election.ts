import type { ServerId } from "../base/units.ts";
import { allVoters } from "./configuration.ts";
import type { DecisionOf } from "./decisions.ts";
import { promiseOwn, type Step, send, sendAfterWrite } from "./env.ts";
import { broadcastHeartbeat } from "./heartbeats.ts";
import { lastTerm, logEnd } from "./log.ts";
import { appendAsLeader } from "./proposals.ts";
import { countsOf } from "./quorum.ts";
import { becomeCandidate, becomeFollower, becomeLeader, becomePreCandidate, extendTimer, resetTimer } from "./roles.ts";
import { broadcastAppend } from "./sending.ts";
import { campaignProblem } from "./silences.ts";
import type { PreVote, PreVoteReply, RequestVote, RequestVoteReply, Server } from "./types.ts";

// ---- asking for votes (§5.2; pre-vote: D §9.6; transfer: D §3.10) -------------------------------------------

/** Starts an election if this server may, or with pre-vote asks first. `transfer`: the old leader wants it. */
export function campaign(s: Step, transfer: boolean): void {
  const { server, env } = s;
  const refused = !env.rules.mayCampaign.ask(server)
    ? server.role === "leader"
      ? "leads"
      : campaignProblem(server)
    : !env.rules.changesApplied.ask(server)
      ? "unapplied change"
      : null;
  if (refused !== null) {
    env.decide?.({ kind: "campaignRefused", server: server.id, reason: refused });
    return;
  }
  if (env.rules.asksFirst.ask(env.options, transfer)) startPreVote(s);
  else startElection(s, transfer ? "transfer" : "timer");
}

function startPreVote(s: Step): void {
  const { server, env } = s;
  const waited = env.now - server.timerSince;
  becomePreCandidate(s);
  const term = server.term + 1;
  env.decide?.({ kind: "preVoteStarted", server: server.id, term, waited, timeout: server.timeout });
  const { term: lastLogTerm, index: lastLogIndex } = logEnd(server.log);
  for (const to of allVoters(server.configuration)) {
    if (to === server.id) promiseOwn(s, { kind: "preVote", term, index: 0 });
    else send(s, { type: "PreVote", from: server.id, to, term, lastLogIndex, lastLogTerm });
  }
}

function startElection(s: Step, cause: DecisionOf<"electionStarted">["cause"]): void {
  const { server, env } = s;
  if (server.role === "candidate") {
    env.decide?.({ kind: "electionLost", server: server.id, term: server.term, pre: false, ...tallyOf(server) });
  }
  const waited = env.now - server.timerSince;
  const { timeout } = server;
  becomeCandidate(s);
  const { term } = server;
  env.decide?.({ kind: "electionStarted", server: server.id, term, waited, timeout, cause });
  if (env.options.timerResets === "figure2") resetTimer(s, "election");
  const { term: lastLogTerm, index: lastLogIndex } = logEnd(server.log);
  const transfer = cause === "transfer";
  const ask = env.options.candidateWritesFirst ? sendAfterWrite : send;
  for (const to of allVoters(server.configuration)) {
    if (to === server.id) promiseOwn(s, { kind: "vote", term, index: 0 });
    else ask(s, { type: "RequestVote", from: server.id, to, term, lastLogIndex, lastLogTerm, transfer });
  }
}

const tallyOf = ({ votes, configuration }: Server) => ({
  votes: allVoters(configuration).filter((id) => votes[id] === true),
  counts: countsOf(configuration, (id) => votes[id] === true),
});

// ---- voting (Figure 2, RequestVote) -------------------------------------------------------------------------

export function answerVote(s: Step, request: RequestVote | PreVote): void {
  const { server, env } = s;
  const { from: to } = request;
  const pre = request.type === "PreVote";
  const type = pre ? "PreVoteReply" : "RequestVoteReply";
  const granted = mayVote(s, request);
  const term = env.rules.voteReplyTerm.ask(server, request, granted);
  sendAfterWrite(s, { type, from: server.id, to, term, granted });
  if (!granted) return;
  env.decide?.({ kind: "voteGranted", server: server.id, to, term: request.term, pre, ...compared(server, request) });
  if (env.rules.recordsVote.ask(request)) server.votedFor = to;
  if (pre) return;
  if (env.options.timerResets === "figure2") resetTimer(s, "vote");
  else extendTimer(s, "vote");
}

function mayVote(s: Step, request: RequestVote | PreVote): boolean {
  const { server, env } = s;
  const { id, term } = server;
  const { from: to } = request;
  const whose: { readonly to: ServerId; readonly pre?: true } = request.type === "PreVote" ? { to, pre: true } : { to };
  if (env.rules.oldTerm.ask(server, request)) {
    env.decide?.({ kind: "voteRefusedOldTerm", server: id, messageTerm: request.term, term, ...whose });
    return false;
  }
  if (!env.rules.oneVotePerTerm.ask(server, request, env.options)) {
    const { votedFor, leader } = server;
    env.decide?.({ kind: "voteRefusedVoted", server: id, term, votedFor, leader, ...whose });
    return false;
  }
  if (!env.rules.logUpToDate.ask(server, request)) {
    const sameTerm = request.lastLogTerm === lastTerm(server.log);
    const kind = sameTerm ? "voteRefusedLogLength" : "voteRefusedLogTerm";
    env.decide?.({ kind, server: id, ...whose, ...compared(server, request) });
    return false;
  }
  return true;
}

const compared = ({ log, commitIndex }: Server, { lastLogTerm, lastLogIndex }: RequestVote | PreVote) => ({
  own: logEnd(log),
  candidate: { term: lastLogTerm, index: lastLogIndex },
  commitIndex,
});

// ---- counting -----------------------------------------------------------------------------------------------

export function countVote(s: Step, reply: RequestVoteReply | PreVoteReply): void {
  tally(s, reply.from, reply.granted);
}

/** Counts one vote, the first of each server; the server's own arrives here too, once it is on the disk. */
export function tally(s: Step, from: ServerId, granted: boolean): void {
  const { server, env } = s;
  const again = server.votes[from] !== undefined;
  server.votes[from] ??= granted;
  const pre = server.role === "preCandidate";
  const counted = { kind: "voteCounted", server: server.id, from, granted, pre, ...tallyOf(server) } as const;
  env.decide?.(again ? { ...counted, again } : counted);
  const result = env.rules.electionQuorum.ask(server);
  if (result === "won" && pre) {
    env.decide?.({ kind: "preVoteWon", server: server.id, term: server.term + 1, ...tallyOf(server) });
    startElection(s, "preVote");
  } else if (result === "won") {
    env.decide?.({ kind: "electionWon", server: server.id, term: server.term, ...tallyOf(server) });
    lead(s);
  } else if (result === "lost" && env.options.refusedCandidate === "follows") {
    env.decide?.({
      kind: "electionLost",
      server: server.id,
      term: pre ? server.term + 1 : server.term,
      pre,
      ...tallyOf(server),
    });
    becomeFollower(s, server.term, 0);
  }
}

function lead(s: Step): void {
  const { server, env } = s;
  becomeLeader(s);
  if (env.rules.noOpWhenElected.ask(env.options)) {
    const index = appendAsLeader(s, [{ command: null, change: null }]);
    env.decide?.({ kind: "noOpAppended", server: server.id, index, term: server.term });
  } else if (env.options.heartbeats === "appendEntries") return broadcastHeartbeat(s);
  broadcastAppend(s);
}
