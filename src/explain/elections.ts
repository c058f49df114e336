import type { ServerId } from "../base/units.ts";
import type { DecisionOf } from "../raft/decisions.ts";
import { rules } from "../raft/rules/index.ts";
import { agreeing, byHalves, electing, needed, tally } from "./counts.ts";
import { habits } from "./habits.ts";
import type { Reason, Values } from "./reason.ts";
import { noTerm, noValues, ofTerm, rowsOf } from "./row.ts";
import { duration, messageOf, names, who } from "./words.ts";

const logEnd = (end: { readonly index: number; readonly term: number }): string =>
  end.index === 0 ? "an empty log" : `entry ${end.index} of term ${end.term}`;
const bothEnds = ({
  own,
  candidate,
}: DecisionOf<"voteGranted" | "voteRefusedLogTerm" | "voteRefusedLogLength">): Values => [
  ["candidate's log ends with", logEnd(candidate)],
  ["own log ends with", logEnd(own)],
];
const waitedFor = ({ waited, timeout, term }: DecisionOf<"electionStarted" | "preVoteStarted">): Values => [
  ["timer ran for", duration(waited)],
  ["election timeout", duration(timeout)],
  ["new term", String(term)],
];
const tallied = ({
  votes,
  counts,
}: DecisionOf<"voteCounted" | "electionWon" | "preVoteWon" | "electionLost">): Values => [
  ["votes", names(votes)],
  ["needed", needed(counts)],
];

