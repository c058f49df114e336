/** "No limit" for byte and message counts: JSON-safe, unlike Infinity. */
export const unlimited = Number.MAX_SAFE_INTEGER;
/** Before any time. */
export const never = Number.MIN_SAFE_INTEGER;

/**
 * Everything in which Raft implementations differ and that changes behaviour. Times are in whatever unit the caller
 * counts (the world: microseconds; a test may count ticks). Where a value names a source: `etcd` is etcd/raft and
 * raft-rs, P the extended paper, D the dissertation.
 */
export interface RaftOptions {
  // ---- elections ----
  /** A server that hears nothing for a time drawn from this range starts an election (P §5.2). */
  readonly electionTimeoutMin: number;
  readonly electionTimeoutMax: number;
  /** Ask first, without raising the term, whether an election could be won (D §9.6). */
  readonly preVote: boolean;
  /** A leader that hears from no quorum for an election timeout steps down (D §6.2). */
  readonly checkQuorum: boolean;
  /**
   * That is looked at once per election timeout, by who has answered since the last look (etcd: a silent leader lives
   * one to two of them), or measured from each follower's last answer (D §6.2).
   */
  readonly quorumCheck: "flags" | "perPeer";
  /**
   * Requests for votes are ignored within the minimum election timeout of hearing from a leader (D §4.2.3):
   * never, always, or as part of check-quorum (etcd).
   */
  readonly stickyLeader: "never" | "withCheckQuorum" | "always";
  /** A vote is refused in a term whose leader is known, even if none was given (etcd). */
  readonly knownLeaderRefusesVotes: boolean;
  /** A candidate that a majority has refused waits for its timer (P), or becomes a follower at once (etcd). */
  readonly refusedCandidate: "waits" | "follows";
  /** The election timer starts anew on the three causes of P Figure 2, or on every change of term or role too (etcd). */
  readonly timerResets: "figure2" | "everyChange";
  /** Requests of older terms are answered with the newer term (P), or met with silence unless that would lock (etcd). */
  readonly oldTerms: "answered" | "ignored";

  // ---- replication ----
  /** An idle leader sends heartbeats this often (P §5.2). */
  readonly heartbeatInterval: number;
  /** Heartbeats are empty AppendEntries (P), or a message of their own that carries min(match, commit) (etcd). */
  readonly heartbeats: "appendEntries" | "light";
  /** After a refused AppendEntries, nextIndex goes back by one (P), to the conflicting term's first entry (D), or by hints of both sides, but never below matchIndex (etcd). */
  readonly backtracking: "byOne" | "byTerm" | "byHint";
  /** One request with entries at a time and follower (P), or a window of them (pipelining, D §10.2.2). */
  readonly flow: "oneAtATime" | "window";
  /** AppendEntries that begin below the commit index are checked like any other (P), or answered with it at once (etcd). */
  readonly belowCommit: "checked" | "answered";
  /** Flow `oneAtATime`: an unanswered request is sent again with a heartbeat after this long. */
  readonly retryAfter: number;
  /** At most so many entries, and so many bytes of commands (but always one entry), in one message. */
  readonly maxEntriesPerMessage: number;
  readonly maxBytesPerMessage: number;
  /** Flow `window`: AppendEntries under way per follower, in messages and in bytes. */
  readonly maxInflightMessages: number;
  readonly maxInflightBytes: number;
  /** A new leader appends an empty entry of its own term (P §8). */
  readonly noOpOnElection: boolean;
  /** After a snapshot, entries follow once the follower's log meets the leader's (etcd), or has reached the snapshot (D §5.1). */
  readonly snapshotEnds: "reconnected" | "arrived";
  /** The leader drops proposals beyond so many bytes of uncommitted commands. */
  readonly maxUncommittedBytes: number;
  /** A follower passes proposals on to the leader instead of refusing them. */
  readonly forwardProposals: boolean;

  // ---- disk and state machine ----
  /** Writes and messages overlap; only answers that promise durability wait (D §10.2.1). Otherwise all wait for the write. */
  readonly asyncDisk: boolean;
  /** A candidate asks for votes only once its term and vote are on disk (P Figure 2), or at once (etcd): with an asynchronous disk that is not safe. */
  readonly candidateWritesFirst: boolean;
  /** The commit index is kept on disk with term and vote (etcd); it is safe to lose it (P Figure 2). */
  readonly persistCommit: boolean;
  /** Committed entries are handed to the state machine in pages of at most so many bytes (but always one entry). */
  readonly maxApplyBytes: number;
  /** A snapshot is made, and the log before it discarded, once so many entries were applied since the last one; 0: by hand. */
  readonly snapshotAfter: number;

  // ---- membership ----
  /** A configuration counts from when its entry is appended (D §4.1), or from when it is applied (etcd). */
  readonly configurationFrom: "append" | "apply";
  /** A leader first commits an entry of its own term (Ongaro's correction of 2015 to D §4.1). */
  readonly changeNeedsOwnCommit: boolean;
  /** A leader refuses changes that are not safe now; without this they enter the log (a lesson). */
  readonly validateChanges: boolean;
  /** A change that is refused is replaced by an empty entry (etcd), or nothing is appended and the caller is told why (D §4.1). */
  readonly refusedChange: "replaced" | "refused";
  /** A leader that a change removes steps down when the change takes effect, or stays and counts only the others. */
  readonly removedLeader: "stepsDown" | "stays";

