import type { LogIndex, ServerId, Term } from "../base/units.ts";
import type { MembershipChange } from "./configuration.ts";
import type { LeaseEnd } from "./lease.ts";
import type { LogEnd } from "./log.ts";
import type { RaftOptions } from "./options.ts";
import type { Count } from "./quorum.ts";
import type { RuleName } from "./rules/index.ts";
import type { ChangeRefusal } from "./rules/membership.ts";
import type { Instead } from "./rules/rule.ts";
import type { LeaderRequest, RaftMessage } from "./types.ts";

type MessageType = RaftMessage["type"];
/** `votes`: who has granted one. */
interface Tally {
  readonly votes: readonly ServerId[];
  readonly counts: readonly Count[];
}
/** A voter's log and the candidate's, as far as voting compares them; `commitIndex`: the voter's. */
interface Compared {
  readonly own: LogEnd;
  readonly candidate: LogEnd;
  readonly commitIndex: LogIndex;
}
/** Why a server's timer may run out as often as it likes. */
export type CampaignProblem = "snapshot" | "learner" | "not a voter";
/** Who asked in vain; `pre`: it only asked who would vote for it. */
interface Refused {
  readonly to: ServerId;
  readonly pre?: true;
}
/** Absent: it was a client's command. */
interface Proposed {
  readonly change?: true;
}
/** Whom a leader has heard, itself included; those of it in `joined` are new and have yet to answer. */
interface Look {
  readonly heard: readonly ServerId[];
  readonly joined: readonly ServerId[];
  readonly by: RaftOptions["quorumCheck"];
  readonly counts: readonly Count[];
}
/** A rule that was asked while a bug answered in its place. */
export interface Replacement extends Instead {
  readonly rule: RuleName;
}

/**
 * Why the engine did what it did: every branch of a step that changes state or refuses something emits exactly one
 * of these. Values only; `explain/` has the words. `counts` has every majority that is needed: two in a joint configuration.
 * The ids E01 … name the question that the record answers.
 */