export const electionRows = rowsOf({
  electionStarted: {
    kind: "election",
    routine: false,
    rule: ({ cause }) =>
      cause === "timer" ? habits.electionTimeout : cause === "preVote" ? habits.preVote : habits.transferTimeoutNow,
    text: (decision) =>
      `${who(decision.server)} started an election for term ${decision.term}: ${whyElection(decision)}`,
    unruled: (decision) =>
      `${who(decision.server)} started an election for term ${decision.term}${decision.cause === "preVote" ? ", after it had asked who would vote for it" : `: ${whyElection(decision)}`}`,
    values: waitedFor,
    term: ofTerm,
  },
  preVoteStarted: {
    kind: "election",
    routine: false,
    rule: habits.preVote,
    text: (decision) =>
      `${who(decision.server)} asks who would vote for it in term ${decision.term}: ${whyTimer(decision)}`,
    values: waitedFor,
    term: noTerm,
  },
  campaignRefused: {
    kind: "election",
    routine: false,
    rule: ({ reason }) => (reason === "unapplied change" ? rules.changesApplied : rules.mayCampaign),
    text: ({ server, reason }) => `${who(server)} starts no election: ${campaignProblems[reason]}`,
    values: noValues,
    term: noTerm,
  },
  neverCampaigns: {
    kind: "election",
    routine: ({ reason }) => reason === "snapshot",
    rule: rules.mayCampaign,
    text: ({ server, reason }) =>
      `${who(server)} starts no election, whatever its timer says: ${campaignProblems[reason]}`,
    values: noValues,
    term: noTerm,
  },
  timerReset: {
    kind: "election",
    routine: true,
    rule: habits.randomTimeout,
    text: ({ server, cause, timeout }) =>
      `${who(server)} set its election timer to ${duration(timeout)}: ${resetCauses[cause]}`,
    values: ({ timeout }) => [["election timeout", duration(timeout)]],
    term: noTerm,
  },
  voteGranted: {
    kind: "election",
    routine: false,
    rule: rules.logUpToDate,
    text: (decision) =>
      `${who(decision.server)} ${decision.pre ? "would vote" : "voted"} for ${who(decision.to)} in term ${decision.term}: ${whyUpToDate(decision)}`,
    unruled: (decision) =>
      `${who(decision.server)} ${decision.pre ? "would vote" : "voted"} for ${who(decision.to)} in term ${decision.term}: ${endsOf(decision)}`,
    values: bothEnds,
    term: ofTerm,
  },
  voteRefusedOldTerm: {
    kind: "election",
    routine: false,
    rule: rules.oldTerm,
    text: (decision) =>
      `${refusal(decision)}: the request is of term ${decision.messageTerm}, ${who(decision.server)} is in term ${decision.term}`,
    values: ({ messageTerm, term }) => [
      ["term of the request", String(messageTerm)],
      ["own term", String(term)],
    ],
    term: ofTerm,
  },
  voteRefusedVoted: {
    kind: "election",
    routine: false,
    rule: rules.oneVotePerTerm,
    text: (decision) => {
      const { server, term, votedFor, leader } = decision;
      const given = `it has voted for ${votedFor === server ? "itself" : who(votedFor)}`;
      const known = leader === server ? "it leads itself" : `${who(leader)} leads already`;
      return `${refusal(decision)}: in term ${term} ${votedFor === 0 ? known : given}`;
    },
    unruled: (decision) => {
      const { server, term, votedFor } = decision;
      return `${refusal(decision)}: in term ${term} it has voted for ${votedFor === server ? "itself" : names(votedFor === 0 ? [] : [votedFor])}`;
    },
    values: ({ term, votedFor, leader }) => [
      ["term", String(term)],
      ["votedFor", votedFor === 0 ? "none" : who(votedFor)],
      ["leader it knows", leader === 0 ? "none" : who(leader)],
    ],
    term: ofTerm,
  },
  voteRefusedLogTerm: {
    kind: "election",
    routine: false,
    rule: rules.logUpToDate,
    text: (decision) => {
      const { own, candidate } = decision;
      const theirs = candidate.index === 0 ? `${who(decision.to)}'s log is empty` : `not ${candidate.term}`;
      return `${refusal(decision)}: its own log is newer (last entry of term ${own.term}, ${theirs})`;
    },
    unruled: refusedByLog,
    values: bothEnds,
    term: noTerm,
  },
  voteRefusedLogLength: {
    kind: "election",
    routine: false,
    rule: rules.logUpToDate,
    text: (decision) => {
      const { own, candidate } = decision;
      return `${refusal(decision)}: its own log is longer (${own.index} entries, not ${candidate.index}; both end in term ${own.term})`;
    },
    unruled: refusedByLog,
    values: bothEnds,
    term: noTerm,
  },
  voteIgnoredLease: {
    kind: "election",
    routine: false,
    rule: rules.leaderLease,
    text: ({ server, to, leader, heard, timer, least, told }) => {
      const whom = leader === 0 ? "may have heard from a leader" : `heard from its leader ${who(leader)}`;
      const since = timer ? `knows its leader ${who(leader)}, and its timer began` : whom;
      const why =
        leader === server ? "it leads itself" : `it ${since} ${duration(heard)} ago, less than ${duration(least)}`;
      return told
        ? `${who(server)} would not vote for ${who(to)}: ${why}`
        : `${who(server)} ignored ${who(to)}'s request for a vote: ${why}`;
    },
    values: ({ server, leader, heard, timer, least }) => [
      ["leader", leader === 0 ? "none" : who(leader)],
      ...(leader === server ? [] : [[timer ? "timer began" : "heard from it", `${duration(heard)} ago`] as const]),
      ["minimum election timeout", duration(least)],
    ],
    term: noTerm,
  },
  voteCounted: {
    kind: "election",
    routine: false,
    rule: electing,
    text: ({ server, from, granted, pre, again, counts }) => {
      const what = granted ? (pre ? "pre-vote" : "vote") : "refusal";
      const whose = from === server ? "its own" : `${who(from)}'s`;
      if (again)
        return `${who(server)} had counted ${whose} answer before, and this ${what} changes nothing: ${tally(counts)}`;
      return `${who(server)} counted ${whose} ${what}: ${tally(counts)}`;
    },
    values: tallied,
    term: noTerm,
  },
  electionWon: {
    kind: "election",
    routine: false,
    rule: electing,
    text: ({ server, term, votes, counts }) =>
      `${who(server)} became leader of term ${term}: ${agreeing(counts)} voted for it (${names(votes)})`,
    unruled: ({ server, term, votes, counts }) =>
      `${who(server)} became leader of term ${term}: ${tally(counts)}; it has the votes of ${names(votes)}`,
    values: tallied,
    term: ofTerm,
  },
  preVoteWon: {
    kind: "election",
    routine: false,
    rule: habits.preVote,
    text: ({ server, term, votes, counts }) =>
      `${who(server)} may start an election for term ${term}: ${agreeing(counts)} would vote for it (${names(votes)})`,
    unruled: ({ server, term, votes, counts }) =>
      `${who(server)} may start an election for term ${term}: ${tally(counts)}; ${names(votes)} would vote for it`,
    values: tallied,
    term: noTerm,
  },
  electionLost: {
    kind: "election",
    routine: false,
    rule: ({ pre, counts }) =>
      byHalves<Reason>(counts, () => (pre ? habits.preVote : habits.splitVote), habits.jointConfiguration),
    text: ({ server, term, pre, counts }) => {
      const what = pre ? "pre-votes" : "votes";
      const had = byHalves(
        counts,
        ({ agree, quorum }) => `${agree.length} of the ${quorum} ${what} that it needed`,
        tally(counts),
      );
      return `${who(server)} ${pre ? `starts no election for term ${term}` : `did not win term ${term}`}: it had ${had}`;
    },
    unruled: ({ server, term, pre, votes, counts }) =>
      `${who(server)} ${pre ? `starts no election for term ${term}` : `did not win term ${term}`}: ${tally(counts)}; it has the ${pre ? "pre-votes" : "votes"} of ${names(votes)}`,
    values: tallied,
    term: ({ pre, term }) => (pre ? 0 : term),
  },
  candidateConceded: {
    kind: "election",
    routine: false,
    rule: rules.candidateConcedes,
    text: ({ server, to, term }) => `${who(server)} gave up its candidacy: ${who(to)} leads term ${term}`,
    values: ({ term }) => [["term of both", String(term)]],
    term: ofTerm,
  },
  termAdopted: {
    kind: "election",
    routine: false,
    rule: rules.newerTerm,
    text: ({ server, from, messageType, oldTerm, term, steppedDown }) =>
      `${who(server)} ${steppedDown ? "stepped down and went" : "went"} from term ${oldTerm} to term ${term}, the term of ${messageOf(from, messageType)}`,
    values: ({ oldTerm, term }) => [
      ["own term", String(oldTerm)],
      ["term of the message", String(term)],
    ],
    term: ofTerm,
  },
  quorumHeld: {
    kind: "election",
    routine: true,
    rule: rules.quorumActive,
    text: (decision) => `${who(decision.server)} goes on leading: ${answered(decision)}${withItself(decision)}`,
    values: ({ server, heard, joined, counts }) => [
      [heard.includes(server) ? "counted as heard, with itself" : "counted as heard", names(heard)],
      ...(joined.length === 0 ? [] : [["of them new", names(joined)] as const]),
      ["needed", needed(counts)],
    ],
    term: noTerm,
  },
  quorumLost: {
    kind: "election",
    routine: false,
    rule: rules.quorumActive,
    text: (decision) =>
      `${who(decision.server)} stepped down: ${answered(decision, "only ")}, and ${majority(decision)}`,
    unruled: (decision) =>
      `${who(decision.server)} stepped down: ${answered(decision)}; ${counting(decision, "", " ")}that is ${tally(decision.counts)}`,
    values: ({ server, heard, joined, counts }) => [
      [heard.includes(server) ? "counted as heard, with itself" : "counted as heard", names(heard)],
      ...(joined.length === 0 ? [] : [["of them new", names(joined)] as const]),
      ["needed", needed(counts)],
    ],
    term: noTerm,
  },
  leaderForgotten: {
    kind: "election",
    routine: false,
    rule: habits.forgetLeader,
    text: ({ server, leader }) => `${who(server)} forgot its leader ${who(leader)}: it may vote for another at once`,
    values: ({ leader }) => [["leader before", who(leader)]],
    term: noTerm,
  },
  forgettingRefused: {
    kind: "election",
    routine: false,
    rule: habits.forgetLeader,
    text: ({ server, reason }) => {
      const why = {
        lease: "the leader may answer reads from its lease",
        "no leader": "it knows none",
        "not a follower": "it is not a follower",
      }[reason];
      return `${who(server)} does not forget its leader: ${why}`;
    },
    values: noValues,
    term: noTerm,
  },
});

