import type { LogIndex, ServerId, Term } from "../base/units.ts";
import type { Configuration, MembershipChange } from "./configuration.ts";
import type { Entry, Proposal } from "./entry.ts";
import type { RaftLog } from "./log.ts";
import type { Progress } from "./progress.ts";
import type { ReadBy, Reads } from "./reads.ts";

/** What a snapshot says of itself (Figure 13). The state machine's contents travel beside it, unseen by Raft. */
export interface Snapshot {
  readonly index: LogIndex;
  readonly term: Term;
  readonly configuration: Configuration;
  /** Hash of the prefix that it stands for: for checkers, not part of the protocol. */
  readonly hash: number;
}

export type Role = "follower" | "preCandidate" | "candidate" | "leader";

/** One server as the algorithm sees it: plain data. Persistent and volatile fields as in Figure 2. */
export interface Server {
  readonly id: ServerId;

  // Persistent state: valid after a restart only as far as it has reached the disk.
  term: Term;
  votedFor: ServerId;
  log: RaftLog;

  // Volatile state on all servers.
  role: Role;
  /** The leader of the current term as far as known, 0 if unknown. */
  leader: ServerId;
  commitIndex: LogIndex;
  /** Handed to the state machine, and applied by it. lastApplied <= applying <= commitIndex. */
  applying: LogIndex;
  lastApplied: LogIndex;
  /** Bytes handed to the state machine and not yet applied; nothing more is handed out while `applyPaused`. */
  applyingBytes: number;
  applyPaused: boolean;
  configuration: Configuration;
  /** Index of the entry that brought it, 0 if it came otherwise (from the start, or by a snapshot). */
  configurationIndex: LogIndex;
  /** The configuration as of `log.base`: what all changes in the log build on. */
  baseConfiguration: Configuration;
  /** The timer runs from `timerSince`, in local time: for followers and candidates until `timeout` has passed. */
  timerSince: number;
  timeout: number;
  /** How many timeouts were drawn: the state of that random stream. */
  timeoutsDrawn: number;

  // Volatile state on candidates and leaders; indexed by server id, undefined where there is nothing.
  votes: (boolean | undefined)[];
  progress: (Progress | undefined)[];
  heartbeatSince: number;
  /** When it last heard from a leader, or started, which it may have done just after. */
  leaderHeardAt: number;
  /** Leaders: somebody was told to campaign, whom no lease hinders. */
  leaseEnded: boolean;
  /** Leaders: whom leadership is being handed to, 0 = nobody (D §3.10). */
  transferee: ServerId;
  /** Leaders: no change of membership is accepted before this index is applied. */
  pendingChangeIndex: LogIndex;
  uncommittedBytes: number;
  reads: Reads;

  // The way to the disk and to the others: what `takeReady` hands out next.
  /** Entries from here on are not known to be on the disk. */
  unstableFrom: LogIndex;
  /** Entries from here on have not been handed to the disk. unstableFrom <= handedFrom. */
  handedFrom: LogIndex;
  /** A snapshot that was received and is not yet on the disk. */
  incoming: { readonly snapshot: Snapshot; handed: boolean } | null;
  /** Messages that may leave at once, and those that promise something which must be on the disk first. */
  outbox: RaftMessage[];
  afterWrite: RaftMessage[];
  /** What this server promises itself once its next write is done: its own vote, its own copy of entries. */
  ownPromises: OwnPromise[];
  /** Writes handed out and not finished, oldest first. */
  writes: WritePromise[];
  writesIssued: number;
  /** Term, vote and commit index as they were last handed to the disk. */
  handedState: HardState;
  /** Role and leader when the last Ready was taken: a change is worth one of its own. */
  handedRole: Role;
  handedLeader: ServerId;
  answeredReads: AnsweredRead[];
}

export interface HardState {
  readonly term: Term;
  readonly votedFor: ServerId;
  readonly commitIndex: LogIndex;
}
/** A message from a server to itself: it counts only in the term in which it was written. */
export interface OwnPromise {
  readonly kind: "vote" | "preVote" | "append";
  readonly term: Term;
  /** append: the last index that will be stored. */
  readonly index: LogIndex;
}
/** What becomes true when a write is finished. */
export interface WritePromise {
  readonly number: number;
  readonly own: readonly OwnPromise[];
  /** Term of the server when it was written, and the last entry of its log then; lastIndex 0 = no entries. */
  readonly term: Term;
  readonly lastIndex: LogIndex;
  readonly lastTerm: Term;
  readonly snapshotIndex: LogIndex;
}
export interface AnsweredRead {
  readonly context: string;
  readonly index: LogIndex;
}

