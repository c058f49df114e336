import { describe } from "vitest";
import { story } from "./fixtures.ts";

/** S1 leads S2; S3 needs a snapshot, and one is on its way. */
const joining = { servers: 3, empty: [3], voters: [1, 2, 3], base: 10 };
const toSnapshot = `
     campaign 1
     deliver Vote 1>2
     deliver VoteResp 2>1
     deliver App 1>3
     deliver AppResp 3>1   => 1 pr3=Snapshot:0:11:snap10`;

describe("E. Snapshots and compaction", () => {
  story(
    "E2 a brand-new server, without log and configuration, is caught up by a snapshot",
    joining,
    `campaign 1
     stab        => 1 Leader t2 pr3=Replicate:11:12  |  3 Follower t2 L1 f11 c11 log=2 conf=1,2,3
     prop 1 x
     stab        => 1/2/3 c12 sm=x
     crash 3     => 3 down dterm=2 dlog=2.2
     restart 3   => 3 Follower f11 n12 conf=1,2,3`,
  );

  story(
    "E4 a stale snapshot is ignored and answered with the commit index",
    { servers: 3, logs: { 2: "1.1.1" }, commits: { 2: 2 } },
    `inj Snap 1>2 t1 snap=2/1 conf=1,2,3  => 2 c2 f1 log=1.1.1  |  net: AppResp 2>1 t1 ok=2
     drop all
     inj Snap 1>2 t1 snap=1/1 conf=1,2,3  => 2 c2 f1 log=1.1.1  |  net: AppResp 2>1 t1 ok=2`,
  );

  story(
    "E6 a snapshot in conflict with the log throws the whole log away",
    { servers: 3, logs: { 2: "1.1.2.2.2" }, terms: { 2: 4 } },
    `inj Snap 1>2 t4 snap=3/3 conf=1,2,3  => 2 c3 a3 f4 n3 log=- un4 dlog=- L1  |  net: AppResp 2>1 t4 ok=3
     crash 2
     restart 2                            => 2 f4 n3 c3 a3 t4`,
  );

  story(
    "E6 so does one beyond its end",
    { servers: 3, logs: { 2: "1.1" }, commits: { 2: 1 } },
    `inj Snap 1>2 t2 snap=7/2 conf=1,2    => 2 t2 c7 a7 f8 log=- conf=1,2  |  net: AppResp 2>1 t2 ok=7
     inj App 1>2 t2 prev=7/2 c8 [2]       => 2 c8 f8 log=2`,
  );

  story(
    "E8 sending a snapshot is reported to have succeeded: probe behind it, once the follower answers",
    joining,
    `${toSnapshot}
     snapstat 1 3 ok            => 1 pr3=Probe:0:11:paused:snap0
     prop 1 x                   => net-: App 1>3 t2 prev=11
     tick 1 1
     deliver Snap 1>3           => 3 f11 c10
     deliver Heartbeat 1>3
     deliver HeartbeatResp 3>1  => net+: App 1>3 t2 prev=10/1
     stab                       => 1 pr3=Replicate:12:13  |  3 c12 sm=x`,
  );

  story(
    "E8 a report about who needs no snapshot says nothing",
    { servers: 3, base: 10 },
    `campaign 1
     stab
     snapstat 1 2 fail  => 1 pr2=Replicate:11:12:free
     snapstat 1 2 ok    => 1 pr2=Replicate:11:12:free`,
  );

  story(
    "E10 no snapshot is sent to who has not been heard from lately",
    { servers: 3, base: 10, cfg: { checkQuorum: true }, timeouts: { 1: 19, 2: 19, 3: 19 } },
    `campaign 1
     stab
     part 1,2|3
     prop 1 x
     stab
     tick 1 10
     stab
     tick 1 10                  => 1 Leader pr3=Replicate:11:13:inactive:if1
     stab
     compact 1                  => 1 f13
     unreach 1 3                => 1 pr3=Probe:11:12:inactive
     prop 1 y                   => net-: Snap  |  1 pr3=Probe:11:12:inactive
     stab
     heal
     tick 1 1                   => net-: Snap
     deliver Heartbeat 1>3
     deliver HeartbeatResp 3>1  => net+: Snap 1>3 t2 snap=13/2 conf=1,2,3  |  1 pr3=Snapshot:11:14:active:snap13
     stab                       => 3 c13 sm=x,y`,
  );

  story(
    "E12 restart from a snapshot: the log begins after it, what follows is applied again",
    { servers: 3, base: 2 },
    `campaign 1
     stab
     prop 1 a
     prop 1 b
     stab
     compact 2   => 2 f6 n5 sm=a,b
     prop 1 c
     stab        => 2 log=2 c6 sm=a,b,c
     crash 2     => 2 down dlog=2
     restart 2   => 2 Follower f6 n6 c6 a6 log=2 sm=a,b,c L0 conf=1,2,3`,
  );

  story(
    "E15 a snapshot must contain the joiner: with an old one it is stuck in snapshot state until somebody reports",
    { servers: 2, voters: [1], empty: [2], base: 2, oldSnap: true },
    `campaign 1
     cc 1 +2                 => 1 conf=1,2 c4
     compact 1
     stab                    => 1 conf=1,2 pr2=Replicate:4:5  |  2 conf=1,2 c4`,
  );

  story(
    "E15 the joiner refuses a snapshot without itself and acknowledges nothing",
    { servers: 2, voters: [1], empty: [2], base: 2, oldSnap: true },
    `campaign 1
     cc 1 +2                  => 1 conf=1,2 c4  |  net: App 1>2 t2 prev=3/2 c4 [4/2=cc]
     deliver App 1>2          => 2 t2 L1  |  net: AppResp 2>1 t2 rej=3 hint=0/0
     deliver AppResp 2>1      => 1 pr2=Snapshot:0:3:snap2  |  net+: Snap 1>2 t2 snap=2/1 conf=1
     deliver Snap 1>2         => 2 c0 f1 conf=-  |  net+: AppResp 2>1 t2 ok=0
     stab                     => 1 pr2=Snapshot:0:3:snap2
     tick 1 3
     stab                     => 1 pr2=Snapshot:0:3:snap2  |  net0
     snapshot 1
     snapstat 1 2 fail        => 1 pr2=Probe:0:1:paused
     tick 1 1
     stab                     => 1 pr2=Replicate:4:5  |  2 conf=1,2 c4`,
  );

  story(
    "E16 a follower with a snapshot that is not stored yet does not campaign",
    { servers: 3, cfg: { async: true }, auto: false },
    `inj Snap 1>2 t2 snap=9/2 conf=1,2,3  => 2 t2 c9 n9
     campaign 2                           => 2 Follower t2
     ready 2
     campaign 2                           => 2 Follower t2
     tick 2 40                            => 2 Follower t2
     append 2                             => 2 a9
     campaign 2                           => 2 Candidate t3`,
  );

  story(
    "a snapshot that is acknowledged ends snapshot state, and what came meanwhile follows at once",
    joining,
    `${toSnapshot}
     prop 1 x              => 1 pr3=Snapshot:0:11:snap10
     prop 1 y
     tick 1 1              => net+: Heartbeat 1>3 t2 c0
     deliver Snap 1>3
     deliver AppResp 3>1   => 1 pr3=Replicate:10:14:if1  |  net+: App 1>3 t2 prev=10/1 c10 [11/2,12/2=x,13/2=y]`,
  );
});
