import { describe, expect, test } from "vitest";
import type { ServerId } from "../base/units.ts";
import { membershipChange } from "./configuration.ts";
import type { DecisionKind } from "./decisions.ts";
import {
  appendEntries,
  appended,
  applied,
  entries,
  finishWrites,
  follows,
  heartbeat,
  heartbeatReply,
  installSnapshot,
  preVote,
  preVoted,
  production,
  propose,
  receive,
  requestVote,
  server,
  take,
  ticks,
  vote,
} from "./fixtures.ts";
import { compact } from "./log.ts";
import type { RaftOptions } from "./options.ts";
import { becomeSnapshot, newProgress } from "./progress.ts";
import { takeReady } from "./ready.ts";
import { rules } from "./rules/index.ts";
import { step } from "./step.ts";

/** One row per branch of a step: what is decided, in order, and nothing else. */
type Row = readonly [what: string, run: () => readonly DecisionKind[], kinds: readonly DecisionKind[]];

const candidate = () => server({ term: 4, log: [1, 4], role: "candidate" });
const leader = () => server({ term: 4, log: [1, 4], role: "leader" });
const follower = () => server({ term: 4, log: [1, 4] });
const upToDate = { term: 4, lastLogIndex: 2, lastLogTerm: 4 };
const after2 = { term: 4, prevLogIndex: 2, prevLogTerm: 4 };

// ---- production ----
const how = (some: Partial<RaftOptions> = {}) => ({ options: { ...production, ...some } });
/** A follower that S3 leads. */
const led = () => server({ term: 4, log: [1, 4], leader: 3, options: production });
const read = { kind: "readIndex", context: "r" } as const;
const change = (type: "add" | "remove", who: ServerId) => membershipChange([{ type, server: who }]);
const changeOf = (type: "add" | "remove", who: ServerId) =>
  ({ kind: "propose", proposals: [{ command: null, change: change(type, who) }] }) as const;
const sent = (count: number): DecisionKind[] => Array.from({ length: count }, () => "entriesSent");

/** A leader of three whose followers have everything. */
function replicating() {
  const made = server({ term: 4, log: [1, 4], role: "leader", servers: 3, options: production });
  for (const id of [2, 3]) made.progress[id] = follows(2, production);
  return made;
}
function reading() {
  const made = replicating();
  made.commitIndex = 2;
  return made;
}
/** A leader of three whose log begins after entry 2, and whose followers have nothing. */
function compacted() {
  const made = server({ term: 4, log: [1, 4], commit: 2, role: "leader", servers: 3, options: production });
  compact(made.log, 2);
  for (const id of [2, 3]) made.progress[id] = newProgress(0, id === 2 ? 1 : 3, false, 0);
  return made;
}

function doubledProposal() {
  const made = leader();
  made.progress[2] = follows(2);
  take(made, propose(1));
  finishWrites(made);
  return made;
}

