import type { DecisionKind, DecisionOf } from "../raft/decisions.ts";
import type { RaftOptions } from "../raft/options.ts";
import { type RuleName, rules } from "../raft/rules/index.ts";
import { habits } from "./habits.ts";
import type { Reason } from "./reason.ts";

/**
 * The algorithm on one sheet, as Figure 2 has it: each line a few words, the rules of the engine that it stands for, and the
 * decisions that follow it. Sections and sentences are the rules' own.
 */

type Named = RuleName | keyof typeof habits;
interface Line {
  /** At most 36 characters: a line is one line. */
  readonly words: string;
  /** Rules of the engine, or what it does rather than asks; the first one's section and sentence are the line's. */
  readonly by: readonly [Named, ...Named[]];
  /** The options under which it can happen; left out: always. */
  readonly where?: (options: RaftOptions) => boolean;
}
const line = (words: string, by: Line["by"], where?: Line["where"]): Line => ({
  words,
  by,
  ...(where === undefined ? {} : { where }),
});

const asksForPreVotes = ({ preVote }: RaftOptions): boolean => preVote;
const checksQuorum = ({ checkQuorum }: RaftOptions): boolean => checkQuorum;
const sticks = ({ stickyLeader, checkQuorum }: RaftOptions): boolean =>
  stickyLeader === "always" || (stickyLeader === "withCheckQuorum" && checkQuorum);
const pipelines = ({ flow }: RaftOptions): boolean => flow === "window";
const answersBelow = ({ belowCommit }: RaftOptions): boolean => belowCommit === "answered";
const beginsWithNoOp = ({ noOpOnElection }: RaftOptions): boolean => noOpOnElection;
const forwards = ({ forwardProposals }: RaftOptions): boolean => forwardProposals;
const readsApart = ({ reads }: RaftOptions): boolean => reads !== "log";
const readsByLease = ({ reads }: RaftOptions): boolean => reads === "lease";

