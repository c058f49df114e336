---------------------------------- MODULE Run ----------------------------------
\* A run of Driftwood: 51 states, for DriftwoodTrace.tla. It begins as raft.tla does.
EXTENDS Integers, TLC

RunServer == {1, 2, 3}
RunValue == 1..2

M1 == [mtype |-> "RequestVoteRequest", mterm |-> 1, mlastLogTerm |-> 0, mlastLogIndex |-> 0, msource |-> 1, mdest |-> 1]
M2 == [mtype |-> "RequestVoteResponse", mterm |-> 1, mvoteGranted |-> TRUE, msource |-> 1, mdest |-> 1]
M3 == [mtype |-> "RequestVoteRequest", mterm |-> 1, mlastLogTerm |-> 0, mlastLogIndex |-> 0, msource |-> 1, mdest |-> 2]
M4 == [mtype |-> "RequestVoteRequest", mterm |-> 1, mlastLogTerm |-> 0, mlastLogIndex |-> 0, msource |-> 1, mdest |-> 3]
M5 == [mtype |-> "RequestVoteResponse", mterm |-> 1, mvoteGranted |-> TRUE, msource |-> 2, mdest |-> 1]
M6 == [mtype |-> "RequestVoteResponse", mterm |-> 1, mvoteGranted |-> TRUE, msource |-> 3, mdest |-> 1]
M7 == [mtype |-> "AppendEntriesRequest", mterm |-> 1, mprevLogIndex |-> 0, mprevLogTerm |-> 0, mentries |-> <<>>, mcommitIndex |-> 0, msource |-> 1, mdest |-> 2]
M8 == [mtype |-> "AppendEntriesRequest", mterm |-> 1, mprevLogIndex |-> 0, mprevLogTerm |-> 0, mentries |-> <<>>, mcommitIndex |-> 0, msource |-> 1, mdest |-> 3]
M9 == [mtype |-> "AppendEntriesResponse", mterm |-> 1, msuccess |-> TRUE, mmatchIndex |-> 0, msource |-> 2, mdest |-> 1]
M10 == [mtype |-> "AppendEntriesResponse", mterm |-> 1, msuccess |-> TRUE, mmatchIndex |-> 0, msource |-> 3, mdest |-> 1]
E11 == [term |-> 1, value |-> 1]
L12 == <<E11>>
M13 == [mtype |-> "AppendEntriesRequest", mterm |-> 1, mprevLogIndex |-> 0, mprevLogTerm |-> 0, mentries |-> <<E11>>, mcommitIndex |-> 0, msource |-> 1, mdest |-> 2]
M14 == [mtype |-> "AppendEntriesRequest", mterm |-> 1, mprevLogIndex |-> 0, mprevLogTerm |-> 0, mentries |-> <<E11>>, mcommitIndex |-> 0, msource |-> 1, mdest |-> 3]
M15 == [mtype |-> "AppendEntriesResponse", mterm |-> 1, msuccess |-> TRUE, mmatchIndex |-> 1, msource |-> 3, mdest |-> 1]
M16 == [mtype |-> "AppendEntriesRequest", mterm |-> 1, mprevLogIndex |-> 1, mprevLogTerm |-> 1, mentries |-> <<>>, mcommitIndex |-> 1, msource |-> 1, mdest |-> 3]
E17 == [term |-> 1, value |-> 2]
L18 == <<E11, E17>>
M19 == [mtype |-> "AppendEntriesRequest", mterm |-> 1, mprevLogIndex |-> 1, mprevLogTerm |-> 1, mentries |-> <<E17>>, mcommitIndex |-> 1, msource |-> 1, mdest |-> 3]
M20 == [mtype |-> "AppendEntriesResponse", mterm |-> 1, msuccess |-> TRUE, mmatchIndex |-> 2, msource |-> 3, mdest |-> 1]
M21 == [mtype |-> "AppendEntriesRequest", mterm |-> 1, mprevLogIndex |-> 2, mprevLogTerm |-> 1, mentries |-> <<>>, mcommitIndex |-> 2, msource |-> 1, mdest |-> 3]

