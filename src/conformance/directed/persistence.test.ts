import { describe } from "vitest";
import { story } from "./fixtures.ts";

const asynchronous = { cfg: { async: true }, auto: false };

describe("I. Persistence, Ready, crashes", () => {
  story(
    "I2 a crash before the vote is on disk: it never happened, and nobody saw it",
    { servers: 3, ...asynchronous },
    `campaign 1
     ready 1
     append 1
     deliver Vote 1>2
     ready 2           => 2 t1 v1 dterm=0 dvote=0  |  net-: VoteResp
     crash 2           => 2 down dterm=0 dvote=0
     restart 2         => 2 Follower t0 v0
     settle 2          => net-: VoteResp
     campaign 3
     settle 3
     deliver Vote 3>2
     settle 2          => 2 t1 v3  |  net+: VoteResp 2>3 t1 ok`,
  );

  story(
    "I4 an append is acknowledged only once it is on disk; a crash loses what is not",
    { servers: 3, ...asynchronous },
    `campaign 1
     stab              => 1 Leader  |  2 dlog=1
     prop 1 x
     ready 1
     deliver App 1>2
     ready 2           => 2 n2 un2 dlog=1  |  net-: AppResp
     append 2          => 2 un3 dlog=1.1  |  net+: AppResp 2>1 t1 ok=2
     drop AppResp
     prop 1 z
     ready 1
     deliver App 1>2
     ready 2           => 2 n3 un3 dlog=1.1  |  net-: AppResp
     crash 2           => 2 down dlog=1.1
     restart 2         => 2 n2 log=1.1 un3`,
  );

  story(
    "I6 with an asynchronous disk what is committed is applied once it is on the own disk",
    { servers: 3, ...asynchronous },
    `campaign 1
     stab
     inj App 1>2 t1 prev=1/1 c2 [1]  => 2 c2 a1 un2
     ready 2                         => 2 c2 a1 un2
     apply 2                         => err: nothing  |  2 a1
     append 2                        => 2 un3 a1
     ready 2
     apply 2                         => 2 a2 sm=i2`,
  );
  story(
    "I6 with a synchronous one in the Ready that writes it",
    { servers: 3, auto: false },
    `campaign 1
     stab
     inj App 1>2 t1 prev=1/1 c2 [1]  => 2 c2 a1 un2
     ready 2                         => 2 c2 a2 un3 sm=i2 dlog=1.1`,
  );

  story(
    "I8 an own vote that reaches the disk after the election is lost does not count",
    { servers: 3, ...asynchronous },
    `campaign 1
     ready 1
     inj VoteResp 2>1 t1      => 1 Candidate
     inj Heartbeat 3>1 t2 c0  => 1 Follower t2 L3
     append 1                 => 1 Follower t2 L3
     campaign 1
     ready 1                  => 1 Candidate t3
     append 1                 => 1 Candidate t3 dterm=3 dvote=1
     inj VoteResp 2>1 t3      => 1 Leader t3`,
  );

  story(
    "I10 after a restart term, vote, log and commit index are back, the leader is unknown, applying begins at the snapshot",
    { servers: 3 },
    `campaign 1
     stab
     prop 1 x y
     stab        => 2 c3 a3 sm=x,y L1
     crash 2     => 2 down dterm=1 dvote=1 dlog=1.1.1
     restart 2   => 2 Follower t1 v1 L0 c3 a3 log=1.1.1 un4 sm=x,y el0
     crash 1
     restart 1   => 1 Follower t1 v1 L0 c3 sm=x,y`,
  );

  // What I4 protects from: an acknowledgement that came true before the disk did.
  story(
    "I12 DANGER: acknowledging an append before it is on disk loses a committed entry",
    { servers: 3, ...asynchronous },
    `campaign 1
     stab
     prop 1 x
     settle 1
     deliver App 1>2
     ready 2                  => 2 n2 dlog=1
     inj AppResp 2>1 t1 ok=2  => 1 c2
     settle 1                 => 1 a2 sm=x
     crash 1
     crash 2
     restart 2                => 2 n1
     drop all
     campaign 2
     stab 2 3                 => 2 Leader t2  |  2/3 log=1.2 c2 sm=-`,
  );

  story(
    "I13 committed entries are handed out in pages, and never twice",
    { servers: 1, cfg: { async: true, maxCommittedSizePerReady: 2 }, auto: false },
    `campaign 1
     stab            => 1 Leader c1 a1
     prop 1 a b c d e
     ready 1
     append 1        => 1 c6 a1
     ready 1
     apply 1         => 1 a3 sm=a,b
     ready 1
     apply 1         => 1 a5 sm=a,b,c,d
     ready 1
     apply 1         => 1 a6 sm=a,b,c,d,e
     apply 1         => err: nothing`,
  );

  story(
    "I13 pages hold one entry at least",
    { servers: 1, cfg: { maxCommittedSizePerReady: 2 }, auto: false },
    `campaign 1
     stab
     prop 1 aaaa bbbb c
     ready 1         => 1 c4 a1
     ready 1         => 1 a2 sm=aaaa
     ready 1         => 1 a3 sm=aaaa,bbbb
     ready 1         => 1 a4 sm=aaaa,bbbb,c`,
  );

  story(
    "I14 the commit index never goes back, whatever is delivered late",
    { servers: 3 },
    `campaign 1
     stab
     prop 1 x
     dup App 1>2
     stab                            => 2 c2 a2
     inj App 1>2 t1 prev=1/1 c1 []   => 2 c2 a2
     inj Heartbeat 1>2 t1 c1         => 2 c2 a2
     inj App 1>2 t1 prev=0/0 c0 [1]  => 2 c2 a2 n2`,
  );

  // Only answers wait for the disk. A candidate that crashes in between wins with a log that nobody has voted for.
  story(
    "I15 DANGER: a request for a vote that leaves before term and log are on disk elects a leader without a committed entry",
    { servers: 3, ...asynchronous },
    `campaign 1
     stab                 => 1 Leader t1 c1
     prop 1 x
     ready 1
     deliver App 1>2
     deliver App 1>3
     settle 3
     settle 1
     deliver AppResp 3>1
     settle 1             => 1 c2 sm=x  |  2 n2 dlog=1
     campaign 2
     ready 2              => 2 Candidate t2 dterm=1 dlog=1  |  net+: Vote 2>3 t2 last=2/1
     deliver Vote 2>3
     settle 3             => 3 v2 dvote=2
     crash 2
     restart 2            => 2 Follower t1 n1
     campaign 2
     settle 2             => 2 Candidate t2 n1
     deliver VoteResp 3>2
     settle 2             => 2 Leader t2 log=1.2  |  1 c2 log=1.1`,
  );
});
