import { describe, expect, test } from "vitest";
import {
  answer,
  appendEntries,
  appended,
  propose as asked,
  broken,
  command,
  entries,
  finishWrites,
  follows,
  receive,
  sentAppends,
  server,
  stateOf,
  take,
  termsOf,
  ticks,
} from "./fixtures.ts";
import type { Server } from "./types.ts";

const propose = (made: Server, count = 1, now = 5): void => {
  for (let i = 0; i < count; i++) take(made, asked(i + 1), { now });
};
/** A leader of term 4 of three servers, with entries on its disk that S2 and S3 are believed to have. */
function leaderOf(log: readonly number[], match = log.length): Server {
  const made = server({ term: 4, log, role: "leader", servers: 3 });
  for (const id of [2, 3]) made.progress[id] = follows(match);
  return made;
}

describe("§5.3 a follower takes AppendEntries", () => {
  const request = (prevLogIndex: number, prevLogTerm: number, ...terms: number[]) =>
    appendEntries({ term: 4, prevLogIndex, prevLogTerm, entries: entries(prevLogIndex + 1, ...terms) });

  test("§5.3 appends new entries after the one that both have, and writes them", () => {
    const made = server({ log: [1, 2], term: 4 });
    const out = receive(made, request(2, 2, 4, 4));
    expect(termsOf(made)).toEqual([1, 2, 4, 4]);
    expect(out.writes).toMatchObject([{ number: 1, state: null, sync: true, entries: entries(3, 4, 4) }]);
    expect(answer(out, "AppendEntriesReply")).toMatchObject({ success: true, matchIndex: 4 });
    expect(made.leader).toBe(2);
  });

  test("§5.3 refuses if its log does not reach prevLogIndex", () => {
    const made = server({ log: [1, 2], term: 4 });
    const out = receive(made, request(3, 2, 4));
    expect(answer(out, "AppendEntriesReply")).toMatchObject({ success: false, prevLogIndex: 3, matchIndex: 0 });
    expect(out.decisions).toContainEqual({
      kind: "appendRefusedMissing",
      server: 1,
      from: 2,
      prevIndex: 3,
      lastIndex: 2,
    });
    expect(termsOf(made)).toEqual([1, 2]);
  });

  test("§5.3 refuses if its entry at prevLogIndex has another term, and deletes nothing for that", () => {
    const made = server({ log: [1, 3], term: 4 });
    const out = receive(made, request(2, 2, 4));
    expect(answer(out, "AppendEntriesReply").success).toBe(false);
    expect(out.kinds).toContain("appendRefusedConflict");
    expect(termsOf(made)).toEqual([1, 3]);
    expect(out.writes).toEqual([]);
  });

  test("§5.3 an entry in conflict is deleted with all that follow it", () => {
    const made = server({ log: [1, 2, 2, 3, 3], term: 4 });
    const out = receive(made, request(2, 2, 4));
    expect(termsOf(made)).toEqual([1, 2, 4]);
    expect(out.writes).toMatchObject([{ number: 1, state: null, sync: true, entries: entries(3, 4) }]);
    expect(out.decisions).toContainEqual({
      kind: "entriesDeleted",
      server: 1,
      first: 3,
      last: 5,
      ownTerm: 2,
      leaderTerm: 4,
      commitIndex: 0,
    });
  });

  test("§5.3 entries before the conflict stay where they are", () => {
    const made = server({ log: [1, 2, 2, 3], term: 4 });
    const out = receive(made, request(1, 1, 2, 2, 4));
    expect(termsOf(made)).toEqual([1, 2, 2, 4]);
    expect(out.writes[0]).toMatchObject({ entries: entries(4, 4) });
  });

  test("§5.3 only a conflict deletes: a delayed, shorter request does not shorten the log", () => {
    const made = server({ log: [1, 2, 4, 4], term: 4 });
    const out = receive(made, request(1, 1, 2));
    expect(termsOf(made)).toEqual([1, 2, 4, 4]);
    expect(out.writes).toEqual([]);
    expect(out.kinds).toContain("nothingDeleted");
    expect(answer(out, "AppendEntriesReply")).toMatchObject({ success: true, matchIndex: 2 });
  });

  test("§5.3 the same request again changes nothing and gets the same answer", () => {
    const made = server({ log: [1], term: 4 });
    const first = answer(receive(made, request(1, 1, 4, 4)), "AppendEntriesReply");
    const before = stateOf(made);
    const out = receive(made, request(1, 1, 4, 4));
    expect(answer(out, "AppendEntriesReply")).toEqual(first);
    expect([out.writes, stateOf(made)]).toEqual([[], before]);
  });

  test("§5.3 a request that overlaps adds what is new", () => {
    const made = server({ log: [1, 4], term: 4 });
    const out = receive(made, request(0, 0, 1, 4, 4));
    expect(termsOf(made)).toEqual([1, 4, 4]);
    expect(out.writes[0]).toMatchObject({ entries: entries(3, 4) });
  });

  test("§5.3 a heartbeat is held to the same check, and its success says no more than prevLogIndex", () => {
    const made = server({ log: [1, 2, 3], term: 4 });
    expect(answer(receive(made, request(2, 2)), "AppendEntriesReply")).toMatchObject({ success: true, matchIndex: 2 });
    expect(answer(receive(made, request(2, 1)), "AppendEntriesReply")).toMatchObject({ success: false, matchIndex: 0 });
    expect(answer(receive(made, request(7, 4)), "AppendEntriesReply").success).toBe(false);
    expect(termsOf(made)).toEqual([1, 2, 3]);
  });
});

