import type { LogIndex, ServerId, Term } from "../base/units.ts";
import type { RaftLog } from "./log.ts";

/**
 * What a client wants executed. Opaque to Raft but for its digest: a 32-bit hash of the content, equal for equal
 * commands, from which logs are compared without being read.
 */
export interface Command {
  readonly digest: number;
}

export interface Entry {
  readonly index: LogIndex;
  readonly term: Term;
  /** null is a no-op: an entry that a new leader writes for itself (§8). */
  readonly command: Command | null;
}

export type Role = "follower" | "candidate" | "leader";

/** What the leader believes of one follower (Figure 2, "volatile state on leaders"). 0 <= match < next <= last + 1. */
export interface Progress {
  next: LogIndex;
  match: LogIndex;
  /** Last index of the entries that are under way and unanswered, 0 if none: one request at a time (`paper`). */
  outstanding: LogIndex;
  /** Local time at which `outstanding` was sent. */
  outstandingSince: number;
}

/** One server as the algorithm sees it: plain data. Persistent and volatile fields as in Figure 2. */
export interface Server {
  readonly id: ServerId;
  /** All voting members, this server included, ascending. */
  voters: readonly ServerId[];

  // Persistent state: valid after a restart only as far as it has reached the disk (`durable`).
  term: Term;
  votedFor: ServerId;
  log: RaftLog;

  // Volatile state on all servers.
  role: Role;
  /** The leader of the current term as far as known, 0 if unknown. */
  leader: ServerId;
  commitIndex: LogIndex;
  lastApplied: LogIndex;
  /** The election timer runs from `timerSince` for `timeout`, in the server's local time. */
  timerSince: number;
  timeout: number;

  // Volatile state on candidates and leaders; indexed by server id, undefined where there is nothing.
  votes: (boolean | undefined)[];
  progress: (Progress | undefined)[];
  heartbeatDue: number;

  /** Number of the newest write that was handed to the disk, and of the newest that is known to be finished. */
  writesIssued: number;
  writesDone: number;
  /** Writes that carry entries and are not known to be finished: each makes the log durable up to `upTo`. */
  unwritten: { readonly write: number; upTo: LogIndex }[];
  /** Everything up to here is on this server's own disk with the content that the log has now. */
  durableIndex: LogIndex;
}

interface MessageBase {
  readonly from: ServerId;
  readonly to: ServerId;
  readonly term: Term;
}
export interface RequestVote extends MessageBase {
  readonly type: "RequestVote";
  readonly lastLogIndex: LogIndex;
  readonly lastLogTerm: Term;
}
export interface RequestVoteReply extends MessageBase {
  readonly type: "RequestVoteReply";
  readonly granted: boolean;
}
export interface AppendEntries extends MessageBase {
  readonly type: "AppendEntries";
  readonly prevLogIndex: LogIndex;
  readonly prevLogTerm: Term;
  readonly entries: readonly Entry[];
  readonly leaderCommit: LogIndex;
}
/** Replies name the request that they answer, as the paper's RPCs do: `matchIndex` = prevLogIndex + entries sent. */
export interface AppendEntriesReply extends MessageBase {
  readonly type: "AppendEntriesReply";
  readonly success: boolean;
  readonly prevLogIndex: LogIndex;
  /** Highest index verified by the request; 0 if it was refused. */
  readonly matchIndex: LogIndex;
}
export type RaftMessage = RequestVote | RequestVoteReply | AppendEntries | AppendEntriesReply;

export type Input =
  | { readonly kind: "electionTimeout" }
  | { readonly kind: "heartbeatTimeout" }
  | { readonly kind: "message"; readonly message: RaftMessage }
  | { readonly kind: "propose"; readonly command: Command }
  /** The disk has finished every write up to and including this number. */
  | { readonly kind: "written"; readonly write: number }
  /** The state machine has applied every entry up to and including this index. */
  | { readonly kind: "applied"; readonly index: LogIndex };

/** One write to stable storage: term and vote always, the log from `truncateFrom` (or its end) on. */
export interface Write {
  readonly number: number;
  readonly term: Term;
  readonly votedFor: ServerId;
  /** Every durable entry from this index on is removed first; 0 = none. */
  readonly truncateFrom: LogIndex;
  readonly entries: readonly Entry[];
}

/** What a step wants done. Nothing in here has happened yet. */
export interface Output {
  /** In the order of sending. No message may leave before every write up to `afterWrite` is finished (§5, Figure 2). */
  readonly messages: RaftMessage[];
  readonly writes: Write[];
  /** Number of the last write issued by this server so far. */
  afterWrite: number;
  /** Set by `propose`: where the command was appended, 0 if this server is not the leader. */
  proposedAt: LogIndex;
  /** The election timer was set anew, with `env.drawnTimeout`. */
  timerReset: boolean;
}
