import { describe } from "vitest";
import { story } from "./fixtures.ts";

const leaderOf7 = "1.1.1.4.4.5.5.6.6.6";
const figure7 = (log: string) => ({ servers: 2, logs: { 1: leaderOf7, 2: log }, terms: { 1: 7, 2: 7 } });

describe("C. Log replication and commit", () => {
  story(
    "C2 a follower's commit index is the smaller of the leader's and the last new entry, not the end of its log",
    { servers: 3, logs: { 2: "1.1.1.1" } },
    `inj App 1>2 t1 prev=1/1 c4 [1]  => 2 c2 log=1.1.1.1  |  net: AppResp 2>1 t1 ok=2
     drop all
     inj App 1>2 t1 prev=3/1 c9 []   => 2 c3
     inj App 1>2 t1 prev=4/1 c1 []   => 2 c3
     inj App 1>2 t1 prev=4/1 c5 [1]  => 2 c5 n5`,
  );

  story(
    "C4 a matching prefix is kept, only a real conflict truncates",
    { servers: 3, logs: { 2: "1.2" }, terms: { 2: 3 } },
    `inj App 1>2 t3 prev=0/0 c0 [1]      => 2 log=1.2  |  net+: AppResp 2>1 t3 ok=1
     inj App 1>2 t3 prev=0/0 c0 [1,2]    => 2 log=1.2
     inj App 1>2 t3 prev=0/0 c0 [1,2,3]  => 2 log=1.2.3
     inj App 1>2 t3 prev=1/1 c0 [3]      => 2 log=1.3  |  net+: AppResp 2>1 t3 ok=2
     inj App 1>2 t3 prev=0/0 c0 [3,3]    => 2 log=3.3`,
  );

  story(
    "C6 an append below the commit index is answered with the commit index, and touches nothing",
    { servers: 3, logs: { 2: "1.1.1" }, commits: { 2: 2 } },
    `inj App 1>2 t2 prev=1/9 c3 [2,2]  => 2 t2 L1 log=1.1.1 c2  |  net: AppResp 2>1 t2 ok=2
     drop all
     inj App 1>2 t2 prev=2/1 c2 [2]    => 2 log=1.1.2 c2  |  net: AppResp 2>1 t2 ok=3`,
  );

  story(
    "C7 Figure 7 (a): one entry missing",
    figure7("1.1.1.4.4.5.5.6.6"),
    `inj Vote 1>2 t8 last=10/6        => net: VoteResp 2>1 t8 ok
     drop all
     inj App 1>2 t8 prev=10/6 c0 [8]  => net: AppResp 2>1 t8 rej=10 hint=9/6`,
  );
  story(
    "C7 Figure 7 (c): one extra entry of term 6; the longer log refuses the vote",
    figure7("1.1.1.4.4.5.5.6.6.6.6"),
    `inj Vote 1>2 t8 last=10/6        => net: VoteResp 2>1 t8 rej
     drop all
     inj App 1>2 t8 prev=10/6 c0 [8]  => net: AppResp 2>1 t8 ok=11  |  2 log=1.1.1.4.4.5.5.6.6.6.8`,
  );
  story(
    "C7 Figure 7 (e): missing and extra entries",
    figure7("1.1.1.4.4.4.4"),
    `inj Vote 1>2 t8 last=10/6        => net: VoteResp 2>1 t8 ok
     drop all
     inj App 1>2 t8 prev=10/6 c0 [8]  => net: AppResp 2>1 t8 rej=10 hint=7/4`,
  );

  story(
    "C8 the leader skips its own entries with a term above the hint's",
    { servers: 2, logs: { 1: "1.3.3.3.5.5.5.5.5", 2: "1.1.1.1.2.2" }, terms: { 1: 7, 2: 7 } },
    `campaign 1
     deliver Vote 1>2
     deliver VoteResp 2>1  => 1 Leader t8  |  net: App 1>2 t8 prev=9/5 c0 [10/8]
     deliver App 1>2       => net: AppResp 2>1 t8 rej=9 hint=6/2
     deliver AppResp 2>1   => 1 pr2=Probe:0:2:paused  |  net+: App 1>2 t8 prev=1/1
     deliver App 1>2       => 2 log=1.3.3.3.5.5.5.5.5.8
     stab                  => 1/2 c10`,
  );

  story(
    "C10 Figure 8: an entry of an older term on a majority is not committed by counting, and may be overwritten",
    {
      servers: 5,
      logs: { 1: "1.2", 2: "1.2", 3: "1", 4: "1", 5: "1.3" },
      terms: { 1: 3, 2: 3, 3: 3, 4: 3, 5: 3 },
      commits: { 1: 1, 2: 1, 3: 1, 4: 1, 5: 1 },
    },
    `cut 1>4 4>1 1>5 5>1
     campaign 1                => 1 Candidate t4
     deliver Vote 1>2
     deliver Vote 1>3
     deliver VoteResp 2>1
     deliver VoteResp 3>1      => 1 Leader t4 log=1.2.4 c1
     drop App all
     inj AppResp 2>1 t4 ok=2   => 1 c1
     inj AppResp 3>1 t4 ok=2   => 1 c1
     drop all
     inj App 1>3 t4 prev=1/1 c1 [2]  => 3 log=1.2 c1
     drop all
     crash 1
     campaign 5                => 5 Candidate t4
     stab                      => 5 Candidate t4  |  4 v5  # 2 and 3 have voted for 1, which is down
     campaign 5                => 5 Candidate t5
     deliver Vote 5>2
     deliver Vote 5>3
     deliver Vote 5>4
     stab                      => 5 Leader t5 c3  |  2/3/4/5 log=1.3.5 c3`,
  );

  story(
    "C12 a new leader commits its predecessor's entries together with its own first one",
    { servers: 5 },
    `campaign 1
     stab
     prop 1 x
     prop 1 y
     deliver App 1>2 x2    => 2 log=1.1.1
     drop all
     crash 1
     campaign 2
     deliver Vote 2>3
     deliver Vote 2>4
     deliver VoteResp 3>2
     deliver VoteResp 4>2  => 2 Leader t2 log=1.1.1.2 c1
     inj AppResp 3>2 t2 ok=3  => 2 c1
     inj AppResp 4>2 t2 ok=3  => 2 c1
     inj AppResp 3>2 t2 ok=4  => 2 c1
     inj AppResp 4>2 t2 ok=4  => 2 c4 sm=x,y`,
  );

  story(
    "C14 a leader in a minority cannot commit; its entries are overwritten after healing",
    { servers: 5 },
    `campaign 1
     stab
     part 1,2|3,4,5
     prop 1 lost
     stab                  => 1/2 log=1.1 c1
     campaign 3
     stab                  => 3 Leader t2  |  1 Leader t1
     prop 3 kept
     stab                  => 3/4/5 c3 sm=kept
     heal
     tick 3 1
     stab                  => 1/2 Follower t2 L3 log=1.2.2 sm=kept c3`,
  );

  story(
    "C15 a proposal that is passed on twice still names the server that it was given to",
    { servers: 3 },
    `campaign 1
     stab
     prop 3 x            => net+: Prop 3>1
     campaign 2
     deliver Vote 2>1
     deliver VoteResp 1>2
     deliver App 2>1     => 1 Follower L2
     deliver Prop 3>1    => net+: Prop 3>2`,
  );

  story(
    "C16 with forwarding disabled a follower refuses a proposal",
    { servers: 3, cfg: { disableProposalForwarding: true } },
    `campaign 1
     stab
     prop 2 x    => err: dropped  |  net0  |  1 n1
     prop 1 x
     stab        => 1/2/3 sm=x`,
  );

  // What C17 protects from: told to commit more than it is known to hold, a follower commits a wrong entry.
  story(
    "C18 DANGER: a heartbeat with the leader's full commit index commits a wrong entry",
    { servers: 3, logs: { 1: "1.2", 2: "1.2", 3: "1.1" }, terms: { 1: 2, 2: 2, 3: 2 }, commits: { 1: 2, 2: 2, 3: 1 } },
    `inj Heartbeat 1>3 t2 c1  => 3 c1 log=1.1
     inj Heartbeat 1>3 t2 c2  => 3 c2 log=1.1`,
  );

  story(
    "C20 a stale refusal is ignored",
    { servers: 3 },
    `campaign 1
     stab
     prop 1 x
     stab                               => 1 pr2=Replicate:2:3
     inj AppResp 2>1 t1 rej=2 hint=0/0  => 1 pr2=Replicate:2:3  |  net0
     inj AppResp 2>1 t1 rej=1 hint=0/0  => 1 pr2=Replicate:2:3  |  net0
     unreach 1 2                        => 1 pr2=Probe:2:3
     inj AppResp 2>1 t1 rej=1 hint=0/0  => 1 pr2=Probe:2:3  |  net0`,
  );

  story(
    "C22 a limit on uncommitted bytes drops proposals, but never empty ones, and always takes one",
    { servers: 3, cfg: { maxUncommittedEntriesSize: 4 } },
    `campaign 1
     stab
     prop 1 abcdef    => 1 n2
     prop 1 a         => err: too large  |  1 n2
     cc 1             => 1 n3
     stab             => 1/2/3 c3 sm=abcdef
     prop 1 aa
     prop 1 bb        => 1 n5
     prop 1 c         => err: too large
     stab             => 1 c5
     prop 1 c         => 1 n6`,
  );

  story(
    "C24 an acknowledgement of an earlier term is ignored by a leader that was elected again",
    { servers: 3 },
    `campaign 1
     stab
     prop 1 x
     deliver App 1>2          => net+: AppResp 2>1 t1 ok=2
     drop App all
     inj Heartbeat 3>1 t2 c0  => 1 Follower t2
     drop HeartbeatResp
     campaign 1
     deliver Vote 1>3
     deliver VoteResp 3>1     => 1 Leader t3 log=1.1.3 pr2=Probe:0:3
     deliver AppResp 2>1      => 1 pr2=Probe:0:3 c1`,
  );
});