describe("§5.3 a follower's commit index", () => {
  const commitAfter = (leaderCommit: number, prevLogIndex: number, count: number, commit = 0): number => {
    const made = server({ log: [1, 1, 1, 1], term: 4, commit });
    const carried = entries(prevLogIndex + 1, ...Array.from({ length: count }, () => 1));
    receive(made, appendEntries({ term: 4, prevLogIndex, prevLogTerm: 1, entries: carried, leaderCommit }));
    return made.commitIndex;
  };
  test("Figure 2: is the smaller of the leader's and the last entry that the request verified", () => {
    expect([commitAfter(3, 1, 1), commitAfter(2, 1, 3), commitAfter(9, 4, 2), commitAfter(3, 1, 0)]).toEqual([
      2, 2, 6, 1,
    ]);
  });
  test("Figure 2: never goes back", () => {
    expect([commitAfter(1, 1, 1, 3), commitAfter(4, 1, 1, 3)]).toEqual([3, 3]);
  });
  test("§5.3 stays where it is when the request is refused", () => {
    const made = server({ log: [1, 1], term: 4 });
    receive(made, appendEntries({ term: 4, prevLogIndex: 2, prevLogTerm: 3, leaderCommit: 2 }));
    expect(made.commitIndex).toBe(0);
  });
});