const rows: readonly Row[] = [
  // ---- elections ----
  [
    "a follower's timer runs out",
    () => take(follower(), { kind: "electionTimeout" }).kinds,
    ["electionStarted", "timerReset", "wroteFirst"],
  ],
  [
    "a candidate's timer runs out",
    () => take(candidate(), { kind: "electionTimeout" }).kinds,
    ["electionLost", "electionStarted", "timerReset", "wroteFirst"],
  ],
  ["a leader's old timer runs out", () => take(leader(), { kind: "electionTimeout" }).kinds, ["campaignRefused"]],
  [
    "a vote in the own term",
    () => receive(follower(), requestVote(upToDate)).kinds,
    ["voteGranted", "timerReset", "wroteFirst"],
  ],
  [
    "a vote in a newer term",
    () => receive(follower(), requestVote({ ...upToDate, term: 5 })).kinds,
    ["termAdopted", "voteGranted", "timerReset", "wroteFirst"],
  ],
  ["a candidate of an old term", () => receive(follower(), requestVote({ term: 3 })).kinds, ["voteRefusedOldTerm"]],
  [
    "a second candidate",
    () => receive(server({ term: 4, votedFor: 3 }), requestVote({ term: 4 })).kinds,
    ["voteRefusedVoted"],
  ],
  [
    "a candidate with an older last term",
    () => receive(follower(), requestVote({ term: 4, lastLogTerm: 3, lastLogIndex: 9 })).kinds,
    ["voteRefusedLogTerm"],
  ],
  [
    "a candidate with a shorter log",
    () => receive(follower(), requestVote({ term: 4, lastLogTerm: 4, lastLogIndex: 1 })).kinds,
    ["voteRefusedLogLength"],
  ],
  [
    "a newer candidate with an older log",
    () => receive(follower(), requestVote({ term: 5 })).kinds,
    ["termAdopted", "voteRefusedLogTerm", "wroteFirst"],
  ],
  ["a vote that is not enough", () => receive(candidate(), vote({ term: 4 })).kinds, ["voteCounted"]],
  ["a refusal", () => receive(candidate(), vote({ term: 4, granted: false })).kinds, ["voteCounted"]],
  [
    "the vote that wins",
    () => {
      const made = candidate();
      receive(made, vote({ term: 4, from: 3 }));
      return receive(made, vote({ term: 4 })).kinds;
    },
    ["voteCounted", "electionWon", "heartbeatSent"],
  ],
  ["a vote of an old term", () => receive(candidate(), vote({ term: 3 })).kinds, ["messageIgnored"]],
  ["a vote for a leader", () => receive(leader(), vote({ term: 4 })).kinds, ["messageIgnored"]],
  [
    "a refusal with a newer term",
    () => receive(candidate(), vote({ term: 5, granted: false })).kinds,
    ["termAdopted", "messageIgnored"],
  ],
  [
    "the own vote reaches the disk",
    () => {
      const made = follower();
      take(made, { kind: "electionTimeout" });
      return finishWrites(made).kinds;
    },
    ["voteCounted"],
  ],

  // ---- replication, the follower's side ----
  ["a heartbeat", () => receive(follower(), appendEntries(after2)).kinds, ["timerReset"]],
  [
    "a heartbeat for a candidate",
    () => receive(candidate(), appendEntries(after2)).kinds,
    ["candidateConceded", "timerReset"],
  ],
  [
    "a heartbeat with a higher commit index",
    () => receive(follower(), appendEntries({ ...after2, leaderCommit: 1 })).kinds,
    ["timerReset", "followerCommitted"],
  ],
  [
    "a new leader's heartbeat",
    () => receive(leader(), appendEntries({ ...after2, term: 5 })).kinds,
    ["termAdopted", "timerReset", "timerReset", "wroteFirst"],
  ],
  [
    "new entries",
    () => receive(follower(), appendEntries({ ...after2, entries: entries(3, 4) })).kinds,
    ["timerReset", "appendAccepted", "wroteFirst"],
  ],
  [
    "entries that are there already",
    () => receive(follower(), appendEntries({ term: 4, entries: entries(1, 1) })).kinds,
    ["timerReset", "appendAccepted", "nothingDeleted"],
  ],
  [
    "entries in conflict",
    () => receive(follower(), appendEntries({ term: 5, entries: entries(1, 2) })).kinds,
    ["termAdopted", "timerReset", "appendAccepted", "entriesDeleted", "wroteFirst"],
  ],
  [
    "entries after a gap",
    () => receive(follower(), appendEntries({ ...after2, prevLogIndex: 3 })).kinds,
    ["timerReset", "appendRefusedMissing"],
  ],
  [
    "entries after another entry",
    () => receive(follower(), appendEntries({ ...after2, prevLogTerm: 3 })).kinds,
    ["timerReset", "appendRefusedConflict"],
  ],
  ["an old leader", () => receive(follower(), appendEntries({ term: 3 })).kinds, ["appendRefusedOldLeader"]],

  // ---- replication, the leader's side ----
  ["a heartbeat is due", () => take(leader(), { kind: "heartbeatTimeout" }).kinds, ["heartbeatSent"]],
  [
    "a command",
    () => take(server({ term: 4, log: [4], role: "leader", servers: 3 }), propose(1)).kinds,
    ["proposalAppended", "entriesSent", "entriesSent", "wroteFirst"],
  ],
  ["a command at a follower", () => take(follower(), propose(1)).kinds, ["proposalRefused"]],
  [
    "the leader's write is done",
    () => {
      const made = leader();
      take(made, propose(1));
      return finishWrites(made).kinds;
    },
    ["matchAdvanced"],
  ],
  [
    "a retry is due for one follower",
    () => {
      const made = doubledProposal();
      for (const id of [3, 4, 5]) made.progress[id]!.outstanding = 0;
      return take(made, { kind: "heartbeatTimeout" }, { now: 5 + ticks.retryAfter }).kinds;
    },
    ["entriesSent", "heartbeatSent"],
  ],
  [
    "an answer that advances the match",
    () => receive(doubledProposal(), appended({ ...after2, matchIndex: 3 })).kinds,
    ["matchAdvanced"],
  ],
  [
    "an answer to a heartbeat of a follower that matches",
    () => receive(doubledProposal(), appended({ ...after2, matchIndex: 2 })).kinds,
    [],
  ],
  [
    "an answer that commits",
    () => {
      const made = leader();
      receive(made, appended({ from: 3, ...after2, matchIndex: 2 }));
      return receive(made, appended({ ...after2, matchIndex: 2 })).kinds;
    },
    ["matchAdvanced", "committed"],
  ],
  [
    "an answer that would commit an entry of an earlier term",
    () => {
      const made = server({ term: 5, log: [1, 4], role: "leader", servers: 3 });
      return receive(made, appended({ ...after2, term: 5, matchIndex: 2 })).kinds;
    },
    ["matchAdvanced", "notCommittedOldTerm"],
  ],
  [
    "a refusal of the newest probe",
    () => receive(leader(), appended({ ...after2, success: false })).kinds,
    ["nextBackedUp", "entriesSent"],
  ],
  [
    "a refusal of an older probe",
    () => receive(leader(), appended({ term: 4, success: false, prevLogIndex: 1 })).kinds,
    ["staleAnswer"],
  ],
  ["an answer of an old term", () => receive(leader(), appended({ term: 3 })).kinds, ["messageIgnored"]],
  [
    "an answer with a newer term",
    () => receive(leader(), appended({ term: 5, success: false })).kinds,
    ["termAdopted", "timerReset", "messageIgnored"],
  ],

  // ---- the rest ----
  [
    "an entry is applied",
    () => {
      const made = server({ log: [1, 1], commit: 1 });
      made.commitIndex = 2;
      return take(made, applied(made, 2)).kinds;
    },
    ["applied"],
  ],
  [
    "a victory with the option of an empty entry",
    () => {
      const made = server({ term: 4, role: "candidate", servers: 3 });
      return receive(made, vote({ term: 4 }), { options: { ...ticks, noOpOnElection: true } }).kinds;
    },
    ["voteCounted", "electionWon", "noOpAppended", "entriesSent", "entriesSent", "wroteFirst"],
  ],

  // ---- production: elections ----
  [
    "asking first",
    () => take(follower(), { kind: "electionTimeout" }, how({ preVote: true })).kinds,
    ["preVoteStarted"],
  ],
  [
    "the pre-vote that wins",
    () => {
      const made = server({ term: 4, role: "preCandidate", servers: 3 });
      return receive(made, preVoted({ term: 5 }), how({ preVote: true })).kinds;
    },
    ["voteCounted", "preVoteWon", "timerReset", "electionStarted", "wroteFirst"],
  ],
  ["a pre-vote", () => receive(follower(), preVote({ ...upToDate, term: 5 }), how()).kinds, ["voteGranted"]],
  [
    "a second refusal of three",
    () => {
      const made = server({ term: 4, role: "candidate", servers: 3 });
      receive(made, vote({ term: 4, granted: false }), how());
      return receive(made, vote({ term: 4, from: 3, granted: false }), how()).kinds;
    },
    ["voteCounted", "electionLost", "timerReset"],
  ],
  [
    "a vote where the leader was heard lately",
    () => receive(led(), requestVote({ ...upToDate, term: 5 }), how({ checkQuorum: true })).kinds,
    ["voteIgnoredLease"],
  ],
  [
    "a vote in a term whose leader is known",
    () => receive(led(), requestVote({ ...upToDate, from: 4 }), how()).kinds,
    ["voteRefusedVoted"],
  ],
  ["forgetting the leader", () => take(led(), { kind: "forgetLeader" }, how()).kinds, ["leaderForgotten"]],
  [
    "forgetting it where it may serve reads",
    () => take(led(), { kind: "forgetLeader" }, how({ reads: "lease" })).kinds,
    ["forgettingRefused"],
  ],
  [
    "a quorum that answers",
    () => {
      const made = replicating();
      return take(made, { kind: "quorumTimeout" }, how({ checkQuorum: true })).kinds;
    },
    ["quorumHeld"],
  ],
  [
    "no quorum that answers",
    () => take(leader(), { kind: "quorumTimeout" }, how({ checkQuorum: true })).kinds,
    ["quorumLost", "timerReset"],
  ],

  // ---- production: replication ----
  ["a light heartbeat", () => receive(follower(), heartbeat({ term: 4 }), how()).kinds, ["timerReset"]],
  [
    "a light heartbeat with a commit index",
    () => receive(follower(), heartbeat({ term: 4, commit: 2 }), how()).kinds,
    ["timerReset", "followerCommitted"],
  ],
  [
    "an answer to a light heartbeat, after a silence",
    () => {
      const made = replicating();
      made.progress[2]!.active = false;
      return receive(made, heartbeatReply({ term: 4 }), how()).kinds;
    },
    ["followerHeard"],
  ],
  [
    "an answer to a light heartbeat, where entries may be lost",
    () => {
      const made = replicating();
      take(made, propose(), how());
      return receive(made, heartbeatReply({ term: 4 }), how()).kinds;
    },
    ["probeSent"],
  ],
  [
    "an answer that shows where the logs agree",
    () => receive(leader(), appended({ term: 4, matchIndex: 2 }), how()).kinds,
    ["followerHeard", "matchAdvanced", "replicationBegun"],
  ],
  [
    "entries before the commit index",
    () => receive(server({ log: [1, 1], commit: 2 }), appendEntries({ entries: entries(1, 1) }), how()).kinds,
    ["timerReset", "appendBelowCommit"],
  ],
  [
    "a follower that cannot be reached",
    () => take(replicating(), { kind: "unreachable", peer: 2 }, how()).kinds,
    ["peerUnreachable"],
  ],
  ["a command at a follower, passed on", () => take(led(), propose(), how()).kinds, ["proposalForwarded"]],
  [
    "a command too many",
    () => {
      const limited = how({ maxUncommittedBytes: 3 });
      const made = leader();
      take(made, propose(1, 2), limited);
      return take(made, propose(2, 2), limited).kinds;
    },
    ["proposalDropped"],
  ],
  [
    "a write of what was replaced meanwhile",
    () => {
      const made = server({ term: 4 });
      receive(made, appendEntries({ term: 4, entries: entries(1, 1, 1) }));
      receive(made, appendEntries({ term: 4, entries: entries(1, 2) }));
      return take(made, { kind: "written" }).kinds;
    },
    ["writeForgotten"],
  ],

  // ---- snapshots ----
  [
    "a follower needs what is gone",
    () => {
      const made = compacted();
      made.progress[3]!.active = true;
      return receive(made, appended({ from: 3, term: 4, success: false, prevLogIndex: 2 }), how()).kinds;
    },
    ["nextBackedUp", "snapshotSent"],
  ],
  [
    "a silent follower needs what is gone",
    () => take(compacted(), { kind: "propose", proposals: [{ command: null, change: null }] }, how()).kinds,
    ["proposalAppended", "snapshotWithheld", "entriesSent", "wroteFirst"],
  ],
  [
    "a snapshot that is newer than the log",
    () => receive(server({ log: [1], servers: 3 }), installSnapshot({ index: 4, at: 4 }), how()).kinds,
    ["termAdopted", "timerReset", "timerReset", "snapshotInstalled", "configurationSwitched", "wroteFirst"],
  ],
  [
    "a snapshot of what the log holds",
    () => receive(follower(), installSnapshot({ index: 2, at: 4 }), how()).kinds,
    ["timerReset", "snapshotOnlyCommitted"],
  ],
  [
    "a snapshot of what is committed",
    () => receive(server({ log: [1, 4], commit: 2 }), installSnapshot({ index: 2, at: 4 }), how()).kinds,
    ["timerReset", "snapshotIgnored"],
  ],
  [
    "sending a snapshot went wrong",
    () => {
      const made = compacted();
      becomeSnapshot(made.progress[2]!, 2);
      return take(made, { kind: "snapshotSent", peer: 2, ok: false }, how()).kinds;
    },
    ["snapshotReported"],
  ],

  // ---- membership ----
  [
    "a change that counts from when it is appended",
    () => {
      const made = leader();
      made.commitIndex = 2;
      return take(made, changeOf("remove", 5)).kinds;
    },
    ["changeAppended", "configurationSwitched", ...sent(3), "proposalAppended", "wroteFirst"],
  ],
  [
    "a change that counts from when it is applied",
    () => take(leader(), changeOf("remove", 5), how()).kinds,
    ["changeAppended", "proposalAppended", ...sent(4), "wroteFirst"],
  ],
  [
    "a second change before the first is applied",
    () => {
      const made = leader();
      take(made, changeOf("remove", 5), how());
      return take(made, changeOf("remove", 4), how()).kinds;
    },
    ["changeRefused", "proposalAppended"],
  ],
  [
    "the state machine reaches a change",
    () => take(follower(), { kind: "changeApplied", change: change("remove", 5) }, how()).kinds,
    ["configurationSwitched"],
  ],
  [
    "a change removes the leader",
    () => take(leader(), { kind: "changeApplied", change: change("remove", 1) }, how()).kinds,
    ["configurationSwitched", "leaderRemoved"],
  ],
  [
    "an answer of a stranger",
    () => receive(leader(), appended({ from: 9, term: 4, matchIndex: 2 }), how()).kinds,
    ["messageIgnored"],
  ],

  // ---- transfer ----
  [
    "leadership for a follower that has everything",
    () => take(replicating(), { kind: "transfer", to: 2 }, how()).kinds,
    ["transferStarted", "timeoutNowSent"],
  ],
  [
    "a transfer that does not come about",
    () => {
      const made = replicating();
      take(made, { kind: "transfer", to: 2 }, how());
      return take(made, { kind: "quorumTimeout" }, how()).kinds;
    },
    ["transferAborted"],
  ],
  ["leadership for itself", () => take(leader(), { kind: "transfer", to: 1 }, how()).kinds, ["transferRefused"]],
  [
    "a transfer asked of a follower",
    () => take(led(), { kind: "transfer", to: 3 }, how()).kinds,
    ["transferForwarded"],
  ],
  [
    "the old leader asks for an election",
    () => receive(led(), { type: "TimeoutNow", from: 3, to: 1, term: 4 }, how({ preVote: true })).kinds,
    ["timerReset", "electionStarted", "wroteFirst"],
  ],

  // ---- reads ----
  ["a read", () => take(reading(), read, how()).kinds, ["readTaken", "heartbeatSent"]],
  [
    "the round that confirms it",
    () => {
      const made = reading();
      take(made, read, how());
      return receive(made, heartbeatReply({ term: 4, round: 1 }), how()).kinds;
    },
    ["readConfirmed"],
  ],
  ["a read by lease", () => take(reading(), read, how({ reads: "lease" })).kinds, ["readByLease"]],
  ["a read before an own commit", () => take(replicating(), read, how()).kinds, ["readWaitsForCommit"]],
  ["a read at a follower", () => take(led(), read, how()).kinds, ["readForwarded"]],
  ["a read without a leader", () => take(follower(), read, how()).kinds, ["readDropped"]],
  [
    "the leader's answer to a follower's read",
    () => receive(led(), { type: "ReadIndexReply", from: 3, to: 1, term: 4, context: "r", index: 2 }, how()).kinds,
    ["readConfirmed"],
  ],
];

