import { describe } from "vitest";
import { story } from "./fixtures.ts";

const lease = { checkQuorum: true, readOnly: "lease" };

describe("H. Linearizable reads", () => {
  story(
    "H2 a read at a follower is passed on; the follower gets the index",
    { servers: 3 },
    `campaign 1
     stab
     read 2 r1                      => net: ReadIndex 2>1 t0 r1@0
     deliver ReadIndex 2>1          => net: Heartbeat 1>2 t1 c1 ctx; Heartbeat 1>3 t1 c1 ctx
     deliver Heartbeat 1>3
     deliver HeartbeatResp 3>1      => 1 reads=-  |  net+: ReadIndexResp 1>2 t1 r1@1
     deliver ReadIndexResp 1>2      => 2 reads=r1@1`,
  );

  story(
    "H2 without a leader it is dropped",
    { servers: 3 },
    `read 2 r1  => 2 reads=-  |  net0
     campaign 1
     stab       => 2 reads=-`,
  );

  story(
    "H4 a leader that was deposed behind a partition never answers",
    { servers: 3 },
    `campaign 1
     stab
     part 1|2,3
     campaign 2
     stab        => 2 Leader t2  |  1 Leader t1
     prop 2 new
     stab        => 2/3 c3
     read 1 r1
     tick 1 5
     stab        => 1 Leader t1 reads=-
     heal
     tick 1 1
     tick 2 1
     stab        => 1 Follower t2 reads=- c3`,
  );

  story(
    "H6 DANGER: with clocks apart a read by lease is stale",
    { servers: 3, cfg: lease },
    `campaign 1
     stab                   => 1 c1
     part 1|2,3
     tick 3 10              # the leader's clock stands still
     tick 2 12              => 2 Candidate t2
     stab 2 3               => 2 Leader t2
     prop 2 new
     stab 2 3               => 2/3 c3 sm=new
     read 1 r1              => 1 Leader t1 reads=r1@1`,
  );

  story(
    "H8 DANGER: with equal clocks, too: contact is lost right after a check, and another leader is elected before the next but one",
    { servers: 3, cfg: lease, timeouts: { 1: 19, 2: 10, 3: 19 } },
    `campaign 1
     stab
     tick all 9
     stab
     tick all 1             => 1 Leader el0
     stab                   => 1 pr2=Replicate:1:2:active
     part 1|2,3
     tick all 9             => 1 Leader
     drop all
     tick all 1             => 2 Candidate t2  |  1 Leader t1 el0
     stab 2 3               => 2 Leader t2
     prop 2 new
     stab 2 3               => 2/3 c3
     read 1 r1              => 1 Leader t1 reads=r1@1`,
  );

  story(
    "H10 answers of learners do not confirm a read",
    { servers: 4, voters: [1, 2, 3], learners: [4] },
    `campaign 1
     stab
     read 1 r1
     deliver Heartbeat 1>4
     deliver HeartbeatResp 4>1  => 1 reads=-
     deliver Heartbeat 1>2
     deliver HeartbeatResp 2>1  => 1 reads=r1@1`,
  );

  story(
    "H10 in a joint configuration both halves confirm it",
    { servers: 5, voters: [1, 2, 3], empty: [4, 5], base: 2 },
    `campaign 1
     stab
     cc 1 explicit -2 -3 +4 +5
     stab                       => 1 conf=1,4,5&1,2,3 c4
     read 1 r1
     deliver Heartbeat 1>2
     deliver HeartbeatResp 2>1  => 1 reads=-
     deliver Heartbeat 1>4
     deliver HeartbeatResp 4>1  => 1 reads=r1@4`,
  );

  story(
    "H12 a single server answers at once",
    { servers: 1 },
    `campaign 1
     read 1 r1   => 1 reads=r1@1  |  net0`,
  );

  story(
    "H14 the answer to a heartbeat that was sent before a read does not confirm it",
    { servers: 3 },
    `campaign 1
     stab
     tick 1 1
     deliver Heartbeat 1>2      => net+: HeartbeatResp 2>1 t1
     read 1 r1
     deliver HeartbeatResp 2>1  => 1 reads=-
     deliver Heartbeat 1>2
     deliver HeartbeatResp 2>1  => 1 reads=r1@1`,
  );

  story(
    "H14 nor does the answer to an earlier read's round confirm a later read",
    { servers: 3 },
    `campaign 1
     stab
     read 1 r1
     read 1 r2
     deliver Heartbeat 1>2
     deliver HeartbeatResp 2>1  => 1 reads=r1@1
     stab                       => 1 reads=r1@1,r2@1`,
  );

  story(
    "a read by lease waits for an own commit as well",
    { servers: 3, cfg: lease },
    `campaign 1
     deliver Vote 1>2
     deliver VoteResp 2>1  => 1 Leader c0
     read 1 r1             => 1 reads=-
     deliver App 1>2
     deliver AppResp 2>1   => 1 c1 reads=r1@1`,
  );
});
