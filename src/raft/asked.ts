import type { Decision, DecisionKind, DecisionOf, Replacement } from "./decisions.ts";
import { type RuleName, type Rules, rules } from "./rules/index.ts";

type Asked<Kind extends DecisionKind> = readonly RuleName[] | ((decision: DecisionOf<Kind>) => readonly RuleName[]);

const compared: readonly RuleName[] = ["logUpToDate"];
const campaigning: readonly RuleName[] = ["mayCampaign", "changesApplied", "asksFirst"];
const counted: readonly RuleName[] = ["currentReply", "electionQuorum"];
const committing: readonly RuleName[] = ["commitQuorum", "commitOwnTerm"];
const installing: readonly RuleName[] = ["snapshotIsNews", "snapshotIncludesServer", "snapshotKeepsLog"];
const readConfirmed = {
  round: ["readNeedsLeader", "readNeedsOwnCommit", "roundConfirmed"],
  alone: ["readAlone"],
  "only voter": ["readAlone"],
  itself: ["readNeedsLeader"],
  leader: ["readNeedsLeader"],
} as const;

/** The rules whose answers lead to a decision, in the order in which they are asked; none: it is no guard's. */
const asked: { readonly [Kind in DecisionKind]: Asked<Kind> } = {
  electionStarted: ({ cause }) => (cause === "preVote" ? [...campaigning, ...counted] : campaigning),
  preVoteStarted: campaigning,
  campaignRefused: campaigning,
  neverCampaigns: ["mayCampaign"],
  timerReset: ["timerStands", "electionTimeout"],
  voteGranted: [
    "newTermClearsVote",
    "leaderLease",
    "oldTerm",
    "oneVotePerTerm",
    ...compared,
    "voteReplyTerm",
    "recordsVote",
  ],
  voteRefusedOldTerm: ["oldTerm", "answersOldTerm"],
  voteRefusedVoted: ["oneVotePerTerm"],
  voteRefusedLogTerm: compared,
  voteRefusedLogLength: compared,
  voteIgnoredLease: ["leaderLease"],
  voteCounted: counted,
  electionWon: counted,
  preVoteWon: counted,
  electionLost: counted,
  candidateConceded: ["candidateConcedes"],
  termAdopted: ["newerTerm", "termStaysOpen"],
  messageIgnored: ["newerTerm", "oldTerm", "answersOldTerm", "unlocksHigherTerm", "currentReply"],
  proposalAppended: ["leaderAccepts", "removedTakesNothing", "transferHoldsProposals"],
  proposalRefused: ["leaderAccepts"],
  proposalForwarded: ["leaderAccepts"],
  proposalDropped: ["removedTakesNothing", "transferHoldsProposals"],
  entriesSent: [],
  notSent: [],
  heartbeatSent: ["heartbeatCommit"],
  appendAccepted: ["oldTerm", "consistencyCheck", "conflict", "acknowledges"],
  appendRefusedMissing: ["consistencyCheck"],
  appendRefusedConflict: ["consistencyCheck"],
  appendRefusedOldLeader: ["oldTerm"],
  appendBelowCommit: ["appliesUpTo"],
  entriesDeleted: ["conflict"],
  nothingDeleted: ["conflict"],
  nextBackedUp: ["refusalIsNews", "nextAfterRefusal"],
  matchAdvanced: ["currentReply", "matchAfterSuccess"],
  followerHeard: ["currentReply"],
  probeSent: ["heartbeatUnpauses"],
  replicationBegun: ["leavesSnapshot"],
  staleAnswer: ["refusalIsNews"],
  committed: committing,
  notCommittedOldTerm: committing,
  notCommittedHalf: ["commitQuorum"],
  followerCommitted: ["followerCommit", "heartbeatCommit"],
  applied: ["appliesUpTo"],
  notApplied: ["appliesUpTo"],
  noOpAppended: ["noOpWhenElected"],
  wroteFirst: ["durableState", "promisesWait"],
  writeForgotten: [],
  snapshotSent: ["snapshotUpTo", "snapshotCarriesSessions"],
  snapshotWithheld: [],
  snapshotInstalled: [...installing, "snapshotConfiguration"],
  snapshotOnlyCommitted: installing,
  snapshotIgnored: installing,
  snapshotReported: ["snapshotReportCounts"],
  peerUnreachable: [],
  changeAppended: ["changeRefused", "jointNeeded", "leavesJoint"],
  changeRefused: ["changeRefused"],
  configurationSwitched: ["jointNeeded"],
  configurationRolledBack: [],
  leaderRemoved: [],
  quorumHeld: ["quorumActive"],
  quorumLost: ["quorumActive"],
  transferStarted: ["mayReceiveLeadership", "transfereeReady"],
  transferRefused: ["mayReceiveLeadership"],
  transferForwarded: [],
  transferAborted: ["transferEnds"],
  timeoutNowSent: ["transfereeReady"],
  leaderForgotten: [],
  forgettingRefused: ["leaseHolds"],
  readTaken: ["readAlone", "readNeedsOwnCommit", "leaseHolds"],
  readWaitsForCommit: ["readNeedsOwnCommit"],
  readForwarded: ["readNeedsLeader"],
  readDropped: ["readNeedsLeader"],
  readConfirmed: ({ by }) => readConfirmed[by],
  readByLease: ["readNeedsOwnCommit", "leaseHolds"],
};

/** The rules that were asked for it, in their order. */
export function askedFor<Kind extends DecisionKind>(kind: Kind, decision: DecisionOf<Kind>): readonly RuleName[] {
  const names: Asked<Kind> = asked[kind];
  return typeof names === "function" ? names(decision) : names;
}

type Hear = (decision: Decision) => void;

/**
 * Who hears decisions that are taken by these rules. Where one that was asked is not Raft's own, the record says so,
 * and what answered in its place: nobody has to guess it from the values.
 */
export function hearing(by: Rules, hear: Hear): Hear {
  if (by === rules) return hear;
  return (decision) => {
    const asked = askedFor(decision.kind, decision);
    if (!asked.some((rule) => by[rule].replacedBy !== null)) return hear(decision);
    const replacedRules = asked.flatMap((rule): Replacement[] => {
      const instead = by[rule].replacedBy;
      return instead === null ? [] : [{ rule, ...instead }];
    });
    hear({ ...decision, replacedRules });
  };
}
