import { describe, expect, test } from "vitest";
import type { ServerId } from "../base/units.ts";
import {
  answer,
  appendEntries,
  appended,
  entries,
  finishWrites,
  propose,
  receive,
  requestVote,
  sentAppends,
  server,
  stateOf,
  take,
  ticks,
  vote,
} from "./fixtures.ts";
import { newProgress } from "./progress.ts";
import { majorityOf } from "./quorum.ts";
import type { Input, Server } from "./types.ts";

const timeout: Input = { kind: "electionTimeout" };
const grantedTo = ({ votes }: Server): ServerId[] => votes.flatMap((vote, id) => (vote === true ? [id] : []));

describe("§5.2 starting an election", () => {
  test("§5.2 raises the term, votes for itself and asks every other server", () => {
    const made = server({ log: [1, 1, 2] });
    const out = take(made, timeout, { now: 16 });
    expect(made).toMatchObject({ term: 3, votedFor: 1, role: "candidate", leader: 0 });
    expect(out.messages).toEqual(
      [2, 3, 4, 5].map((to) => requestVote({ from: 1, to, term: 3, lastLogIndex: 3, lastLogTerm: 2 })),
    );
  });

  test("§5.2 the candidate's own vote counts only once it is on its disk", () => {
    const made = server();
    const out = take(made, timeout);
    expect(out.writes).toMatchObject([{ state: { term: 1, votedFor: 1 }, sync: true, entries: [] }]);
    expect(grantedTo(made)).toEqual([]);
    expect(finishWrites(made).decisions).toMatchObject([
      { kind: "voteCounted", from: 1, votes: [1], counts: [{ quorum: 3 }] },
    ]);
    expect(grantedTo(made)).toEqual([1]);
  });

  test("§5.2 an older write that finishes does not make the vote durable", () => {
    const made = server({ term: 1 });
    receive(made, appendEntries({ entries: entries(1, 1) }));
    take(made, timeout);
    take(made, { kind: "written" });
    expect(grantedTo(made)).toEqual([]);
    take(made, { kind: "written" });
    expect(grantedTo(made)).toEqual([1]);
  });

  test("§5.2 a candidate whose timer runs out starts over in a new term, without the old votes", () => {
    const made = server({ term: 3, role: "candidate" });
    receive(made, vote({ term: 3, from: 4 }));
    const { kinds } = take(made, timeout);
    expect(kinds).toEqual(["electionLost", "electionStarted", "timerReset", "wroteFirst"]);
    expect(made).toMatchObject({ term: 4, votedFor: 1, role: "candidate" });
    expect(grantedTo(made)).toEqual([]);
  });

  test("§5.2 a leader has no election timer", () => {
    const made = server({ term: 3, role: "leader" });
    expect(take(made, timeout)).toMatchObject({ messages: [], writes: [], kinds: ["campaignRefused"] });
    expect(made.term).toBe(3);
  });

  test("§5.2 a single server elects itself, when its vote is on its disk", () => {
    const made = server({ servers: 1 });
    expect(take(made, timeout).messages).toEqual([]);
    expect(made.role).toBe("candidate");
    finishWrites(made);
    expect(made).toMatchObject({ role: "leader", term: 1, leader: 1 });
  });
});

