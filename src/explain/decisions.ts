import type { Decision, DecisionKind } from "../raft/decisions.ts";
import { rules } from "../raft/rules.ts";
import type { FeedKind, Reason, Values } from "./sentence.ts";
import { duration, entries, names, placeBefore, who } from "./words.ts";

type DecisionOf<Kind extends DecisionKind> = Extract<Decision, { readonly kind: Kind }>;

/** How one kind of decision is told. */
interface DecisionRow<Kind extends DecisionKind> {
  readonly kind: FeedKind;
  /** Happens all the time while nothing is wrong. */
  readonly routine: boolean;
  /** The rule that was followed. */
  readonly rule: Reason;
  readonly text: (decision: DecisionOf<Kind>) => string;
  /** What was compared. */
  readonly values: (decision: DecisionOf<Kind>) => Values;
  readonly term: (decision: DecisionOf<Kind>) => number;
}

/** Sentences of the paper that are no guard of the engine: what it does rather than whether it may. */
const habits = {
  randomTimeout: {
    section: "§5.2",
    text: "Election timeouts are drawn at random, anew each time, so that servers rarely time out together.",
  },
  splitVote: {
    section: "§5.2",
    text: "A candidate that has not won when its timer runs out starts another election, one term higher.",
  },
  appendBeforeCommit: {
    section: "§5.3",
    text: "The leader appends a command to its log and answers only once the entry is committed and applied.",
  },
  entriesFromNext: {
    section: "§5.3",
    text: "AppendEntries carries entries from nextIndex on and names the entry just before them.",
  },
  heartbeat: {
    section: "§5.2",
    text: "A leader sends AppendEntries without entries at short intervals, so that nobody starts an election.",
  },
  applyInOrder: {
    section: "§5.3",
    text: "A committed entry is applied to the state machine, in the order of the log.",
  },
  noOp: {
    section: "§8",
    text: "A new leader commits an empty entry of its own term to find out which older entries are committed.",
  },
  writeFirst: {
    section: "Figure 2",
    text: "Term, vote and log are on stable storage before a server responds.",
  },
} as const satisfies Record<string, Reason>;

const noTerm = (): number => 0;
const ofTerm = ({ term }: { readonly term: number }): number => term;
const logEnd = (end: { readonly index: number; readonly term: number }): string =>
  end.index === 0 ? "an empty log" : `entry ${end.index} of term ${end.term}`;
const bothEnds = ({
  own,
  candidate,
}: DecisionOf<"voteGranted" | "voteRefusedLogTerm" | "voteRefusedLogLength">): Values => [
  ["candidate's log ends with", logEnd(candidate)],
  ["own log ends with", logEnd(own)],
];
const needed = (quorum: number, voters: number): readonly [string, string] => ["needed", `${quorum} of ${voters}`];