const parts = {
  RequestVote: {
    refuseOldVote: line("refuse an older term", ["oldTerm", "answersOldTerm"]),
    oneVote: line("one vote in a term", ["oneVotePerTerm", "newTermClearsVote"]),
    logAsNew: line("only for a log at least as new", ["logUpToDate"]),
    undisturbed: line("not while a leader is heard", ["leaderLease"], sticks),
    vote: line("else vote for it", ["voteReplyTerm", "recordsVote"]),
  },
  AppendEntries: {
    refuseOldLeader: line("refuse an older term", ["oldTerm"]),
    refuseDiffering: line("refuse if the entry before differs", ["consistencyCheck", "refusalHint"]),
    deleteConflict: line("delete from the first conflict on", ["conflict"]),
    appendNew: line("append what is new, say how far", ["acknowledges"]),
    belowCommit: line("what is committed needs no check", ["belowCommit"], answersBelow),
    commitAsTold: line("commit as far as the leader did", ["followerCommit", "heartbeatCommit"]),
  },
  "All servers": {
    apply: line("apply what is committed, in order", ["appliesUpTo"]),
    newerTerm: line("a later term: adopt it and follow", ["newerTerm", "termStaysOpen"]),
    ignoreOld: line("ignore what is out of date", ["currentReply", "unlocksHigherTerm"]),
    writeFirst: line("write to disk before answering", ["durableState", "promisesWait"]),
  },
  "Followers, candidates": {
    timer: line("a new timeout, drawn at random", ["electionTimeout", "timerStands"]),
    campaign: line("no leader heard in time: campaign", ["mayCampaign", "changesApplied"]),
    preVote: line("ask first whether one could win", ["preVote", "asksFirst"], asksForPreVotes),
    countVotes: line("count the votes", ["electionQuorum", "currentReply"]),
    lead: line("a majority votes for it: lead", ["electionQuorum"]),
    lose: line("no majority: wait for the timer", ["splitVote"]),
    concede: line("its term has a leader: follow", ["candidateConcedes"]),
    toLeader: line("not the leader: refuse, name it", ["leaderAccepts"]),
    passOn: line("or pass a command on to it", ["proxyProposal"], forwards),
  },
  Leaders: {
    noOp: line("begin with an entry of its term", ["noOpWhenElected"], beginsWithNoOp),
    heartbeat: line("heartbeats at once, and when idle", ["heartbeat"]),
    append: line("append a client’s command", ["appendBeforeCommit", "removedTakesNothing", "sessionDeduplicates"]),
    send: line("send from nextIndex on", ["entriesFromNext", "heartbeatUnpauses"]),
    heard: line("note who has answered", ["activeFollower", "currentReply"]),
    pipeline: line("send ahead where the logs agree", ["pipelining", "windowFreedTo", "leavesSnapshot"], pipelines),
    raise: line("a yes: raise nextIndex, matchIndex", ["matchAfterSuccess"]),
    lower: line("a no: lower nextIndex, try again", ["nextAfterRefusal"]),
    oldAnswer: line("an old answer says nothing", ["refusalIsNews"]),
    commit: line("commit N that a majority has stored", ["commitQuorum"]),
    ownTerm: line("… only if log[N] is of its own term", ["commitOwnTerm"]),
    quorum: line("no majority answers: step down", ["quorumActive"], checksQuorum),
  },
  Snapshots: {
    sendSnapshot: line("send what the log has no longer", ["snapshotUpTo", "discardsUpTo", "snapshotCarriesSessions"]),
    snapshotDone: line("then go on with entries", ["leavesSnapshot", "snapshotReportCounts"]),
    install: line("a newer one replaces the log", ["snapshotConfiguration", "snapshotIncludesServer"]),
    keepLog: line("where the log fits, delete nothing", ["snapshotKeepsLog"]),
    oldSnapshot: line("an older one changes nothing", ["snapshotIsNews"]),
  },
  Membership: {
    change: line("a change is an entry of the log", ["changeIsEntry", "jointNeeded"]),
    oneChange: line("one change at a time", ["changeRefused", "pendingAtElection"]),
    configure: line("use the log’s latest configuration", ["latestConfiguration", "jointNeeded", "leavesJoint"]),
    removed: line("a leader that is removed gives up", ["removedLeader"]),
  },
  "Leadership transfer": {
    handOver: line("hand over to another voter", ["mayReceiveLeadership", "transferHoldsProposals"]),
    timeoutNow: line("once its log is complete: go ahead", ["transfereeReady", "asksFirst"]),
    giveUp: line("not in time: lead on", ["transferEnds"]),
    forget: line("forget a leader that is dead", ["forgetLeader"]),
  },
  Reads: {
    takeRead: line("note the commit index, ask around", ["roundConfirmed", "readAlone"], readsApart),
    ownCommit: line("first commit an entry of its term", ["readNeedsOwnCommit"], readsApart),
    askLeader: line("a follower asks the leader", ["readNeedsLeader"], readsApart),
    lease: line("or answer while the lease lasts", ["leaseHolds"], readsByLease),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Line>>>>;

type Parts = typeof parts;
export type LineName = { [Part in keyof Parts]: keyof Parts[Part] }[keyof Parts] & string;
export interface SheetPart {
  readonly title: string;
  readonly lines: readonly (readonly [name: LineName, line: Line])[];
}
export const sheet: readonly SheetPart[] = Object.entries(parts).map(([title, lines]) => ({
  title,
  lines: Object.entries(lines) as unknown as SheetPart["lines"],
}));

type Follows<Kind extends DecisionKind> = LineName | ((decision: DecisionOf<Kind>) => LineName);

/** The line that a decision follows: a new kind does not compile without one. */
const follows: { readonly [Kind in DecisionKind]: Follows<Kind> } = {
  electionStarted: ({ cause }) => (cause === "preVote" ? "preVote" : cause === "transfer" ? "timeoutNow" : "campaign"),
  preVoteStarted: "preVote",
  campaignRefused: "campaign",
  neverCampaigns: "campaign",
  timerReset: "timer",
  voteGranted: "vote",
  voteRefusedOldTerm: "refuseOldVote",
  voteRefusedVoted: "oneVote",
  voteRefusedLogTerm: "logAsNew",
  voteRefusedLogLength: "logAsNew",
  voteIgnoredLease: "undisturbed",
  voteCounted: "countVotes",
  electionWon: "lead",
  preVoteWon: "preVote",
  electionLost: "lose",
  candidateConceded: "concede",
  termAdopted: "newerTerm",
  messageIgnored: "ignoreOld",
  proposalAppended: "append",
  proposalRefused: "toLeader",
  proposalForwarded: "passOn",
  proposalDropped: ({ reason }) => (reason === "transfer" ? "handOver" : "append"),
  entriesSent: "send",
  notSent: ({ reason }) => (reason === "window" ? "pipeline" : reason === "snapshot" ? "snapshotDone" : "send"),
  heartbeatSent: "heartbeat",
  appendAccepted: "appendNew",
  appendRefusedMissing: "refuseDiffering",
  appendRefusedConflict: "refuseDiffering",
  appendRefusedOldLeader: "refuseOldLeader",
  appendBelowCommit: "belowCommit",
  entriesDeleted: "deleteConflict",
  nothingDeleted: "deleteConflict",
  nextBackedUp: "lower",
  matchAdvanced: "raise",
  followerHeard: "heard",
  probeSent: "send",
  replicationBegun: "pipeline",
  staleAnswer: "oldAnswer",
  committed: "commit",
  notCommittedOldTerm: "ownTerm",
  notCommittedHalf: "commit",
  followerCommitted: "commitAsTold",
  applied: "apply",
  notApplied: "apply",
  noOpAppended: "noOp",
  wroteFirst: "writeFirst",
  writeForgotten: "writeFirst",
  snapshotSent: "sendSnapshot",
  snapshotWithheld: "sendSnapshot",
  snapshotInstalled: "install",
  snapshotOnlyCommitted: "keepLog",
  snapshotIgnored: "oldSnapshot",
  snapshotReported: "snapshotDone",
  peerUnreachable: "send",
  changeAppended: "change",
  changeRefused: "oneChange",
  configurationSwitched: "configure",
  configurationRolledBack: "configure",
  leaderRemoved: "removed",
  quorumHeld: "quorum",
  quorumLost: "quorum",
  transferStarted: "handOver",
  transferRefused: "handOver",
  transferForwarded: "handOver",
  transferAborted: "giveUp",
  timeoutNowSent: "timeoutNow",
  leaderForgotten: "forget",
  forgettingRefused: "forget",
  readTaken: "takeRead",
  readWaitsForCommit: "ownCommit",
  readForwarded: "askLeader",
  readDropped: "askLeader",
  readConfirmed: "takeRead",
  readByLease: "lease",
};

export function lineOf<Kind extends DecisionKind>(kind: Kind, decision: DecisionOf<Kind>): LineName {
  const line: Follows<Kind> = follows[kind];
  return typeof line === "function" ? line(decision) : line;
}

const isRule = (name: Named): name is RuleName => name in rules;
/** Those of its rules that the engine asks, and that a bug can replace. */
export const rulesOf = ({ by }: Line): readonly RuleName[] => by.filter(isRule);
export function reasonOf({ by: [first] }: Line): Reason {
  const { section, text } = isRule(first) ? rules[first] : habits[first];
  return { section, text };
}
