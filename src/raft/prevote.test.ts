import { describe, expect, test } from "vitest";
import {
  answer,
  appendEntries,
  appended,
  finishWrites,
  follows,
  heartbeat,
  heartbeatReply,
  preVote,
  preVoted,
  production,
  receive,
  requestVote,
  server,
  stateOf,
  take,
  ticks,
  vote,
} from "./fixtures.ts";
import type { RaftOptions } from "./options.ts";
import type { RaftMessage, Server } from "./types.ts";

const asks = { options: { ...production, preVote: true } };
const types = (messages: readonly RaftMessage[]) => messages.map(({ type, to }) => `${type} to ${to}`);

describe("D 9.6 pre-vote", () => {
  const asking = () => {
    const made = server({ term: 3, log: [1, 3], servers: 3, leader: 2, options: asks.options });
    const out = take(made, { kind: "electionTimeout" }, asks);
    return { made, out };
  };

  test("D 9.6 a server asks first: neither its term nor its vote changes, and nothing is written", () => {
    const { made, out } = asking();
    expect(made).toMatchObject({ role: "preCandidate", term: 3, votedFor: 0, leader: 0 });
    expect(out.writes).toEqual([]);
    expect(out.messages).toEqual(
      [2, 3].map((to) => preVote({ from: 1, to, term: 4, lastLogIndex: 2, lastLogTerm: 3 })),
    );
  });

  test("D 9.6 with a majority it starts the election, in the next term", () => {
    const { made } = asking();
    finishWrites(made, asks);
    const out = receive(made, preVoted({ term: 4 }), asks);
    expect(made).toMatchObject({ role: "candidate", term: 4, votedFor: 1 });
    expect(types(out.messages)).toEqual(["RequestVote to 2", "RequestVote to 3"]);
    expect(out.decisions).toContainEqual(expect.objectContaining({ kind: "electionStarted", cause: "preVote" }));
  });

  test("D 9.6 a late pre-vote is no vote", () => {
    const made = server({ term: 4, role: "candidate", options: asks.options });
    for (const from of [2, 3, 4, 5]) receive(made, preVoted({ from, term: 4 }), asks);
    expect(made.role).toBe("candidate");
    expect(receive(made, preVoted({ term: 4 }), asks).kinds).toEqual(["messageIgnored"]);
  });

  test("D 9.6 who is asked changes nothing, however high the term that is named", () => {
    const made = server({ term: 3, log: [1, 3], votedFor: 3, options: asks.options });
    const before = stateOf(made);
    const out = receive(made, preVote({ term: 9, lastLogIndex: 2, lastLogTerm: 3 }), asks);
    expect(answer(out, "PreVoteReply")).toMatchObject({ granted: true, term: 9 });
    expect([stateOf(made), out.writes, out.timerReset]).toEqual([before, [], false]);
  });

  test("D 9.6, §5.4.1 it is refused where the log is ahead, and the answer carries the own term", () => {
    const made = server({ term: 3, log: [1, 3], options: asks.options });
    const out = receive(made, preVote({ term: 9, lastLogIndex: 9, lastLogTerm: 2 }), asks);
    expect(answer(out, "PreVoteReply")).toMatchObject({ granted: false, term: 3 });
    expect(out.kinds).toEqual(["voteRefusedLogTerm"]);
  });

  test("D 9.6 a refusal with a newer term is how a server behind learns of it", () => {
    const { made } = asking();
    receive(made, preVoted({ term: 7, granted: false }), asks);
    expect(made).toMatchObject({ role: "follower", term: 7, votedFor: 0 });
  });

  test("§5.2 a pre-candidate yields to a leader of its term", () => {
    const { made } = asking();
    expect(receive(made, heartbeat({ term: 3, from: 3 }), asks).kinds).toEqual([
      "candidateConceded",
      "timerReset",
      "timerReset",
    ]);
    expect(made).toMatchObject({ role: "follower", leader: 3, term: 3 });
  });

  test("D 9.6 its timer goes on: it asks again after the same timeout", () => {
    const { made } = asking();
    expect([made.timerSince, made.timeout]).toEqual([5, 15]);
    take(made, { kind: "electionTimeout" }, { ...asks, now: 20 });
    expect([made.role, made.term, made.timerSince]).toEqual(["preCandidate", 3, 20]);
  });
});

