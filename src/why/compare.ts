import type { ServerId } from "../base/units.ts";
import { sentence } from "../explain/sentence.ts";
import { duration, names, who } from "../explain/words.ts";
import type { Decision, DecisionOf } from "../raft/decisions.ts";
import { knownTerm, lastIndex, lastTerm } from "../raft/log.ts";
import type { Count } from "../raft/quorum.ts";
import type { AppendEntries, PreVote, RequestVote } from "../raft/types.ts";
import { localTime } from "../world/clock.ts";
import type { Compared } from "./types.ts";
import type { Asked } from "./what-if.ts";

/**
 * What was compared for a decision, in the order in which the rule asks: the condition that decided is marked, what comes
 * after it was not asked. `asked`: the server before it took the message that led to the decision; null: none did, or
 * nobody knows.
 */
export function comparedFor(decision: Decision, asked: Asked | null): readonly Compared[] {
  const message = asked?.message;
  if (message?.type === "RequestVote" || message?.type === "PreVote") {
    const decides = voteDecides(decision);
    if (decides !== null) return decided(voteRows(asked!, message), decides);
  }
  if (message?.type === "AppendEntries") {
    const decides = appendDecides(decision);
    if (decides !== null) return decided(appendRows(asked!, message), decides);
  }
  return own(decision) ?? valuesOf(decision);
}

type Row = Pick<Compared, "what" | "here" | "there">;

function decided(rows: readonly (Row & { readonly is: string })[], decides: string): Compared[] {
  const at = rows.findIndex(({ is }) => is === decides);
  return rows.map(({ is: _, ...row }, i) => ({ ...row, decides: i === at, asked: at < 0 || i <= at }));
}
const all = (rows: readonly Row[], decides: number): Compared[] =>
  rows.map((row, i) => ({ ...row, decides: i === decides, asked: i <= decides }));

// ---- votes ------------------------------------------------------------------------------------------------------

function voteDecides(decision: Decision): string | null {
  switch (decision.kind) {
    case "voteIgnoredLease":
      return "lease";
    case "voteRefusedOldTerm":
      return "term";
    case "voteRefusedVoted":
      return "vote";
    case "voteRefusedLogTerm":
      return "log term";
    case "voteRefusedLogLength":
      return "log length";
    case "voteGranted":
      return decision.own.term === decision.candidate.term ? "log length" : "log term";
    default:
      return null;
  }
}

function voteRows({ machine, at }: Asked, request: RequestVote | PreVote) {
  const { raft, options, clock } = machine;
  const candidate = who(request.from);
  const rises = request.type === "RequestVote" && request.term > raft.term;
  const vote = rises ? 0 : raft.votedFor;
  const term = Math.max(raft.term, request.term);
  const since = options.stickyLeader === "always" ? raft.leaderHeardAt : raft.timerSince;
  const heard = localTime(clock, at) - since;
  const leads = raft.role === "leader";
  const lease = {
    is: "lease",
    what: "last heard from a leader",
    here: leads
      ? "it leads itself"
      : raft.leader === 0 && options.stickyLeader !== "always"
        ? "knows none"
        : `${duration(heard)} ago`,
    there: `at least ${duration(options.electionTimeoutMin)} ago`,
  };
  return [
    ...(options.stickyLeader === "never" ? [] : [lease]),
    { is: "term", what: "term", here: String(raft.term), there: `${request.term}, of the request` },
    {
      is: "vote",
      what: `vote in term ${term}`,
      here: vote === 0 ? (raft.leader !== 0 && !rises ? `none, but ${who(raft.leader)} leads` : "none") : who(vote),
      there: `${candidate}, which asks`,
    },
    {
      is: "log term",
      what: "term of the last entry",
      here: lastIndex(raft.log) === 0 ? "empty log" : String(lastTerm(raft.log)),
      there: request.lastLogIndex === 0 ? "empty log" : `${request.lastLogTerm}, ${candidate}'s`,
    },
    {
      is: "log length",
      what: "last index, where the terms are equal",
      here: String(lastIndex(raft.log)),
      there: `${request.lastLogIndex}, ${candidate}'s`,
    },
  ];
}

// ---- replication ------------------------------------------------------------------------------------------------

function appendDecides(decision: Decision): string | null {
  switch (decision.kind) {
    case "appendRefusedOldLeader":
      return "term";
    case "appendBelowCommit":
      return "commit";
    case "appendRefusedMissing":
    case "appendRefusedConflict":
    case "appendAccepted":
      return "previous";
    case "entriesDeleted":
    case "nothingDeleted":
      return "conflict";
    case "followerCommitted":
      return "leaderCommit";
    default:
      return null;
  }
}

