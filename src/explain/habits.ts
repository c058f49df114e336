import type { Reason } from "./reason.ts";

/** What the engine does rather than whether it may: sentences of the sources that are no guard of the engine. */
export const habits = {
  electionTimeout: {
    section: "§5.2",
    text: "A follower or candidate that hears from no leader and grants no vote for a whole election timeout starts an election.",
  },
  randomTimeout: {
    section: "§5.2",
    text: "Election timeouts are drawn at random, anew each time, so that servers rarely time out together.",
  },
  splitVote: {
    section: "§5.2",
    text: "Without a majority of votes nobody leads; the server whose timer runs out next starts another election.",
  },
  preVote: {
    section: "D 9.6",
    text: "Before an election a server asks, without raising its term, who would vote for it; only a majority's yes starts the election.",
  },
  appendBeforeCommit: {
    section: "§5.3",
    text: "The leader appends a command to its log and answers only once the entry is committed and applied.",
  },
  entriesFromNext: {
    section: "§5.3",
    text: "AppendEntries carries entries from nextIndex on and names the entry just before them.",
  },
  heartbeat: {
    section: "§5.2",
    text: "A leader sends heartbeats at short intervals, so that nobody starts an election.",
  },
  belowCommit: {
    section: "§5.4",
    text: "What is committed is the same on every server: a request that begins before it needs no check and is answered with the commit index.",
  },
  applyInOrder: {
    section: "§5.3",
    text: "A committed entry is applied to the state machine, in the order of the log.",
  },
  noOp: {
    section: "§8",
    text: "A new leader commits an empty entry of its own term to find out which older entries are committed.",
  },
  writeFirst: {
    section: "Figure 2",
    text: "Term, vote and log are on stable storage before a server responds.",
  },
  replacedWrite: {
    section: "D 10.2.1",
    text: "A finished write counts only for entries that the log still holds: others may have replaced them meanwhile.",
  },
  activeFollower: {
    section: "D 6.2",
    text: "A leader keeps account of who has answered it: that shows whether it still has a majority, and whom to send more.",
  },
  asksForEver: {
    section: "§5.3",
    text: "A leader sends its requests to who does not answer again and again: it may be slow, down or cut off, and come back.",
  },
  pipelining: {
    section: "D 10.2.2",
    text: "Once it is known where the logs agree, entries are sent without waiting for the answers to those before.",
  },
  fullWindow: {
    section: "D 10.2.2",
    text: "Entries are sent ahead of the answers, but only so much at a time: a slow follower is not flooded.",
  },
  oneRequest: {
    section: "§5.3",
    text: "Where nothing is sent ahead of the answers, a request is sent until it is answered, and nothing beyond it.",
  },
  appliesWhatIsStored: {
    section: "D 10.2.1",
    text: "A majority without the server itself may commit an entry that its own disk still writes; it is applied once it is stored here, too.",
  },
  oneWriteAtATime: {
    section: "Figure 2",
    text: "A server answers once what it promises is on disk; with a synchronous disk it applies nothing meanwhile either.",
  },
  pages: {
    section: "etcd/raft",
    text: "Committed entries are handed to the state machine a limited number of bytes at a time, at least one entry.",
  },
  probeAfterLoss: {
    section: "etcd/raft",
    text: "A follower that cannot be reached is probed, one message at a time, until it answers again.",
  },

  oldTermIgnored: {
    section: "etcd/raft",
    text: "A message of an older term is met with silence, unless its sender must learn the newer term.",
  },

  // ---- snapshots ----
  snapshotForLaggard: {
    section: "§7",
    text: "A leader that has discarded the next entry of a follower sends it a snapshot instead.",
  },
  snapshotToTheLiving: {
    section: "etcd/raft",
    text: "A snapshot is large: it goes only to a follower that has answered lately.",
  },
  snapshotFirst: {
    section: "§7",
    text: "While a snapshot is under way to a follower, the entries after it wait for its arrival.",
  },
  snapshotReplacesLog: {
    section: "Figure 13",
    text: "If the log does not hold the snapshot's last entry, the snapshot replaces the whole log and the state machine.",
  },
  snapshotForMembers: {
    section: "etcd/raft",
    text: "A snapshot whose configuration does not contain the receiver is refused.",
  },
  snapshotReport: {
    section: "etcd/raft",
    text: "Once it is known how sending a snapshot went, the leader probes the follower, as soon as it answers something.",
  },

  // ---- membership ----
  changeIsEntry: {
    section: "§6",
    text: "A change of membership is an entry of the log and is replicated like any other.",
  },
  latestConfiguration: {
    section: "D 4.1",
    text: "A server uses the latest configuration of its log: as soon as it is appended, or (etcd/raft) once it is applied.",
  },
  jointConfiguration: {
    section: "§6",
    text: "While a configuration is joint, elections and commitment need a majority of the old and one of the new voters.",
  },
  removedLeader: {
    section: "D 4.2.2",
    text: "A leader that is removed steps down once the change counts, or leads on without counting itself.",
  },
  members: {
    section: "etcd/raft",
    text: "Answers count only from members of the configuration.",
  },

  // ---- leadership transfer ----
  transferCatchUp: {
    section: "D 3.10",
    text: "Before it hands leadership over, the leader brings the target's log up to date; meanwhile it takes no commands.",
  },
  transferTimeoutNow: {
    section: "D 3.10",
    text: "A target whose log is complete is told to start an election at once, without waiting for its timer.",
  },
  transferGivenUp: {
    section: "D 3.10",
    text: "A transfer that does not come about within an election timeout is given up, and the leader goes on.",
  },
  transferReplaced: {
    section: "etcd/raft",
    text: "A request to hand leadership to another server replaces the one before.",
  },
  transferAtLeader: {
    section: "D 3.10",
    text: "Only the leader can hand leadership over: other servers pass the request on to it.",
  },
  forgetLeader: {
    section: "etcd/raft",
    text: "A follower that knows its leader to be dead may forget it and vote for another at once.",
  },

  // ---- clients ----
  proxyProposal: {
    section: "D 6.2",
    text: "A server that is not the leader may pass a client's command on to the leader instead of refusing it.",
  },
  limitUncommitted: {
    section: "etcd/raft",
    text: "A leader takes no more commands while too many bytes of them are not committed yet.",
  },
  readRound: {
    section: "D 6.4",
    text: "A read notes the commit index, and is answered once a round of heartbeats has shown that the leader still leads.",
  },
  readOfOneVoter: {
    section: "etcd/raft",
    text: "Where there is only one voter a leader answers reads at once, without asking whether that voter is itself.",
  },
  readAtFollower: {
    section: "D 6.4",
    text: "A follower asks its leader for the index that a read must wait for.",
  },
  readLease: {
    section: "D 6.4.1",
    text: "While its lease lasts no other leader can be elected, so the leader answers reads at once. That rests on clocks, and on servers that do not vote while they hear from a leader.",
  },
  readLateLease: {
    section: "D 6.4.1",
    text: "The leader answers reads at once while its lease lasts, for which servers must not vote while they hear from a leader. Here they may, so another leader can be elected meanwhile.",
  },
  readCheckQuorumLease: {
    section: "etcd/raft",
    text: "Until check-quorum makes it step down a leader answers reads at once. Cut off, it may lead for nearly two election timeouts, and another leader may be elected before that.",
  },
  readEndlessLease: {
    section: "etcd/raft",
    text: "Without check-quorum nothing ends the lease: a leader that is cut off answers reads at once for ever. etcd/raft refuses to start so.",
  },
} as const satisfies Record<string, Reason>;
