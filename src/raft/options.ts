/** Times are in whatever unit the caller counts (the world: microseconds; a test may count ticks). */
export interface RaftOptions {
  /** A server that hears nothing for a time drawn from this range starts an election (§5.2). */
  readonly electionTimeoutMin: number;
  readonly electionTimeoutMax: number;
  /** An idle leader sends AppendEntries this often (§5.2). */
  readonly heartbeatInterval: number;
  /** A request that carries entries is sent again with a heartbeat when it is unanswered for this long (§5.3). */
  readonly retryAfter: number;
  /** At most this many entries in one AppendEntries (batching, §5.3). */
  readonly maxEntriesPerMessage: number;
  /** A new leader appends an empty entry of its own term (§8). */
  readonly noOpOnElection: boolean;
}

export type ProfileName = "paper";

/** `paper`: Figure 2 as printed. Heartbeats are empty AppendEntries, nextIndex backs up by one, no no-op. */
export const profiles: Readonly<Record<ProfileName, RaftOptions>> = {
  paper: {
    electionTimeoutMin: 150_000,
    electionTimeoutMax: 300_000,
    heartbeatInterval: 50_000,
    retryAfter: 100_000,
    maxEntriesPerMessage: 16,
    noOpOnElection: false,
  },
};
