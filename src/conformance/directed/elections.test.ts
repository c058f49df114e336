import { describe } from "vitest";
import { story } from "./fixtures.ts";

describe("A. Leader election", () => {
  story(
    "A2 a single server elects itself with no messages",
    { servers: 1 },
    `campaign 1  => 1 Leader t1 v1 L1 log=1 c1 a1 pr1=Replicate:1:2 dterm=1 dvote=1 dlog=1  |  net0
     prop 1 x    => 1 c2 a2 sm=x  |  net0`,
  );

  story(
    "A2 its vote and its entries count only once they are on its disk",
    { servers: 1, auto: false },
    `campaign 1  => 1 Candidate t1 v1 dterm=0
     ready 1     => 1 Leader t1 log=1 c0 un1 dterm=1 dlog=-
     ready 1     => 1 c1 a0 un2 dlog=1
     ready 1     => 1 c1 a1`,
  );

  story(
    "A4 a split vote, then a later timeout resolves it",
    { servers: 4 },
    `campaign 1
     campaign 2
     deliver Vote 1>3   => 3 v1 t1
     deliver Vote 2>4   => 4 v2 t1
     stab               => 1/2 Follower t1 L0  |  3 v1 L0  |  4 v2 L0  |  net0
     campaign 1         => 1 Candidate t2 v1
     stab               => 1 Leader t2  |  2/3/4 Follower t2 L1 c1`,
  );

  story(
    "A4 two refusals of four decide nothing yet, the third vote does",
    { servers: 4 },
    `campaign 1
     inj VoteResp 2>1 t1 rej  => 1 Candidate
     inj VoteResp 3>1 t1      => 1 Candidate
     inj VoteResp 4>1 t1      => 1 Leader`,
  );

  story(
    "A6 a vote is refused where the candidate's last term is older although its log is longer",
    { servers: 3, logs: { 1: "1.1.1", 2: "1.2", 3: "1" }, terms: { 1: 2, 2: 2, 3: 2 } },
    `campaign 1        => 1 Candidate t3  |  net: Vote 1>2 t3 last=3/1; Vote 1>3 t3 last=3/1
     deliver Vote 1>2  => 2 Follower t3 v0  |  net+: VoteResp 2>1 t3 rej
     deliver Vote 1>3  => 3 v1  |  net+: VoteResp 3>1 t3 ok
     stab              => 1 Leader t3  |  1/2/3 log=1.1.1.3 c4`,
  );

  story(
    "A8 at most one vote per term; the same candidate is granted again",
    { servers: 3 },
    `inj Vote 2>1 t1 last=0/0  => 1 t1 v2  |  net: VoteResp 1>2 t1 ok
     inj Vote 3>1 t1 last=5/1  => 1 t1 v2  |  net+: VoteResp 1>3 t1 rej
     drop all
     inj Vote 2>1 t1 last=0/0  => 1 t1 v2  |  net: VoteResp 1>2 t1 ok`,
  );

  story(
    "A10 a higher term in any message turns leader and candidate into followers and clears the vote",
    { servers: 3 },
    `campaign 1
     stab                              => 1 Leader t1 v1
     inj AppResp 2>1 t3 ok=0           => 1 Follower t3 v0 L0
     campaign 1                        => 1 Candidate t4 v1
     inj VoteResp 2>1 t6 rej           => 1 Follower t6 v0 L0
     campaign 1                        => 1 Candidate t7 v1
     inj Heartbeat 2>1 t8 c0           => 1 Follower t8 v0 L2
     campaign 1                        => 1 Candidate t9
     inj App 3>1 t10 prev=1/1 c1 []    => 1 Follower t10 v0 L3
     inj HeartbeatResp 2>1 t12         => 1 Follower t12 v0 L0`,
  );

  story(
    "A12 a candidate that times out starts again at the next term",
    { servers: 3, timeouts: { 1: 10, 2: 30, 3: 30 } },
    `tick all 10  => 1 Candidate t1 el0
     drop all
     tick all 9   => 1 Candidate t1 el9
     tick all 1   => 1 Candidate t2 v1 el0  |  net: Vote 1>2 t2 last=0/0; Vote 1>3 t2 last=0/0
     stab         => 1 Leader t2`,
  );

  story(
    "A14 granting a vote starts the election timer anew, refusing does not",
    { servers: 3, logs: { 1: "1", 2: "1.1", 3: "1" }, terms: { 1: 5, 2: 5, 3: 5 } },
    `tick 2 4                   => 2 el4
     inj Vote 1>2 t5 last=1/1   => 2 v0 t5 el4  |  net: VoteResp 2>1 t5 rej
     tick 3 4                   => 3 el4
     inj Vote 2>3 t5 last=2/1   => 3 v2 t5 el0`,
  );

  story(
    "A14 (etcd) a term that rises starts it anew, even where the vote is refused",
    { servers: 3, logs: { 1: "1", 2: "1.1", 3: "1" } },
    `tick 2 4                   => 2 el4
     inj Vote 1>2 t2 last=1/1   => 2 v0 t2 el0  |  net: VoteResp 2>1 t2 rej`,
  );

  story(
    "A16 duelling candidates with a cut link",
    { servers: 3 },
    `cut 1>3 3>1
     campaign 1
     campaign 3
     stab        => 1 Leader t1  |  2 t1 v1 L1  |  3 t1 v3 log=-
     campaign 3  => 3 Candidate t2
     heal
     stab        => 1 Follower t2 v0  |  2 Follower t2 v0  |  3 Follower t2 L0
     campaign 1
     stab        => 1 Leader t3  |  1/2/3 t3 log=1.3 c2`,
  );

  // What A17 protects from: with its vote lost, a server votes twice in a term.
  story(
    "A18 DANGER: a lost vote means two leaders in one term",
    { servers: 3 },
    `campaign 1
     deliver Vote 1>3
     deliver VoteResp 3>1              => 1 Leader t1
     campaign 2                        => 2 Candidate t1
     deliver Vote 2>3                  => 3 v1  |  net+: VoteResp 3>2 t1 rej
     inj VoteResp 3>2 t1               => 2 Leader t1  |  1 Leader t1`,
  );

  story(
    "A20 a leader ignores a request to campaign",
    { servers: 3 },
    `campaign 1
     stab        => 1 Leader t1
     campaign 1  => 1 Leader t1 v1  |  net0
     inj TimeoutNow 2>1 t1  => 1 Leader t1  |  net0`,
  );

  story(
    "A22 votes are refused in a term whose leader is known, even by who has not voted",
    { servers: 3 },
    `inj App 1>3 t1 prev=0/0 c0 [1]  => 3 t1 v0 L1
     drop all
     inj Vote 2>3 t1 last=9/1        => 3 t1 v0 L1  |  net: VoteResp 3>2 t1 rej`,
  );
});