describe("§5.3 the leader sends", () => {
  test("§5.3 a command is appended, written and sent; what waits for what is the business of the Ready", () => {
    const made = leaderOf([1, 4]);
    const out = take(made, asked(7));
    expect([out.refused, termsOf(made)]).toEqual([null, [1, 4, 4]]);
    expect(out.writes).toMatchObject([{ sync: true, entries: [{ index: 3, term: 4, command: command(7) }] }]);
    expect(out.decisions).toContainEqual({ kind: "wroteFirst", server: 1, write: 1, what: "entries" });
    expect(sentAppends(out)).toEqual(["2: 3–3 after 2/4", "3: 3–3 after 2/4"]);
  });

  test("§5.3 one request with entries at a time; the answer sends the next one", () => {
    const made = leaderOf([1]);
    expect(sentAppends(take(made, asked(1)))).toHaveLength(2);
    expect(sentAppends(take(made, asked(2)))).toEqual([]);
    expect(sentAppends(finishWrites(made))).toEqual([]);
    expect(made.progress[2]).toMatchObject({ next: 2, match: 1, outstanding: 2 });
    const out = receive(made, appended({ term: 4, prevLogIndex: 1, matchIndex: 2 }));
    expect(sentAppends(out)).toEqual(["2: 3–3 after 2/4"]);
    expect(made.progress[2]).toMatchObject({ next: 3, match: 2, outstanding: 3 });
  });

  test("§5.3 commands that came meanwhile travel together, at most so many in one request", () => {
    const made = leaderOf([1]);
    expect(sentAppends(take(made, asked(1)))).toEqual(["2: 2–2 after 1/1", "3: 2–2 after 1/1"]);
    propose(made, 5);
    const out = receive(made, appended({ term: 4, prevLogIndex: 1, matchIndex: 2 }));
    expect(sentAppends(out)).toEqual(["2: 3–5 after 2/4"]);
    expect(sentAppends(receive(made, appended({ term: 4, matchIndex: 5 })))).toEqual(["2: 6–7 after 5/4"]);
  });

  test("§5.3 an unanswered request is sent again with a heartbeat, but not before its time", () => {
    const made = leaderOf([1]);
    propose(made, 1, 10);
    finishWrites(made, { now: 11 });
    const early = take(made, { kind: "heartbeatTimeout" }, { now: 10 + ticks.retryAfter - 1 });
    expect(sentAppends(early)).toEqual(["2: – after 1/1", "3: – after 1/1"]);
    const due = take(made, { kind: "heartbeatTimeout" }, { now: 10 + ticks.retryAfter });
    expect(sentAppends(due)).toEqual(["2: 2–2 after 1/1", "3: 2–2 after 1/1"]);
    expect(due.decisions).toMatchObject([{ again: true }, { again: true }]);
    expect(sentAppends(take(made, { kind: "heartbeatTimeout" }, { now: 19 }))).toEqual([
      "2: – after 1/1",
      "3: – after 1/1",
    ]);
  });

  test("§5.2 heartbeats carry the commit index and are due again after the interval", () => {
    const made = leaderOf([1, 4]);
    made.commitIndex = 2;
    const { messages } = take(made, { kind: "heartbeatTimeout" }, { now: 30 });
    expect(messages).toMatchObject([{ leaderCommit: 2 }, { leaderCommit: 2 }]);
    expect(made.heartbeatSince).toBe(30);
  });

  test("§5.2 nobody else sends heartbeats", () => {
    for (const role of ["follower", "candidate"] as const)
      expect(take(server({ role, term: 1 }), { kind: "heartbeatTimeout" }).messages).toEqual([]);
  });
});

