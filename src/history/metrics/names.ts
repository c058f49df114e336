/** What a monitoring system calls what is counted here, in Prometheus' conventions. */
export interface Metric {
  /** Of the family: a counter's samples end in `_total`. */
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram" | "stateset";
  readonly help: string;
  /** The end of its name; left out: a number of nothing in particular. */
  readonly unit?: "seconds" | "bytes" | "entries";
}

/** Every metric of a run: what the page draws, and what goes out. */
export const metrics = {
  time: {
    name: "raft_virtual_time_seconds",
    type: "gauge",
    unit: "seconds",
    help: "The moment of the run: virtual time since its beginning.",
  },
  term: { name: "raft_term_current", type: "gauge", help: "The server's current term." },
  state: { name: "raft_state", type: "stateset", help: "What the server is; a server that is down is nothing." },
  up: { name: "raft_server_up", type: "gauge", help: "1 if the server's process runs, 0 if it is down or paused." },
  elections: { name: "raft_leader_elections", type: "counter", help: "Elections that the server started." },
  won: { name: "raft_leader_elections_won", type: "counter", help: "Elections that the server won." },
  leaderless: {
    name: "raft_leaderless_seconds",
    type: "counter",
    unit: "seconds",
    help: "Time in which no running server led.",
  },
  commits: {
    name: "raft_commits",
    type: "counter",
    help: "Entries that became committed, each counted once, at the leader that committed it.",
  },
  latency: {
    name: "raft_commit_latency_seconds",
    type: "histogram",
    unit: "seconds",
    help: "Time from when a leader appended an entry until it committed it.",
  },
  entries: {
    name: "raft_log_entries",
    type: "counter",
    unit: "entries",
    help: "Entries that the server appended to its log, those that it deleted later included.",
  },
  last: { name: "raft_log_last_index", type: "gauge", help: "Index of the last entry of the server's log." },
  commit: {
    name: "raft_log_commit_index",
    type: "gauge",
    help: "The server's commit index; a server that is down has none.",
  },
  base: {
    name: "raft_snapshot_last_index",
    type: "gauge",
    help: "The last index that the server's snapshot stands for.",
  },
  lag: {
    name: "raft_replication_lag_entries",
    type: "gauge",
    unit: "entries",
    help: "Entries of the leader's log that the server has not acknowledged to it.",
  },
  sent: { name: "raft_messages_sent", type: "counter", help: "Messages that the server sent to other servers." },
  bytes: {
    name: "raft_messages_sent_bytes",
    type: "counter",
    unit: "bytes",
    help: "Bytes of the messages that the server sent to other servers.",
  },
  received: {
    name: "raft_messages_received",
    type: "counter",
    help: "Messages of other servers that the server took.",
  },
  lost: {
    name: "raft_messages_lost",
    type: "counter",
    help: "Messages of the server to other servers that were lost, and why; copies included.",
  },
  writes: { name: "raft_disk_queue_writes", type: "gauge", help: "Writes that the server's disk has yet to finish." },
  operations: {
    name: "raft_client_operations",
    type: "counter",
    help: "Operations of clients that came to their end, by what the client then knew.",
  },
  open: { name: "raft_client_operations_open", type: "gauge", help: "Operations of clients that wait for an answer." },
} as const satisfies Readonly<Record<string, Metric>>;
export type MetricKey = keyof typeof metrics;

/** What its samples are called. */
export const sampleName = (metric: Metric): string =>
  metric.type === "counter" ? `${metric.name}_total` : metric.name;
