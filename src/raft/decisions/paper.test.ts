import { describe, expect, test } from "vitest";
import {
  appendEntries,
  appended,
  applied,
  entries,
  finishWrites,
  propose,
  receive,
  requestVote,
  server,
  take,
  ticks,
  vote,
} from "../fixtures.ts";
import { takeReady } from "../ready.ts";
import { rules } from "../rules/index.ts";
import { step } from "../step.ts";
import { after2, candidate, doubledProposal, follower, leader, notShown, type Row, upToDate } from "./fixtures.ts";

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
];

describe("decisions: each branch says why, once", () => {
  test.each(rows)("%s", (_, run, kinds) => {
    expect(run()).toEqual(kinds);
  });
});

test("every kind that belongs here is shown", () => {
  expect(notShown("paper", rows)).toEqual([]);
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
