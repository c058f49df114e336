import { assert } from "../base/assert.ts";
import type { LogIndex, ServerId, Term } from "../base/units.ts";
import { membersOf } from "./configuration.ts";
import type { Decision } from "./decisions.ts";
import type { Step } from "./env.ts";
import { lastIndex } from "./log.ts";
import { becomeReplicate, newProgress } from "./progress.ts";
import { noReads } from "./reads.ts";

type TimerCause = Extract<Decision, { kind: "timerReset" }>["cause"];

export function resetTimer({ server, env }: Step, cause: TimerCause): void {
  server.timerSince = env.now;
  server.timeout = env.drawnTimeout;
  server.timeoutsDrawn++;
  env.decide?.({ kind: "timerReset", server: server.id, cause, timeout: server.timeout });
}

/** As `resetTimer`, but the timeout stays as it was drawn. One that was set by hand holds once. */
export function extendTimer(s: Step, cause: TimerCause): void {
  const { server, env } = s;
  const { electionTimeoutMin: least, electionTimeoutMax: most } = env.options;
  if (server.timeout < least || server.timeout > most) return resetTimer(s, cause);
  server.timerSince = env.now;
  env.decide?.({ kind: "timerReset", server: server.id, cause, timeout: server.timeout });
}

/** Takes over a term; a new one comes without a vote. */
function setTerm({ server, env }: Step, term: Term): void {
  assert(term >= server.term, "terms only grow");
  if (env.rules.newTermClearsVote.ask(server, term)) server.votedFor = 0;
  server.term = term;
}

/** Forgets everything that belongs to a role. A leader has no election timer running: without one it would wait for ever. */
function leaveRole(s: Step): void {
  const { server, env } = s;
  const led = server.role === "leader";
  server.role = "follower";
  server.leader = 0;
  server.votes = [];
  server.progress = [];
  server.transferee = 0;
  server.leaseEnded = false;
  server.pendingChangeIndex = 0;
  server.uncommittedBytes = 0;
  server.reads = noReads(server.reads.early);
  if (led || env.options.timerResets === "everyChange") resetTimer(s, "change");
}

export function becomeFollower(s: Step, term: Term, leader: ServerId): void {
  setTerm(s, term);
  leaveRole(s);
  s.server.leader = leader;
}

export function becomeCandidate(s: Step): void {
  const { server } = s;
  assert(server.role !== "leader", "a leader does not campaign");
  setTerm(s, server.term + 1);
  leaveRole(s);
  server.role = "candidate";
  server.votedFor = server.id;
}

/** Asking first changes nothing but the role: term, vote and timer stay. */
export function becomePreCandidate({ server }: Step): void {
  server.role = "preCandidate";
  server.leader = 0;
  server.votes = [];
}

export function becomeLeader(s: Step): void {
  const { server, env } = s;
  leaveRole(s);
  server.role = "leader";
  server.leader = server.id;
  server.timerSince = env.now;
  server.heartbeatSince = env.now;
  // Everything that an earlier leader may have left in the log counts as a pending change until it is applied.
  server.pendingChangeIndex = env.rules.pendingAtElection.ask(server);
  for (const id of membersOf(server.configuration)) server.progress[id] = progressAtElection(s, id);
}

function progressAtElection({ server, env }: Step, id: ServerId) {
  const last = lastIndex(server.log);
  const own = id === server.id;
  const progress = newProgress(own ? last : 0, last + 1, own, env.now);
  if (own) becomeReplicate(progress);
  return progress;
}

/** Commits up to `index`. That the log holds it is not asserted: with a broken rule that is for the checkers to find. */
export function commitTo({ server }: Step, index: LogIndex): void {
  server.commitIndex = Math.max(server.commitIndex, index);
}

/** Everybody else that this leader replicates to, ascending: voters and learners. */
export function forPeers({ server }: Step, visit: (id: ServerId) => void): void {
  for (const id of membersOf(server.configuration)) if (id !== server.id) visit(id);
}
