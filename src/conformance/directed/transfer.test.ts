import { describe } from "vitest";
import { story } from "./fixtures.ts";

describe("G. Leadership transfer", () => {
  story(
    "G2 a follower that lags gets the log first, then TimeoutNow on its acknowledgement",
    { servers: 3 },
    `campaign 1
     stab
     prop 1 x
     drop App 1>3
     deliver App 1>2
     deliver AppResp 2>1        => 1 c2
     transfer 1 3               => 1 tr3 pr3=Replicate:1:3  |  net-: TimeoutNow
     stab                       => 1 Follower t2  |  3 Leader t2 c3 sm=x`,
  );

  story(
    "G2 not before everything is there",
    { servers: 3, cfg: { maxSizePerMsg: 0 } },
    `campaign 1
     stab
     cut 1>3 3>1
     prop 1 a
     prop 1 b
     stab                       => 1 c3
     heal
     unreach 1 3
     transfer 1 3               => 1 tr3  |  net: App 1>3 t1 prev=1/1 c3 [2/1=a]
     deliver App 1>3
     deliver AppResp 3>1        => net-: TimeoutNow
     deliver App 1>3
     deliver AppResp 3>1        => net+: TimeoutNow 1>3 t1`,
  );

  story(
    "G4 a transfer times out after one election timeout, and the leader carries on",
    { servers: 3 },
    `campaign 1
     stab
     cut 1>3
     tick 1 5
     transfer 1 3  => 1 tr3 el0
     tick 1 9      => 1 Leader tr3 el9
     prop 1 x      => err: dropped
     tick 1 1      => 1 Leader tr0 el0 t1
     prop 1 x
     stab          => 1/2 c2 sm=x`,
  );

  story(
    "G6 a second transfer to another server replaces the first; to the same one it is ignored",
    { servers: 3 },
    `campaign 1
     stab
     transfer 1 3  => 1 tr3 el0  |  net: TimeoutNow 1>3 t1
     drop all
     tick 1 4      => 1 tr3 el4
     drop all
     transfer 1 3  => 1 tr3 el4  |  net0
     transfer 1 2  => 1 tr2 el0  |  net: TimeoutNow 1>2 t1
     stab          => 2 Leader t2  |  1 Follower tr0`,
  );

  story(
    "G6 a transfer to oneself takes a pending one back",
    { servers: 3 },
    `campaign 1
     stab
     transfer 1 3  => 1 tr3
     drop all
     transfer 1 1  => 1 Leader tr0
     prop 1 x
     stab          => 1/2/3 c2`,
  );

  story(
    "G8 a vote of a higher term ends a pending transfer",
    { servers: 3 },
    `campaign 1
     stab
     transfer 1 3             => 1 tr3
     inj Vote 2>1 t2 last=1/1 => 1 Follower t2 v2 tr0`,
  );

  story(
    "G10 TimeoutNow does nothing at who cannot lead",
    { servers: 4, voters: [1, 2, 3], learners: [4] },
    `campaign 1
     stab
     inj TimeoutNow 1>4 t1  => 4 Follower t1  |  net0
     campaign 2             => 2 Candidate t2
     drop all
     inj TimeoutNow 1>2 t2  => 2 Candidate t2  |  net0
     inj TimeoutNow 3>1 t1  => 1 Leader t1  |  net0`,
  );

  story(
    "G12 TimeoutNow is lost: the leader serves again once it has given up",
    { servers: 3, timeouts: { 1: 10, 2: 19, 3: 19 } },
    `campaign 1
     stab
     transfer 1 2       => net: TimeoutNow 1>2 t1
     drop TimeoutNow
     tick all 5
     stab               => 1 Leader t1 tr2
     read 1 r1
     stab               => 1 Leader reads=r1@1
     tick all 5
     stab               => 1 Leader t1 tr0
     prop 1 x
     stab               => 1/2/3 c2 sm=x`,
  );

  story("a follower without a leader passes no request on", { servers: 3 }, `transfer 1 2  => 1 Follower t0  |  net0`);
});