describe("§5.2 winning", () => {
  test("§5.2 more than half of the servers is a majority", () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 9].map(majorityOf)).toEqual([1, 2, 2, 3, 3, 4, 4, 5, 5]);
  });

  for (const servers of [2, 3, 4, 5, 6, 7, 8, 9]) {
    test(`§5.2 of ${servers} servers ${majorityOf(servers)} elect, ${majorityOf(servers) - 1} do not`, () => {
      const made = server({ servers });
      take(made, timeout);
      finishWrites(made);
      for (let from = 2; from <= majorityOf(servers); from++) {
        expect(made.role).toBe("candidate");
        receive(made, vote({ from }));
      }
      expect(made).toMatchObject({ role: "leader", leader: 1 });
    });
  }

  test("§5.2 refusals and repeated votes of one server do not add up", () => {
    const made = server({ term: 1, role: "candidate" });
    for (const from of [2, 2, 2] as ServerId[]) receive(made, vote({ from }));
    for (const from of [3, 4, 5]) receive(made, vote({ from, granted: false }));
    expect(made.role).toBe("candidate");
    expect(grantedTo(made)).toEqual([1, 2]);
  });

  test("§5.2 votes that come after the victory are ignored", () => {
    const made = server({ term: 1, role: "leader" });
    const before = stateOf(made);
    receive(made, vote({ from: 5 }));
    expect(stateOf(made)).toEqual(before);
  });

  test("§5.2 the new leader sends heartbeats at once, with nextIndex after its last entry and matchIndex 0", () => {
    const made = server({ term: 3, log: [1, 2], role: "candidate" });
    receive(made, vote({ term: 3, from: 2 }));
    const out = receive(made, vote({ term: 3, from: 3 }), { now: 30 });
    expect(sentAppends(out)).toEqual([2, 3, 4, 5].map((to) => `${to}: – after 2/2`));
    expect(made.progress[4]).toEqual(newProgress(0, 3, false, 30));
    expect(made.heartbeatSince).toBe(30);
    expect(out.writes).toEqual([]);
  });

  test("§8 with the option, the new leader appends an empty entry of its term", () => {
    const made = server({ term: 3, log: [1, 2], role: "candidate", servers: 3 });
    const out = receive(made, vote({ term: 3 }), { options: { ...ticks, noOpOnElection: true } });
    expect(out.writes[0]?.entries).toEqual([{ index: 3, term: 3, command: null, change: null }]);
    expect(out.kinds).toContain("noOpAppended");
    expect(sentAppends(out)).toEqual(["2: 3–3 after 2/2", "3: 3–3 after 2/2"]);
  });

  test("§5.2 a candidate yields to AppendEntries of its own term", () => {
    const made = server({ term: 3, role: "candidate" });
    const out = receive(made, appendEntries({ term: 3, from: 4 }));
    expect(made).toMatchObject({ role: "follower", leader: 4, term: 3, votedFor: 1, votes: [] });
    expect(answer(out, "AppendEntriesReply").success).toBe(true);
  });

  test("§5.2 a candidate does not yield to AppendEntries of an older term", () => {
    const made = server({ term: 3, role: "candidate" });
    receive(made, appendEntries({ term: 2, from: 4 }));
    expect(made).toMatchObject({ role: "candidate", leader: 0 });
  });
});

describe("§5.2 voting", () => {
  const grants = (made: ReturnType<typeof server>, from: ServerId, term = made.term): boolean =>
    answer(receive(made, requestVote({ from, term })), "RequestVoteReply").granted;

  test("§5.2 one vote per term, first come, first served", () => {
    const made = server({ term: 3 });
    expect([grants(made, 4), grants(made, 2), grants(made, 5)]).toEqual([true, false, false]);
    expect(made.votedFor).toBe(4);
    expect(grants(made, 2, 4)).toBe(true);
  });

  test("§5.2 a repeated request of the same candidate is granted again, without another write", () => {
    const made = server({ term: 3 });
    grants(made, 4);
    const again = receive(made, requestVote({ from: 4, term: 3 }));
    expect(answer(again, "RequestVoteReply").granted).toBe(true);
    expect(again.writes).toEqual([]);
    expect(again.promises).toHaveLength(1);
  });

  test("§5.2 a candidate and a leader refuse their vote to others of their term", () => {
    expect(grants(server({ term: 3, role: "candidate" }), 2)).toBe(false);
    expect(grants(server({ term: 3, role: "leader" }), 2)).toBe(false);
  });

  test("Figure 2: the vote is written before the answer leaves", () => {
    const out = receive(server(), requestVote({ term: 4 }));
    expect(out.writes).toMatchObject([{ state: { term: 4, votedFor: 2 }, sync: true, entries: [] }]);
    expect(out.promises).toMatchObject([{ type: "RequestVoteReply", granted: true }]);
    expect(out.decisions).toContainEqual({ kind: "wroteFirst", server: 1, write: 1, what: "vote" });
  });
});

