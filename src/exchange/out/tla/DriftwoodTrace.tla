---------------------------- MODULE DriftwoodTrace ----------------------------
\* A run of Driftwood, module Run, held against raft.tla: every state of Trace must follow from the one before it by
\* an action of raft.tla, or by one of three wider forms of its actions, which Figure 2 of the paper has.
EXTENDS raft, Run

\* FALSE: by raft.tla alone.
CONSTANT AllowWider

\* How far the trace has been matched.
VARIABLE l

Traced == Trace[l + 1]

-------------------------------------------------------------------------------
\* Messages are compared without mlog, which belongs to raft.tla's proof.

Stripped(m) == [f \in DOMAIN m \ {"mlog"} |-> m[f]]

RECURSIVE Sum(_, _)
Sum(bag, S) == IF S = {} THEN 0 ELSE LET m == CHOOSE x \in S : TRUE IN bag[m] + Sum(bag, S \ {m})

Counts(bag) == [s \in {Stripped(m) : m \in DOMAIN bag} |-> Sum(bag, {m \in DOMAIN bag : Stripped(m) = s})]

-------------------------------------------------------------------------------
\* "entries[]: log entries to store (empty for heartbeat; may send more than one for efficiency)": a leader may send what
\* stands at nextIndex or later, or nothing. A message with many entries is as many with one.
SendsAhead(i, j) ==
    /\ i /= j
    /\ state[i] = Leader
    /\ \E prev \in (nextIndex[i][j] - 1)..Len(log[i]), n \in {0, 1} :
        /\ prev + n <= Len(log[i])
        /\ Send([mtype         |-> AppendEntriesRequest,
                 mterm         |-> currentTerm[i],
                 mprevLogIndex |-> prev,
                 mprevLogTerm  |-> IF prev > 0 THEN log[i][prev].term ELSE 0,
                 mentries      |-> SubSeq(log[i], prev + 1, prev + n),
                 mlog          |-> log[i],
                 mcommitIndex  |-> Min({commitIndex[i], prev + n}),
                 msource       |-> i,
                 mdest         |-> j])
    /\ UNCHANGED <<serverVars, candidateVars, leaderVars, logVars>>

\* "commitIndex: index of highest log entry known to be committed (initialized to 0, increases monotonically)": an old
\* request does not lower it.
KeepsCommit(m) ==
    LET i == m.mdest
        prev == m.mprevLogIndex
    IN /\ m.mtype = AppendEntriesRequest
       /\ m.mterm = currentTerm[i]
       /\ state[i] = Follower
       /\ IF prev = 0 THEN TRUE ELSE prev <= Len(log[i]) /\ m.mprevLogTerm = log[i][prev].term
       /\ IF m.mentries = << >> THEN TRUE ELSE Len(log[i]) > prev /\ log[i][prev + 1].term = m.mentries[1].term
       /\ m.mcommitIndex < commitIndex[i]
       /\ Reply([mtype       |-> AppendEntriesResponse,
                 mterm       |-> currentTerm[i],
                 msuccess    |-> TRUE,
                 mmatchIndex |-> prev + Len(m.mentries),
                 msource     |-> i,
                 mdest       |-> m.msource],
                m)
       /\ UNCHANGED <<serverVars, candidateVars, leaderVars, logVars>>

\* "matchIndex[]: ... (initialized to 0, increases monotonically)": an old answer does not lower it.
KeepsMatch(m) ==
    LET i == m.mdest
        j == m.msource
    IN /\ m.mtype = AppendEntriesResponse
       /\ m.mterm = currentTerm[i]
       /\ m.msuccess
       /\ m.mmatchIndex < matchIndex[i][j]
       /\ nextIndex' = [nextIndex EXCEPT ![i][j] = m.mmatchIndex + 1]
       /\ Discard(m)
       /\ UNCHANGED <<serverVars, candidateVars, logVars, matchIndex, elections>>

Wider ==
    /\ AllowWider
    /\ \/ \E i, j \in Server : SendsAhead(i, j)
       \/ \E m \in DOMAIN messages : KeepsCommit(m)
       \/ \E m \in DOMAIN messages : KeepsMatch(m)
    /\ allLogs' = allLogs \cup {log[i] : i \in Server}

-------------------------------------------------------------------------------
\* The first state is taken as it is: raft.tla's Init, but that terms are counted from 0, where a run begins empty.
TraceInit ==
    /\ l = 1
    /\ InitHistoryVars
    /\ messages = Trace[1].messages
    /\ currentTerm = Trace[1].currentTerm
    /\ state = Trace[1].state
    /\ votedFor = Trace[1].votedFor
    /\ log = Trace[1].log
    /\ commitIndex = Trace[1].commitIndex
    /\ votesResponded = Trace[1].votesResponded
    /\ votesGranted = Trace[1].votesGranted
    /\ nextIndex = Trace[1].nextIndex
    /\ matchIndex = Trace[1].matchIndex

TraceNext ==
    /\ l < Len(Trace)
    /\ l' = l + 1
    /\ currentTerm' = Traced.currentTerm
    /\ state' = Traced.state
    /\ votedFor' = Traced.votedFor
    /\ log' = Traced.log
    /\ commitIndex' = Traced.commitIndex
    /\ votesResponded' = Traced.votesResponded
    /\ votesGranted' = Traced.votesGranted
    /\ nextIndex' = Traced.nextIndex
    /\ matchIndex' = Traced.matchIndex
    /\ Next \/ Wider
    /\ Counts(messages') = Traced.messages

\* Whoever gets here has matched the whole trace. Who is stuck before is in a deadlock, which TLC reports: the last state
\* that it shows is the last one that the specification accepts.
Matched == l = Len(Trace) /\ UNCHANGED <<vars, l>>

TraceSpec == TraceInit /\ [][TraceNext \/ Matched]_<<vars, l>>

\* Everything else follows from l, or belongs to the proof.
TraceView == <<l, messages>>
===============================================================================