/** A leader that its configuration leaves out does not count itself. */
const counting = (
  { server, heard }: Pick<DecisionOf<"quorumHeld">, "server" | "heard">,
  before: string,
  after: string,
) => (heard.includes(server) ? `${before}with itself${after}` : "");

const majority = (decision: DecisionOf<"quorumLost">): string =>
  byHalves(
    decision.counts,
    ({ quorum }) => `a majority is ${quorum}${counting(decision, " ", "")}`,
    `${counting(decision, "", " ")}that is ${tally(decision.counts)}`,
  );

const withItself = (decision: DecisionOf<"quorumHeld">): string =>
  byHalves(decision.counts, () => "", `; ${counting(decision, "", " ")}that is ${agreeing(decision.counts)}`);
/** "S2 answered it within an election timeout", "only S2 answered it in time, S4 is new"; who looks at flags does so from time to time. */
function answered(
  { server, heard, joined, by }: DecisionOf<"quorumHeld" | "quorumLost">,
  only: "only " | "" = "",
): string {
  const others = heard.filter((id) => id !== server && !joined.includes(id));
  const time = by === "flags" && others.length > 0 ? "in time" : "within an election timeout";
  const who = others.length === 0 ? "nobody" : `${only}${names(others)}`;
  return `${who} answered it ${time}${joined.length === 0 ? "" : `, ${names(joined)} ${joined.length === 1 ? "is" : "are"} new`}`;
}

