import { describe } from "vitest";
import { story } from "./fixtures.ts";

describe("F. Membership changes", () => {
  story(
    "F2 (etcd) a configuration counts when it is applied, not when it is appended",
    { servers: 4, voters: [1, 2, 3], empty: [4], base: 2 },
    `campaign 1
     stab                  => 1 c3
     cc 1 +4               => 1 log=2.2 conf=1,2,3 c3 pr4=none  |  net-: App 1>4
     deliver App 1>2       => 2 conf=1,2,3 c3
     deliver AppResp 2>1   => 1 conf=1,2,3,4 c4 a4 pr4=Probe:0:4:paused  |  2 conf=1,2,3
     # Two of three committed it; from now on it takes three of four.
     drop App all
     prop 1 x
     deliver App 1>2
     deliver AppResp 2>1   => 1 c4
     inj AppResp 3>1 t2 ok=5  => 1 c5`,
  );

  story(
    "F4 a new leader may change the configuration once everything that was in its log is applied",
    { servers: 3, base: 2 },
    `campaign 1
     deliver Vote 1>2
     deliver VoteResp 2>1  => 1 Leader t2 c2 n3 pc2
     cc 1 -3               => 1 n4 pc4
     stab                  => 1/2 conf=1,2 c4`,
  );

  story(
    "F6 removing a server lowers the quorum and may commit at once what waits",
    { servers: 2, base: 2 },
    `campaign 1
     stab
     cc 1 -2
     prop 1 x
     deliver App 1>2 x1
     deliver AppResp 2>1  => 1 conf=1 c5 sm=x pr2=none`,
  );

  story(
    "F8 a removed leader does not count itself",
    { servers: 3, base: 2 },
    `campaign 1
     stab
     prop 1 a
     cc 1 -1
     prop 1 b
     deliver App 1>2 x2
     deliver AppResp 2>1 x2   => 1 Leader conf=2,3 c5 n6 pr1=none
     deliver App 1>2          => 2 n6
     deliver AppResp 2>1      => 1 c5
     inj AppResp 3>1 t2 ok=6  => 1 c6 sm=a,b`,
  );

  story(
    "F10 two changes at once: joint consensus, left automatically",
    { servers: 3, voters: [1], empty: [2, 3], base: 2 },
    `campaign 1
     cc 1 +2 +3    => 1 conf=1,2,3&1 auto c4 n5 pc5
     stab          => 1/2/3 conf=1,2,3 noauto c5 n5`,
  );

  story(
    "F12 an explicit joint state: further changes are refused until an empty one leaves it; leaving twice is refused",
    { servers: 3, voters: [1], empty: [2, 3], base: 2 },
    `campaign 1
     cc 1 explicit +2  => 1 conf=1,2&1 noauto c4 n4
     stab              => 1/2 conf=1,2&1 noauto
     cc 1 +3           => 1 n5
     stab              => 1/2 conf=1,2&1 c5
     cc 1 explicit +3
     stab              => 1/2 conf=1,2&1 c6
     cc 1
     stab              => 1/2 conf=1,2 c7
     cc 1
     stab              => 1/2 conf=1,2 c8 n8
     cc 1 +3
     stab              => 1/2/3 conf=1,2,3 c9`,
  );

  story(
    "F14 a joint election needs a majority of both halves",
    { servers: 5, voters: [1, 2, 3], empty: [4, 5], base: 2 },
    `campaign 1
     stab
     cc 1 explicit -2 -3 +4 +5
     stab                      => 1/2/3/4/5 conf=1,4,5&1,2,3 c4
     crash 1
     campaign 4                => 4 Candidate t3
     deliver Vote 4>5
     deliver VoteResp 5>4      => 4 Candidate
     drop Vote all
     inj VoteResp 2>4 t3       => 4 Candidate
     inj VoteResp 3>4 t3       => 4 Leader t3`,
  );

  story(
    "F14 refusals by a majority of one half are enough to lose",
    { servers: 5, voters: [1, 2, 3], empty: [4, 5], base: 2 },
    `campaign 1
     stab
     cc 1 explicit -2 -3 +4 +5
     stab
     campaign 4                => 4 Candidate t3
     inj VoteResp 5>4 t3       => 4 Candidate
     inj VoteResp 1>4 t3       => 4 Candidate
     inj VoteResp 2>4 t3 rej   => 4 Candidate
     inj VoteResp 3>4 t3 rej   => 4 Follower t3`,
  );

  story(
    "F25 a majority of the old half alone is not enough either",
    { servers: 5, voters: [1, 2, 3], empty: [4, 5], base: 2 },
    `campaign 1
     stab
     cc 1 explicit -2 -3 +4 +5
     stab
     part 1,2,3|4,5
     campaign 2                => 2 Candidate t3
     stab                      => 2 Candidate t3  |  1/3 v2 t3
     heal
     campaign 2
     stab                      => 2 Leader t4 conf=1,4,5&1,2,3`,
  );

  story(
    "F16 the leader is replaced in one joint change, and hands leadership on inside the joint state",
    { servers: 4, voters: [1, 2, 3], empty: [4], base: 2 },
    `campaign 1
     stab
     cc 1 explicit -1 +4
     stab            => 1/2/3/4 conf=2,3,4&1,2,3 c4
     transfer 1 4
     stab            => 4 Leader t3  |  1 Follower t3 L4
     cc 4
     stab            => 2/3/4 conf=2,3,4 c6  |  4 Leader pr1=none`,
  );

  story(
    "F18 a learner is promoted, and counts from then on",
    { servers: 3, voters: [1, 2], learners: [3] },
    `campaign 1
     stab          => 1/2/3 conf=1,2 learn=3
     cc 1 +3
     stab          => 1/2/3 conf=1,2,3 learn=- c2
     part 1,3|2
     prop 1 x
     stab          => 1/3 c3 sm=x
     campaign 3
     stab          => 3 Leader t2`,
  );

  story(
    "F20 a learner that is asked votes: it may be a voter without knowing",
    { servers: 3, voters: [1, 2], learners: [3], base: 2 },
    `campaign 1
     stab
     cc 1 +3
     deliver App 1>2
     deliver AppResp 2>1   => 1 conf=1,2,3 c4
     deliver App 1>2       => 2 conf=1,2,3  |  3 conf=1,2 learn=3 n3
     drop all
     crash 1
     campaign 2            => 2 Candidate t3
     deliver Vote 2>3      => 3 Follower t3 v2 learn=3  |  net+: VoteResp 3>2 t3 ok
     deliver VoteResp 3>2  => 2 Leader t3
     stab 2 3              => 2/3 conf=1,2,3 c5`,
  );

  story(
    "F22 answers from outside the configuration are ignored",
    { servers: 3, base: 2 },
    `campaign 1               => 1 Candidate t2
     inj VoteResp 9>1 t2      => err: unknown peer  |  1 Candidate
     inj VoteResp 2>1 t2      => 1 Leader t2
     inj AppResp 9>1 t2 ok=3  => err: unknown peer  |  1 c2 pr9=none
     inj AppResp 9>1 t7 ok=3  => err: unknown peer  |  1 Leader t2
     inj HeartbeatResp 9>1 t2 => err: unknown peer  |  1 Leader t2`,
  );

  // Ongaro 2015; where configurations count once applied, the old one decides until then.
  story(
    "F23 the bug of single-server changes cannot happen: S2's change commits under the old configuration only",
    { servers: 5, voters: [1, 2, 3, 4], empty: [5], base: 2 },
    `campaign 1
     stab
     cc 1 +5                    => 1 n4 conf=1,2,3,4
     drop all
     crash 1
     campaign 2
     deliver Vote 2>3
     deliver Vote 2>4
     deliver VoteResp 3>2
     deliver VoteResp 4>2       => 2 Leader t3 n4
     cc 2 -1                    => 2 n5 conf=1,2,3,4
     drop all
     inj AppResp 3>2 t3 ok=5    => 2 c3 conf=1,2,3,4
     restart 1                  => 1 conf=1,2,3,4 n4
     campaign 1
     campaign 1                 => 1 Candidate t4
     drop Vote all
     inj VoteResp 5>1 t4        => err: unknown peer  |  1 Candidate
     inj VoteResp 4>1 t4        => 1 Candidate`,
  );

  story(
    "a learner is added, demoted from voter, and removed",
    { servers: 3, base: 2 },
    `campaign 1
     stab
     cc 1 ^3
     stab     => 1/2/3 conf=1,2 learn=3 c4
     cc 1 -3
     stab     => 1/2 conf=1,2 learn=- c5  |  1 pr3=none`,
  );
});