function appendRows({ machine }: Asked, request: AppendEntries) {
  const { raft } = machine;
  const { prevLogIndex: previous, prevLogTerm, entries, leaderCommit } = request;
  const own = knownTerm(raft.log, previous);
  const conflict = entries.find(({ index, term }) => {
    const known = knownTerm(raft.log, index);
    return known !== null && known !== term;
  });
  const last = previous + entries.length;
  return [
    { is: "term", what: "term", here: String(raft.term), there: `${request.term}, of the request` },
    {
      is: "previous",
      what: previous === 0 ? "before the first entry" : `term of entry ${previous}`,
      here:
        previous === 0 ? "the start" : own === null ? `no such entry, the last is ${lastIndex(raft.log)}` : String(own),
      there: previous === 0 ? "the start" : `${prevLogTerm}, the leader's`,
    },
    ...(entries.length === 0
      ? []
      : [
          {
            is: "conflict",
            what: conflict === undefined ? "entries of another term" : `term of entry ${conflict.index}`,
            here: conflict === undefined ? "none" : String(knownTerm(raft.log, conflict.index)),
            there: conflict === undefined ? "none" : `${conflict.term}, the leader's`,
          },
        ]),
    {
      is: "leaderCommit",
      what: "commit index",
      here: String(raft.commitIndex),
      there: `${Math.min(leaderCommit, last)}: the leader's ${leaderCommit}, verified up to ${last}`,
    },
  ];
}

// ---- what the record alone says ---------------------------------------------------------------------------------

const listed = (ids: readonly ServerId[]): string => (ids.length === 0 ? "nobody" : names(ids));
/** One row for each majority that is needed. */
const majorities = (what: string, counts: readonly Count[]): Row[] =>
  counts.map(({ agree, quorum, voters }, i) => ({
    what: counts.length === 1 ? what : `${what}, ${i === 0 ? "new" : "old"} configuration`,
    here: `${agree.length}: ${listed(agree)}`,
    there: `${quorum} of ${voters.length}`,
  }));

function own(decision: Decision): readonly Compared[] | null {
  switch (decision.kind) {
    case "electionStarted":
      return decision.cause === "timer" ? timer(decision) : null;
    case "preVoteStarted":
      return timer(decision);
    case "voteCounted":
    case "electionWon":
    case "preVoteWon":
    case "electionLost":
      return lacking(
        majorities(decision.kind === "voteCounted" && decision.pre ? "pre-votes" : "votes", decision.counts),
        decision.counts,
      );
    case "quorumHeld":
    case "quorumLost":
      return lacking(majorities("answered within an election timeout", decision.counts), decision.counts);
    case "committed":
    case "notCommittedOldTerm":
      return commitment(decision);
    case "termAdopted": {
      const { oldTerm, term, messageType } = decision;
      return all([{ what: "term", here: String(oldTerm), there: `${term}, of the ${messageType}` }], 0);
    }
    case "messageIgnored": {
      const { term, messageTerm, messageType, reason } = decision;
      const ofTerm = { what: "term", here: String(term), there: `${messageTerm}, of the ${messageType}` };
      if (reason === "old term") return all([ofTerm], 0);
      const role = reason === "role" ? "not the role that asked" : `${who(decision.from)} is no member`;
      return all([ofTerm, { what: "who may say so", here: role, there: messageType }], 1);
    }
    default:
      return null;
  }
}

const timer = ({ waited, timeout }: { readonly waited: number; readonly timeout: number }): Compared[] =>
  all(
    [
      {
        what: "time without a leader or a vote given",
        here: duration(waited),
        there: `${duration(timeout)}, its timeout`,
      },
    ],
    0,
  );

/** Of two majorities the first that is missing decides; of two that are there, the last. */
function lacking(rows: readonly Row[], counts: readonly Count[]): Compared[] {
  const missing = counts.findIndex(({ agree, quorum }) => agree.length < quorum);
  return all(rows, missing < 0 ? rows.length - 1 : missing);
}

function commitment(decision: DecisionOf<"committed" | "notCommittedOldTerm">): Compared[] {
  const { index, entryTerm, term, counts } = decision;
  const copies = majorities(`on disk: entry ${index}`, counts);
  const ofTerm = { what: `term of entry ${index}`, here: String(entryTerm), there: `${term}, the leader's own` };
  return all([...copies, ofTerm], copies.length);
}

/** Whatever else the record holds. */
function valuesOf(decision: Decision): Compared[] {
  const { values } = sentence({ kind: "decided", decision, at: 0, event: 0 });
  return values.map(([what, here]) => ({ what, here, there: "", decides: false, asked: true }));
}