describe("§5.3 the leader hears answers", () => {
  test("§5.3 matchIndex comes from the request that was answered, not from the leader's own log", () => {
    const made = leaderOf([1, 4, 4, 4], 1);
    receive(made, appended({ term: 4, prevLogIndex: 1, matchIndex: 2 }));
    expect(made.progress[2]).toMatchObject({ match: 2, next: 3 });
  });

  test("§5.3 matchIndex never goes back, and neither does nextIndex below it", () => {
    const made = leaderOf([1, 4, 4], 3);
    receive(made, appended({ term: 4, prevLogIndex: 1, matchIndex: 2 }));
    expect(made.progress[2]).toMatchObject({ match: 3, next: 4 });
  });

  test("§5.3 after a refusal nextIndex backs up by one, and what follows is sent at once", () => {
    const made = leaderOf([1, 4, 4], 0);
    made.progress[2]!.next = 4;
    const out = receive(made, appended({ term: 4, success: false, prevLogIndex: 3 }));
    expect(made.progress[2]).toMatchObject({ next: 3, match: 0 });
    expect(sentAppends(out)).toEqual(["2: 3–3 after 2/4"]);
    expect(out.decisions[0]).toEqual({ kind: "nextBackedUp", server: 1, follower: 2, from: 4, to: 3 });
  });

  test("§5.3 it backs up to the first entry at most, which nobody can refuse", () => {
    const made = leaderOf([4], 0);
    made.progress[3]!.next = 2;
    const out = receive(made, appended({ term: 4, from: 3, success: false, prevLogIndex: 1 }));
    expect(sentAppends(out)).toEqual(["3: 1–1 after 0/0"]);
  });

  test("§5.3 an older refusal, late or doubled, says nothing new", () => {
    const made = leaderOf([1, 4, 4], 0);
    made.progress[2]!.next = 3;
    const late = receive(made, appended({ term: 4, success: false, prevLogIndex: 3 }));
    expect(late).toMatchObject({ messages: [], kinds: ["staleAnswer"] });
    expect(made.progress[2]!.next).toBe(3);
  });

  test("Figure 2: a refusal of what had been acknowledged counts, and what was lost is sent again", () => {
    const made = leaderOf([1, 4, 4], 3);
    const first = receive(made, appended({ term: 4, success: false, prevLogIndex: 3 }));
    expect(first.decisions[0]).toEqual({ kind: "nextBackedUp", server: 1, follower: 2, from: 4, to: 3, match: 3 });
    expect(sentAppends(first)).toEqual(["2: 3–3 after 2/4"]);
    receive(made, appended({ term: 4, success: false, prevLogIndex: 2 }));
    expect(sentAppends(receive(made, appended({ term: 4, success: false, prevLogIndex: 1 })))).toEqual([
      "2: 1–3 after 0/0",
    ]);
    expect(made.progress[2]).toMatchObject({ next: 1, match: 3 });
    receive(made, appended({ term: 4, matchIndex: 2 }));
    expect(made.progress[2]).toMatchObject({ next: 3, match: 3 });
    receive(made, appended({ term: 4, prevLogIndex: 2, matchIndex: 3 }));
    expect(made.progress[2]).toMatchObject({ next: 4, match: 3 });
  });

  test("etcd: a refusal of what is known to match is stale", () => {
    const made = leaderOf([1, 4, 4], 3);
    const out = receive(made, appended({ term: 4, success: false, prevLogIndex: 3 }), {
      options: { ...ticks, backtracking: "byHint" },
    });
    expect(out.decisions).toMatchObject([{ kind: "staleAnswer", acknowledged: true }]);
    expect(made.progress[2]).toMatchObject({ next: 4, match: 3 });
  });

  test("§5.3 the answer to a heartbeat does not end the wait for the entries", () => {
    const made = leaderOf([1]);
    propose(made);
    finishWrites(made);
    const out = receive(made, appended({ term: 4, prevLogIndex: 1, matchIndex: 1 }));
    expect(out.messages).toEqual([]);
    expect(made.progress[2]).toMatchObject({ outstanding: 2, next: 2 });
  });

  test("§5.3 a follower far behind is repaired step by step until the logs are equal", () => {
    const leader = server({ term: 8, log: [1, 1, 1, 4, 4, 5, 5, 6, 6, 6], role: "leader", servers: 2 });
    const follower = server({ id: 2, servers: 2, term: 8, log: [1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3] });
    let line = take(leader, { kind: "heartbeatTimeout" }).messages;
    let requests = 0;
    while (line.length > 0) {
      requests++;
      const [reply] = receive(follower, line[0]!).messages;
      finishWrites(follower);
      line = receive(leader, reply!).messages;
    }
    expect(termsOf(follower)).toEqual(termsOf(leader));
    expect(leader.progress[2]).toMatchObject({ match: 10, next: 11, outstanding: 0 });
    expect(requests).toBe(1 + 7 + 2);
  });
});

test("rules are asked, never copied: with another rule the engine does something else", () => {
  const made = server({ log: [1, 2, 4, 4], term: 4 });
  const short = appendEntries({ term: 4, prevLogIndex: 1, prevLogTerm: 1, entries: entries(2, 2) });
  receive(made, short, { by: broken({ conflict: () => true }) });
  expect(termsOf(made)).toEqual([1, 2]);
});