Trace == <<
    \* 1
    [currentTerm |-> <<0, 0, 0>>, state |-> <<"Follower", "Follower", "Follower">>, votedFor |-> <<0, 0, 0>>, log |-> <<<< >>, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{}, {}, {}>>, votesGranted |-> <<{}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> << >>],
    \* 2: step 1: Timeout(S1)
    [currentTerm |-> <<1, 0, 0>>, state |-> <<"Candidate", "Follower", "Follower">>, votedFor |-> <<0, 0, 0>>, log |-> <<<< >>, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{}, {}, {}>>, votesGranted |-> <<{}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> << >>],
    \* 3: step 1: RequestVote(S1, S1)
    [currentTerm |-> <<1, 0, 0>>, state |-> <<"Candidate", "Follower", "Follower">>, votedFor |-> <<0, 0, 0>>, log |-> <<<< >>, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{}, {}, {}>>, votesGranted |-> <<{}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M1 :> 1],
    \* 4: step 1: Receive(RequestVoteRequest(S1 to S1, term 1, log ends at 0 of term 0))
    [currentTerm |-> <<1, 0, 0>>, state |-> <<"Candidate", "Follower", "Follower">>, votedFor |-> <<1, 0, 0>>, log |-> <<<< >>, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{}, {}, {}>>, votesGranted |-> <<{}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M2 :> 1],
    \* 5: step 1: RequestVote(S1, S2)
    [currentTerm |-> <<1, 0, 0>>, state |-> <<"Candidate", "Follower", "Follower">>, votedFor |-> <<1, 0, 0>>, log |-> <<<< >>, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{}, {}, {}>>, votesGranted |-> <<{}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M2 :> 1 @@ M3 :> 1],
    \* 6: step 1: RequestVote(S1, S3)
    [currentTerm |-> <<1, 0, 0>>, state |-> <<"Candidate", "Follower", "Follower">>, votedFor |-> <<1, 0, 0>>, log |-> <<<< >>, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{}, {}, {}>>, votesGranted |-> <<{}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M2 :> 1 @@ M3 :> 1 @@ M4 :> 1],
    \* 7: step 3: Receive(RequestVoteRequest(S1 to S2, term 1, log ends at 0 of term 0))
    [currentTerm |-> <<1, 1, 0>>, state |-> <<"Candidate", "Follower", "Follower">>, votedFor |-> <<1, 0, 0>>, log |-> <<<< >>, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{}, {}, {}>>, votesGranted |-> <<{}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M2 :> 1 @@ M3 :> 1 @@ M4 :> 1],
    \* 8: step 3: Receive(RequestVoteRequest(S1 to S2, term 1, log ends at 0 of term 0))
    [currentTerm |-> <<1, 1, 0>>, state |-> <<"Candidate", "Follower", "Follower">>, votedFor |-> <<1, 1, 0>>, log |-> <<<< >>, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{}, {}, {}>>, votesGranted |-> <<{}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M2 :> 1 @@ M4 :> 1 @@ M5 :> 1],
    \* 9: step 4: Receive(RequestVoteRequest(S1 to S3, term 1, log ends at 0 of term 0))
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Candidate", "Follower", "Follower">>, votedFor |-> <<1, 1, 0>>, log |-> <<<< >>, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{}, {}, {}>>, votesGranted |-> <<{}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M2 :> 1 @@ M4 :> 1 @@ M5 :> 1],
    \* 10: step 4: Receive(RequestVoteRequest(S1 to S3, term 1, log ends at 0 of term 0))
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Candidate", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<<< >>, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{}, {}, {}>>, votesGranted |-> <<{}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M2 :> 1 @@ M5 :> 1 @@ M6 :> 1],
    \* 11: step 2: Receive(RequestVoteResponse(S1 to S1, term 1, granted))
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Candidate", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<<< >>, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{1}, {}, {}>>, votesGranted |-> <<{1}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M5 :> 1 @@ M6 :> 1],
    \* 12: step 5: Receive(RequestVoteResponse(S2 to S1, term 1, granted))
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Candidate", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<<< >>, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{1, 2}, {}, {}>>, votesGranted |-> <<{1, 2}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M6 :> 1],
    \* 13: step 5: BecomeLeader(S1)
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<<< >>, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{1, 2}, {}, {}>>, votesGranted |-> <<{1, 2}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M6 :> 1],
    \* 14: step 5: AppendEntries(S1, S2)
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<<< >>, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{1, 2}, {}, {}>>, votesGranted |-> <<{1, 2}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M6 :> 1 @@ M7 :> 1],
    \* 15: step 5: AppendEntries(S1, S3)
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<<< >>, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{1, 2}, {}, {}>>, votesGranted |-> <<{1, 2}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M6 :> 1 @@ M7 :> 1 @@ M8 :> 1],
    \* 16: step 7: Receive(AppendEntriesRequest(S1 to S2, term 1, nothing after 0 of term 0, commit 0))
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<<< >>, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{1, 2}, {}, {}>>, votesGranted |-> <<{1, 2}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M6 :> 1 @@ M8 :> 1 @@ M9 :> 1],
    \* 17: step 8: Receive(AppendEntriesRequest(S1 to S3, term 1, nothing after 0 of term 0, commit 0))
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<<< >>, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{1, 2}, {}, {}>>, votesGranted |-> <<{1, 2}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M6 :> 1 @@ M9 :> 1 @@ M10 :> 1],
    \* 18: step 6: Receive(RequestVoteResponse(S3 to S1, term 1, granted))
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<<< >>, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M9 :> 1 @@ M10 :> 1],
    \* 19: step 9: Receive(AppendEntriesResponse(S2 to S1, term 1, success up to 0))
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<<< >>, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M10 :> 1],
    \* 20: step 10: Receive(AppendEntriesResponse(S3 to S1, term 1, success up to 0))
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<<< >>, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> << >>],
    \* 21: step 11: AppendEntries(S1, S2)
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<<< >>, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M7 :> 1],
    \* 22: step 11: AppendEntries(S1, S3)
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<<< >>, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M7 :> 1 @@ M8 :> 1],
    \* 23: step 12: ClientRequest(S1, -249864061)
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L12, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M7 :> 1 @@ M8 :> 1],
    \* 24: step 12: AppendEntries(S1, S2)
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L12, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M7 :> 1 @@ M8 :> 1 @@ M13 :> 1],
    \* 25: step 12: AppendEntries(S1, S3)
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L12, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M7 :> 1 @@ M8 :> 1 @@ M13 :> 1 @@ M14 :> 1],
    \* 26: network: DropMessage(AppendEntriesRequest(S1 to S2, term 1, nothing after 0 of term 0, commit 0))
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L12, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M8 :> 1 @@ M13 :> 1 @@ M14 :> 1],
    \* 27: network: DropMessage(AppendEntriesRequest(S1 to S2, term 1, entry 1 of term 1 after 0 of term 0, commit 0))
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L12, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M8 :> 1 @@ M14 :> 1],
    \* 28: step 14: Receive(AppendEntriesRequest(S1 to S3, term 1, nothing after 0 of term 0, commit 0))
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L12, << >>, << >>>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M14 :> 1 @@ M10 :> 1],
    \* 29: step 15: Receive(AppendEntriesRequest(S1 to S3, term 1, entry 1 of term 1 after 0 of term 0, commit 0))
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L12, << >>, L12>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M14 :> 1 @@ M10 :> 1],
    \* 30: step 15: Receive(AppendEntriesRequest(S1 to S3, term 1, entry 1 of term 1 after 0 of term 0, commit 0))
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L12, << >>, L12>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M10 :> 1 @@ M15 :> 1],
    \* 31: step 17: Receive(AppendEntriesResponse(S3 to S1, term 1, success up to 0))
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L12, << >>, L12>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 1>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 0>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M15 :> 1],
    \* 32: step 18: Receive(AppendEntriesResponse(S3 to S1, term 1, success up to 1))
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L12, << >>, L12>>, commitIndex |-> <<0, 0, 0>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 2>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 1>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> << >>],
    \* 33: step 18: AdvanceCommitIndex(S1)
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L12, << >>, L12>>, commitIndex |-> <<1, 0, 0>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 2>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 1>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> << >>],
    \* 34: step 20: AppendEntriesAt(S1, S2, nothing after 0), wider
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L12, << >>, L12>>, commitIndex |-> <<1, 0, 0>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 2>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 1>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M7 :> 1],
    \* 35: step 20: AppendEntries(S1, S3)
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L12, << >>, L12>>, commitIndex |-> <<1, 0, 0>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 2>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 1>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M7 :> 1 @@ M16 :> 1],
    \* 36: step 21: ClientRequest(S1, -1366491522)
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L18, << >>, L12>>, commitIndex |-> <<1, 0, 0>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 2>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 1>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M7 :> 1 @@ M16 :> 1],
    \* 37: step 21: AppendEntries(S1, S3)
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L18, << >>, L12>>, commitIndex |-> <<1, 0, 0>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 2>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 1>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M7 :> 1 @@ M16 :> 1 @@ M19 :> 1],
    \* 38: step 23: Receive(AppendEntriesRequest(S1 to S2, term 1, nothing after 0 of term 0, commit 0))
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L18, << >>, L12>>, commitIndex |-> <<1, 0, 0>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 2>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 1>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M16 :> 1 @@ M19 :> 1 @@ M9 :> 1],
    \* 39: step 24: Receive(AppendEntriesRequest(S1 to S3, term 1, nothing after 1 of term 1, commit 1))
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L18, << >>, L12>>, commitIndex |-> <<1, 0, 1>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 2>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 1>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M19 :> 1 @@ M9 :> 1 @@ M15 :> 1],
    \* 40: step 26: Receive(AppendEntriesRequest(S1 to S3, term 1, entry 2 of term 1 after 1 of term 1, commit 1))
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L18, << >>, L18>>, commitIndex |-> <<1, 0, 1>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 2>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 1>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M19 :> 1 @@ M9 :> 1 @@ M15 :> 1],
    \* 41: step 26: Receive(AppendEntriesRequest(S1 to S3, term 1, entry 2 of term 1 after 1 of term 1, commit 1))
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L18, << >>, L18>>, commitIndex |-> <<1, 0, 1>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 2>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 1>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M9 :> 1 @@ M15 :> 1 @@ M20 :> 1],
    \* 42: step 27: Receive(AppendEntriesResponse(S2 to S1, term 1, success up to 0))
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L18, << >>, L18>>, commitIndex |-> <<1, 0, 1>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 2>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 1>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M15 :> 1 @@ M20 :> 1],
    \* 43: step 28: Receive(AppendEntriesResponse(S3 to S1, term 1, success up to 1))
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L18, << >>, L18>>, commitIndex |-> <<1, 0, 1>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 2>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 1>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M20 :> 1],
    \* 44: step 30: Receive(AppendEntriesResponse(S3 to S1, term 1, success up to 2))
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L18, << >>, L18>>, commitIndex |-> <<1, 0, 1>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 3>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 2>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> << >>],
    \* 45: step 30: AdvanceCommitIndex(S1)
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L18, << >>, L18>>, commitIndex |-> <<2, 0, 1>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 3>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 2>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> << >>],
    \* 46: step 32: AppendEntriesAt(S1, S2, nothing after 0), wider
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L18, << >>, L18>>, commitIndex |-> <<2, 0, 1>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 3>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 2>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M7 :> 1],
    \* 47: step 32: AppendEntries(S1, S3)
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L18, << >>, L18>>, commitIndex |-> <<2, 0, 1>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 3>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 2>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M7 :> 1 @@ M21 :> 1],
    \* 48: step 33: Receive(AppendEntriesRequest(S1 to S2, term 1, nothing after 0 of term 0, commit 0))
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L18, << >>, L18>>, commitIndex |-> <<2, 0, 1>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 3>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 2>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M21 :> 1 @@ M9 :> 1],
    \* 49: network: DropMessage(AppendEntriesRequest(S1 to S3, term 1, nothing after 2 of term 1, commit 2))
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L18, << >>, L18>>, commitIndex |-> <<2, 0, 1>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 3>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 2>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M9 :> 1],
    \* 50: step 34: Restart(S3)
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L18, << >>, L18>>, commitIndex |-> <<2, 0, 0>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 3>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 2>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> M9 :> 1],
    \* 51: step 35: Receive(AppendEntriesResponse(S2 to S1, term 1, success up to 0))
    [currentTerm |-> <<1, 1, 1>>, state |-> <<"Leader", "Follower", "Follower">>, votedFor |-> <<1, 1, 1>>, log |-> <<L18, << >>, L18>>, commitIndex |-> <<2, 0, 0>>, votesResponded |-> <<{1, 2, 3}, {}, {}>>, votesGranted |-> <<{1, 2, 3}, {}, {}>>, nextIndex |-> <<<<1, 1, 3>>, <<1, 1, 1>>, <<1, 1, 1>>>>, matchIndex |-> <<<<0, 0, 2>>, <<0, 0, 0>>, <<0, 0, 0>>>>, messages |-> << >>]
>>
================================================================================
