import type { RaftOptions } from "../raft/options.ts";
import { type Reload, reloads } from "../raft/reload.ts";
import { choice, flag, limit, type OptionRow, range, time, told } from "./option-kinds.ts";

/** The options of the engine as people set them: one row each, from which files, links, the settings and words are made. */

const bytesMost = 1_000_000_000;
const elections = (title: string, section: string, text: string) => told("Elections", title, section, text);
const replication = (title: string, section: string, text: string) => told("Replication", title, section, text);
const disk = (title: string, section: string, text: string) => told("Disk and state machine", title, section, text);
const membership = (title: string, section: string, text: string) => told("Membership", title, section, text);

/** By their names in a file, in the order in which they are shown. */
export const optionRows = {
  electionTimeoutMs: range(
    "electionTimeoutMin",
    "electionTimeoutMax",
    elections(
      "Election timeout",
      "§5.2",
      "A server that hears from no leader for a time drawn from this range starts an election.",
    ),
  ),
  preVote: flag(
    "preVote",
    elections("Pre-vote", "D 9.6", "Before an election a server asks, without raising its term, whether it could win."),
  ),
  checkQuorum: flag(
    "checkQuorum",
    elections("Check-quorum", "D 6.2", "A leader that hears from no majority for an election timeout steps down."),
  ),
  quorumCheck: choice(
    "quorumCheck",
    { flags: "once per election timeout", perPeer: "from each follower's last answer" },
    elections(
      "Check-quorum is measured",
      "D 6.2",
      "Looking once per election timeout lets a silent leader live for up to two of them; measuring each answer, for one.",
    ),
  ),
  stickyLeader: choice(
    "stickyLeader",
    { never: "never", withCheckQuorum: "with check-quorum", always: "always" },
    elections(
      "Leader stickiness",
      "D 4.2.3",
      "Requests for votes are ignored within the minimum election timeout of hearing from a leader.",
    ),
  ),
  knownLeaderRefusesVotes: flag(
    "knownLeaderRefusesVotes",
    elections(
      "Votes under a known leader",
      "etcd/raft",
      "A server refuses its vote in a term whose leader it knows, even if it has not voted.",
    ),
  ),
  refusedCandidate: choice(
    "refusedCandidate",
    { waits: "waits for its timer", follows: "becomes a follower at once" },
    elections("Refused candidate", "§5.2", "What a candidate does that a majority has refused."),
  ),
  timerResets: choice(
    "timerResets",
    { figure2: "on the causes of Figure 2", everyChange: "on every change of term or role too" },
    elections("Timer resets", "Figure 2", "When the election timer starts anew."),
  ),
  oldTerms: choice(
    "oldTerms",
    { answered: "answered with the newer term", ignored: "ignored" },
    elections("Old terms", "§5.1", "What happens to requests of an older term."),
  ),
  heartbeatMs: time(
    "heartbeatInterval",
    replication("Heartbeat interval", "§5.2", "An idle leader sends heartbeats this often."),
  ),
  heartbeats: choice(
    "heartbeats",
    { appendEntries: "empty AppendEntries", light: "a message of their own" },
    replication(
      "Heartbeats",
      "§5.2",
      "An empty AppendEntries checks the log too; a light heartbeat tells only what the follower is known to hold.",
    ),
  ),
  backtracking: choice(
    "backtracking",
    { byOne: "by one entry", byTerm: "by one term", byHint: "by hints of both sides" },
    replication("Backtracking", "§5.3", "How far nextIndex goes back after a refused AppendEntries."),
  ),
  flow: choice(
    "flow",
    { oneAtATime: "one request at a time", window: "a window of requests" },
    replication("Flow", "D 10.2.2", "How many requests with entries may be under way to a follower."),
  ),
  belowCommit: choice(
    "belowCommit",
    { checked: "checked like any other", answered: "answered with the commit index" },
    replication(
      "Requests below the commit index",
      "etcd/raft",
      "What happens to AppendEntries that begin before what is committed.",
    ),
  ),
  retryMs: time(
    "retryAfter",
    replication(
      "Retry after",
      "§5.3",
      "With one request at a time, an unanswered one is sent again with a heartbeat after this long.",
    ),
  ),
  maxEntriesPerMessage: limit(
    "maxEntriesPerMessage",
    "entries",
    [1, 100_000],
    replication("Entries per message", "§5.3", "The most entries that one AppendEntries carries."),
  ),
  maxBytesPerMessage: limit(
    "maxBytesPerMessage",
    "bytes",
    [0, bytesMost],
    replication(
      "Bytes per message",
      "etcd/raft",
      "The most bytes that one AppendEntries carries, but always one entry.",
    ),
  ),
  maxInflightMessages: limit(
    "maxInflightMessages",
    "messages",
    [1, 10_000],
    replication("Window in messages", "D 10.2.2", "With a window: the most AppendEntries under way to a follower."),
  ),
  maxInflightBytes: limit(
    "maxInflightBytes",
    "bytes",
    [1, bytesMost],
    replication("Window in bytes", "etcd/raft", "With a window: the most bytes of entries under way to a follower."),
  ),
  noOpOnElection: flag(
    "noOpOnElection",
    replication("No-op when elected", "§8", "A new leader appends an empty entry of its own term."),
  ),
  snapshotEnds: choice(
    "snapshotEnds",
    { reconnected: "once the logs meet", arrived: "once the snapshot's index is reached" },
    replication(
      "Entries after a snapshot",
      "D 5.1",
      "When a leader goes on with entries after it has sent a snapshot.",
    ),
  ),
  maxUncommittedBytes: limit(
    "maxUncommittedBytes",
    "bytes",
    [0, bytesMost],
    replication("Uncommitted bytes", "etcd/raft", "The leader takes no commands beyond so many uncommitted bytes."),
  ),
  forwardProposals: flag(
    "forwardProposals",
    replication(
      "Followers pass commands on",
      "D 6.2",
      "A follower sends a client's command to the leader instead of refusing it.",
    ),
  ),
  asyncDisk: flag(
    "asyncDisk",
    disk(
      "Asynchronous disk",
      "D 10.2.1",
      "Writes and messages overlap; only answers that promise something wait for the disk.",
    ),
  ),
  candidateWritesFirst: flag(
    "candidateWritesFirst",
    disk(
      "Candidate writes first",
      "Figure 2",
      "A candidate asks for votes only once its term and vote are on disk; etcd/raft asks at once, which an asynchronous disk makes unsafe.",
    ),
  ),
  persistCommit: flag(
    "persistCommit",
    disk("Commit index on disk", "Figure 2", "The commit index is kept with term and vote; it is safe to lose it."),
  ),
  maxApplyBytes: limit(
    "maxApplyBytes",
    "bytes",
    [1, bytesMost],
    disk(
      "Bytes applied at once",
      "etcd/raft",
      "Committed entries go to the state machine in pages of so many bytes, but always one entry.",
    ),
  ),
  snapshotAfter: limit(
    "snapshotAfter",
    "entries",
    [1, 100_000],
    disk(
      "Snapshot after",
      "§7",
      "A server makes a snapshot, and discards the log before it, once it has applied so many entries since the last one.",
    ),
    [0, "only by hand"],
  ),
  configurationFrom: choice(
    "configurationFrom",
    { append: "when it is appended", apply: "when it is applied" },
    membership("A configuration counts", "D 4.1", "From when servers use a new configuration."),
  ),
  validateChanges: flag(
    "validateChanges",
    membership(
      "Refuse unsafe changes",
      "D 4.1",
      "A leader refuses a change that is not safe while another is pending.",
    ),
  ),
  changeNeedsOwnCommit: flag(
    "changeNeedsOwnCommit",
    membership(
      "Own entry before a change",
      "D 4.1",
      "A leader takes a change only once an entry of its own term is committed (the correction of 2015).",
    ),
  ),
  refusedChange: choice(
    "refusedChange",
    { replaced: "replaced by an empty entry", refused: "refused, and nothing is appended" },
    membership("Refused change", "D 4.1", "What becomes of a change that a leader does not take now."),
  ),
  removedLeader: choice(
    "removedLeader",
    { stepsDown: "steps down", stays: "leads on without counting itself" },
    membership("Removed leader", "D 4.2.2", "What a leader does when a change that removes it takes effect."),
  ),
  reads: choice(
    "reads",
    { log: "through the log, like writes", safe: "ReadIndex: a round of heartbeats", lease: "ReadIndex: the lease" },
    told("Reads", "Reads", "D 6.4", "How a leader makes sure that it still leads before it answers a read."),
  ),
  lease: choice(
    "lease",
    { checkQuorum: "check-quorum's", sendTime: "from when an answered round was sent" },
    told("Reads", "Lease", "D 6.4.1", "How long a leader that answers reads alone may take itself for the only one."),
  ),
  clockDriftPercent: limit(
    "clockDriftPercent",
    "percent",
    [1, 1000],
    told(
      "Reads",
      "Clocks may differ by",
      "D 6.4.1",
      "A lease from the time of sending is shorter than the election timeout by as much as clocks may run apart.",
    ),
    [0, "they run alike"],
  ),
} as const satisfies Readonly<Record<string, OptionRow>>;
export type OptionName = keyof typeof optionRows;
export const optionNames = Object.keys(optionRows) as readonly OptionName[];

export type Takes = Reload["takes"];
/** What the table of reloads has on an option. */
export const reloadOf = ({ keys }: OptionRow): Reload => reloads[keys[0]!];

/** In which options two sets differ. */
export const optionsDiffering = (options: RaftOptions, base: RaftOptions): readonly OptionName[] =>
  optionNames.filter((name) => optionRows[name].keys.some((key) => options[key] !== base[key]));