describe("D. Probe, replicate, flow control", () => {
  story(
    "D2 replicate: the next index runs ahead of the answers",
    { servers: 3 },
    `campaign 1
     stab                     => 1 pr2=Replicate:1:2:if0
     prop 1 a                 => 1 pr2=Replicate:1:3:if1  |  net+: App 1>2 t1 prev=1/1 c1 [2/1=a]
     prop 1 b                 => 1 pr2=Replicate:1:4:if2  |  net+: App 1>2 t1 prev=2/1 c1 [3/1=b]
     prop 1 c                 => 1 pr2=Replicate:1:5:if3
     deliver App 1>2 x3       => 2 log=1.1.1.1
     deliver AppResp 2>1      => 1 pr2=Replicate:2:5:if2 c2
     drop AppResp 2>1         # the next acknowledgement covers it
     deliver AppResp 2>1      => 1 pr2=Replicate:4:5:if0 c4`,
  );

  story(
    "D4 when everything in flight is lost, a heartbeat's answer brings an empty append, whose refusal restarts the flow",
    { servers: 3, cfg: { maxInflightMsgs: 2, maxSizePerMsg: 0 } },
    `campaign 1
     stab
     prop 1 a
     prop 1 b
     prop 1 c                   => 1 pr2=Replicate:1:4:if2:paused
     drop App all
     tick 1 1
     deliver Heartbeat 1>2
     deliver HeartbeatResp 2>1  => 1 pr2=Replicate:1:4:if2:paused  |  net+: App 1>2 t1 prev=3/1 c1 []
     deliver App 1>2            => 2 log=1  |  net+: AppResp 2>1 t1 rej=3 hint=1/1
     deliver AppResp 2>1        => 1 pr2=Probe:1:2:paused  |  net+: App 1>2 t1 prev=1/1 c1 [2/1=a]
     deliver App 1>2
     deliver AppResp 2>1        => 1 pr2=Replicate:2:5:if2:paused c2`,
  );

  story(
    "D4 the same with a limit in bytes",
    { servers: 3, cfg: { maxInflightBytes: 4, maxSizePerMsg: 2, maxInflightMsgs: 100 } },
    `campaign 1
     stab
     prop 1 aa  => 1 pr2=Replicate:1:3:if1:free
     prop 1 bb  => 1 pr2=Replicate:1:4:if2:paused
     prop 1 cc  => 1 pr2=Replicate:1:4:if2:paused
     stab       => 1/2/3 c4 sm=aa,bb,cc`,
  );

  story(
    "D6 a refusal in replicate falls back to probing at match + 1",
    { servers: 3 },
    `campaign 1
     stab
     prop 1 a
     prop 1 b
     prop 1 c                           => 1 pr3=Replicate:1:5:if3
     drop App all
     inj AppResp 3>1 t1 rej=4 hint=1/1  => 1 pr3=Probe:1:2:paused  |  net: App 1>3 t1 prev=1/1 c1 [2/1=a,3/1=b,4/1=c]
     stab                               => 1 pr3=Replicate:4:5:if0 c4`,
  );

  story(
    "messages are filled up to the limit in bytes, and hold one entry at least",
    { servers: 3, cfg: { maxSizePerMsg: 3 } },
    `campaign 1
     stab
     prop 1 aa b cccc dd  => net: App 1>2 t1 prev=1/1 c1 [2/1=aa,3/1=b]; App 1>3 t1 prev=1/1 c1 [2/1=aa,3/1=b]
     deliver App 1>2
     deliver AppResp 2>1  => net+: App 1>2 t1 prev=3/1 c3 [4/1=cccc]; App 1>2 t1 prev=4/1 c3 [5/1=dd]
     stab                 => 1/2/3 c5`,
  );

  story(
    "a commit index is told at once to who has the entries, and to nobody twice",
    { servers: 3 },
    `campaign 1
     stab
     prop 1 x
     deliver App 1>2
     deliver App 1>3
     deliver AppResp 2>1  => 1 c2  |  net: AppResp 3>1 t1 ok=2; App 1>2 t1 prev=2/1 c2 []; App 1>3 t1 prev=2/1 c2 []
     deliver AppResp 3>1  => net: App 1>2 t1 prev=2/1 c2 []; App 1>3 t1 prev=2/1 c2 []`,
  );
});
