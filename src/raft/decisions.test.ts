import { describe, expect, test } from "vitest";
import type { DecisionKind } from "./decisions.ts";
import {
  appendEntries,
  appended,
  command,
  entries,
  finishWrites,
  receive,
  requestVote,
  server,
  take,
  ticks,
  vote,
} from "./fixtures.ts";
import { rules } from "./rules.ts";
import { step } from "./step.ts";

/** One row per branch of a step: what is decided, in order, and nothing else. */
type Row = readonly [what: string, run: () => readonly DecisionKind[], kinds: readonly DecisionKind[]];

const candidate = () => server({ term: 4, log: [1, 4], role: "candidate" });
const leader = () => server({ term: 4, log: [1, 4], role: "leader" });
const follower = () => server({ term: 4, log: [1, 4] });
const upToDate = { term: 4, lastLogIndex: 2, lastLogTerm: 4 };
const after2 = { term: 4, prevLogIndex: 2, prevLogTerm: 4 };

function doubledProposal() {
  const made = leader();
  made.progress[2] = { next: 3, match: 2, outstanding: 0, outstandingSince: 0 };
  take(made, { kind: "propose", command: command(1) });
  finishWrites(made, { now: 1 });
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
  ["a leader's old timer runs out", () => take(leader(), { kind: "electionTimeout" }).kinds, []],
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
  ["a vote of an old term", () => receive(candidate(), vote({ term: 3 })).kinds, ["replyIgnored"]],
  ["a vote for a leader", () => receive(leader(), vote({ term: 4 })).kinds, ["replyIgnored"]],
  [
    "a refusal with a newer term",
    () => receive(candidate(), vote({ term: 5, granted: false })).kinds,
    ["termAdopted", "replyIgnored"],
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
  ["a command", () => take(leader(), { kind: "propose", command: command(1) }).kinds, ["proposalAppended"]],
  [
    "a command at a follower",
    () => take(follower(), { kind: "propose", command: command(1) }).kinds,
    ["proposalRefused"],
  ],
  [
    "the leader's write is done",
    () => {
      const made = leader();
      take(made, { kind: "propose", command: command(1) });
      return finishWrites(made).kinds;
    },
    ["entriesSent", "entriesSent", "entriesSent", "entriesSent"],
  ],
  [
    "a retry is due for one follower",
    () => {
      const made = doubledProposal();
      for (const id of [3, 4, 5]) made.progress[id]!.outstanding = 0;
      return take(made, { kind: "heartbeatTimeout" }, { now: 1 + ticks.retryAfter }).kinds;
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
  ["an answer of an old term", () => receive(leader(), appended({ term: 3 })).kinds, ["replyIgnored"]],
  [
    "an answer with a newer term",
    () => receive(leader(), appended({ term: 5, success: false })).kinds,
    ["termAdopted", "timerReset", "replyIgnored"],
  ],

  // ---- the rest ----
  [
    "an entry is applied",
    () => {
      const made = server({ log: [1, 1], commit: 1 });
      made.commitIndex = 2;
      return take(made, { kind: "applied", index: 2 }).kinds;
    },
    ["applied"],
  ],
  [
    "a victory with the option of an empty entry",
    () => {
      const made = server({ term: 4, role: "candidate", servers: 3 });
      return receive(made, vote({ term: 4 }), { options: { ...ticks, noOpOnElection: true } }).kinds;
    },
    ["voteCounted", "electionWon", "noOpAppended", "heartbeatSent", "wroteFirst"],
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
  replyIgnored: true,
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
  const { decisions: _, kinds: __, ...out } = receive(heard, message);
  const silent = { options: ticks, rules, now: 5, drawnTimeout: 17, decide: null };
  expect(step(unheard, { kind: "message", message }, silent)).toEqual(out);
  expect(unheard).toEqual(heard);
});
