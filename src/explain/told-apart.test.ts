import { expect, test } from "vitest";
import { votersOnly } from "../raft/configuration.ts";
import type { Decision } from "../raft/decisions.ts";
import { countsOf } from "../raft/quorum.ts";
import { tellDecision } from "./decisions.ts";

/** What was told in the same words once, and was false of one of the two. */

const ends = { own: { term: 2, index: 4 }, candidate: { term: 0, index: 0 }, commitIndex: 3 };
const vote = {
  from: 1,
  granted: true,
  pre: false,
  votes: [1],
  counts: countsOf(votersOnly([1, 2, 3]), (id) => id === 1),
};
const off = [{ rule: "electionQuorum", bug: "vote-half", changed: "Half is enough." }] as const;

const told: readonly (readonly [decision: Decision, text: string])[] = [
  [
    { kind: "voteRefusedOldTerm", server: 3, to: 1, pre: true, messageTerm: 2, term: 4 },
    "S3 would not vote for S1: the request is of term 2, S3 is in term 4",
  ],
  [
    { kind: "voteRefusedLogTerm", server: 3, to: 1, ...ends },
    "S3 refused its vote to S1: its own log is newer (last entry of term 2, S1's log is empty)",
  ],
  [
    { kind: "voteIgnoredLease", server: 3, to: 1, leader: 2, heard: 20_000, timer: true, least: 150_000, told: false },
    "S3 ignored S1's request for a vote: it knows its leader S2, and its timer began 20 ms ago, less than 150 ms",
  ],
  [
    { kind: "voteCounted", server: 3, ...vote, again: true },
    "S3 had counted S1's answer before, and this vote changes nothing: 1 of 3, 2 are needed",
  ],
  [
    { kind: "electionStarted", server: 3, term: 2, waited: 5, timeout: 9, cause: "preVote", replacedRules: off },
    "S3 started an election for term 2, after it had asked who would vote for it; “A majority elects” is switched off: half is enough",
  ],
  [
    { kind: "nextBackedUp", server: 3, follower: 1, from: 5, to: 5 },
    "S3 leaves nextIndex for S1 at 5: what comes before is acknowledged",
  ],
  [
    { kind: "staleAnswer", server: 3, follower: 1, match: 5, prevIndex: 3, next: 6, acknowledged: true },
    "S3 ignored a refusal from S1 after entry 3: S1 had acknowledged its log up to entry 5, and is not sent that again",
  ],
  [
    { kind: "proposalRefused", server: 3, leader: 0, change: true },
    "S3 refused a change of membership: it is not the leader, and knows none",
  ],
  [
    { kind: "proposalForwarded", server: 3, to: 1, change: true },
    "S3 passes a change of membership on to its leader S1",
  ],
  [
    {
      kind: "messageIgnored",
      server: 3,
      from: 4,
      messageType: "TransferLeader",
      messageTerm: 2,
      term: 3,
      reason: "old term",
    },
    "S3 ignored a TransferLeader for S4: it is of term 2, S3 is in term 3",
  ],
  [
    { kind: "matchAdvanced", server: 3, follower: 1, match: 9, last: 4 },
    "S3 heard that S1 has stored its log up to entry 9, but its own ends at 4",
  ],
  [
    { kind: "snapshotSent", server: 3, to: 1, index: 4, next: 10 },
    "S3 sends S1 a snapshot up to entry 4: S1 has entry 9, which S3 does not have",
  ],
  [
    { kind: "readConfirmed", server: 3, context: "r1", index: 5, by: "leader", counts: [] },
    "S3 may answer read r1 from the state at index 5: the leader says so",
  ],
  [
    { kind: "readConfirmed", server: 3, context: "r1", index: 5, by: "only voter", counts: [] },
    "S3 may answer read r1 from the state at index 5: it has no vote, and the only voter is not asked",
  ],
];

test.each(told.map(([decision, text]) => ({ decision, text })))("$text", ({ decision, text }) => {
  expect(tellDecision(decision.kind, decision).text).toBe(text);
});
