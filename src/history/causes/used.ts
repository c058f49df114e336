import type { GroupId } from "../../base/units.ts";
import type { Decision, DecisionKind } from "../../raft/decisions.ts";
import type { RaftOptions } from "../../raft/options.ts";
import type { Fact } from "../../world/facts.ts";
import { slotOf } from "../../world/replicas.ts";
import {
  type Aspect,
  aspectKey,
  type Key,
  linkKey,
  matchKey,
  messageKey,
  optionKey,
  requestKey,
  votesKey,
} from "./aspects.ts";

/** Of the server's own state what a decision rests on, besides what set it off; left out: nothing. */
const uses: { readonly [Kind in DecisionKind]?: readonly Aspect[] } = {
  electionStarted: ["term"],
  preVoteStarted: ["term"],
  campaignRefused: ["role"],
  voteGranted: ["log", "term"],
  voteRefusedOldTerm: ["term"],
  voteRefusedVoted: ["vote", "leader"],
  voteRefusedLogTerm: ["log"],
  voteRefusedLogLength: ["log"],
  voteIgnoredLease: ["leader", "timer"],
  electionWon: ["role"],
  electionLost: ["role"],
  candidateConceded: ["role"],
  termAdopted: ["term"],
  messageIgnored: ["term", "role"],
  proposalAppended: ["role"],
  proposalRefused: ["role", "leader"],
  proposalForwarded: ["leader"],
  proposalDropped: ["role"],
  entriesSent: ["log"],
  appendAccepted: ["log"],
  appendRefusedMissing: ["log"],
  appendRefusedConflict: ["log"],
  appendRefusedOldLeader: ["term"],
  appendBelowCommit: ["commit"],
  entriesDeleted: ["log"],
  committed: ["log"],
  notCommittedOldTerm: ["log", "term"],
  followerCommitted: ["log"],
  snapshotSent: ["log"],
  quorumHeld: ["role"],
  quorumLost: ["role"],
  readTaken: ["role", "commit"],
  readWaitsForCommit: ["commit", "term"],
  readConfirmed: ["role", "commit"],
  readByLease: ["role", "commit"],
};

/** Which options make that a decision is as it is: who changed one is a cause. */
const follows: { readonly [Kind in DecisionKind]?: readonly (keyof RaftOptions)[] } = {
  electionStarted: ["preVote", "electionTimeoutMin", "electionTimeoutMax"],
  preVoteStarted: ["preVote", "electionTimeoutMin", "electionTimeoutMax"],
  timerReset: ["electionTimeoutMin", "electionTimeoutMax"],
  voteRefusedVoted: ["knownLeaderRefusesVotes"],
  voteIgnoredLease: ["stickyLeader", "electionTimeoutMin"],
  electionLost: ["refusedCandidate"],
  noOpAppended: ["noOpOnElection"],
  heartbeatSent: ["heartbeatInterval", "heartbeats"],
  proposalRefused: ["forwardProposals"],
  proposalForwarded: ["forwardProposals"],
  appendBelowCommit: ["belowCommit"],
  quorumHeld: ["checkQuorum", "quorumCheck", "electionTimeoutMin"],
  quorumLost: ["checkQuorum", "quorumCheck", "electionTimeoutMin"],
  changeRefused: ["validateChanges", "refusedChange", "changeNeedsOwnCommit"],
  leaderRemoved: ["removedLeader"],
  readTaken: ["reads"],
  readByLease: ["reads", "lease", "electionTimeoutMin", "clockDriftPercent"],
};

/** What a decision uses of what others have told the server. */
function told(decision: Decision, slot: number): readonly Key[] {
  switch (decision.kind) {
    case "electionWon":
    case "preVoteWon":
    case "electionLost":
      return decision.votes.map((of) => votesKey(slot, of));
    case "committed":
    case "notCommittedOldTerm":
      return decision.on.map((of) => matchKey(slot, of));
    default:
      return [];
  }
}

/** What an event uses, by what it told of itself. */
export function usedIn(fact: Fact): readonly Key[] {
  const group: GroupId = fact.group ?? 1;
  switch (fact.kind) {
    case "received":
    case "held":
      return [messageKey(fact.ref)];
    case "lost": {
      const { ref, reason } = fact;
      if (reason === "cut") return [messageKey(ref), linkKey(ref.from, ref.to)];
      return reason === "down" ? [messageKey(ref), aspectKey(slotOf(ref.to, group), "status")] : [messageKey(ref)];
    }
    case "duplicated":
      return [messageKey(fact.ref)];
    case "requestRepeated":
    case "requestAnswered":
    case "requestRedirected":
    case "requestRefused":
    case "requestGivenUp":
      return [requestKey(fact.request)];
    case "crashed":
    case "restarted":
      return [aspectKey(slotOf(fact.server, group), "status")];
    case "stateApplied":
      return [aspectKey(slotOf(fact.server, group), "commit")];
    case "decided": {
      const { decision } = fact;
      const slot = slotOf(decision.server, group);
      return [
        ...(uses[decision.kind] ?? []).map((aspect) => aspectKey(slot, aspect)),
        ...told(decision, slot),
        ...(follows[decision.kind] ?? []).map((option) => optionKey(slot, option)),
      ];
    }
    default:
      return [];
  }
}

/** Of these keys who set them is told by an event itself (`setIn`). */
export const isTold = (key: Key): boolean => key.startsWith("m:") || key.startsWith("r:");

/** What an event sets, as far as no comparison of states shows it. */
export function setIn(fact: Fact): readonly Key[] {
  switch (fact.kind) {
    case "sent":
      return [messageKey(fact.ref)];
    case "duplicated":
      return [messageKey(fact.copy)];
    case "requestAsked":
    case "requestRepeated":
    case "requestRedirected":
    case "requestAnswered":
    case "requestRefused":
    case "requestGivenUp":
      return [requestKey(fact.request)];
    default:
      return [];
  }
}
