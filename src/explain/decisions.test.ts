import { describe, expect, test } from "vitest";
import { configurationText, membershipChange, votersOnly } from "../raft/configuration.ts";
import type { Decision, DecisionKind } from "../raft/decisions.ts";
import { sentence } from "./sentence.ts";
import { type Examples, joint, of, silences } from "./silences/fixtures.ts";

const removal = membershipChange([{ type: "remove", server: 1 }]);
const leased = { context: "r1", index: 5, ends: "bound" } as const;

/** One row per kind: a new kind does not compile until it has an example. */
const decisions: { readonly [Kind in DecisionKind]: Examples<Kind> } = {
  ...silences,
  electionStarted: [
    [
      { term: 4, waited: 181_000, timeout: 181_000, cause: "timer" },
      "S3 started an election for term 4: its election timer of 181 ms ran out",
    ],
    [
      { term: 4, waited: 20_000, timeout: 181_000, cause: "timer" },
      "S3 started an election for term 4: its timer was fired early",
    ],
    [
      { term: 4, waited: 20_000, timeout: 181_000, cause: "preVote" },
      "S3 started an election for term 4: a majority would vote for it",
    ],
    [
      { term: 4, waited: 20_000, timeout: 181_000, cause: "transfer" },
      "S3 started an election for term 4: the leader told it to",
    ],
  ],
  preVoteStarted: [
    [
      { term: 4, waited: 181_000, timeout: 181_000 },
      "S3 asks who would vote for it in term 4: its election timer of 181 ms ran out",
    ],
    [{ term: 4, waited: 5000, timeout: 181_000 }, "S3 asks who would vote for it in term 4: its timer was fired early"],
  ],
  timerReset: [
    [{ cause: "leader", timeout: 231_456 }, "S3 set its election timer to 231.5 ms: the leader is alive"],
    [{ cause: "vote", timeout: 150_000 }, "S3 set its election timer to 150 ms: it granted a vote"],
    [{ cause: "change", timeout: 150_000 }, "S3 set its election timer to 150 ms: its term or its role changed"],
  ],
  voteGranted: [
    [
      { to: 1, term: 2, own: { term: 0, index: 0 }, candidate: { term: 0, index: 0 }, commitIndex: 0, pre: false },
      "S3 voted for S1 in term 2: both logs are empty",
    ],
    [
      { to: 1, term: 2, own: { term: 1, index: 2 }, candidate: { term: 1, index: 2 }, commitIndex: 0, pre: false },
      "S3 voted for S1 in term 2: both logs end with entry 2 of term 1",
    ],
    [
      { to: 1, term: 4, own: { term: 2, index: 7 }, candidate: { term: 3, index: 2 }, commitIndex: 0, pre: false },
      "S3 voted for S1 in term 4: S1's log is newer (it ends in term 3; own last entry is of term 2)",
    ],
    [
      { to: 1, term: 4, own: { term: 2, index: 2 }, candidate: { term: 2, index: 3 }, commitIndex: 0, pre: false },
      "S3 voted for S1 in term 4: S1's log is longer (3 entries, not 2)",
    ],
    [
      { to: 1, term: 4, own: { term: 2, index: 2 }, candidate: { term: 2, index: 3 }, commitIndex: 0, pre: true },
      "S3 would vote for S1 in term 4: S1's log is longer (3 entries, not 2)",
    ],
  ],
  voteRefusedOldTerm: [
    [{ to: 1, messageTerm: 2, term: 3 }, "S3 refused its vote to S1: the request is of term 2, S3 is in term 3"],
  ],
  voteRefusedVoted: [
    [{ to: 1, term: 3, votedFor: 2, leader: 0 }, "S3 refused its vote to S1: in term 3 it has voted for S2"],
    [{ to: 1, term: 3, votedFor: 3, leader: 0 }, "S3 refused its vote to S1: in term 3 it has voted for itself"],
    [{ to: 1, term: 3, votedFor: 0, leader: 2 }, "S3 refused its vote to S1: in term 3 S2 leads already"],
    [{ to: 1, term: 3, votedFor: 0, leader: 3 }, "S3 refused its vote to S1: in term 3 it leads itself"],
  ],
  voteRefusedLogTerm: [
    [
      { to: 1, own: { term: 3, index: 4 }, candidate: { term: 2, index: 9 }, commitIndex: 0 },
      "S3 refused its vote to S1: its own log is newer (last entry of term 3, not 2)",
    ],
  ],
  voteRefusedLogLength: [
    [
      { to: 1, own: { term: 2, index: 5 }, candidate: { term: 2, index: 4 }, commitIndex: 0 },
      "S3 refused its vote to S1: its own log is longer (5 entries, not 4; both end in term 2)",
    ],
  ],
  voteIgnoredLease: [
    [
      { to: 1, leader: 2, heard: 20_000, least: 150_000, told: false },
      "S3 ignored S1's request for a vote: it heard from its leader S2 20 ms ago, less than 150 ms",
    ],
    [
      { to: 1, leader: 3, heard: 20_000, least: 150_000, told: false },
      "S3 ignored S1's request for a vote: it leads itself",
    ],
    [
      { to: 1, leader: 2, heard: 20_000, least: 150_000, told: true },
      "S3 would not vote for S1: it heard from its leader S2 20 ms ago, less than 150 ms",
    ],
    [
      { to: 1, leader: 0, heard: 20_000, least: 150_000, told: false },
      "S3 ignored S1's request for a vote: it may have heard from a leader 20 ms ago, less than 150 ms",
    ],
  ],
  voteCounted: [
    [
      { from: 3, granted: true, pre: false, votes: [3], counts: of(5, [3]) },
      "S3 counted its own vote: 1 of 5, 3 are needed",
    ],
    [
      { from: 1, granted: true, pre: false, votes: [1, 3], counts: of(5, [1, 3]) },
      "S3 counted S1's vote: 2 of 5, 3 are needed",
    ],
    [
      { from: 2, granted: false, pre: false, votes: [3], counts: of(5, [3]) },
      "S3 counted S2's refusal: 1 of 5, 3 are needed",
    ],
    [
      { from: 1, granted: true, pre: true, votes: [1, 3], counts: of(5, [1, 3]) },
      "S3 counted S1's pre-vote: 2 of 5, 3 are needed",
    ],
    [
      { from: 4, granted: true, pre: false, votes: [3, 4], counts: joint([3, 4], [3]) },
      "S3 counted S4's vote: 1 of 3 in the old configuration, 2 of 3 in the new; both majorities are needed",
    ],
  ],
  electionWon: [
    [
      { term: 2, votes: [1, 3, 4], counts: of(5, [1, 3, 4]) },
      "S3 became leader of term 2: 3 of 5 voted for it (S1, S3 and S4)",
    ],
    [
      { term: 2, votes: [1, 3], counts: joint([1, 3], [1, 3]) },
      "S3 became leader of term 2: 2 of 3 in the old configuration and 2 of 3 in the new voted for it (S1 and S3)",
    ],
  ],
  preVoteWon: [
    [
      { term: 2, votes: [1, 3, 4], counts: of(5, [1, 3, 4]) },
      "S3 may start an election for term 2: 3 of 5 would vote for it (S1, S3 and S4)",
    ],
  ],
  electionLost: [
    [
      { term: 2, pre: false, votes: [3, 4], counts: of(5, [3, 4]) },
      "S3 did not win term 2: it had 2 of the 3 votes that it needed",
    ],
    [
      { term: 2, pre: true, votes: [3], counts: of(5, [3]) },
      "S3 starts no election for term 2: it had 1 of the 3 pre-votes that it needed",
    ],
    [
      { term: 2, pre: false, votes: [3, 4], counts: joint([3, 4], [3]) },
      "S3 did not win term 2: it had 1 of 3 in the old configuration, 2 of 3 in the new; both majorities are needed",
    ],
  ],
  candidateConceded: [[{ to: 1, term: 3 }, "S3 gave up its candidacy: S1 leads term 3"]],
  termAdopted: [
    [
      { from: 1, messageType: "RequestVote", oldTerm: 2, term: 3, steppedDown: false },
      "S3 went from term 2 to term 3, the term of S1's RequestVote",
    ],
    [
      { from: 1, messageType: "AppendEntriesReply", oldTerm: 2, term: 3, steppedDown: true },
      "S3 stepped down and went from term 2 to term 3, the term of S1's AppendEntriesReply",
    ],
  ],
  messageIgnored: [
    [
      { from: 1, messageType: "AppendEntriesReply", messageTerm: 1, term: 2, reason: "old term" },
      "S3 ignored S1's AppendEntriesReply: it is of term 1, S3 is in term 2",
    ],
    [
      { from: 1, messageType: "RequestVoteReply", messageTerm: 2, term: 2, reason: "role" },
      "S3 ignored S1's RequestVoteReply: it is no longer a candidate",
    ],
    [
      { from: 1, messageType: "Heartbeat", messageTerm: 1, term: 2, reason: "old term" },
      "S3 ignored S1's Heartbeat: it is of term 1, S3 is in term 2",
    ],
    [
      { from: 5, messageType: "HeartbeatReply", messageTerm: 2, term: 2, reason: "not a member" },
      "S3 ignored S5's HeartbeatReply: S5 is no member of its configuration",
    ],
  ],
  proposalAppended: [
    [
      { index: 5, last: 5, term: 3, counts: of(5, []) },
      "S3 appended entry 5 in term 3: it needs 3 of 5 servers to commit it",
    ],
    [
      { index: 5, last: 7, term: 3, counts: of(5, []) },
      "S3 appended entries 5–7 in term 3: it needs 3 of 5 servers to commit them",
    ],
    [
      { index: 4, last: 4, term: 2, counts: joint([], []) },
      "S3 appended entry 4 in term 2: to commit it, 2 of 3 in the old configuration and 2 of 3 in the new are needed",
    ],
  ],
  proposalRefused: [
    [{ leader: 1 }, "S3 refused a command: it is not the leader, S1 is as far as it knows"],
    [{ leader: 0 }, "S3 refused a command: it is not the leader, and knows none"],
  ],
  proposalForwarded: [[{ to: 1 }, "S3 passes a command on to its leader S1"]],
  proposalDropped: [
    [{ reason: "transfer", transferee: 1 }, "S3 dropped a command: it is handing leadership to S1"],
    [
      { reason: "not a member", transferee: 0 },
      "S3 dropped a command: it is no member of its own configuration any more",
    ],
    [{ reason: "size", transferee: 0 }, "S3 dropped a command: too many bytes of commands are not committed yet"],
  ],
  entriesSent: [
    [
      { to: 1, first: 4, last: 5, prevTerm: 2, again: false },
      "S3 sends entries 4–5 to S1, to go after entry 3 of term 2",
    ],
    [
      { to: 1, first: 1, last: 1, prevTerm: 0, again: true },
      "S3 sends entry 1 to S1 again, to go after the start of the log",
    ],
  ],
  heartbeatSent: [[{ to: [1, 2] }, "S3 sends heartbeats to S1 and S2"]],
  appendAccepted: [
    [
      { from: 1, prevIndex: 3, prevTerm: 2, ownTerm: 2, count: 2 },
      "S3 accepted entries 4–5 from S1: its own entry 3 has term 2 too",
    ],
    [{ from: 1, prevIndex: 0, prevTerm: 0, ownTerm: 0, count: 1 }, "S3 accepted entry 1 from S1: it starts the log"],
  ],
  appendRefusedMissing: [
    [{ from: 1, prevIndex: 10, lastIndex: 4 }, "S3 refused S1's AppendEntries: it has no entry 10, its log ends at 4"],
    [{ from: 1, prevIndex: 1, lastIndex: 0 }, "S3 refused S1's AppendEntries: it has no entry 1, its log is empty"],
  ],
  appendRefusedConflict: [
    [
      { from: 1, prevIndex: 10, ownTerm: 3, prevTerm: 6 },
      "S3 refused S1's AppendEntries: its own entry 10 is of term 3, not 6",
    ],
  ],
  appendRefusedOldLeader: [
    [
      { from: 1, messageType: "AppendEntries", messageTerm: 2, term: 3 },
      "S3 refused S1's AppendEntries: it is of term 2, S3 is in term 3",
    ],
  ],
  appendBelowCommit: [
    [
      { from: 1, prevIndex: 3, commitIndex: 5 },
      "S3 answered S1's AppendEntries at once: it begins after 3, S3 has committed up to 5",
    ],
  ],
  entriesDeleted: [
    [
      { first: 4, last: 5, ownTerm: 2, leaderTerm: 3, commitIndex: 3 },
      "S3 deleted entries 4–5: at 4 it had term 2, the leader has term 3",
    ],
  ],
  nothingDeleted: [[{ first: 4, last: 4, lastIndex: 7 }, "S3 has entry 4 already and keeps its log up to 7"]],
  nextBackedUp: [[{ follower: 1, from: 5, to: 4 }, "S3 lowered nextIndex for S1 from 5 to 4"]],
  matchAdvanced: [
    [{ follower: 1, match: 5 }, "S3 learned that S1 has stored the same log up to entry 5"],
    [{ follower: 3, match: 5 }, "S3 counts its own copy: its log is on its disk up to entry 5"],
  ],
  staleAnswer: [
    [
      { follower: 1, match: 2, prevIndex: 3, next: 3 },
      "S3 ignored a refusal from S1: it answers a request to append after entry 3, and nextIndex is 3 by now",
    ],
  ],
  committed: [
    [
      { index: 4, from: 4, entryTerm: 3, term: 3, on: [1, 3, 4], counts: of(5, [1, 3, 4]) },
      "S3 committed entry 4: it is of its own term 3 and stored on S1, S3 and S4",
    ],
    [
      { index: 4, from: 2, entryTerm: 3, term: 3, on: [1, 3, 4], counts: of(5, [1, 3, 4]) },
      "S3 committed entries 2–4: entry 4 is of its own term 3 and stored on S1, S3 and S4",
    ],
  ],
  followerCommitted: [
    [{ index: 4, leaderCommit: 5, lastNew: 4 }, "S3 learned that its log is committed up to entry 4"],
  ],
  applied: [[{ index: 4, commitIndex: 5 }, "S3 has applied its log up to entry 4, which is committed"]],
  noOpAppended: [[{ index: 5, term: 3 }, "S3 appended entry 5, a no-op, to begin its term 3"]],
  wroteFirst: [
    [{ write: 7, what: "vote" }, "S3 writes its term and vote to disk before it promises anything"],
    [{ write: 8, what: "entries" }, "S3 writes its new entries to disk before it promises anything"],
    [{ write: 8, what: "snapshot" }, "S3 writes the snapshot to disk before it promises anything"],
  ],
  writeForgotten: [
    [
      { write: 7, lastIndex: 12, lastTerm: 1 },
      "S3 counts nothing for write 7: entry 12 of term 1, with which it ended, is no longer in the log",
    ],
  ],
  snapshotSent: [
    [{ to: 1, index: 9, next: 4 }, "S3 sends S1 a snapshot up to entry 9: S1 needs entry 4, which S3 has discarded"],
  ],
  snapshotInstalled: [
    [{ from: 1, index: 9, term: 2 }, "S3 replaced its log by S1's snapshot, which ends with entry 9 of term 2"],
  ],
  snapshotOnlyCommitted: [
    [
      { from: 1, index: 9 },
      "S3 keeps its log: it holds entry 9, with which S1's snapshot ends, and learns that it is committed",
    ],
  ],
  snapshotIgnored: [
    [
      { from: 1, index: 9, commitIndex: 12, reason: "old" },
      "S3 ignored S1's snapshot: it ends with entry 9, S3 has committed up to 12",
    ],
    [
      { from: 1, index: 9, commitIndex: 2, reason: "not a member" },
      "S3 ignored S1's snapshot: its configuration does not contain S3",
    ],
    [{ from: 1, index: 9, commitIndex: 2, reason: "role" }, "S3 ignored S1's snapshot: it is not a follower"],
  ],
  snapshotReported: [
    [{ follower: 1, ok: true }, "S3 heard that its snapshot reached S1, and will ask it how far its log goes"],
    [{ follower: 1, ok: false }, "S3 heard that its snapshot did not reach S1, and will ask it how far its log goes"],
  ],
  peerUnreachable: [[{ peer: 1 }, "S3 cannot reach S1 and sends it one message at a time"]],
  changeAppended: [
    [{ index: 5, change: membershipChange([{ type: "add", server: 4 }]) }, "S3 appended entry 5, a change: add S4"],
  ],
  changeRefused: [
    [
      { change: removal, reason: "pending", pending: 5, replaced: true },
      "S3 refused a change (remove S1): entry 5 is not applied yet; an empty entry takes its place",
    ],
    [
      { change: removal, reason: "no own commit", pending: 0, replaced: true },
      "S3 refused a change (remove S1): no entry of its own term is committed yet; an empty entry takes its place",
    ],
    [
      { change: removal, reason: "joint", pending: 0, replaced: true },
      "S3 refused a change (remove S1): the configuration is joint, and must be left first; an empty entry takes its place",
    ],
    [
      { change: membershipChange([]), reason: "not joint", pending: 0, replaced: true },
      "S3 refused a change (leave the joint configuration): the configuration is not joint; an empty entry takes its place",
    ],
    [
      { change: removal, reason: "pending", pending: 5, replaced: false },
      "S3 refused a change (remove S1): entry 5 is not applied yet",
    ],
  ],
  configurationSwitched: [
    [
      { text: configurationText(votersOnly([1, 2, 4])), joint: false },
      "S3 uses a new configuration from now on: S1, S2, S4",
    ],
    [
      { text: configurationText({ ...votersOnly([1, 2]), outgoing: [1, 2, 3] }), joint: true },
      "S3 uses a joint configuration from now on: S1, S2 with S1, S2, S3",
    ],
  ],
  leaderRemoved: [
    [{ stays: true }, "S3 has no vote in the new configuration: it leads on, but does not count itself"],
    [{ stays: false }, "S3 has no vote in the new configuration and stepped down"],
  ],
  probeSent: [[{ to: 1, prevIndex: 5 }, "S3 asks S1 with an empty AppendEntries whether it has everything up to 5"]],
  replicationBegun: [
    [
      { follower: 1, match: 5 },
      "S3 sends S1 entries ahead of the answers from now on: their logs agreed up to entry 5",
    ],
    [
      { follower: 1, match: 0 },
      "S3 sends S1 entries ahead of the answers from now on: their logs agreed up to their start",
    ],
  ],
  forgettingRefused: [
    [{ reason: "lease" }, "S3 does not forget its leader: the leader may answer reads from its lease"],
    [{ reason: "no leader" }, "S3 does not forget its leader: it knows none"],
    [{ reason: "not a follower" }, "S3 does not forget its leader: it is not a follower"],
  ],
  quorumHeld: [
    [
      { heard: [1, 2, 3], joined: [], by: "perPeer", counts: of(5, [1, 2, 3]) },
      "S3 goes on leading: S1 and S2 answered it within an election timeout",
    ],
    [
      { heard: [1, 2, 3, 4], joined: [], by: "perPeer", counts: joint([1, 3, 4], [1, 2, 3]) },
      "S3 goes on leading: S1, S2 and S4 answered it within an election timeout; with itself that is 3 of 3 in the old configuration and 3 of 3 in the new",
    ],
  ],
  quorumLost: [
    [
      { heard: [1, 3, 4], joined: [4], by: "flags", counts: of(5, [1, 3, 4]) },
      "S3 stepped down: only S1 answered it in time, S4 is new, and a majority is 3 with itself",
    ],
    [
      { heard: [3], joined: [], by: "flags", counts: of(3, [3]) },
      "S3 stepped down: nobody answered it within an election timeout, and a majority is 2 with itself",
    ],
    // Its configuration leaves it out.
    [
      { heard: [1], joined: [], by: "flags", counts: [{ voters: [1, 2, 4], agree: [1], quorum: 2 }] },
      "S3 stepped down: only S1 answered it in time, and a majority is 2",
    ],
    [
      { heard: [3, 4], joined: [], by: "perPeer", counts: joint([3, 4], [3]) },
      "S3 stepped down: only S4 answered it within an election timeout, and with itself that is 1 of 3 in the old configuration, 2 of 3 in the new; both majorities are needed",
    ],
  ],
  transferStarted: [
    [{ to: 1, match: 5, last: 5 }, "S3 hands leadership to S1, whose log is complete"],
    [
      { to: 1, match: 3, last: 5 },
      "S3 will hand leadership to S1 once it has entries 4–5; until then it takes no commands",
    ],
  ],
  transferRefused: [
    [{ to: 1, reason: "same" }, "S3 does not hand leadership to S1: it is about to already"],
    [{ to: 1, reason: "cannot lead" }, "S3 does not hand leadership to S1: S1 is no voter"],
    [{ to: 3, reason: "cannot lead" }, "S3 does not hand leadership to S3: it leads already"],
    [{ to: 1, reason: "no leader" }, "S3 does not hand leadership to S1: no leader is known"],
  ],
  transferForwarded: [[{ to: 1, leader: 2 }, "S3 asks its leader S2 to hand leadership to S1"]],
  timeoutNowSent: [[{ to: 1, last: 5 }, "S3 tells S1 to start an election at once: its log is complete up to entry 5"]],
  leaderForgotten: [[{ leader: 1 }, "S3 forgot its leader S1: it may vote for another at once"]],
  readTaken: [
    [
      { context: "r1", index: 5, round: 2 },
      "S3 takes read r1 at commit index 5: heartbeats of round 2 will show whether it still leads",
    ],
  ],
  readWaitsForCommit: [[{ context: "r1" }, "S3 lets read r1 wait: no entry of its own term is committed yet"]],
  readForwarded: [[{ context: "r1", to: 1 }, "S3 asks its leader S1 for the index of read r1"]],
  readDropped: [[{ context: "r1" }, "S3 dropped read r1: it follows no leader that it could ask"]],
  readConfirmed: [
    [
      { context: "r1", index: 5, by: "round", counts: of(3, [1, 3]) },
      "S3 may answer read r1 from the state at index 5: a majority has confirmed the leader",
    ],
    [
      { context: "r1", index: 5, by: "round", counts: joint([1, 3, 4], [1, 3]) },
      "S3 may answer read r1 from the state at index 5: 2 of 3 in the old configuration and 3 of 3 in the new have confirmed the leader",
    ],
    [
      { context: "r1", index: 5, by: "alone", counts: [] },
      "S3 may answer read r1 from the state at index 5: it is the only voter",
    ],
  ],
  readByLease: [[leased, "S3 answers read r1 from its lease, from the state at index 5"]],
};