/** One row per kind of decision: a new kind does not compile until it has its sentence. */
const rows: { readonly [Kind in DecisionKind]: DecisionRow<Kind> } = {
  electionStarted: {
    kind: "election",
    routine: false,
    rule: rules.electionTimeout,
    text: ({ server, term, waited, timeout }) =>
      waited < timeout
        ? `${who(server)} started an election for term ${term}: its timer was fired early`
        : `${who(server)} started an election for term ${term}: its election timer of ${duration(timeout)} ran out`,
    values: ({ waited, timeout, term }) => [
      ["timer ran for", duration(waited)],
      ["election timeout", duration(timeout)],
      ["new term", String(term)],
    ],
    term: ofTerm,
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
      `${who(decision.server)} voted for ${who(decision.to)} in term ${decision.term}: ${whyUpToDate(decision)}`,
    values: bothEnds,
    term: ofTerm,
  },
  voteRefusedOldTerm: {
    kind: "election",
    routine: false,
    rule: rules.oldTerm,
    text: ({ server, to, messageTerm, term }) =>
      `${who(server)} refused its vote to ${who(to)}: the request is of term ${messageTerm}, ${who(server)} is in term ${term}`,
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
    text: ({ server, to, term, votedFor }) =>
      `${who(server)} refused its vote to ${who(to)}: in term ${term} it has voted for ${votedFor === server ? "itself" : who(votedFor)}`,
    values: ({ term, votedFor }) => [
      ["term", String(term)],
      ["votedFor", who(votedFor)],
    ],
    term: ofTerm,
  },
  voteRefusedLogTerm: {
    kind: "election",
    routine: false,
    rule: rules.logUpToDate,
    text: ({ server, to, own, candidate }) =>
      `${who(server)} refused its vote to ${who(to)}: its own log is newer (last entry of term ${own.term}, not ${candidate.term})`,
    values: bothEnds,
    term: noTerm,
  },
  voteRefusedLogLength: {
    kind: "election",
    routine: false,
    rule: rules.logUpToDate,
    text: ({ server, to, own, candidate }) =>
      `${who(server)} refused its vote to ${who(to)}: its own log is longer (${own.index} entries, not ${candidate.index}; both end in term ${own.term})`,
    values: bothEnds,
    term: noTerm,
  },
  voteCounted: {
    kind: "election",
    routine: false,
    rule: rules.electionQuorum,
    text: ({ server, from, granted, votes, quorum, voters }) => {
      const whose = from === server ? "its own vote" : `${who(from)}'s ${granted ? "vote" : "refusal"}`;
      return `${who(server)} counted ${whose}: ${votes.length} of ${voters}, ${quorum} are needed`;
    },
    values: ({ votes, quorum, voters }) => [["votes", names(votes)], needed(quorum, voters)],
    term: noTerm,
  },
  electionWon: {
    kind: "election",
    routine: false,
    rule: rules.electionQuorum,
    text: ({ server, term, votes, voters }) =>
      `${who(server)} became leader of term ${term}: ${votes.length} of ${voters} voted for it (${names(votes)})`,
    values: ({ votes, quorum, voters }) => [["votes", names(votes)], needed(quorum, voters)],
    term: ofTerm,
  },
  electionLost: {
    kind: "election",
    routine: false,
    rule: habits.splitVote,
    text: ({ server, term, votes, quorum }) =>
      `${who(server)} did not win term ${term}: it had ${votes.length} of the ${quorum} votes that it needed`,
    values: ({ votes, quorum }) => [
      ["votes", names(votes)],
      ["needed", String(quorum)],
    ],
    term: ofTerm,
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
      `${who(server)} ${steppedDown ? "stepped down and went" : "went"} from term ${oldTerm} to term ${term}, the term of ${who(from)}'s ${messageType}`,
    values: ({ oldTerm, term }) => [
      ["own term", String(oldTerm)],
      ["term of the message", String(term)],
    ],
    term: ofTerm,
  },
  replyIgnored: {
    kind: "message",
    routine: false,
    rule: rules.currentReply,
    text: ({ server, from, messageType, messageTerm, term, reason }) => {
      const why =
        reason === "old term"
          ? `it is of term ${messageTerm}, ${who(server)} is in term ${term}`
          : notAsking[messageType];
      return `${who(server)} ignored ${who(from)}'s ${messageType}: ${why}`;
    },
    values: ({ messageTerm, term }) => [
      ["term of the message", String(messageTerm)],
      ["own term", String(term)],
    ],
    term: ofTerm,
  },
  proposalAppended: {
    kind: "log",
    routine: false,
    rule: habits.appendBeforeCommit,
    text: ({ server, index, term, quorum, voters }) =>
      `${who(server)} appended entry ${index} in term ${term}: it needs ${quorum} of ${voters} servers to commit it`,
    values: ({ index, term, quorum, voters }) => [
      ["index", String(index)],
      ["term", String(term)],
      needed(quorum, voters),
    ],
    term: ofTerm,
  },
  proposalRefused: {
    kind: "client",
    routine: false,
    rule: rules.leaderAccepts,
    text: ({ server, leader }) =>
      `${who(server)} refused a command: it is not the leader, ${leader === 0 ? "and knows none" : `${who(leader)} is`}`,
    values: ({ leader }) => [["leader it knows", leader === 0 ? "none" : who(leader)]],
    term: noTerm,
  },
  entriesSent: {
    kind: "log",
    routine: false,
    rule: habits.entriesFromNext,
    text: ({ server, to, first, last, prevTerm, again }) =>
      `${who(server)} sends ${entries(first, last)} to ${who(to)}${again ? " again" : ""}, to go after ${placeBefore(first - 1, prevTerm)}`,
    values: ({ to, first, last, prevTerm }) => [
      [`nextIndex[${who(to)}]`, String(first)],
      ["last entry sent", String(last)],
      ["prevLogIndex", String(first - 1)],
      ["prevLogTerm", String(prevTerm)],
    ],
    term: noTerm,
  },
  heartbeatSent: {
    kind: "message",
    routine: true,
    rule: habits.heartbeat,
    text: ({ server, to }) => `${who(server)} sends heartbeats to ${names(to)}`,
    values: () => [],
    term: noTerm,
  },
  appendAccepted: {
    kind: "log",
    routine: false,
    rule: rules.consistencyCheck,
    text: ({ server, from, prevIndex, prevTerm, count }) => {
      const accepted = entries(prevIndex + 1, prevIndex + count);
      const why = prevIndex === 0 ? "it starts the log" : `its own entry ${prevIndex} has term ${prevTerm} too`;
      return `${who(server)} accepted ${accepted} from ${who(from)}: ${why}`;
    },
    values: ({ prevIndex, prevTerm }) => [
      ["prevLogIndex", String(prevIndex)],
      ["prevLogTerm", String(prevTerm)],
      [`own term at ${prevIndex}`, String(prevTerm)],
    ],
    term: noTerm,
  },
  appendRefusedMissing: {
    kind: "log",
    routine: false,
    rule: rules.consistencyCheck,
    text: ({ server, from, prevIndex, lastIndex }) =>
      `${who(server)} refused ${who(from)}'s AppendEntries: it has no entry ${prevIndex}, its log ${lastIndex === 0 ? "is empty" : `ends at ${lastIndex}`}`,
    values: ({ prevIndex, lastIndex }) => [
      ["prevLogIndex", String(prevIndex)],
      ["own last index", String(lastIndex)],
    ],
    term: noTerm,
  },
  appendRefusedConflict: {
    kind: "log",
    routine: false,
    rule: rules.consistencyCheck,
    text: ({ server, from, prevIndex, ownTerm, prevTerm }) =>
      `${who(server)} refused ${who(from)}'s AppendEntries: its own entry ${prevIndex} is of term ${ownTerm}, not ${prevTerm}`,
    values: ({ prevIndex, ownTerm, prevTerm }) => [
      ["prevLogIndex", String(prevIndex)],
      ["prevLogTerm", String(prevTerm)],
      [`own term at ${prevIndex}`, String(ownTerm)],
    ],
    term: noTerm,
  },
  appendRefusedOldLeader: {
    kind: "log",
    routine: false,
    rule: rules.oldTerm,
    text: ({ server, from, messageTerm, term }) =>
      `${who(server)} refused ${who(from)}'s AppendEntries: it is of term ${messageTerm}, ${who(server)} is in term ${term}`,
    values: ({ messageTerm, term }) => [
      ["term of the request", String(messageTerm)],
      ["own term", String(term)],
    ],
    term: ofTerm,
  },
  entriesDeleted: {
    kind: "log",
    routine: false,
    rule: rules.conflict,
    text: ({ server, first, last, ownTerm, leaderTerm }) =>
      `${who(server)} deleted ${entries(first, last)}: at ${first} it had term ${ownTerm}, the leader has term ${leaderTerm}`,
    values: ({ first, ownTerm, leaderTerm, commitIndex }) => [
      [`own term at ${first}`, String(ownTerm)],
      [`leader's term at ${first}`, String(leaderTerm)],
      ["own commit index", String(commitIndex)],
    ],
    term: noTerm,
  },
  nothingDeleted: {
    kind: "log",
    routine: false,
    rule: rules.conflict,
    text: ({ server, first, last, lastIndex }) =>
      `${who(server)} has ${entries(first, last)} already and keeps its log up to ${lastIndex}`,
    values: ({ first, last, lastIndex }) => [
      ["known already", entries(first, last)],
      ["own last index", String(lastIndex)],
    ],
    term: noTerm,
  },
  nextBackedUp: {
    kind: "log",
    routine: false,
    rule: rules.nextAfterRefusal,
    text: ({ server, follower, from, to }) =>
      `${who(server)} lowered nextIndex for ${who(follower)} from ${from} to ${to}`,
    values: ({ follower, from, to }) => [
      [`nextIndex[${who(follower)}] before`, String(from)],
      [`nextIndex[${who(follower)}] now`, String(to)],
    ],
    term: noTerm,
  },
  matchAdvanced: {
    kind: "log",
    routine: false,
    rule: rules.matchAfterSuccess,
    text: ({ server, follower, match }) =>
      `${who(server)} knows that ${who(follower)}'s log equals its own up to entry ${match}`,
    values: ({ follower, match, prevIndex }) => [
      [`matchIndex[${who(follower)}]`, String(match)],
      ["prevLogIndex of the request", String(prevIndex)],
      ["entries in the request", String(match - prevIndex)],
    ],
    term: noTerm,
  },
  staleAnswer: {
    kind: "message",
    routine: false,
    rule: rules.nextAfterRefusal,
    text: ({ server, follower, prevIndex }) =>
      `${who(server)} ignored a refusal from ${who(follower)}: it answers an older request (after entry ${prevIndex})`,
    values: ({ follower, match, prevIndex }) => [
      ["prevLogIndex of the request", String(prevIndex)],
      [`matchIndex[${who(follower)}]`, String(match)],
    ],
    term: noTerm,
  },
  committed: {
    kind: "log",
    routine: false,
    rule: rules.commitOwnTerm,
    text: ({ server, index, from, term, on }) =>
      from === index
        ? `${who(server)} committed entry ${index}: it is of its own term ${term} and stored on ${names(on)}`
        : `${who(server)} committed ${entries(from, index)}: entry ${index} is of its own term ${term} and stored on ${names(on)}`,
    values: ({ index, term, on, quorum }) => [
      [`term of entry ${index}`, String(term)],
      ["own term", String(term)],
      ["stored on", names(on)],
      ["needed", String(quorum)],
    ],
    term: ofTerm,
  },
  notCommittedOldTerm: {
    kind: "log",
    routine: false,
    rule: rules.commitOwnTerm,
    text: ({ server, index, entryTerm, term, on }) =>
      `${who(server)} does not commit entry ${index} although ${names(on)} have it: it is of term ${entryTerm}, not of ${who(server)}'s own term ${term}`,
    values: ({ index, entryTerm, term, on, quorum }) => [
      [`term of entry ${index}`, String(entryTerm)],
      ["own term", String(term)],
      ["stored on", names(on)],
      ["needed", String(quorum)],
    ],
    term: ofTerm,
  },
  followerCommitted: {
    kind: "log",
    routine: false,
    rule: rules.followerCommit,
    text: ({ server, index }) => `${who(server)} learned that its log is committed up to entry ${index}`,
    values: ({ leaderCommit, lastNew }) => [
      ["leaderCommit", String(leaderCommit)],
      ["last entry that the request verified", String(lastNew)],
    ],
    term: noTerm,
  },
  applied: {
    kind: "log",
    routine: true,
    rule: habits.applyInOrder,
    text: ({ server, index }) => `${who(server)} applies entry ${index}: it is committed and the next one`,
    values: ({ index, commitIndex }) => [
      ["commitIndex", String(commitIndex)],
      ["lastApplied", String(index)],
    ],
    term: noTerm,
  },
  noOpAppended: {
    kind: "log",
    routine: false,
    rule: habits.noOp,
    text: ({ server, index, term }) => `${who(server)} appended entry ${index}, a no-op, to begin its term ${term}`,
    values: ({ index, term }) => [
      ["index", String(index)],
      ["term", String(term)],
    ],
    term: ofTerm,
  },
  wroteFirst: {
    kind: "disk",
    routine: true,
    rule: habits.writeFirst,
    text: ({ server, what }) => `${who(server)} ${writes[what]} to disk before any message leaves`,
    values: ({ write }) => [["write", `number ${write}`]],
    term: noTerm,
  },
};

