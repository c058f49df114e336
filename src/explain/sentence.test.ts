import { describe, expect, test } from "vitest";
import { configurationText, membershipChange, votersOnly } from "../raft/configuration.ts";
import type { Decision, DecisionKind } from "../raft/decisions.ts";
import type { Act } from "../world/acts.ts";
import type { Happening } from "../world/facts.ts";
import { actText } from "./acts.ts";
import { sentence } from "./sentence.ts";

type DecisionOf<Kind extends DecisionKind> = Extract<Decision, { readonly kind: Kind }>;
type HappeningOf<Kind extends Happening["kind"]> = Extract<Happening, { readonly kind: Kind }>;
type Examples<Item> = readonly (readonly [item: Item, text: string])[];
/** Without the parts that every decision of an example has. */
type Bare<Item> = Omit<Item, "kind" | "server">;

const removal = membershipChange([{ type: "remove", server: 1 }]);

/** One row per kind: a new kind does not compile until it has an example. */
const decisions: { readonly [Kind in DecisionKind]: Examples<Bare<DecisionOf<Kind>>> } = {
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
  campaignRefused: [
    [{ reason: "leads" }, "S3 starts no election: it leads already"],
    [{ reason: "no vote" }, "S3 starts no election: it has no vote in its configuration, or a snapshot still to store"],
    [{ reason: "unapplied change" }, "S3 starts no election: a committed change of membership is not applied yet"],
  ],
  timerReset: [
    [{ cause: "leader", timeout: 231_456 }, "S3 set its election timer to 231.5 ms: the leader is alive"],
    [{ cause: "vote", timeout: 150_000 }, "S3 set its election timer to 150 ms: it granted a vote"],
    [{ cause: "change", timeout: 150_000 }, "S3 set its election timer to 150 ms: its term or its role changed"],
  ],
  voteGranted: [
    [
      { to: 1, term: 2, own: { term: 0, index: 0 }, candidate: { term: 0, index: 0 }, pre: false },
      "S3 voted for S1 in term 2: both logs are empty",
    ],
    [
      { to: 1, term: 2, own: { term: 1, index: 2 }, candidate: { term: 1, index: 2 }, pre: false },
      "S3 voted for S1 in term 2: both logs end with entry 2 of term 1",
    ],
    [
      { to: 1, term: 4, own: { term: 2, index: 7 }, candidate: { term: 3, index: 2 }, pre: false },
      "S3 voted for S1 in term 4: S1's log is newer (it ends in term 3; own last entry is of term 2)",
    ],
    [
      { to: 1, term: 4, own: { term: 2, index: 2 }, candidate: { term: 2, index: 3 }, pre: false },
      "S3 voted for S1 in term 4: S1's log is longer (3 entries, not 2)",
    ],
    [
      { to: 1, term: 4, own: { term: 2, index: 2 }, candidate: { term: 2, index: 3 }, pre: true },
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
      { to: 1, own: { term: 3, index: 4 }, candidate: { term: 2, index: 9 } },
      "S3 refused its vote to S1: its own log is newer (last entry of term 3, not 2)",
    ],
  ],
  voteRefusedLogLength: [
    [
      { to: 1, own: { term: 2, index: 5 }, candidate: { term: 2, index: 4 } },
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
      { from: 3, granted: true, pre: false, votes: [3], quorum: 3, voters: 5 },
      "S3 counted its own vote: 1 of 5, 3 are needed",
    ],
    [
      { from: 1, granted: true, pre: false, votes: [1, 3], quorum: 3, voters: 5 },
      "S3 counted S1's vote: 2 of 5, 3 are needed",
    ],
    [
      { from: 2, granted: false, pre: false, votes: [3], quorum: 3, voters: 5 },
      "S3 counted S2's refusal: 1 of 5, 3 are needed",
    ],
    [
      { from: 1, granted: true, pre: true, votes: [1, 3], quorum: 3, voters: 5 },
      "S3 counted S1's pre-vote: 2 of 5, 3 are needed",
    ],
  ],
  electionWon: [
    [
      { term: 2, votes: [1, 3, 4], quorum: 3, voters: 5 },
      "S3 became leader of term 2: 3 of 5 voted for it (S1, S3 and S4)",
    ],
  ],
  preVoteWon: [
    [
      { term: 2, votes: [1, 3, 4], quorum: 3, voters: 5 },
      "S3 may start an election for term 2: 3 of 5 would vote for it (S1, S3 and S4)",
    ],
  ],
  electionLost: [
    [
      { term: 2, pre: false, votes: [3, 4], quorum: 3, voters: 5 },
      "S3 did not win term 2: it had 2 of the 3 votes that it needed",
    ],
    [
      { term: 2, pre: true, votes: [3], quorum: 3, voters: 5 },
      "S3 starts no election for term 2: it had 1 of the 3 pre-votes that it needed",
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
      { index: 5, last: 5, term: 3, quorum: 3, voters: 5 },
      "S3 appended entry 5 in term 3: it needs 3 of 5 servers to commit it",
    ],
    [
      { index: 5, last: 7, term: 3, quorum: 3, voters: 5 },
      "S3 appended entries 5–7 in term 3: it needs 3 of 5 servers to commit them",
    ],
  ],
  proposalRefused: [
    [{ leader: 1 }, "S3 refused a command: it is not the leader, S1 is"],
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
      { from: 1, prevIndex: 3, prevTerm: 2, count: 2 },
      "S3 accepted entries 4–5 from S1: its own entry 3 has term 2 too",
    ],
    [{ from: 1, prevIndex: 0, prevTerm: 0, count: 1 }, "S3 accepted entry 1 from S1: it starts the log"],
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
    [{ follower: 1, match: 5 }, "S3 knows that S1's log equals its own up to entry 5"],
    [{ follower: 3, match: 5 }, "S3 counts its own copy: its log is on its disk up to entry 5"],
  ],
  staleAnswer: [
    [
      { follower: 1, match: 5, prevIndex: 3 },
      "S3 ignored a refusal from S1: it answers an older request (after entry 3)",
    ],
  ],
  committed: [
    [
      { index: 4, from: 4, term: 3, on: [1, 3, 4], quorum: 3 },
      "S3 committed entry 4: it is of its own term 3 and stored on S1, S3 and S4",
    ],
    [
      { index: 4, from: 2, term: 3, on: [1, 3, 4], quorum: 3 },
      "S3 committed entries 2–4: entry 4 is of its own term 3 and stored on S1, S3 and S4",
    ],
  ],
  notCommittedOldTerm: [
    [
      { index: 2, entryTerm: 2, term: 4, on: [1, 2, 3], quorum: 3 },
      "S3 does not commit entry 2 although S1, S2 and S3 have it: it is of term 2, not of S3's own term 4",
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
  snapshotWithheld: [[{ to: 1 }, "S3 sends S1 no snapshot yet: S1 has not answered lately"]],
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
  followerHeard: [[{ follower: 1 }, "S3 hears from S1 again"]],
  probeSent: [[{ to: 1, prevIndex: 5 }, "S3 asks S1 with an empty AppendEntries whether it has everything up to 5"]],
  replicationBegun: [
    [{ follower: 1, match: 5 }, "S3 sends S1 entries ahead of the answers from now on: their logs agree up to entry 5"],
    [
      { follower: 1, match: 0 },
      "S3 sends S1 entries ahead of the answers from now on: their logs agree up to their start",
    ],
  ],
  forgettingRefused: [
    [{ reason: "lease" }, "S3 does not forget its leader: the leader may answer reads from its lease"],
    [{ reason: "no leader" }, "S3 does not forget its leader: it knows none"],
    [{ reason: "not a follower" }, "S3 does not forget its leader: it is not a follower"],
  ],
  quorumHeld: [
    [{ heard: [1, 2, 3], quorum: 3 }, "S3 goes on leading: S1 and S2 answered it within an election timeout"],
  ],
  quorumLost: [
    [
      { heard: [1, 3], quorum: 3 },
      "S3 stepped down: only S1 answered it within an election timeout, and a majority is 3 with itself",
    ],
    [
      { heard: [3], quorum: 2 },
      "S3 stepped down: nobody answered it within an election timeout, and a majority is 2 with itself",
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
  transferAborted: [[{ to: 1 }, "S3 gave up handing leadership to S1, and goes on leading"]],
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
      { context: "r1", index: 5 },
      "S3 may answer read r1 from the state at index 5: a majority has confirmed the leader",
    ],
  ],
  readByLease: [[{ context: "r1", index: 5 }, "S3 answers read r1 from its lease, from the state at index 5"]],
};

const put = { op: "put", key: "x", value: "1" } as const;
const get = { op: "get", key: "x" } as const;
const ref = { from: 1, to: 3, ordinal: 4, copy: 0 } as const;
const back = { from: 3, to: 1, ordinal: 4, copy: 0 } as const;
const requestVote = {
  type: "RequestVote",
  from: 1,
  to: 3,
  term: 2,
  lastLogIndex: 3,
  lastLogTerm: 1,
  transfer: false,
} as const;
const heartbeat = {
  type: "AppendEntries",
  from: 1,
  to: 3,
  term: 2,
  prevLogIndex: 0,
  prevLogTerm: 0,
  entries: [],
  leaderCommit: 0,
} as const;
const reply = { type: "RequestVoteReply", from: 3, to: 1, term: 2, granted: true } as const;

const happenings: {
  readonly [Kind in Exclude<Happening["kind"], "decided">]: Examples<Omit<HappeningOf<Kind>, "kind">>;
} = {
  sent: [
    [{ ref, payload: requestVote }, "S1 sent S3 RequestVote: elect S1 in term 2; its log ends at entry 3 of term 1"],
    [{ ref: back, payload: reply }, "S3 sent S1 an answer, vote granted in term 2"],
  ],
  received: [
    [
      { ref, payload: heartbeat },
      "S3 received from S1 AppendEntries: no entries (heartbeat) after the start of the log",
    ],
  ],
  lost: [
    [
      { ref: back, payload: reply, reason: "cut" },
      "A message from S3 to S1 was lost at a cut link (vote granted in term 2)",
    ],
    [
      { ref: back, payload: reply, reason: "down" },
      "A message from S3 to S1 was lost because S1 is down (vote granted in term 2)",
    ],
  ],
  duplicated: [[{ ref, copy: { ...ref, copy: 1 } }, "The network doubled message S1>S3#4: the copy is S1>S3#4.1"]],
  held: [[{ ref, server: 3 }, "S3 is paused: message S1>S3#4 from S1 waits for it"]],
  diskWritten: [
    [
      { server: 3, term: 2, votedFor: 1, lastIndex: 5 },
      "S3's disk now has term 2, the vote for S1 and a log up to entry 5",
    ],
    [{ server: 3, term: 2, votedFor: 0, lastIndex: 0 }, "S3's disk now has term 2, no vote and an empty log"],
  ],
  crashed: [
    [{ server: 3, lostFrom: 6, lostTo: 5, unwrittenWrites: 0 }, "S3 crashed"],
    [{ server: 3, lostFrom: 5, lostTo: 5, unwrittenWrites: 1 }, "S3 crashed: entry 5 was not on its disk and is gone"],
    [
      { server: 3, lostFrom: 4, lostTo: 5, unwrittenWrites: 2 },
      "S3 crashed: entries 4–5 were not on its disk and are gone",
    ],
    [{ server: 3, lostFrom: 6, lostTo: 5, unwrittenWrites: 1 }, "S3 crashed: a write was not finished and is gone"],
  ],
  restarted: [
    [
      { server: 3, term: 2, votedFor: 1, lastIndex: 5 },
      "S3 restarted with what its disk has: term 2 and a log up to entry 5",
    ],
  ],
  stateApplied: [
    [{ server: 3, index: 4, operation: put, change: null, value: null }, "S3 applied entry 4: put x=1"],
    [{ server: 3, index: 4, operation: get, change: null, value: "7" }, "S3 applied entry 4: x is 7"],
    [{ server: 3, index: 4, operation: null, change: null, value: null }, "S3 applied entry 4, a no-op"],
    [
      { server: 3, index: 4, operation: put, change: null, value: null, unexecuted: "repeated" },
      "S3 came to entry 4, put x=1, and did not execute it: its session says that it was executed before",
    ],
    [
      { server: 3, index: 4, operation: put, change: null, value: null, unexecuted: "no session" },
      "S3 came to entry 4, put x=1, and did not execute it: its session is not known here any more",
    ],
  ],
  compacted: [[{ server: 3, index: 8 }, "S3 made a snapshot up to entry 8 and discarded its log up to there"]],
  requestAsked: [
    [{ request: 1, operation: put, server: 3 }, "The client asked S3: put x=1"],
    [{ request: 1, client: 2, operation: put, server: 3 }, "C2 asked S3: put x=1"],
  ],
  requestRepeated: [
    [{ request: 1, operation: put, server: 3 }, "The client had no answer and asked S3 again: put x=1"],
  ],
  requestRefused: [
    [
      { request: 1, client: 2, operation: put, server: 3, why: "answer forgotten" },
      "S3 refused put x=1 of C2: the session has moved on, and the answer is forgotten",
    ],
  ],
  requestAnswered: [
    [{ request: 1, operation: put, value: null, server: 3 }, "S3 answered the client: put x=1 is done"],
    [{ request: 1, operation: get, value: null, server: 3 }, "S3 answered the client: x has no value"],
  ],
  requestRedirected: [[{ request: 1, from: 3, to: 1 }, "The client went from S3 to S1, the leader that S3 named"]],
  requestGivenUp: [
    [
      { request: 1, operation: put, server: 3 },
      "The client gave up on put x=1 at S3: whether it was executed is unknown",
    ],
    [{ request: 1, operation: put, server: 3, untaken: true }, "The client gave up on put x=1: no server took it"],
  ],
  acted: [
    [{ act: { do: "timeout", server: 3 }, ignored: null }, "Action: fire the election timer of S3"],
    [
      { act: { do: "crash", server: 3 }, ignored: "S3 is down already" },
      "Nothing was done (crash S3): S3 is down already",
    ],
  ],
  violated: [
    [
      { property: "Election Safety", section: "§5.2", server: 3, detail: "S1 and S3 both lead term 2" },
      "Election Safety is broken at S3: S1 and S3 both lead term 2",
    ],
  ],
  ended: [
    [{ act: { do: "pause", server: 2, for: 500_000 }, by: 0 }, "Over: pause S2 for 500 ms"],
    [{ act: { do: "lose", loss: 100_000 }, by: 3 }, "Over: lose 10 % of the messages (nemesis 3)"],
  ],
  crashPoint: [
    [{ server: 2, point: "beforeWrite", kept: 0, of: 3 }, "S2 crashes before its write is on disk"],
    [
      { server: 2, point: "tornWrite", kept: 1, of: 3 },
      "S2 crashes in the middle of a write: 1 of 3 entries are on disk",
    ],
    [{ server: 2, point: "afterWrite", kept: 3, of: 3 }, "S2 crashes after its write, before it sends anything"],
    [{ server: 2, point: "betweenSends", kept: 3, of: 3 }, "S2 crashes after its write and one message"],
  ],
  diskTrouble: [
    [{ server: 2, what: "full", index: 4 }, "S2 has no room for entry 4 and stops"],
    [{ server: 2, what: "full", index: 0 }, "S2 has no room for a snapshot and stops"],
    [
      { server: 2, what: "vanished", index: 3 },
      "S2 had acknowledged more than its disk has: what was stored from entry 3 on is gone",
    ],
    [{ server: 2, what: "notStarted", index: 3 }, "S2 does not start: entry 3 on its disk does not fit its checksum"],
    [
      { server: 2, what: "discarded", index: 3 },
      "S2 finds that entry 3 does not fit its checksum, and discards its log from there on",
    ],
  ],
};

const decisionRows = Object.entries(decisions).flatMap(([kind, examples]) =>
  examples.map(([values, text]) => ({ text, decision: { kind, server: 3, ...values } as Decision })),
);
const happeningRows = Object.entries(happenings).flatMap(([kind, examples]) =>
  examples.map(([values, text]) => ({ text, happening: { kind, ...values } as Happening })),
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

describe("a happening", () => {
  test.each(happeningRows)("$text", ({ text, happening }) => {
    expect(sentence({ ...happening, at: 5, event: 1 }).text).toBe(text);
  });
});

test("the values that decided are listed", () => {
  const decision: Decision = {
    kind: "voteRefusedLogTerm",
    server: 3,
    to: 1,
    own: { term: 3, index: 4 },
    candidate: { term: 2, index: 9 },
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

test("a nemesis is named", () => {
  const told = { kind: "acted", act: { do: "crash", server: 3, for: 1_200_000 }, ignored: null, by: 1 } as const;
  const { text, routine } = sentence({ ...told, at: 0, event: 1 });
  expect([text, routine]).toEqual(["Nemesis 1: crash S3 for 1.2 s", false]);
});

test("routine is what happens all the time", () => {
  const routine = (happening: Happening): boolean => sentence({ ...happening, at: 0, event: 1 }).routine;
  expect(routine({ kind: "sent", ref, payload: heartbeat })).toBe(true);
  expect(routine({ kind: "lost", ref, payload: heartbeat, reason: "cut" })).toBe(true);
  expect(routine({ kind: "lost", ref, payload: requestVote, reason: "cut" })).toBe(false);
  expect(routine({ kind: "acted", act: { do: "crash", server: 1 }, ignored: null })).toBe(true);
  expect(routine({ kind: "acted", act: { do: "crash", server: 1 }, ignored: "S1 is down already" })).toBe(false);
});

const acts: { readonly [Kind in Act["do"]]: Examples<Act> } = {
  crash: [
    [{ do: "crash", server: 1 }, "crash S1"],
    [{ do: "crash", server: 1, for: 1_200_000 }, "crash S1 for 1.2 s"],
    [{ do: "crash", server: 1, at: "tornWrite", for: 50_000 }, "crash S1 in the middle of its next write for 50 ms"],
  ],
  restart: [[{ do: "restart", server: 1 }, "restart S1"]],
  pause: [[{ do: "pause", server: 1, for: 180_000_000 }, "pause S1 for 3 min"]],
  resume: [[{ do: "resume", server: 1 }, "resume S1"]],
  timeout: [[{ do: "timeout", server: 1 }, "fire the election timer of S1"]],
  heartbeat: [[{ do: "heartbeat", server: 1 }, "fire the heartbeat timer of S1"]],
  timer: [[{ do: "timer", server: 1, left: 20_500 }, "set the election timer of S1 to 20.5 ms"]],
  cut: [
    [{ do: "cut", links: [[1, 2]] }, "cut S1→S2"],
    [
      { do: "cut", links: [1, 2, 3, 4, 5].map((to) => [6, to] as const) },
      "cut S6→S1, S6→S2, S6→S3, S6→S4 and 1 more link",
    ],
  ],
  mend: [[{ do: "mend", links: [[0, 2]] }, "mend the client→S2"]],
  partition: [[{ do: "partition", groups: [[1, 2], [3]] }, "partition: S1 and S2 | S3"]],
  heal: [[{ do: "heal" }, "heal all links"]],
  request: [
    [{ do: "request", operation: put }, "client asks the leader: put x=1"],
    [{ do: "request", operation: { op: "delete", key: "x" }, server: 2 }, "client asks S2: delete x"],
  ],
  load: [
    [{ do: "load", perSecond: 8 }, "client asks 8 times a second"],
    [{ do: "load", perSecond: 0 }, "stop the client's load"],
  ],
  compact: [[{ do: "compact", server: 1 }, "make a snapshot at S1 and discard the log before it"]],
  transfer: [[{ do: "transfer", server: 1, to: 2 }, "ask S1 that S2 shall lead"]],
  members: [
    [
      { do: "members", server: 1, changes: [{ type: "add", server: 4 }], transition: "auto" },
      "propose at S1 to add S4",
    ],
    [
      {
        do: "members",
        server: 1,
        changes: [
          { type: "add", server: 4 },
          { type: "remove", server: 2 },
        ],
        transition: "explicit",
      },
      "propose at S1 to add S4 and remove S2, joint until told otherwise",
    ],
    [
      { do: "members", server: 1, changes: [{ type: "remove", server: 2 }], transition: "implicit" },
      "propose at S1 to remove S2, through a joint configuration",
    ],
    [{ do: "members", server: 1, changes: [], transition: "auto" }, "propose at S1 to leave the joint configuration"],
  ],
  forget: [[{ do: "forget", server: 1 }, "let S1 forget its leader"]],
  deliver: [[{ do: "deliver", message: ref }, "deliver S1>S3#4"]],
  drop: [[{ do: "drop", message: ref }, "drop S1>S3#4"]],
  duplicate: [[{ do: "duplicate", message: ref }, "duplicate S1>S3#4"]],
  delay: [[{ do: "delay", message: ref, by: 30_000 }, "delay S1>S3#4 by 30 ms"]],
  network: [
    [{ do: "network", mode: "manual" }, "network: manual"],
    [
      {
        do: "network",
        link: { latencyMin: 10_000, latencyMax: 20_000, loss: 50_000, duplicate: 0, bandwidth: null },
        links: [[1, 2]],
      },
      "network: latency 10 ms to 20 ms, loss 5 %, duplicates 0 % on S1→S2",
    ],
    [
      { do: "network", link: { latencyMin: 0, latencyMax: 0, loss: 0, duplicate: 0, bandwidth: 20_000 } },
      "network: latency 0 ms, loss 0 %, duplicates 0 %, 20000 bytes a second",
    ],
  ],
  disk: [
    [{ do: "disk", disk: { writeMin: 2000, writeMax: 2000 }, server: 3 }, "disk of S3: a write takes 2 ms"],
    [{ do: "disk", disk: { writeMin: 1000, writeMax: 2000 } }, "disks: a write takes 1 ms to 2 ms"],
  ],
  clock: [
    [{ do: "clock", server: 1, offset: 5000, drift: -50_000 }, "clock of S1: set 5 ms ahead, goes 5 % too slow"],
    [{ do: "clock", server: 1, offset: 0, drift: 0 }, "clock of S1: set right, goes right"],
    [{ do: "clock", server: 2, jump: -300_000, drift: 100 }, "clock of S2: jumps 300 ms back, goes 0.01 % too fast"],
  ],
  powerLoss: [[{ do: "powerLoss", servers: [1, 3], for: 1_000_000 }, "cut the power of S1 and S3 for 1 s"]],
  slowDisk: [
    [{ do: "slowDisk", server: 2, write: [50_000, 200_000] }, "slow the disk of S2: a write takes 50 ms to 200 ms"],
  ],
  stalledDisk: [[{ do: "stalledDisk", server: 2, for: 500_000 }, "stall the disk of S2 for 500 ms"]],
  fullDisk: [[{ do: "fullDisk", server: 2 }, "fill the disk of S2"]],
  lyingDisk: [[{ do: "lyingDisk", server: 2 }, "let the disk of S2 lie about sync"]],
  corruptEntry: [
    [
      { do: "corruptEntry", server: 2, index: 4, found: "staysDown" },
      "corrupt entry 4 on the disk of S2, which then does not start from it",
    ],
    [
      { do: "corruptEntry", server: 2, found: "truncates" },
      "corrupt the last entry on the disk of S2, which then discards its log from there on",
    ],
  ],
  mendDisk: [[{ do: "mendDisk", server: 2 }, "repair the disk of S2"]],
  flap: [
    [
      { do: "flap", links: [[1, 2]], down: 100_000, up: 50_000, for: 2_000_000 },
      "flap S1→S2: 100 ms down, 50 ms up for 2 s",
    ],
  ],
  isolate: [
    [{ do: "isolate", servers: [1], way: "in" }, "deafen S1"],
    [{ do: "isolate", servers: [1, 2], way: "both", for: 500_000 }, "cut off S1 and S2 for 500 ms"],
  ],
  ring: [
    [{ do: "ring" }, "ring of majorities"],
    [{ do: "ring", servers: [2, 1, 3, 4] }, "ring of majorities: S2, S1, S3 and S4"],
  ],
  bridge: [[{ do: "bridge", server: 3, servers: [1, 2] }, "bridge at S3, S1 and S2 on one side"]],
  lose: [[{ do: "lose", loss: 200_000, links: [[1, 2]] }, "lose 20 % of the messages on S1→S2"]],
  repeat: [[{ do: "repeat", duplicate: 10_000, for: 1_000_000 }, "double 1 % of the messages for 1 s"]],
  reorder: [
    [{ do: "reorder", share: 300_000, by: [10_000, 100_000] }, "hold back 30 % of the messages by 10 ms to 100 ms"],
  ],
  delaySpike: [[{ do: "delaySpike", by: [400_000, 400_000] }, "slow messages by 400 ms"]],
  narrow: [[{ do: "narrow", bandwidth: 20_000 }, "narrow links to 20000 bytes a second"]],
  repair: [[{ do: "repair" }, "repair everything"]],
  nemesis: [
    [
      { do: "nemesis", id: 1, fault: "crash", every: [2_000_000, 5_000_000], for: [500_000, 1_500_000], given: {} },
      "nemesis 1: crash every 2 s to 5 s, for 500 ms to 1.5 s",
    ],
  ],
  calm: [
    [{ do: "calm" }, "stop all nemeses"],
    [{ do: "calm", id: 2 }, "stop nemesis 2"],
  ],
};

test.each(Object.values(acts).flat())("an act: %j is told as “%s”", (act, text) => {
  expect(actText(act)).toBe(text);
});