interface MessageBase {
  readonly from: ServerId;
  readonly to: ServerId;
  /** 0: a forwarded request, which belongs to no term. */
  readonly term: Term;
}
/** Where a lease runs from when a round was sent: the leader's time then, which the answer repeats (D §6.4.1). */
interface Timed {
  readonly sentAt?: number;
}
export interface RequestVote extends MessageBase {
  readonly type: "RequestVote";
  readonly lastLogIndex: LogIndex;
  readonly lastLogTerm: Term;
  /** The old leader asked for this election: a lease does not hinder it (D §3.10, §4.2.3). */
  readonly transfer: boolean;
}
export interface PreVote extends MessageBase {
  readonly type: "PreVote";
  readonly lastLogIndex: LogIndex;
  readonly lastLogTerm: Term;
}
export interface RequestVoteReply extends MessageBase {
  readonly type: "RequestVoteReply";
  readonly granted: boolean;
}
export interface PreVoteReply extends MessageBase {
  readonly type: "PreVoteReply";
  readonly granted: boolean;
}
export interface AppendEntries extends MessageBase, Timed {
  readonly type: "AppendEntries";
  readonly prevLogIndex: LogIndex;
  readonly prevLogTerm: Term;
  readonly entries: readonly Entry[];
  readonly leaderCommit: LogIndex;
}
/** Replies name the request that they answer, as the paper's RPCs do. */
export interface AppendEntriesReply extends MessageBase, Timed {
  readonly type: "AppendEntriesReply";
  readonly success: boolean;
  /** Refused: the request's prevLogIndex. Otherwise unused (0). */
  readonly prevLogIndex: LogIndex;
  /** Highest index verified by the request; 0 if it was refused. */
  readonly matchIndex: LogIndex;
  /** Refused: where the leader may look next; 0/0 without hints. */
  readonly hintIndex: LogIndex;
  readonly hintTerm: Term;
}
export interface Heartbeat extends MessageBase, Timed {
  readonly type: "Heartbeat";
  readonly commit: LogIndex;
  /** The newest read that this round confirms, 0 = none (D §6.4). */
  readonly round: number;
}
export interface HeartbeatReply extends MessageBase, Timed {
  readonly type: "HeartbeatReply";
  readonly round: number;
}
export interface InstallSnapshot extends MessageBase {
  readonly type: "InstallSnapshot";
  readonly snapshot: Snapshot;
}
export interface TimeoutNow extends MessageBase {
  readonly type: "TimeoutNow";
}
/** A request to hand leadership over, on its way to the leader; `from` is the target. */
export interface TransferLeader extends MessageBase {
  readonly type: "TransferLeader";
}
/** Proposals on their way to the leader. */
export interface Propose extends MessageBase {
  readonly type: "Propose";
  readonly proposals: readonly Proposal[];
}
/** A read on its way to the leader, and its answer. */
export interface ReadIndex extends MessageBase {
  readonly type: "ReadIndex";
  readonly context: string;
  readonly by?: ReadBy;
}
export interface ReadIndexReply extends MessageBase {
  readonly type: "ReadIndexReply";
  readonly context: string;
  readonly index: LogIndex;
}
export type LeaderRequest = AppendEntries | Heartbeat | InstallSnapshot;
export type RaftMessage =
  | RequestVote
  | RequestVoteReply
  | PreVote
  | PreVoteReply
  | AppendEntries
  | AppendEntriesReply
  | Heartbeat
  | HeartbeatReply
  | InstallSnapshot
  | TimeoutNow
  | TransferLeader
  | Propose
  | ReadIndex
  | ReadIndexReply;

export type Input =
  /** Its election timer has fired: starts an election, or a pre-vote round. */
  | { readonly kind: "electionTimeout" }
  /** An operator wants an election now; the timer is left alone. */
  | { readonly kind: "campaign" }
  | { readonly kind: "heartbeatTimeout" }
  /** A leader's election timeout has passed: check-quorum, and the end of a transfer that did not come about. */
  | { readonly kind: "quorumTimeout" }
  | { readonly kind: "message"; readonly message: RaftMessage }
  | { readonly kind: "propose"; readonly proposals: readonly Proposal[] }
  | { readonly kind: "readIndex"; readonly context: string; readonly by?: ReadBy }
  | { readonly kind: "transfer"; readonly to: ServerId }
  | { readonly kind: "forgetLeader" }
  /** The transport reports that a peer cannot be reached, or how sending a snapshot to it went. */
  | { readonly kind: "unreachable"; readonly peer: ServerId }
  | { readonly kind: "snapshotSent"; readonly peer: ServerId; readonly ok: boolean }
  /** The state machine has reached a membership change (where that is when it takes effect). */
  | { readonly kind: "changeApplied"; readonly change: MembershipChange }
  /** The oldest unfinished write is finished. */
  | { readonly kind: "written" }
  /** The state machine has applied these entries, which a Ready handed out: at least one. */
  | { readonly kind: "applied"; readonly entries: readonly Entry[] };

/** Why an input was refused; nothing changed. */
export type Refusal =
  | "not leader"
  | "no leader"
  | "transfer in progress"
  | "not a member"
  | "change refused"
  | "too much uncommitted"
  | "unknown peer";

/** One write to stable storage. */
export interface Write {
  readonly number: number;
  /** null: unchanged. */
  readonly state: HardState | null;
  /** Whether the disk must be forced: a new commit index alone may get lost. */
  readonly sync: boolean;
  /** Replaces the whole log, before `entries`. */
  readonly snapshot: Snapshot | null;
  /** Appended after every entry from entries[0].index on was removed. */
  readonly entries: readonly Entry[];
}

/** What a server wants done, in this order: write; send; apply; then report `written` and `applied`. */
export interface Ready {
  /** null: nothing to write. */
  readonly write: Write | null;
  /** May leave at once (`asyncDisk`), or after the write. */
  readonly messages: readonly RaftMessage[];
  /** May leave only after the write. */
  readonly messagesAfterWrite: readonly RaftMessage[];
  /** Committed entries for the state machine, in order. */
  readonly apply: readonly Entry[];
  readonly reads: readonly AnsweredRead[];
}