const resetCauses = {
  leader: "the leader is alive",
  vote: "it granted a vote",
  election: "its own election began",
  "lost leadership": "it leads no more",
} as const;

const notAsking = {
  RequestVote: "it is not a follower",
  RequestVoteReply: "it is no longer a candidate",
  AppendEntries: "it leads the same term itself",
  AppendEntriesReply: "it no longer leads",
} as const;

const writes = {
  vote: "writes its term and vote",
  entries: "writes its new entries",
  term: "writes its new term",
} as const;

function whyUpToDate({ to, own, candidate }: DecisionOf<"voteGranted">): string {
  if (candidate.term !== own.term) {
    const ownEnd = own.index === 0 ? "own log is empty" : `own last entry is of term ${own.term}`;
    return `${who(to)}'s log is newer (it ends in term ${candidate.term}; ${ownEnd})`;
  }
  if (candidate.index !== own.index) return `${who(to)}'s log is longer (${candidate.index} entries, not ${own.index})`;
  return own.index === 0 ? "both logs are empty" : `both logs end with entry ${own.index} of term ${own.term}`;
}

/** How a decision is told. `kind` is the decision's own: it ties the row to it for the compiler. */
export function tellDecision<Kind extends DecisionKind>(kind: Kind, decision: DecisionOf<Kind>) {
  const row: DecisionRow<Kind> = rows[kind];
  return {
    text: row.text(decision),
    section: row.rule.section,
    rule: row.rule.text,
    values: row.values(decision),
    kind: row.kind,
    routine: row.routine,
    server: decision.server,
    term: row.term(decision),
  };
}
