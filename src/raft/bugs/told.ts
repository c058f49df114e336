import type { BugName } from "../bugs.ts";
import type { RaftOptions } from "../options.ts";

/** What can fall: a property by the name of its invariant, or what only a whole run shows. */
export type Property =
  | "Election Safety"
  | "Leader Append-Only"
  | "Log Matching"
  | "Leader Completeness"
  | "State Machine Safety"
  | "Commit indices only grow"
  | "Liveness"
  | "Linearizability"
  | "Exactly once";

/** What people are told about a mistake. */
export interface BugRow {
  readonly title: string;
  /** What is changed, in one sentence. */
  readonly changed: string;
  /** What comes of it, in one sentence. */
  readonly effect: string;
  /** Empty: it is safe and live, only slower or less available. */
  readonly breaks: readonly Property[];
  /** The smallest cluster that shows it. */
  readonly servers: number;
  /** Where the rule that is broken is stated. */
  readonly section: string;
  /** Options without which it makes no difference. */
  readonly needs?: Partial<RaftOptions>;
  /** The cheapest layer that finds it: a search over coarse actions, random faults, a story told on purpose, the clients' history. */
  readonly foundBy: "search" | "fuzz" | "directed" | "history";
}

/** A row for every bug. */
export const told: Readonly<Record<BugName, BugRow>> = {
  // ---- voting and terms ----
  "double-vote": {
    title: "A server votes for anybody who asks",
    changed: "A vote is granted although another candidate got one in this term.",
    effect: "Two candidates win the same term.",
    breaks: ["Election Safety"],
    servers: 2,
    section: "§5.2",
    foundBy: "search",
  },
  "no-log-check": {
    title: "Logs are not compared when voting",
    changed: "A vote is granted whatever the candidate's log holds.",
    effect: "A server without a committed entry is elected and overwrites it.",
    breaks: ["Leader Completeness"],
    servers: 3,
    section: "§5.4.1",
    foundBy: "search",
  },
  "log-length-only": {
    title: "The longer log wins, whatever its terms",
    changed: "Logs are compared by length only.",
    effect: "A long tail that was never committed beats a short log that was.",
    breaks: ["Leader Completeness"],
    servers: 3,
    section: "§5.4.1",
    foundBy: "search",
  },
  "log-term-only": {
    title: "Only last terms are compared",
    changed: "Logs are compared by the term of their last entry, and their length is ignored.",
    effect: "A server that lacks the newest committed entries of its term is elected.",
    breaks: ["Leader Completeness"],
    servers: 3,
    section: "§5.4.1",
    foundBy: "search",
  },
  "log-compare-commit": {
    title: "The candidate is compared with the voter's commit index",
    changed: "A candidate whose log reaches the voter's commit index gets the vote.",
    effect: "What is committed already, and the voter does not know it yet, can be missing at the new leader.",
    breaks: ["Leader Completeness"],
    servers: 3,
    section: "§5.4.1",
    foundBy: "search",
  },
  "vote-half": {
    title: "Half of the votes is enough",
    changed: "A candidate wins with n/2 votes instead of n/2 + 1.",
    effect: "In a cluster of even size both halves elect a leader.",
    breaks: ["Election Safety"],
    servers: 2,
    section: "§5.2",
    foundBy: "search",
  },
  "stale-vote-resp": {
    title: "Votes of an earlier term count",
    changed: "A candidate counts answers to the requests of an earlier election.",
    effect: "A delayed vote elects a second leader.",
    breaks: ["Election Safety"],
    servers: 3,
    section: "§5.1",
    foundBy: "search",
  },
  "prevote-resp-as-vote": {
    title: "A late answer to a pre-vote counts as a vote",
    changed: "A candidate takes the answer to its pre-vote, which names the same term, for a vote.",
    effect: "It wins with votes that nobody has given.",
    breaks: ["Election Safety"],
    servers: 3,
    section: "D 9.6",
    needs: { preVote: true },
    foundBy: "search",
  },
  "prevote-bumps-term": {
    title: "A pre-vote raises the receiver's term",
    changed: "A request for a pre-vote is taken like one for a vote: its higher term is adopted.",
    effect: "A server that was cut off deposes a healthy leader, which pre-votes are there to prevent.",
    breaks: [],
    servers: 3,
    section: "D 9.6",
    needs: { preVote: true },
    foundBy: "directed",
  },
  "leader-ignores-higher-term": {
    title: "A leader ignores a higher term in answers",
    changed: "A leader that reads a higher term in an answer carries on.",
    effect: "It does not learn from refusals that it is deposed, and goes on without a purpose.",
    breaks: [],
    servers: 3,
    section: "§5.1",
    foundBy: "directed",
  },
  "no-lease-check": {
    title: "Votes are given although a leader was heard lately",
    changed: "The test whether a leader was heard within the minimum election timeout is left out.",
    effect: "Another leader is elected while the old one still answers reads under its lease.",
    breaks: ["Linearizability"],
    servers: 3,
    section: "D 6.4.1",
    needs: { checkQuorum: true, stickyLeader: "withCheckQuorum", reads: "lease" },
    foundBy: "history",
  },

  // ---- copying and committing entries ----
  "commit-old-term": {
    title: "Entries of older terms are committed by counting",
    changed: "A leader commits an entry of an earlier term once a majority stores it.",
    effect: "Figure 8: such an entry can still be overwritten.",
    breaks: ["Leader Completeness", "State Machine Safety"],
    servers: 3,
    section: "§5.4.2",
    foundBy: "search",
  },
  "commit-minority": {
    title: "One copy too few commits",
    changed: "A leader commits what is stored on one server less than a majority.",
    effect: "A majority without the entry elects a leader that overwrites it.",
    breaks: ["Leader Completeness", "State Machine Safety"],
    servers: 3,
    section: "§5.3",
    foundBy: "search",
  },
  "commit-half": {
    title: "Half of the servers commit",
    changed: "In a cluster of even size a leader commits what half of the servers store.",
    effect: "Nothing breaks: elections still need more than half, so each of them meets each such half.",
    breaks: [],
    servers: 4,
    section: "§5.3",
    foundBy: "directed",
  },
  "no-prev-check": {
    title: "AppendEntries without the consistency check",
    changed: "Entries are accepted wherever they leave no gap, and prevLogTerm is ignored.",
    effect: "Two logs agree at one entry and differ before it.",
    breaks: ["Log Matching", "State Machine Safety"],
    servers: 3,
    section: "§5.3",
    foundBy: "search",
  },
  "prev-index-only": {
    title: "The consistency check looks at the index only",
    changed: "Entries are accepted after any entry at prevLogIndex, whatever its term.",
    effect: "Two logs agree at one entry and differ before it.",
    breaks: ["Log Matching", "State Machine Safety"],
    servers: 3,
    section: "§5.3",
    foundBy: "search",
  },
  "always-truncate": {
    title: "A request always cuts the log",
    changed: "A follower deletes everything from a request's first entry on, in conflict or not.",
    effect: "A delayed, shorter request deletes what was acknowledged and committed since.",
    breaks: ["Commit indices only grow", "Leader Completeness"],
    servers: 2,
    section: "§5.3",
    foundBy: "fuzz",
  },
  "never-truncate": {
    title: "Entries in conflict are kept",
    changed: "A follower appends only what lies beyond its last entry.",
    effect: "It keeps entries that no leader has, and commits them.",
    breaks: ["Log Matching", "State Machine Safety"],
    servers: 3,
    section: "§5.3",
    foundBy: "search",
  },
  "commit-min-last-log": {
    title: "A follower commits up to its last entry",
    changed:
      "A follower's commit index becomes min(leaderCommit, last index of its log) instead of the last entry verified.",
    effect: "An empty request that matches before a wrong tail commits that tail.",
    breaks: ["State Machine Safety"],
    servers: 3,
    section: "§5.3",
    foundBy: "fuzz",
  },
  "heartbeat-full-commit": {
    title: "A heartbeat carries the leader's whole commit index",
    changed: "A light heartbeat tells the leader's commit index, not the smaller of it and matchIndex.",
    effect: "A follower commits entries of its own that the leader does not have.",
    breaks: ["State Machine Safety", "Commit indices only grow"],
    servers: 3,
    section: "§5.3",
    needs: { heartbeats: "light" },
    foundBy: "search",
  },
  "match-is-last": {
    title: "Any success counts for the whole log",
    changed: "On any successful answer a leader sets matchIndex to its own last index.",
    effect: "Entries are committed that the follower never got.",
    breaks: ["Leader Completeness", "State Machine Safety"],
    servers: 3,
    section: "§5.3",
    foundBy: "search",
  },
  "match-is-next": {
    title: "matchIndex is taken from nextIndex",
    changed: "On success a leader sets matchIndex to nextIndex − 1, as that stands when the answer comes.",
    effect: "With requests under way, entries count as stored that were only sent.",
    breaks: ["Leader Completeness", "State Machine Safety"],
    servers: 3,
    section: "§5.3",
    needs: { flow: "window", maxInflightMessages: 16 },
    foundBy: "search",
  },
  "stale-append-resp": {
    title: "Acknowledgements of an earlier term count",
    changed: "A leader that was elected again counts answers to requests of its earlier term.",
    effect: "They speak of entries that were overwritten since, and commit what no majority stores.",
    breaks: ["Leader Completeness"],
    servers: 5,
    section: "§5.1",
    foundBy: "directed",
  },
  "stale-append-accepted": {
    title: "AppendEntries of an older term is accepted",
    changed: "A follower does not refuse requests of a deposed leader.",
    effect: "The old leader overwrites what the new one has committed.",
    breaks: ["State Machine Safety", "Commit indices only grow"],
    servers: 3,
    section: "§5.1",
    foundBy: "search",
  },

  // ---- who belongs to the cluster ----
  "single-server-bug": {
    title: "A change before the leader's first commit",
    changed: "A new leader changes the membership before it has committed an entry of its own term.",
    effect: "Two leaders build on different configurations whose majorities do not meet (Ongaro, 2015).",
    breaks: ["State Machine Safety", "Leader Completeness"],
    servers: 4,
    section: "D 4.1",
    needs: { configurationFrom: "append", changeNeedsOwnCommit: true },
    foundBy: "search",
  },
  "joint-commit-new-only": {
    title: "In a joint configuration the new half commits",
    changed: "While the configuration is joint, a majority of the new servers alone commits.",
    effect: "The old servers elect a leader that lacks what was committed.",
    breaks: ["Leader Completeness", "State Machine Safety"],
    servers: 3,
    section: "§6",
    foundBy: "search",
  },
  "joint-commit-old-only": {
    title: "In a joint configuration the old half commits",
    changed: "While the configuration is joint, a majority of the old servers alone commits.",
    effect: "The new servers elect a leader that lacks what was committed.",
    breaks: ["Leader Completeness", "State Machine Safety"],
    servers: 4,
    section: "§6",
    foundBy: "search",
  },
  "joint-vote-new-only": {
    title: "In a joint configuration the new half elects",
    changed: "While the configuration is joint, votes of a majority of the new servers are enough.",
    effect: "The old servers elect a second leader of that term.",
    breaks: ["Election Safety", "Leader Completeness"],
    servers: 4,
    section: "§6",
    foundBy: "search",
  },
  "joint-vote-old-only": {
    title: "In a joint configuration the old half elects",
    changed: "While the configuration is joint, votes of a majority of the old servers are enough.",
    effect: "A leader is elected that lacks what the new servers have committed.",
    breaks: ["Leader Completeness", "Election Safety"],
    servers: 4,
    section: "§6",
    foundBy: "search",
  },
  "conf-pending-ignored": {
    title: "A second change while one is pending",
    changed: "A leader takes another change before the one before it is applied.",
    effect: "Two changes at once leave majorities that do not meet.",
    breaks: ["Leader Completeness", "State Machine Safety"],
    servers: 3,
    section: "D 4.1",
    foundBy: "search",
  },
  "campaign-unapplied-conf": {
    title: "A campaign with a change that is committed but not applied",
    changed: "A server starts an election although it has not applied a change that it knows to be committed.",
    effect: "It counts the votes of a configuration that is gone, and two leaders win one term.",
    breaks: ["Election Safety"],
    servers: 5,
    section: "D 4.1",
    needs: { configurationFrom: "apply" },
    foundBy: "directed",
  },
  "count-learners": {
    title: "Learners count when entries are committed",
    changed: "A leader counts the copies on learners towards the majority that commits.",
    effect: "The voters elect a leader without the entry.",
    breaks: ["Leader Completeness"],
    servers: 4,
    section: "D 4.2.1",
    foundBy: "search",
  },
  "learner-campaigns": {
    title: "Learners start elections",
    changed: "A learner whose timer fires starts an election like a voter.",
    effect: "It raises the term and deposes a leader, and who counts in no majority may end up leading.",
    breaks: ["Liveness"],
    servers: 2,
    section: "D 4.2.1",
    foundBy: "directed",
  },
  "removed-leader-proposes": {
    title: "A removed leader takes commands",
    changed: "A leader that is no member any more goes on taking commands.",
    effect: "Nothing is lost, but who is outside leads the cluster.",
    breaks: [],
    servers: 3,
    section: "D 4.2.2",
    needs: { removedLeader: "stays" },
    foundBy: "directed",
  },

  // ---- snapshots, reads, sessions, transfers, the disk ----
  "snapshot-accept-stale": {
    title: "An old snapshot is installed",
    changed: "A follower installs a snapshot that covers less than it has committed.",
    effect: "Its commit index goes back, and what it had acknowledged is gone.",
    breaks: ["Commit indices only grow"],
    servers: 3,
    section: "§7",
    foundBy: "directed",
  },
  "snapshot-always-discards-log": {
    title: "A snapshot always discards the whole log",
    changed: "A follower drops the entries after a snapshot even if its log holds the snapshot's last entry.",
    effect: "Entries that it had acknowledged vanish (Figure 13, step 6).",
    breaks: ["Leader Completeness"],
    servers: 3,
    section: "Figure 13",
    foundBy: "directed",
  },
  "read-no-quorum": {
    title: "Reads without a round of heartbeats",
    changed: "A leader answers a read at once, without asking whether it still leads.",
    effect: "A leader that was deposed unknowingly gives old values.",
    breaks: ["Linearizability"],
    servers: 3,
    section: "D 6.4",
    needs: { reads: "safe" },
    foundBy: "history",
  },
  "read-before-noop": {
    title: "A new leader answers reads at once",
    changed: "A leader answers reads before it has committed an entry of its term.",
    effect: "It may not know yet what is committed, and gives old values.",
    breaks: ["Linearizability"],
    servers: 2,
    section: "D 6.4",
    needs: { reads: "safe" },
    foundBy: "history",
  },
  "transfer-accepts-proposals": {
    title: "Commands are taken during a transfer",
    changed: "A leader that hands leadership over goes on taking commands.",
    effect: "Under load the target never catches up; nothing is lost.",
    breaks: [],
    servers: 3,
    section: "D 3.10",
    foundBy: "directed",
  },
};