const refusal = ({
  server,
  to,
  pre,
}: {
  readonly server: ServerId;
  readonly to: ServerId;
  readonly pre?: true;
}): string => `${who(server)} ${pre ? `would not vote for ${who(to)}` : `refused its vote to ${who(to)}`}`;

const resetCauses = {
  leader: "the leader is alive",
  vote: "it granted a vote",
  election: "its own election began",
  change: "its term or its role changed",
  message: "a message came",
} as const;

const campaignProblems = {
  leads: "it leads already",
  learner: "it is a learner and has no vote",
  "not a voter": "it has no vote in its configuration",
  snapshot: "it has a snapshot still to store",
  "unapplied change": "a committed change of membership is not applied yet",
} as const;

function whyElection(decision: DecisionOf<"electionStarted">): string {
  if (decision.cause === "preVote") return "a majority would vote for it";
  return decision.cause === "transfer" ? "the leader told it to" : whyTimer(decision);
}

const whyTimer = ({ waited, timeout }: { readonly waited: number; readonly timeout: number }): string =>
  waited < timeout ? "its timer was fired early" : `its election timer of ${duration(timeout)} ran out`;

const ending = (end: { readonly index: number; readonly term: number }): string =>
  end.index === 0 ? "is empty" : `ends with ${logEnd(end)}`;
const endsOf = ({
  to,
  own,
  candidate,
  commitIndex,
}: DecisionOf<"voteGranted" | "voteRefusedLogTerm" | "voteRefusedLogLength">): string => {
  const ends = `${who(to)}'s log ${ending(candidate)}, its own ${ending(own)}`;
  return `${ends}, and its commit index is ${commitIndex}`;
};
function refusedByLog(decision: DecisionOf<"voteRefusedLogTerm" | "voteRefusedLogLength">): string {
  return `${refusal(decision)}: ${endsOf(decision)}`;
}

function whyUpToDate({ to, own, candidate }: DecisionOf<"voteGranted">): string {
  if (candidate.term !== own.term) {
    const ownEnd = own.index === 0 ? "own log is empty" : `own last entry is of term ${own.term}`;
    return `${who(to)}'s log is newer (it ends in term ${candidate.term}; ${ownEnd})`;
  }
  if (candidate.index !== own.index) return `${who(to)}'s log is longer (${candidate.index} entries, not ${own.index})`;
  return own.index === 0 ? "both logs are empty" : `both logs end with entry ${own.index} of term ${own.term}`;
}