describe("D 4.2.3 a living leader is not disturbed", () => {
  const heard = (stickyLeader: RaftOptions["stickyLeader"], message: RaftMessage, now: number, more = {}) => {
    const options = { ...production, stickyLeader, ...more };
    const made = server({ term: 3, leader: 2, options });
    const out = receive(made, message, { now, options });
    return { kinds: out.kinds, made, messages: out.messages };
  };
  const asked = requestVote({ from: 3, term: 4 });

  test("D 4.2.3 a request is ignored, unanswered, within the minimum election timeout", () => {
    const { kinds, made, messages } = heard("always", asked, 9);
    expect([kinds, messages, made.term, made.votedFor]).toEqual([["voteIgnoredLease"], [], 3, 0]);
    expect(heard("always", asked, 10).made).toMatchObject({ term: 4, votedFor: 3 });
  });

  test("etcd: as part of check-quorum only; the paper: never", () => {
    expect(heard("withCheckQuorum", asked, 9).made.votedFor).toBe(3);
    expect(heard("withCheckQuorum", asked, 9, { checkQuorum: true }).made.votedFor).toBe(0);
    expect(heard("never", asked, 9, { checkQuorum: true }).made.votedFor).toBe(3);
  });

  test("D 3.10 not where the leader itself asked for the election", () => {
    expect(heard("always", { ...asked, transfer: true }, 9).made.votedFor).toBe(3);
  });

  test("a leader ignores it as long as its own timer is fresh", () => {
    const options = { ...production, checkQuorum: true };
    const made = server({ term: 3, role: "leader", options });
    expect(receive(made, asked, { now: 9, options }).kinds).toEqual(["voteIgnoredLease"]);
    expect(receive(made, asked, { now: 10, options }).kinds[0]).toBe("termAdopted");
  });

  test("one that counts from each answer sets no timer, and ignores it as long as it leads", () => {
    const options = { ...production, checkQuorum: true, quorumCheck: "perPeer" as const };
    const made = server({ term: 3, role: "leader", options });
    expect(receive(made, asked, { now: 10, options }).kinds).toEqual(["voteIgnoredLease"]);
  });

  test("etcd: without a known leader there is nobody to protect", () => {
    const options = { ...production, checkQuorum: true };
    const made = server({ term: 3, options });
    receive(made, asked, { now: 1, options });
    expect(made.votedFor).toBe(3);
  });

  test("D 4.2.3 who has just started may have heard from a leader, and so may who has learned of a higher term since", () => {
    const options = { ...production, stickyLeader: "always" as const };
    const vote = (now: number, before: (made: Server) => void) => {
      const made = server({ term: 3, options });
      before(made);
      receive(made, { ...asked, term: 9 }, { now, options });
      return made.votedFor;
    };
    expect([vote(9, () => {}), vote(10, () => {})]).toEqual([0, 3]);
    const learned = (made: Server) => {
      receive(made, heartbeat({ term: 3 }), { now: 5, options });
      receive(made, { ...preVoted({ term: 7, granted: false }) }, { now: 6, options });
      expect([made.term, made.leader]).toEqual([7, 0]);
    };
    expect([vote(14, learned), vote(15, learned)]).toEqual([0, 3]);
  });

  test("D 9.6 a pre-vote is told no, so that who asks knows", () => {
    const options = { ...ticks, preVote: true, stickyLeader: "always" as const };
    const made = server({ term: 3, leader: 2, options });
    const refusal = { type: "PreVoteReply", from: 1, to: 3, term: 3, granted: false };
    // Also where it lags behind, and asks for the term that the leader has already.
    for (const term of [3, 4])
      expect(receive(made, preVote({ from: 3, term }), { now: 9, options }).messages).toEqual([refusal]);
    expect(receive(made, preVote({ from: 3, term: 4 }), { now: 10, options }).kinds).toContain("voteGranted");
  });

  test("D 4.2.3 a leader does not vote as long as it leads", () => {
    const options = { ...ticks, stickyLeader: "always" as const };
    const made = server({ term: 3, role: "leader", options });
    expect(receive(made, asked, { now: 1000, options }).kinds).toEqual(["voteIgnoredLease"]);
  });

  test("etcd: a follower forgets its leader on demand, but not where that one may serve reads by lease", () => {
    const made = server({ term: 3, leader: 2, options: production });
    take(made, { kind: "forgetLeader" }, { options: production });
    expect(made.leader).toBe(0);
    const leased = server({ term: 3, leader: 2, options: production });
    take(leased, { kind: "forgetLeader" }, { options: { ...production, reads: "lease" } });
    expect(leased.leader).toBe(2);
  });
});