const decisionRows = Object.entries(decisions).flatMap(([kind, examples]) =>
  examples.map(([values, text]) => ({ text, decision: { kind, server: 3, ...values } as Decision })),
);

describe("a decision", () => {
  test.each(decisionRows)("$text", ({ text, decision }) => {
    const said = sentence({ kind: "decided", decision, at: 5, event: 1 });
    expect(said.text).toBe(text);
    expect(said.section).toMatch(/^(§\d|Figure \d|D \d|etcd\/raft$)/);
    expect(said.rule).toMatch(/^[A-Z].*\.$/);
    expect(said.server).toBe(3);
    for (const [name, value] of said.values) expect(`${name}: ${value}`).not.toMatch(/undefined|NaN|null|: $/);
  });
});

test("the values that decided are listed", () => {
  const decision: Decision = {
    kind: "voteRefusedLogTerm",
    server: 3,
    to: 1,
    ...{ own: { term: 3, index: 4 }, candidate: { term: 2, index: 9 }, commitIndex: 0 },
  };
  expect(sentence({ kind: "decided", decision, at: 0, event: 1 })).toMatchObject({
    section: "§5.4.1",
    kind: "election",
    values: [
      ["candidate's log ends with", "entry 9 of term 2"],
      ["own log ends with", "entry 4 of term 3"],
    ],
  });
});
