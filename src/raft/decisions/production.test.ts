import { describe, expect, test } from "vitest";
import {
  appendEntries,
  appended,
  entries,
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
  vote,
} from "../fixtures.ts";
import { becomeSnapshot } from "../progress.ts";
import {
  change,
  changeOf,
  compacted,
  follower,
  how,
  leader,
  led,
  notShown,
  type Row,
  read,
  reading,
  replicating,
  sent,
  upToDate,
} from "./fixtures.ts";

const rows: readonly Row[] = [
  // ---- elections ----
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

  // ---- replication ----
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
      return receive(made, heartbeatReply({ term: 4 }), { ...how(), now: production.electionTimeoutMin }).kinds;
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
    "a snapshot that is newer than the log",
    () => receive(server({ log: [1], servers: 3 }), installSnapshot({ index: 4, at: 4 }), how()).kinds,
    ["termAdopted", "timerReset", "timerReset", "snapshotInstalled", "neverCampaigns", "notApplied", "wroteFirst"],
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
    ["snapshotReported", "notSent"],
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
    ["changeRefused", "proposalAppended", "notSent", "notSent", "notSent", "notSent"],
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

describe("decisions: each branch of production says why, once", () => {
  test.each(rows)("%s", (_, run, kinds) => {
    expect(run()).toEqual(kinds);
  });
});

test("every kind that belongs here is shown", () => {
  expect(notShown("production", rows)).toEqual([]);
});