describe("D 6.2 check-quorum", () => {
  const how = { options: { ...production, checkQuorum: true } };
  const leader = () => {
    const made = server({ term: 3, log: [3], role: "leader", options: how.options });
    for (const id of [2, 3, 4, 5]) made.progress[id] = { ...follows(1, production), active: false };
    return made;
  };
  const check = (made: Server, now: number) => take(made, { kind: "quorumTimeout" }, { ...how, now });

  test("D 6.2 a leader that no majority has answered steps down, in the same term", () => {
    const made = leader();
    receive(made, heartbeatReply({ term: 3 }), how);
    expect(check(made, 10).decisions[0]).toMatchObject({
      kind: "quorumLost",
      heard: [1, 2],
      counts: [{ agree: [1, 2], quorum: 3 }],
    });
    expect(made).toMatchObject({ role: "follower", term: 3, votedFor: 1, leader: 0 });
  });

  test("D 6.2 with a majority it stays, and asks anew: who answered counts once", () => {
    const made = leader();
    receive(made, heartbeatReply({ term: 3 }), how);
    receive(made, appended({ term: 3, from: 3, matchIndex: 1 }), how);
    expect(check(made, 10).decisions).toEqual([
      {
        kind: "quorumHeld",
        server: 1,
        heard: [1, 2, 3],
        joined: [],
        by: "flags",
        counts: [{ voters: [1, 2, 3, 4, 5], agree: [1, 2, 3], quorum: 3 }],
      },
    ]);
    expect([made.role, made.timerSince]).toEqual(["leader", 10]);
    expect(check(made, 20).kinds[0]).toBe("quorumLost");
  });

  test("D 6.2 learners count nothing", () => {
    const made = leader();
    made.configuration = { ...made.configuration, voters: [1, 2, 3], learners: [4, 5] };
    for (const from of [4, 5]) receive(made, heartbeatReply({ from, term: 3 }), how);
    expect(check(made, 10).kinds[0]).toBe("quorumLost");
  });

  test("without the option it leads on, alone", () => {
    const made = leader();
    expect(take(made, { kind: "quorumTimeout" }, { options: production, now: 10 }).kinds).toEqual([]);
    expect(made.role).toBe("leader");
  });

  test("a stuck server with a higher term is let in: a leader's message of an older term gets an answer", () => {
    const made = server({ term: 9, options: how.options });
    for (const message of [heartbeat({ term: 3 }), appendEntries({ term: 3 })]) {
      const out = receive(made, message, how);
      expect(answer(out, "AppendEntriesReply")).toMatchObject({ term: 9, success: true, matchIndex: 0 });
      expect(out.kinds).toEqual(["messageIgnored"]);
    }
    const silent = server({ term: 9, options: production });
    expect(receive(silent, heartbeat({ term: 3 }), { options: production }).messages).toEqual([]);
  });
});

describe("production's shortcuts in elections", () => {
  const how = { options: production };

  test("etcd: a candidate that a majority has refused becomes a follower at once; in the paper it waits", () => {
    for (const [options, role] of [
      [production, "follower"],
      [ticks, "candidate"],
    ] as const) {
      const made = server({ term: 3, role: "candidate", servers: 3, options });
      for (const from of [2, 3]) receive(made, vote({ term: 3, from, granted: false }), { options });
      expect([made.role, made.term, made.votedFor]).toEqual([role, 3, 1]);
    }
  });

  test("etcd: no vote in a term whose leader is known; in the paper the free vote is given", () => {
    const asked = requestVote({ from: 3, term: 3 });
    const made = server({ term: 3, leader: 2, options: production });
    expect(receive(made, asked, how).kinds).toEqual(["voteRefusedVoted"]);
    expect(receive(server({ term: 3, leader: 2 }), asked).kinds[0]).toBe("voteGranted");
  });

  test("etcd: every rise of the term and every change of role starts the timer anew", () => {
    const rise = server({ term: 3, log: [3], options: production });
    expect(receive(rise, requestVote({ term: 4 }), { ...how, now: 9 }).kinds).toContain("timerReset");
    expect([rise.timerSince, rise.timeout]).toEqual([9, 17]);
    expect(receive(server({ term: 3, log: [3] }), requestVote({ term: 4 }), { now: 9 }).kinds).not.toContain(
      "timerReset",
    );
  });

  test("etcd: a message of the leader extends the timer without drawing a new timeout", () => {
    const made = server({ term: 3, leader: 2, options: production });
    receive(made, heartbeat({ term: 3 }), { ...how, now: 9 });
    expect([made.timerSince, made.timeout, made.timeoutsDrawn]).toEqual([9, 15, 1]);
  });

  test("etcd: a committed change that is not applied yet forbids to campaign", () => {
    const change = { changes: [{ type: "remove", server: 3 }], transition: "auto", digest: 1, bytes: 1 } as const;
    const carried = [{ index: 2, term: 3, command: null, change }];
    const made = server({ term: 3, log: [3], servers: 3, options: production });
    made.applyPaused = true;
    receive(made, appendEntries({ term: 3, prevLogIndex: 1, prevLogTerm: 3, entries: carried, leaderCommit: 2 }), how);
    expect(take(made, { kind: "campaign" }, how).decisions).toMatchObject([{ reason: "unapplied change" }]);
  });
});