describe("decisions: each branch says why, once", () => {
  for (const [what, run, kinds] of rows) {
    test(what, () => expect(run()).toEqual(kinds));
  }
});

/** A new kind does not compile until it is listed, and fails here until a row above shows it. */
const kinds: { readonly [Kind in DecisionKind]: true } = {
  electionStarted: true,
  timerReset: true,
  voteGranted: true,
  voteRefusedOldTerm: true,
  voteRefusedVoted: true,
  voteRefusedLogTerm: true,
  voteRefusedLogLength: true,
  voteCounted: true,
  electionWon: true,
  electionLost: true,
  candidateConceded: true,
  termAdopted: true,
  messageIgnored: true,
  preVoteStarted: true,
  campaignRefused: true,
  voteIgnoredLease: true,
  preVoteWon: true,
  proposalForwarded: true,
  proposalDropped: true,
  appendBelowCommit: true,
  followerHeard: true,
  probeSent: true,
  replicationBegun: true,
  writeForgotten: true,
  snapshotSent: true,
  snapshotWithheld: true,
  snapshotInstalled: true,
  snapshotOnlyCommitted: true,
  snapshotIgnored: true,
  snapshotReported: true,
  peerUnreachable: true,
  changeAppended: true,
  changeRefused: true,
  configurationSwitched: true,
  leaderRemoved: true,
  quorumHeld: true,
  quorumLost: true,
  transferStarted: true,
  transferRefused: true,
  transferForwarded: true,
  transferAborted: true,
  timeoutNowSent: true,
  leaderForgotten: true,
  forgettingRefused: true,
  readTaken: true,
  readWaitsForCommit: true,
  readForwarded: true,
  readDropped: true,
  readConfirmed: true,
  readByLease: true,
  proposalAppended: true,
  proposalRefused: true,
  entriesSent: true,
  heartbeatSent: true,
  appendAccepted: true,
  appendRefusedMissing: true,
  appendRefusedConflict: true,
  appendRefusedOldLeader: true,
  entriesDeleted: true,
  nothingDeleted: true,
  nextBackedUp: true,
  matchAdvanced: true,
  staleAnswer: true,
  committed: true,
  notCommittedOldTerm: true,
  followerCommitted: true,
  applied: true,
  noOpAppended: true,
  wroteFirst: true,
};

test("every kind of decision is in the table", () => {
  const shown = new Set(rows.flatMap(([, , decided]) => decided));
  expect(Object.keys(kinds).filter((kind) => !shown.has(kind as DecisionKind))).toEqual([]);
});

test("every decision names the server that took it", () => {
  const { decisions } = receive(server({ id: 3, term: 4, log: [1, 4] }), appendEntries({ ...after2, to: 3 }));
  expect(decisions.every(({ server: by }) => by === 3)).toBe(true);
});

test("listening changes nothing", () => {
  const [heard, unheard] = [follower(), follower()];
  const message = appendEntries({ term: 5, entries: entries(1, 2), leaderCommit: 1 });
  const { ready } = receive(heard, message);
  const silent = { options: ticks, rules, now: 5, drawnTimeout: 17, snapshot: null, decide: null };
  expect(step(unheard, { kind: "message", message }, silent)).toBeNull();
  expect(takeReady(unheard, ticks, rules, null)).toEqual(ready);
  expect(unheard).toEqual(heard);
});
