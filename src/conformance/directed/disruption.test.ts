import { describe } from "vitest";
import { story } from "./fixtures.ts";

const preVote = { preVote: true };
const checkQuorum = { checkQuorum: true };
const both = { preVote: true, checkQuorum: true };

describe("B. Pre-vote, check-quorum, disruptive servers", () => {
  story(
    "P2 with pre-vote a server that returns raises no term, and the leader stays",
    { servers: 3, cfg: preVote, timeouts: { 1: 20, 2: 20, 3: 10 } },
    `campaign 1
     stab          => 1 Leader t1
     part 1,2|3
     prop 1 x
     stab          => 1/2 c2
     tick 3 30     => 3 PreCandidate t1 v1 L0  |  net+: PreVote 3>1 t2 last=1/1; PreVote 3>2 t2 last=1/1
     heal
     stab          => 1 Leader t1  |  2 Follower t1 L1  |  3 Follower t1 v1 L0
     tick 1 1
     stab          => 1 Leader t1  |  3 Follower t1 L1 c2`,
  );

  story(
    "P4 a pre-vote is refused by servers whose log is ahead",
    { servers: 3, cfg: preVote, logs: { 1: "1", 2: "1.1", 3: "1.1" } },
    `campaign 1               => 1 PreCandidate t1 v0  |  net: PreVote 1>2 t2 last=1/1; PreVote 1>3 t2 last=1/1
     deliver PreVote 1>2      => 2 Follower t1 v0  |  net+: PreVoteResp 2>1 t1 rej
     stab                     => 1 Follower t1 v0 L0  |  2/3 t1 v0  |  net0`,
  );

  story(
    "P6 a granted pre-vote carries the term that an election would have, a refused one the own term",
    { servers: 3, cfg: preVote, terms: { 1: 1, 2: 1, 3: 4 } },
    `campaign 1               => net: PreVote 1>2 t2 last=0/0; PreVote 1>3 t2 last=0/0
     deliver PreVote 1>2      => 2 Follower t1 v0  |  net+: PreVoteResp 2>1 t2 ok
     deliver PreVote 1>3      => 3 Follower t4 v0  |  net+: PreVoteResp 3>1 t4 rej
     deliver PreVoteResp 3>1  => 1 Follower t4 v0 L0
     deliver PreVoteResp 2>1  => 1 Follower t4`,
  );

  story(
    "P8 check-quorum: one of two followers that answers keeps a leader of three",
    { servers: 3, cfg: checkQuorum },
    `campaign 1
     stab
     part 1,2|3
     tick 1 10   => 1 Leader t1
     stab
     tick 1 10   => 1 Leader t1 pr3=Replicate:1:2:inactive
     stab
     tick 1 10   => 1 Leader t1 pr2=Replicate:1:2:inactive
     stab        => 1 pr2=Replicate:1:2:active
     part 1|2|3
     tick 1 10   => 1 Leader t1
     stab
     tick 1 10   => 1 Follower t1 v1 L0 el0`,
  );

  story(
    "P8 of five, two that answer are enough, one is not",
    { servers: 5, cfg: checkQuorum },
    `campaign 1
     stab
     part 1,2,3|4,5
     tick 1 10
     stab
     tick 1 10
     stab        => 1 Leader
     part 1,2|3,4,5
     tick 1 10
     stab        => 1 Leader
     tick 1 10   => 1 Follower t1`,
  );

  story(
    "P10 pre-vote migration: a mixed cluster still elects",
    {
      servers: 3,
      cfg: preVote,
      cfgs: { 3: { preVote: false } },
      timeouts: { 1: 20, 2: 20, 3: 10 },
    },
    `campaign 1
     stab                     => 1 Leader t1
     part 1,2|3
     prop 1 x
     stab                     => 1/2 c2 log=1.1
     tick 3 30                => 3 Candidate t4 log=1
     drop all
     heal
     # It cannot win, its log is shorter, but its term is the highest: the others learn it by its refusals.
     campaign 3               => 3 Candidate t5
     stab                     => 1 Follower t5 L0  |  2 Follower t5 L0  |  3 Follower t5 L0
     campaign 1               => 1 PreCandidate t5
     stab                     => 1 Leader t6 v1  |  2/3 Follower t6 L1 log=1.1.6 c3`,
  );

  story(
    "P10 a pre-candidate whose term is behind learns the newer one from a refusal, and wins then",
    {
      servers: 3,
      cfg: preVote,
      cfgs: { 3: { preVote: false } },
      logs: { 1: "1.1", 2: "1.1", 3: "1" },
      terms: { 3: 4 },
    },
    `campaign 1               => 1 PreCandidate t1
     stab                     => 1 Follower t4
     campaign 1
     stab                     => 1 Leader t5  |  2/3 Follower t5 L1`,
  );

  story(
    "P12 two pre-candidates that both win tie in the vote; the next round decides",
    { servers: 3, cfg: preVote },
    `campaign 1
     campaign 2
     deliver PreVote 1>3
     deliver PreVote 2>3
     deliver PreVoteResp 3>1  => 1 Candidate t1 v1
     deliver PreVoteResp 3>2  => 2 Candidate t1 v2
     drop PreVote all
     cut 1>3 2>3
     stab                     => 1 Candidate t1 v1  |  2 Candidate t1 v2  |  3 t0
     heal
     campaign 1               => 1 PreCandidate t1
     stab                     => 1 Leader t2  |  2/3 Follower t2 L1`,
  );

  story(
    "P14 without check-quorum a removed server deposes the leader again and again",
    { servers: 3, timeouts: { 1: 19, 2: 19, 3: 10 } },
    `campaign 1
     stab
     part 1,2|3
     cc 1 -3
     stab        => 1/2 conf=1,2  |  3 conf=1,2,3
     heal
     tick 3 10   => 3 Candidate t2
     stab        => 1/2 Follower t2  |  3 Follower t2
     campaign 1
     stab        => 1 Leader t3  |  3 t2
     tick 3 10   => 3 Candidate t3
     stab        => 1 Leader t3
     tick 3 10   => 3 Candidate t4
     stab        => 1/2 Follower t4  |  3 Follower t4 conf=1,2,3`,
  );

  story(
    "P16 a follower that forgets its leader grants a pre-vote at once",
    { servers: 3, cfg: both },
    `campaign 1
     stab
     campaign 3
     stab                     => 3 PreCandidate t1 L0  |  2 Follower t1 L1
     forget 2                 => 2 Follower t1 v1 L0 el0
     campaign 3
     deliver PreVote 3>2      => net+: PreVoteResp 2>3 t2 ok
     stab                     => 3 Leader t2  |  1/2 Follower t2 L3`,
  );

  story(
    "P16 it learns of its leader again from a heartbeat; a leader forgets nobody",
    { servers: 3 },
    `campaign 1
     stab
     forget 1    => 1 Leader L1
     forget 2    => 2 L0
     tick 1 1
     stab        => 2 L1`,
  );

  story(
    "P18 a pre-candidate returns to follower on a heartbeat of its term",
    { servers: 3, cfg: preVote },
    `campaign 1
     stab
     campaign 2              => 2 PreCandidate t1 L0
     drop PreVote all
     tick 1 1
     deliver Heartbeat 1>2   => 2 Follower t1 v1 L1  |  net+: HeartbeatResp 2>1 t1`,
  );

  story(
    "a leader's own request for an election is not hindered by a lease",
    { servers: 3, cfg: both },
    `campaign 1
     stab
     inj Vote 2>3 t2 last=9/1  => 3 Follower t1 v1 L1  |  net0
     transfer 1 2
     stab                      => 2 Leader t2  |  1/3 Follower t2 L2`,
  );

  story(
    "a lease ends: the election timeout after the leader was last heard, a vote is considered",
    { servers: 3, cfg: checkQuorum, timeouts: { 1: 19, 2: 19, 3: 19 } },
    `campaign 1
     stab
     tick 3 9                  => 3 el9
     inj Vote 2>3 t2 last=9/1  => 3 t1  |  net0
     tick 3 1                  => 3 el10
     inj Vote 2>3 t2 last=9/1  => 3 t2 v2 L0  |  net: VoteResp 3>2 t2 ok`,
  );

  story(
    "old terms are met with silence, but for what would lock a server out: pre-votes and a leader's messages",
    { servers: 3, cfg: both, terms: { 1: 5, 2: 5, 3: 5 } },
    `inj Vote 2>1 t4 last=9/4        => 1 t5 v0  |  net0
     inj PreVote 2>1 t4 last=9/4     => 1 t5 v0  |  net: PreVoteResp 1>2 t5 rej
     drop all
     inj App 2>1 t4 prev=0/0 c0 [4]  => 1 t5 log=-  |  net: AppResp 1>2 t5 ok=0
     drop all
     inj Heartbeat 2>1 t4 c0         => 1 t5 L0  |  net: AppResp 1>2 t5 ok=0
     drop all
     inj Snap 2>1 t4 snap=9/4 conf=1,2,3  => 1 t5 f1  |  net0`,
  );
});
