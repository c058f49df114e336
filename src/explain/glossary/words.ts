/** A word of the field, and what it means here. Every definition is true of every profile, without exception. */
export interface Word {
  /** Stable: element ids and addresses are made of it. */
  readonly id: string;
  readonly word: string;
  /** Plurals, inflections and other names by which texts mean the same. */
  readonly forms: readonly string[];
  /** One or two sentences. */
  readonly means: string;
  /** "§5.1" and "Figure 2" are the paper's, "D 6.4" is the dissertation's; "": it is not theirs. */
  readonly section: string;
  /** Everyday words are in the list, but are not marked in texts. */
  readonly everyday?: true;
}

const word = (name: string, forms: string, section: string, means: string): Word => ({
  id: name.toLowerCase().replaceAll(" ", "-"),
  word: name,
  forms: forms === "" ? [] : forms.split("|"),
  section,
  means,
});
const everyday = (...of: Parameters<typeof word>): Word => ({ ...word(...of), everyday: true });

const basics: readonly Word[] = [
  everyday("server", "servers", "§5.1", "One of the machines that together keep the log."),
  everyday("cluster", "clusters", "§5.1", "All the servers that keep one log together."),
  everyday("client", "clients", "§8", "A program outside the cluster that asks it to write and to read."),
  word(
    "term",
    "terms",
    "§5.1",
    "A stretch of time that has at most one leader. Terms are numbered, and every election begins a new one; term 0 is before the first.",
  ),
  word(
    "leader",
    "leaders",
    "§5.1",
    "The server that takes the clients’ commands and sends them to the others. A term has at most one.",
  ),
  word(
    "follower",
    "followers",
    "§5.1",
    "A server that neither leads nor stands for election. It stores what the leader sends, and may give its vote to a candidate that asks.",
  ),
  word(
    "candidate",
    "candidates",
    "§5.2",
    "A server that stands for election: it has begun a new term, voted for itself, and asks the others for their votes.",
  ),
  word(
    "campaign",
    "campaigns|campaigned|campaigning",
    "§5.2",
    "To stand for election: to ask the others for their votes.",
  ),
  word(
    "majority",
    "majorities",
    "§5.2",
    "More than half: 2 of 3, 3 of 5. Any two majorities of the same servers have a server in common.",
  ),
  word(
    "crash",
    "crashes|crashed",
    "§5.2",
    "A server stops and loses everything that is not on its disk. When it starts again, it is a follower.",
  ),
  word("currentTerm", "", "Figure 2", "The latest term that a server knows of. It keeps it on its disk."),
  word(
    "votedFor",
    "",
    "Figure 2",
    "The candidate to which a server has given its vote in its current term, if any. It keeps it on its disk.",
  ),
  word("disk", "disks", "Figure 2", "Where a server keeps what must outlive a crash: its term, its vote, and its log."),
  word(
    "partition",
    "partitions|partitioned",
    "§2",
    "A cut in the network that splits the servers into parts. Within a part they reach each other, between parts they do not.",
  ),
];

const elections: readonly Word[] = [
  word(
    "election",
    "elections",
    "§5.2",
    "How a term gets its leader: a candidate asks for votes, and wins with those of a quorum. If nobody wins, the next election begins a new term.",
  ),
  word(
    "vote",
    "votes|voted|voting",
    "§5.2",
    "A server’s consent to one candidate in one term. It gives at most one in a term, and keeps it on its disk.",
  ),
  word(
    "election timeout",
    "election timeouts|election timer|election timers",
    "§5.2",
    "How long a voter waits for a leader or a candidate before it stands for election itself. Each draws its own at random, so that seldom two stand at once.",
  ),
  word(
    "heartbeat",
    "heartbeats",
    "§5.2",
    "What a leader sends at fixed times, so that its followers know that it is there and do not stand for election.",
  ),
  word(
    "split vote",
    "split votes",
    "§5.2",
    "An election in which the votes are so divided that no candidate gets a quorum.",
  ),
  word(
    "up to date",
    "up-to-date",
    "§5.4.1",
    "Of two logs, the one whose last entry has the later term is more up to date; where those are equal, the longer one.",
  ),
  word(
    "step down",
    "steps down|stepped down|stepping down|deposed|deposes",
    "§5.1",
    "To stop leading and become a follower again, for instance on hearing of a later term.",
  ),
  word(
    "RequestVote",
    "",
    "§5.2",
    "The message by which a candidate asks for a vote. It names the last entry of the candidate’s log, so that a server whose log is more up to date can refuse.",
  ),
  word(
    "pre-vote",
    "pre-votes|prevote",
    "D 9.6",
    "A question before an election: would you vote for me? It begins no new term; only with a quorum of yeses does the election begin.",
  ),
  word(
    "pre-candidate",
    "pre-candidates",
    "D 9.6",
    "A server that asks the others for pre-votes, before it begins a new term.",
  ),
  word(
    "check-quorum",
    "check quorum",
    "D 6.2",
    "A rule for leaders: step down after an election timeout in which no quorum was heard from.",
  ),
  word(
    "leadership transfer",
    "leadership transfers|transfer of leadership",
    "D 3.10",
    "A leader sends another server the entries that it lacks, and then tells it to stand for election at once.",
  ),
  word(
    "TimeoutNow",
    "",
    "D 3.10",
    "The message by which a leader tells another server to stand for election at once, without waiting for its election timeout.",
  ),
];