export type Decision = {
  readonly server: ServerId;
  /** Of the rules that were asked those that a bug had replaced; absent: none. All of them, with `veil`, where nobody shall know which. */
  readonly replacedRules?: readonly Replacement[];
} & (
  | {
      readonly kind: "electionStarted";
      readonly term: Term;
      readonly waited: number;
      readonly timeout: number;
      /** Its timer, a majority of granted pre-votes, or the old leader's wish. */
      readonly cause: "timer" | "preVote" | "transfer";
    } // E01, E47
  | { readonly kind: "preVoteStarted"; readonly term: Term; readonly waited: number; readonly timeout: number } // E45
  | { readonly kind: "campaignRefused"; readonly reason: "leads" | "unapplied change" | CampaignProblem }
  /** It has a vote no longer, or not yet; told when that begins. */
  | { readonly kind: "neverCampaigns"; readonly reason: CampaignProblem } // E44
  | {
      readonly kind: "timerReset";
      readonly cause: "leader" | "vote" | "election" | "change" | "message";
      readonly timeout: number;
    } // E02, E03
  | ({
      readonly kind: "voteGranted";
      readonly to: ServerId;
      readonly term: Term;
      readonly pre: boolean;
    } & Compared) // E05
  | ({ readonly kind: "voteRefusedOldTerm"; readonly messageTerm: Term; readonly term: Term } & Refused) // E06
  /** `votedFor` 0: it has not voted, but knows that term's leader. */
  | ({
      readonly kind: "voteRefusedVoted";
      readonly term: Term;
      readonly votedFor: ServerId;
      readonly leader: ServerId;
    } & Refused) // E07
  | ({ readonly kind: "voteRefusedLogTerm" } & Refused & Compared) // E08
  | ({ readonly kind: "voteRefusedLogLength" } & Refused & Compared) // E09
  | {
      readonly kind: "voteIgnoredLease";
      readonly to: ServerId;
      readonly leader: ServerId;
      readonly heard: number;
      /** Its timer began anew since it heard from its leader, and `heard` is counted from then. */
      readonly timer?: true;
      readonly least: number;
      /** It is told so; otherwise it hears nothing. */
      readonly told: boolean;
    } // E10
  | ({
      readonly kind: "voteCounted";
      readonly from: ServerId;
      readonly granted: boolean;
      readonly pre: boolean;
      /** It had an answer of that server already, which is the one that counts. */
      readonly again?: true;
    } & Tally)
  | ({ readonly kind: "electionWon"; readonly term: Term } & Tally) // E11
  | ({ readonly kind: "preVoteWon"; readonly term: Term } & Tally) // E45
  | ({ readonly kind: "electionLost"; readonly term: Term; readonly pre: boolean } & Tally) // E12
  | { readonly kind: "candidateConceded"; readonly to: ServerId; readonly term: Term } // E13
  | {
      readonly kind: "termAdopted";
      readonly from: ServerId;
      readonly messageType: MessageType;
      readonly oldTerm: Term;
      readonly term: Term;
      readonly steppedDown: boolean;
    } // E14
  | {
      readonly kind: "messageIgnored";
      readonly from: ServerId;
      readonly messageType: MessageType;
      readonly messageTerm: Term;
      readonly term: Term;
      readonly reason: "old term" | "role" | "not a member";
    } // E15
  | {
      readonly kind: "proposalAppended";
      readonly index: LogIndex;
      readonly last: LogIndex;
      readonly term: Term;
      /** Who must come to store it; nobody has it yet. */
      readonly counts: readonly Count[];
    } // E16
  | ({ readonly kind: "proposalRefused"; readonly leader: ServerId } & Proposed) // E53
  | ({ readonly kind: "proposalForwarded"; readonly to: ServerId } & Proposed)
  | ({
      readonly kind: "proposalDropped";
      readonly reason: "transfer" | "not a member" | "size";
      readonly transferee: ServerId;
    } & Proposed) // E48
  | {
      readonly kind: "entriesSent";
      readonly to: ServerId;
      readonly first: LogIndex;
      readonly last: LogIndex;
      readonly prevTerm: Term;
      readonly again: boolean;
    } // E17
  | {
      readonly kind: "notSent";
      readonly to: ServerId;
      /** What it lacks and has not been sent. */
      readonly first: LogIndex;
      readonly last: LogIndex;
      /** As much as may be is under way; one request is unanswered; a snapshot is under way. */
      readonly reason: "window" | "answer" | "snapshot";
      /** Up to where what is under way goes; 0: to an answer of any kind. */
      readonly waitsFor: LogIndex;
    } // E17, E37
  | { readonly kind: "heartbeatSent"; readonly to: readonly ServerId[] } // E18
  | {
      readonly kind: "appendAccepted";
      readonly from: ServerId;
      readonly prevIndex: LogIndex;
      readonly prevTerm: Term;
      /** Its own term there; null: it knows none. */
      readonly ownTerm: Term | null;
      readonly count: number;
    } // E19
  | {
      readonly kind: "appendRefusedMissing";
      readonly from: ServerId;
      readonly prevIndex: LogIndex;
      readonly lastIndex: LogIndex;
    } // E20
  | {
      readonly kind: "appendRefusedConflict";
      readonly from: ServerId;
      readonly prevIndex: LogIndex;
      readonly ownTerm: Term;
      readonly prevTerm: Term;
    } // E21
  | {
      readonly kind: "appendRefusedOldLeader";
      readonly from: ServerId;
      readonly messageType: LeaderRequest["type"];
      readonly messageTerm: Term;
      readonly term: Term;
    } // E22
  | {
      readonly kind: "appendBelowCommit";
      readonly from: ServerId;
      readonly prevIndex: LogIndex;
      readonly commitIndex: LogIndex;
    }
  | {
      readonly kind: "entriesDeleted";
      readonly first: LogIndex;
      readonly last: LogIndex;
      readonly ownTerm: Term;
      readonly leaderTerm: Term;
      readonly commitIndex: LogIndex;
    } // E23
  | { readonly kind: "nothingDeleted"; readonly first: LogIndex; readonly last: LogIndex; readonly lastIndex: LogIndex } // E24
  | {
      readonly kind: "nextBackedUp"; // E25
      readonly follower: ServerId;
      readonly from: LogIndex;
      readonly to: LogIndex;
      /** What it had acknowledged, where it refused even that. */
      readonly match?: LogIndex;
    }
  /** `last`: where the leader's own log ends, where that is before `match`: its disk has lost what it had stored. */
  | {
      readonly kind: "matchAdvanced";
      readonly follower: ServerId;
      readonly match: LogIndex;
      readonly last?: LogIndex;
    } // E26
  /**
   * It has answered: it counts as active again, and what was held back may be sent. `silent`: since its last answer, or
   * since this server leads; `least`: the minimum election timeout, from which on that is worth a word.
   */
  | { readonly kind: "followerHeard"; readonly follower: ServerId; readonly silent: number; readonly least: number }
  /** An empty request finds out what has arrived: something may have been lost. */
  | { readonly kind: "probeSent"; readonly to: ServerId; readonly prevIndex: LogIndex }
  /** It is known where the logs agree: from now on entries are sent ahead of the answers. */
  | { readonly kind: "replicationBegun"; readonly follower: ServerId; readonly match: LogIndex }
  | {
      readonly kind: "staleAnswer";
      readonly follower: ServerId;
      readonly match: LogIndex;
      readonly prevIndex: LogIndex;
      /** Of that follower. */
      readonly next: LogIndex;
      /** It counts as old because the follower had acknowledged that entry, not because nextIndex is another one by now. */
      readonly acknowledged?: true;
    }
  | {
      readonly kind: "committed";
      readonly index: LogIndex;
      readonly from: LogIndex;
      /** Of entry `index`. */
      readonly entryTerm: Term;
      readonly term: Term;
      readonly on: readonly ServerId[];
      readonly counts: readonly Count[];
    } // E27, E29
  | {
      readonly kind: "notCommittedOldTerm";
      readonly index: LogIndex;
      readonly entryTerm: Term;
      readonly term: Term;
      readonly on: readonly ServerId[];
      readonly counts: readonly Count[];
      /** The leader counts itself, and has not been told that its disk has the entry. */
      readonly writing?: true;
    } // E28
  /** In a joint configuration: on a majority of the other half alone. */
  | {
      readonly kind: "notCommittedHalf";
      readonly index: LogIndex;
      readonly lacking: "old" | "new";
      readonly on: readonly ServerId[];
      readonly counts: readonly Count[];
      readonly writing?: true;
    } // E41
  | {
      readonly kind: "followerCommitted";
      readonly index: LogIndex;
      readonly leaderCommit: LogIndex;
      /** null: a heartbeat, which verifies nothing. */
      readonly lastNew: LogIndex | null;
    } // E30
  | { readonly kind: "applied"; readonly index: LogIndex; readonly commitIndex: LogIndex } // E31
  | {
      readonly kind: "notApplied";
      readonly first: LogIndex;
      /** The last that is committed and could be applied otherwise. */
      readonly last: LogIndex;
      /** Not on its own disk; a write must be finished first; a snapshot must be stored first; too much for one page. */
      readonly reason: "disk" | "write" | "snapshot" | "page";
      readonly leads: boolean;
    }
  | { readonly kind: "noOpAppended"; readonly index: LogIndex; readonly term: Term } // E32
  | { readonly kind: "wroteFirst"; readonly write: number; readonly what: "vote" | "entries" | "term" | "snapshot" } // E34
  | { readonly kind: "writeForgotten"; readonly write: number; readonly lastIndex: LogIndex; readonly lastTerm: Term }
  | { readonly kind: "snapshotSent"; readonly to: ServerId; readonly index: LogIndex; readonly next: LogIndex } // E37
  | { readonly kind: "snapshotWithheld"; readonly to: ServerId }
  | { readonly kind: "snapshotInstalled"; readonly from: ServerId; readonly index: LogIndex; readonly term: Term } // E38
  | { readonly kind: "snapshotOnlyCommitted"; readonly from: ServerId; readonly index: LogIndex } // E38
  | {
      readonly kind: "snapshotIgnored";
      readonly from: ServerId;
      readonly index: LogIndex;
      readonly commitIndex: LogIndex;
      readonly reason: "old" | "not a member" | "role";
    }
  | { readonly kind: "snapshotReported"; readonly follower: ServerId; readonly ok: boolean }
  | { readonly kind: "peerUnreachable"; readonly peer: ServerId }
  | { readonly kind: "changeAppended"; readonly index: LogIndex; readonly change: MembershipChange }
  | {
      readonly kind: "changeRefused";
      readonly change: MembershipChange;
      readonly reason: ChangeRefusal;
      readonly pending: LogIndex;
      /** An empty entry takes its place. */
      readonly replaced: boolean;
    } // E40
  | { readonly kind: "configurationSwitched"; readonly text: string; readonly joint: boolean } // E39, E41
  /** Entry `gone`, which brought another configuration, was deleted: it was never committed. */
  | {
      readonly kind: "configurationRolledBack";
      readonly text: string;
      readonly joint: boolean;
      readonly gone: LogIndex;
    } // E39
  | { readonly kind: "leaderRemoved"; readonly stays: boolean } // E42, E43
  | ({ readonly kind: "quorumHeld" } & Look) // E46
  | ({ readonly kind: "quorumLost" } & Look) // E46
  | { readonly kind: "transferStarted"; readonly to: ServerId; readonly match: LogIndex; readonly last: LogIndex } // E47, E48
  | { readonly kind: "transferRefused"; readonly to: ServerId; readonly reason: "same" | "cannot lead" | "no leader" }
  | { readonly kind: "transferForwarded"; readonly to: ServerId; readonly leader: ServerId }
  | {
      readonly kind: "transferAborted";
      readonly to: ServerId;
      /** An election timeout has passed; it has no vote any more; somebody else is to lead. */
      readonly reason: "timeout" | "no voter" | "another";
      /** What it had acknowledged, and what it must: once these are equal it was told to start an election. */
      readonly match: LogIndex;
      readonly last: LogIndex;
    }
  | { readonly kind: "timeoutNowSent"; readonly to: ServerId; readonly last: LogIndex } // E47
  | { readonly kind: "leaderForgotten"; readonly leader: ServerId }
  | { readonly kind: "forgettingRefused"; readonly reason: "lease" | "no leader" | "not a follower" }
  | { readonly kind: "readTaken"; readonly context: string; readonly index: LogIndex; readonly round: number } // E49
  | { readonly kind: "readWaitsForCommit"; readonly context: string } // E49
  | { readonly kind: "readForwarded"; readonly context: string; readonly to: ServerId }
  | { readonly kind: "readDropped"; readonly context: string }
  | {
      readonly kind: "readConfirmed";
      readonly context: string;
      readonly index: LogIndex;
      /** A round that majorities have answered; nobody, as the only voter, or though the only voter is another; nobody, without leading; the leader, which said so. */
      readonly by: "round" | "alone" | "only voter" | "itself" | "leader";
      /** `round`: who has answered it. Otherwise empty. */
      readonly counts: readonly Count[];
    } // E49
  | { readonly kind: "readByLease"; readonly context: string; readonly index: LogIndex; readonly ends: LeaseEnd } // E50
);
export type DecisionKind = Decision["kind"];
export type DecisionOf<Kind extends DecisionKind> = Extract<Decision, { readonly kind: Kind }>;
