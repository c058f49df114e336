import type { LogIndex, ServerId, Term } from "../base/units.ts";
import type { RaftMessage } from "./types.ts";

type MessageType = RaftMessage["type"];
interface LogEnd {
  readonly term: Term;
  readonly index: LogIndex;
}

/**
 * Why the engine did what it did: every branch of a step that changes state or refuses something emits exactly one
 * of these. Values only; `explain/` has the words. The ids E01 … name the question that the record answers.
 */
export type Decision = { readonly server: ServerId } & (
  | { readonly kind: "electionStarted"; readonly term: Term; readonly waited: number; readonly timeout: number } // E01
  | {
      readonly kind: "timerReset";
      readonly cause: "leader" | "vote" | "election" | "lost leadership";
      readonly timeout: number;
    } // E02, E03
  | {
      readonly kind: "voteGranted";
      readonly to: ServerId;
      readonly term: Term;
      readonly own: LogEnd;
      readonly candidate: LogEnd;
    } // E05
  | { readonly kind: "voteRefusedOldTerm"; readonly to: ServerId; readonly messageTerm: Term; readonly term: Term } // E06
  | { readonly kind: "voteRefusedVoted"; readonly to: ServerId; readonly term: Term; readonly votedFor: ServerId } // E07
  | { readonly kind: "voteRefusedLogTerm"; readonly to: ServerId; readonly own: LogEnd; readonly candidate: LogEnd } // E08
  | { readonly kind: "voteRefusedLogLength"; readonly to: ServerId; readonly own: LogEnd; readonly candidate: LogEnd } // E09
  | {
      readonly kind: "voteCounted";
      readonly from: ServerId;
      readonly granted: boolean;
      readonly votes: readonly ServerId[];
      readonly quorum: number;
      readonly voters: number;
    }
  | {
      readonly kind: "electionWon";
      readonly term: Term;
      readonly votes: readonly ServerId[];
      readonly quorum: number;
      readonly voters: number;
    } // E11
  | { readonly kind: "electionLost"; readonly term: Term; readonly votes: readonly ServerId[]; readonly quorum: number } // E12
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
      readonly kind: "replyIgnored";
      readonly from: ServerId;
      readonly messageType: MessageType;
      readonly messageTerm: Term;
      readonly term: Term;
      readonly reason: "old term" | "role";
    } // E15
  | {
      readonly kind: "proposalAppended";
      readonly index: LogIndex;
      readonly term: Term;
      readonly quorum: number;
      readonly voters: number;
    } // E16
  | { readonly kind: "proposalRefused"; readonly leader: ServerId } // E53
  | {
      readonly kind: "entriesSent";
      readonly to: ServerId;
      readonly first: LogIndex;
      readonly last: LogIndex;
      readonly prevTerm: Term;
      readonly again: boolean;
    } // E17
  | { readonly kind: "heartbeatSent"; readonly to: readonly ServerId[] } // E18
  | {
      readonly kind: "appendAccepted";
      readonly from: ServerId;
      readonly prevIndex: LogIndex;
      readonly prevTerm: Term;
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
      readonly messageTerm: Term;
      readonly term: Term;
    } // E22
  | {
      readonly kind: "entriesDeleted";
      readonly first: LogIndex;
      readonly last: LogIndex;
      readonly ownTerm: Term;
      readonly leaderTerm: Term;
      readonly commitIndex: LogIndex;
    } // E23
  | { readonly kind: "nothingDeleted"; readonly first: LogIndex; readonly last: LogIndex; readonly lastIndex: LogIndex } // E24
  | { readonly kind: "nextBackedUp"; readonly follower: ServerId; readonly from: LogIndex; readonly to: LogIndex } // E25
  | {
      readonly kind: "matchAdvanced";
      readonly follower: ServerId;
      readonly match: LogIndex;
      readonly prevIndex: LogIndex;
    } // E26
  | {
      readonly kind: "staleAnswer";
      readonly follower: ServerId;
      readonly match: LogIndex;
      readonly prevIndex: LogIndex;
    }
  | {
      readonly kind: "committed";
      readonly index: LogIndex;
      readonly from: LogIndex;
      readonly term: Term;
      readonly on: readonly ServerId[];
      readonly quorum: number;
    } // E27, E29
  | {
      readonly kind: "notCommittedOldTerm";
      readonly index: LogIndex;
      readonly entryTerm: Term;
      readonly term: Term;
      readonly on: readonly ServerId[];
      readonly quorum: number;
    } // E28
  | {
      readonly kind: "followerCommitted";
      readonly index: LogIndex;
      readonly leaderCommit: LogIndex;
      readonly lastNew: LogIndex;
    } // E30
  | { readonly kind: "applied"; readonly index: LogIndex; readonly commitIndex: LogIndex } // E31
  | { readonly kind: "noOpAppended"; readonly index: LogIndex; readonly term: Term } // E32
  | { readonly kind: "wroteFirst"; readonly write: number; readonly what: "vote" | "entries" | "term" } // E34
);
export type DecisionKind = Decision["kind"];