const logs: readonly Word[] = [
  word(
    "log",
    "logs",
    "§5.3",
    "A server’s numbered list of entries. Servers that apply the same entries in the same order come to the same state.",
  ),
  word(
    "entry",
    "entries|log entry|log entries",
    "§5.3",
    "One place in the log: a client’s command, a change of the configuration or a no-op, with the term in which a leader took it.",
  ),
  word("index", "indices|indexes", "§5.3", "The number of an entry’s place in the log. The first is 1."),
  word(
    "committed",
    "commit|commits|committing",
    "§5.4.2",
    "Safe for ever: every later leader has the entry. A leader commits an entry of its own term once a quorum has stored it, and all earlier entries with it.",
  ),
  word(
    "commit index",
    "commit indices|commitIndex",
    "§5.3",
    "The index of the last entry that a server knows to be committed.",
  ),
  word(
    "applied",
    "apply|applies|applying",
    "§5.3",
    "Carried out by a server’s state machine. A server applies nothing but committed entries, in the order of the log.",
  ),
  word(
    "state machine",
    "state machines",
    "§2",
    "What carries out the commands: here a store of keys and values. The same commands in the same order lead to the same state.",
  ),
  word(
    "AppendEntries",
    "",
    "§5.3",
    "The message by which a leader sends entries. It names the entry before them, which the follower must have, and the leader’s commit index.",
  ),
  word("nextIndex", "", "§5.3", "For each follower, the index of the entry that the leader sends it next."),
  word("matchIndex", "", "§5.3", "For each follower, the highest index that the leader knows to be stored there."),
  word("lastApplied", "", "Figure 2", "The index of the last entry that a server’s state machine has carried out."),
  word(
    "probing",
    "probe|probes",
    "§5.3",
    "The leader sends this follower entries in one message at a time and waits for the answer: it does not know yet up to where their logs agree. Some leaders always send so.",
  ),
  word(
    "replicate",
    "replicating",
    "§5.3",
    "The leader knows up to where this follower’s log agrees with its own, and sends entries ahead of the answers.",
  ),
  word(
    "no-op",
    "no-ops|noop",
    "§8",
    "An entry without a command, which a new leader may write first: once it is committed, so is everything before it.",
  ),
  word(
    "snapshot",
    "snapshots",
    "§7",
    "The state after an entry, stored in place of the log up to that entry. A follower that needs entries which are gone is sent the snapshot.",
  ),
  word("InstallSnapshot", "", "§7", "The message by which a leader sends a snapshot."),
];

const membersAndReads: readonly Word[] = [
  word(
    "quorum",
    "quorums",
    "§6",
    "The voters whose agreement is enough: a majority of them. In joint consensus, a majority of the old voters and a majority of the new.",
  ),
  word(
    "configuration",
    "configurations",
    "§6",
    "Which servers are voters and which are learners. It is changed by an entry of the log.",
  ),
  word(
    "joint consensus",
    "joint configuration|joint configurations|joint",
    "§6",
    "A stage in a change of the configuration in which the old and the new one hold together: an election or a commit needs a majority of each.",
  ),
  word("voter", "voters", "D 4.2.1", "A server whose vote and whose stored entries count for a quorum."),
  word(
    "learner",
    "learners",
    "D 4.2.1",
    "A server that receives the log and does not count for a quorum, nor stand for election. It can be made a voter.",
  ),
  word(
    "linearizable",
    "linearizability",
    "§8",
    "As if there were one copy of the data only: every answered operation took effect at one moment between its call and its answer.",
  ),
  word(
    "stale read",
    "stale reads",
    "D 6.4",
    "A read that is told a value which had already been replaced when it was asked.",
  ),
  word(
    "ReadIndex",
    "read index",
    "D 6.4",
    "A read without an entry in the log: the leader notes its commit index and makes sure with a quorum that it still leads. The read is answered once the entries up to there are applied.",
  ),
  word(
    "lease",
    "leases",
    "D 6.4.1",
    "A time by a leader’s own clock in which it answers reads without asking the others, for it expects no other leader so soon. It needs clocks that go nearly alike.",
  ),
  word(
    "session",
    "sessions",
    "D 6.3",
    "What the state machine remembers of a client, so that a command that is sent twice is carried out at most once.",
  ),
];

/** What the page says of runs and of programs, not of the algorithm. */
const runs: readonly Word[] = [
  word(
    "seed",
    "seeds",
    "",
    "The number from which all chance in a run is drawn. With the same set-up and the same acts it gives the same run, everywhere.",
  ),
  word(
    "etcd",
    "etcd/raft",
    "",
    "A store of keys and values that many systems rely on. Its servers keep one log by Raft, in a library of its own, etcd/raft.",
  ),
];

/** In the order in which one would learn them. */
export const words: readonly Word[] = [...basics, ...elections, ...logs, ...membersAndReads, ...runs];