  // ---- reads ----
  /** Reads go through the log like commands, or by ReadIndex: confirmed by a round of heartbeats, or by the lease (D §6.4). */
  readonly reads: "log" | "safe" | "lease";
  /** The lease is check-quorum's (etcd), or runs from when an answered round was sent (D §6.4.1). */
  readonly lease: "checkQuorum" | "sendTime";
  /** Lease `sendTime`: how much faster one clock may run than another, in percent. */
  readonly clockDriftPercent: number;
}

export type ProfileName = "paper" | "dissertation" | "etcd" | "etcd-server";

const paper: RaftOptions = {
  electionTimeoutMin: 150_000,
  electionTimeoutMax: 300_000,
  preVote: false,
  checkQuorum: false,
  quorumCheck: "flags",
  stickyLeader: "never",
  knownLeaderRefusesVotes: false,
  refusedCandidate: "waits",
  timerResets: "figure2",
  oldTerms: "answered",
  heartbeatInterval: 50_000,
  heartbeats: "appendEntries",
  backtracking: "byOne",
  flow: "oneAtATime",
  belowCommit: "checked",
  retryAfter: 100_000,
  maxEntriesPerMessage: 16,
  maxBytesPerMessage: unlimited,
  maxInflightMessages: 1,
  maxInflightBytes: unlimited,
  noOpOnElection: false,
  snapshotEnds: "reconnected",
  maxUncommittedBytes: unlimited,
  forwardProposals: false,
  asyncDisk: false,
  candidateWritesFirst: true,
  persistCommit: false,
  maxApplyBytes: unlimited,
  configurationFrom: "append",
  changeNeedsOwnCommit: true,
  validateChanges: true,
  refusedChange: "replaced",
  removedLeader: "stepsDown",
  snapshotAfter: 0,
  reads: "log",
  lease: "checkQuorum",
  clockDriftPercent: 0,
};

const etcd: RaftOptions = {
  ...paper,
  stickyLeader: "withCheckQuorum",
  knownLeaderRefusesVotes: true,
  refusedCandidate: "follows",
  timerResets: "everyChange",
  oldTerms: "ignored",
  heartbeats: "light",
  backtracking: "byHint",
  flow: "window",
  belowCommit: "answered",
  maxEntriesPerMessage: unlimited,
  maxInflightMessages: 256,
  noOpOnElection: true,
  forwardProposals: true,
  candidateWritesFirst: false,
  persistCommit: true,
  configurationFrom: "apply",
  changeNeedsOwnCommit: false,
  removedLeader: "stays",
  reads: "safe",
};

const mebibyte = 1024 * 1024;

/**
 * The library as etcd's server 3.6 and later starts it by default: server/embed/config.go (v3.6.0: TickMs 100, ElectionMs 1000,
 * PreVote true), server/etcdserver/bootstrap.go (raftConfig: CheckQuorum, HeartbeatTick 1; ReadOnlyOption is left out, so
 * reads are ReadIndex), server/etcdserver/raft.go (maxSizePerMsg, maxInflightMsgs) and server.go (DefaultSnapshotCount;
 * 100,000 in 3.5). The library draws a timeout of 10 to 19 ticks, and applies at most maxSizePerMsg at once.
 *
 * No option says that the leader writes while it sends and others write first (raft.go), that 5,000 entries before a
 * snapshot are kept, or that time goes in ticks.
 */
const etcdServer: RaftOptions = {
  ...etcd,
  electionTimeoutMin: 1_000_000,
  electionTimeoutMax: 1_900_000,
  heartbeatInterval: 100_000,
  preVote: true,
  checkQuorum: true,
  maxBytesPerMessage: mebibyte,
  maxApplyBytes: mebibyte,
  maxInflightMessages: 512,
  snapshotAfter: 10_000,
};

/**
 * `paper`: Figure 2 as printed. Heartbeats are empty AppendEntries, nextIndex backs up by one, no no-op.
 * `dissertation`: with everything that Ongaro's dissertation adds: pre-vote, a leader that is not disturbed and knows
 * when it has lost its majority, ReadIndex, a lease that is safe within a bound on clocks, pipelining over a disk that
 * is written meanwhile.
 * `etcd`: what etcd/raft and raft-rs do, as libraries. `etcd-server`: with the defaults of etcd's server.
 */
export const profiles: Readonly<Record<ProfileName, RaftOptions>> = {
  paper,
  dissertation: {
    ...paper,
    preVote: true,
    checkQuorum: true,
    quorumCheck: "perPeer",
    stickyLeader: "always",
    backtracking: "byTerm",
    flow: "window",
    maxInflightMessages: 16,
    noOpOnElection: true,
    snapshotEnds: "arrived",
    asyncDisk: true,
    refusedChange: "refused",
    reads: "safe",
    lease: "sendTime",
    clockDriftPercent: 10,
  },
  etcd,
  "etcd-server": etcdServer,
};