describe("§5.4.1 only an up-to-date candidate gets a vote", () => {
  const granted = (own: number[], lastLogTerm: number, lastLogIndex: number): boolean =>
    answer(
      receive(server({ log: own, term: 9 }), requestVote({ term: 9, lastLogTerm, lastLogIndex })),
      "RequestVoteReply",
    ).granted;

  test("§5.4.1 refuses a candidate whose last term is older, however long its log", () => {
    expect(granted([1, 1, 3], 2, 100)).toBe(false);
  });
  test("§5.4.1 grants a candidate whose last term is later, however short its log", () => {
    expect(granted([1, 1, 3], 4, 1)).toBe(true);
  });
  test("§5.4.1 of equal last terms the longer log is more up-to-date", () => {
    expect([granted([1, 1, 3], 3, 2), granted([1, 1, 3], 3, 3), granted([1, 1, 3], 3, 4)]).toEqual([false, true, true]);
  });
  test("§5.4.1 an empty log refuses nobody, and is refused by anybody who has an entry", () => {
    expect([granted([], 0, 0), granted([1], 0, 0)]).toEqual([true, false]);
  });
  test("§5.4.1 a refusal leaves the vote free for a better candidate of the same term", () => {
    const made = server({ log: [1, 1, 3], term: 9 });
    receive(made, requestVote({ term: 9, lastLogTerm: 2, lastLogIndex: 100 }));
    expect(made.votedFor).toBe(0);
    const out = receive(made, requestVote({ from: 3, term: 9, lastLogTerm: 3, lastLogIndex: 3 }));
    expect(answer(out, "RequestVoteReply").granted).toBe(true);
  });
  test("§5.4.1 entries that are not on the disk yet count as well", () => {
    const made = server({ log: [1], term: 2 });
    receive(made, appendEntries({ term: 2, from: 3, prevLogIndex: 1, prevLogTerm: 1, entries: entries(2, 2) }));
    const out = receive(made, requestVote({ term: 3, lastLogTerm: 1, lastLogIndex: 1 }));
    expect(out.kinds).toContain("voteRefusedLogTerm");
  });
});

describe("§5.2 the election timer starts anew", () => {
  const resets = (made: ReturnType<typeof server>, input: Input) => {
    const before = { since: made.timerSince, timeout: made.timeout };
    const { timerReset, decisions } = take(made, input, { now: 9 });
    const causes = decisions.flatMap((decision) => (decision.kind === "timerReset" ? [decision.cause] : []));
    const after = { since: made.timerSince, timeout: made.timeout };
    expect(after).toEqual(timerReset ? { since: 9, timeout: 17 } : before);
    expect(causes).toHaveLength(timerReset ? 1 : 0);
    return causes[0] ?? "stays";
  };
  const message = (of: Extract<Input, { kind: "message" }>["message"]): Input => ({ kind: "message", message: of });

  test("for AppendEntries of the current leader, accepted or refused", () => {
    expect(resets(server({ term: 1 }), message(appendEntries()))).toBe("leader");
    expect(resets(server({ term: 1 }), message(appendEntries({ prevLogIndex: 4, prevLogTerm: 1 })))).toBe("leader");
    expect(resets(server({ term: 1, role: "candidate" }), message(appendEntries()))).toBe("leader");
  });
  test("for a vote that is granted", () => {
    expect(resets(server({ term: 1 }), message(requestVote()))).toBe("vote");
  });
  test("for an election that is started", () => {
    expect(resets(server({ term: 1 }), { kind: "electionTimeout" })).toBe("election");
  });
  test("for nothing else", () => {
    const beingWritten = () => {
      const made = server({ term: 3, role: "leader" });
      take(made, propose());
      return made;
    };
    const stays: readonly (readonly [ReturnType<typeof server>, Input])[] = [
      [server({ term: 3 }), message(appendEntries({ term: 2 }))],
      [server({ term: 3 }), message(requestVote({ term: 2 }))],
      [server({ term: 3, votedFor: 4 }), message(requestVote({ term: 3 }))],
      [server({ term: 3, log: [3] }), message(requestVote({ term: 4 }))],
      [server({ term: 3, role: "candidate" }), message(vote({ term: 3 }))],
      [server({ term: 3, role: "candidate" }), message(vote({ term: 4, granted: false }))],
      [server({ term: 3 }), message(appended({ term: 4, success: false }))],
      [server({ term: 3, role: "leader" }), { kind: "heartbeatTimeout" }],
      [server({ term: 3, role: "leader" }), propose(1)],
      [server({ term: 3, role: "leader", log: [3] }), message(appended({ term: 3, prevLogIndex: 1, matchIndex: 1 }))],
      [server({ term: 3 }), propose(1)],
      [beingWritten(), { kind: "written" }],
      [server({ term: 3, role: "leader" }), { kind: "electionTimeout" }],
    ];
    for (const [made, input] of stays) expect(resets(made, input)).toBe("stays");
  });
});
