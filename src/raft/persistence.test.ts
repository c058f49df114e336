import { describe, expect, test } from "vitest";
import { votersOnly } from "./configuration.ts";
import {
  appendEntries,
  appended,
  applied,
  durable,
  entries,
  finishWrites,
  logOf,
  production,
  propose,
  receive,
  requestVote,
  sentAppends,
  server,
  type Taken,
  take,
  termsOf,
  ticks,
  vote,
} from "./fixtures.ts";
import { createServer } from "./server.ts";
import type { Server } from "./types.ts";

/** Indices of what is handed to the state machine. */
const page = ({ ready }: Taken) => ready.apply.map(({ index }) => index);
const written = (made: Server) => take(made, { kind: "written" });

describe("Figure 2, updated on stable storage before responding", () => {
  test("what changes in one step is one write, and the step's answers wait for it", () => {
    const made = server({ log: [1, 2, 3] });
    const out = receive(
      made,
      appendEntries({ term: 5, prevLogIndex: 1, prevLogTerm: 1, entries: entries(2, 4, 4), leaderCommit: 1 }),
    );
    expect(out.writes).toMatchObject([
      { number: 1, state: { term: 5, votedFor: 0 }, sync: true, snapshot: null, entries: entries(2, 4, 4) },
    ]);
    expect(out.promises).toMatchObject([{ type: "AppendEntriesReply", success: true }]);
    expect(out.decisions).toContainEqual({ kind: "wroteFirst", server: 1, write: 1, what: "entries" });
  });

  test("what changes in several steps while a write is under way is one write, too", () => {
    const made = server({ term: 1 });
    receive(made, appendEntries({ entries: entries(1, 1) }));
    made.outbox = [];
    for (const index of [1, 2]) {
      const message = appendEntries({ prevLogIndex: index, prevLogTerm: 1, entries: entries(index + 1, 1) });
      receive(made, message);
    }
    expect(made.writes.map(({ lastIndex }) => lastIndex)).toEqual([1, 2, 3]);
    finishWrites(made);
    expect(durable(made)).toBe(3);
  });

  test("a step that changes nothing persistent writes nothing, and its answer says so", () => {
    const nothing = [
      receive(server({ term: 1, log: [1] }), appendEntries({ prevLogIndex: 1, prevLogTerm: 1 })),
      take(server({ term: 1, role: "leader" }), { kind: "heartbeatTimeout" }),
      receive(server({ term: 4 }), requestVote({ term: 3 })),
    ];
    for (const { writes, ready, kinds } of nothing) {
      expect([writes, ready.write?.sync ?? false]).toEqual([[], false]);
      expect(kinds).not.toContain("wroteFirst");
    }
  });

  test("the commit index alone is not worth a write, or (etcd) not worth waiting for", () => {
    const heartbeat = () => appendEntries({ prevLogIndex: 1, prevLogTerm: 1, leaderCommit: 1 });
    expect(receive(server({ term: 1, log: [1] }), heartbeat()).writes).toEqual([]);
    const made = server({ term: 1, log: [1], options: production });
    expect(receive(made, heartbeat(), { options: production }).writes).toMatchObject([
      { state: { commitIndex: 1 }, sync: false },
    ]);
  });

  test("a later answer waits for every earlier write, its own or not", () => {
    const made = server({ term: 1 });
    receive(made, appendEntries({ entries: entries(1, 1) }));
    const heartbeat = receive(made, appendEntries({ prevLogIndex: 1, prevLogTerm: 1 }));
    expect(heartbeat).toMatchObject({ writes: [], promises: [{ matchIndex: 1 }] });
    expect(heartbeat.ready.write).toMatchObject({ number: 2, sync: false });
  });

  test("a term that is adopted alone is written before the next answer, too", () => {
    const made = server({ role: "leader", term: 1 });
    const { writes } = receive(made, appended({ term: 4, success: false }));
    expect(writes).toMatchObject([{ number: 1, sync: true }]);
    const refusal = receive(made, requestVote({ from: 3, term: 2 }));
    expect(refusal).toMatchObject({ promises: [{ granted: false, term: 4 }], ready: { write: { number: 2 } } });
  });

  test("writes are numbered in order, and only writes that were issued finish", () => {
    const made = server({ term: 1, role: "leader" });
    for (const digest of [1, 2, 3]) take(made, propose(digest));
    expect(made.writes.map(({ number, lastIndex }) => [number, lastIndex])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    written(made);
    written(made);
    expect([made.writes[0]?.number, durable(made)]).toEqual([3, 2]);
    finishWrites(made);
    expect(durable(made)).toBe(3);
    expect(() => written(made)).toThrow("a write was under way");
  });
});

describe("what is durable", () => {
  const append = (made: Server, term: number, ...terms: number[]) =>
    receive(made, appendEntries({ term, prevLogIndex: 1, prevLogTerm: 1, entries: entries(2, ...terms) }));

  test("entries on the disk, up to the first that was deleted", () => {
    const made = server({ log: [1, 2, 2], term: 4 });
    expect(durable(made)).toBe(3);
    append(made, 4, 4);
    expect(durable(made)).toBe(1);
    finishWrites(made);
    expect(durable(made)).toBe(2);
  });

  test("ABA: a write of entries that were deleted meanwhile makes nothing durable", () => {
    const made = server({ log: [1], term: 4 });
    append(made, 4, 4, 4);
    append(made, 5, 5, 5);
    expect(termsOf(made)).toEqual([1, 5, 5]);
    written(made);
    expect(durable(made)).toBe(1);
    written(made);
    expect(durable(made)).toBe(3);
  });

  test("ABA: entries that came back are durable with the write that brought them back, not before", () => {
    const made = server({ log: [1], term: 4 });
    append(made, 4, 4);
    append(made, 5, 5);
    append(made, 6, 4);
    written(made);
    expect([termsOf(made), durable(made)]).toEqual([[1, 4], 1]);
    written(made);
    expect(durable(made)).toBe(1);
    written(made);
    expect(durable(made)).toBe(2);
  });

  test("ABA: a write of the same term whose last entry is another one by now is forgotten, and says so", () => {
    const made = server({ log: [1], term: 4 });
    append(made, 4, 4, 4);
    append(made, 4, 3);
    const { decisions } = written(made);
    expect(decisions).toContainEqual({ kind: "writeForgotten", server: 1, write: 1, lastIndex: 3, lastTerm: 4 });
    expect(durable(made)).toBe(1);
  });

  test("a leader that won with unwritten entries counts its own copy only once they are on its disk", () => {
    const made = server({ log: [1], term: 2, servers: 3 });
    receive(made, appendEntries({ term: 2, prevLogIndex: 1, prevLogTerm: 1, entries: entries(2, 2) }));
    take(made, { kind: "electionTimeout" });
    receive(made, vote({ term: 3 }));
    receive(made, vote({ term: 3, from: 3 }));
    expect([made.role, durable(made)]).toEqual(["leader", 1]);
    take(made, propose());
    receive(made, appended({ term: 3, matchIndex: 3 }));
    expect(made.commitIndex).toBe(0);
    finishWrites(made);
    expect([durable(made), made.commitIndex]).toEqual([3, 3]);
  });
});

describe("D 10.2.1: an asynchronous disk", () => {
  const asynchronous = { ...production, asyncDisk: true };
  const how = { options: asynchronous };
  const follower = () => server({ term: 1, options: asynchronous });
  const carried = (count: number, leaderCommit = 0) =>
    appendEntries({ entries: entries(1, ...Array.from({ length: count }, () => 1)), leaderCommit });

  test("a leader's messages leave before its write is done; its own copy counts after it", () => {
    const made = server({ term: 1, role: "leader", servers: 3, options: asynchronous });
    const out = take(made, propose(), how);
    expect(sentAppends({ messages: out.ready.messages })).toEqual(["2: 1–1 after 0/0", "3: 1–1 after 0/0"]);
    expect([out.promises, out.kinds.includes("wroteFirst")]).toEqual([[], false]);
    receive(made, appended({ matchIndex: 1 }), how);
    expect([made.progress[1]!.match, made.commitIndex]).toEqual([0, 0]);
    finishWrites(made, how);
    expect([made.progress[1]!.match, made.commitIndex]).toEqual([1, 1]);
  });

  test("two followers are a majority of three before the leader's own disk is done", () => {
    const made = server({ term: 1, role: "leader", servers: 3, options: asynchronous });
    take(made, propose(), how);
    for (const from of [2, 3]) receive(made, appended({ from, matchIndex: 1 }), how);
    expect([made.commitIndex, durable(made)]).toEqual([1, 0]);
  });

  test("what is committed is applied only once it is on the own disk", () => {
    const made = follower();
    const early = receive(made, carried(2, 2), how);
    expect(made.commitIndex).toBe(2);
    expect(page(early)).toEqual([]);
    expect(page(take(made, { kind: "written" }, how))).toEqual([1, 2]);
  });

  test("with a synchronous disk it is applied in the Ready that writes it", () => {
    const out = receive(server({ term: 1 }), carried(2, 2));
    expect([out.writes[0]?.entries.length, page(out)]).toEqual([2, [1, 2]]);
  });

  test("votes and acknowledgements wait for the disk, requests do not", () => {
    expect(receive(follower(), carried(1), how).ready).toMatchObject({
      messages: [],
      messagesAfterWrite: [{ type: "AppendEntriesReply" }],
    });
    expect(receive(follower(), requestVote(), how).ready).toMatchObject({
      messages: [],
      messagesAfterWrite: [{ type: "RequestVoteReply" }],
    });
    const candidate = take(follower(), { kind: "electionTimeout" }, how).ready;
    expect([candidate.messages.length, candidate.messagesAfterWrite]).toEqual([4, []]);
  });

  test("the own vote of an election that is over does not count", () => {
    const made = follower();
    take(made, { kind: "electionTimeout" }, how);
    take(made, { kind: "electionTimeout" }, how);
    take(made, { kind: "written" }, how);
    expect(made.votes[1]).toBeUndefined();
    take(made, { kind: "written" }, how);
    expect(made.votes[1]).toBe(true);
  });

  test("the own copy of entries of an earlier term of office does not count", () => {
    const made = server({ term: 1, role: "leader", servers: 3, options: asynchronous });
    take(made, propose(), how);
    receive(made, appendEntries({ term: 2, from: 3 }), how);
    take(made, { kind: "electionTimeout" }, how);
    receive(made, vote({ term: 3, from: 3 }), how);
    receive(made, vote({ term: 3, from: 2 }), how);
    expect(made.role).toBe("leader");
    expect(made.progress[1]!.match).toBe(1);
    take(made, { kind: "written" }, how);
    expect([made.progress[1]!.match, made.commitIndex]).toEqual([1, 0]);
  });
});

describe("pages of committed entries", () => {
  const paged = { ...ticks, maxApplyBytes: 3 };
  const how = { options: paged };
  const ready = (commit: number) => {
    const made = server({ term: 1, log: [1, 1, 1, 1, 1, 1, 1], options: paged });
    made.commitIndex = commit;
    return made;
  };

  test("hold at most so many bytes, and the next one follows when the state machine is done", () => {
    const made = ready(7);
    expect(page(take(made, { kind: "heartbeatTimeout" }, how))).toEqual([1, 2, 3]);
    expect(page(take(made, { kind: "heartbeatTimeout" }, how))).toEqual([]);
    expect(page(take(made, applied(made, 1, 3), how))).toEqual([4, 5, 6]);
    expect(page(take(made, applied(made, 4, 6), how))).toEqual([7]);
    expect(page(take(made, applied(made, 7), how))).toEqual([]);
    expect([made.applying, made.lastApplied, made.applyingBytes]).toEqual([7, 7, 0]);
  });

  test("hold one entry at least, however large it is", () => {
    const made = server({ term: 1, options: paged });
    const large = entries(1, 1, 1).map((each) => ({ ...each, command: { digest: 1, bytes: 100 } }));
    receive(made, appendEntries({ entries: large, leaderCommit: 2 }), how);
    expect([made.applying, made.applyPaused]).toEqual([1, true]);
    finishWrites(made, how);
    expect(page(take(made, applied(made, 1), how))).toEqual([2]);
  });
});

test("Figure 2: a restart keeps what is on the disk; everything volatile starts anew", () => {
  const disk = { term: 6, votedFor: 3, log: logOf(1, 5), commitIndex: 0, configuration: votersOnly([1, 2, 3]) };
  const made = createServer(2, disk, ticks, { now: 400, timeout: 15, drawn: 1 });
  expect(made).toMatchObject({ id: 2, term: 6, votedFor: 3, timerSince: 400, timeout: 15, timeoutsDrawn: 1 });
  expect(made).toMatchObject({ role: "follower", leader: 0, commitIndex: 0, lastApplied: 0, votes: [], progress: [] });
  expect(made).toMatchObject({ writesIssued: 0, writes: [], outbox: [], afterWrite: [], ownPromises: [] });
  expect([durable(made), termsOf(made)]).toEqual([2, [1, 5]]);
});

test("a restart with a commit index on the disk hands everything up to there to the state machine again", () => {
  const disk = { term: 6, votedFor: 3, log: logOf(1, 5, 5), commitIndex: 2, configuration: votersOnly([1, 2, 3]) };
  const made = createServer(2, disk, production, { now: 0, timeout: 15, drawn: 1 });
  expect(made).toMatchObject({ commitIndex: 2, applying: 0, lastApplied: 0 });
  const out = take(made, { kind: "heartbeatTimeout" }, { options: production });
  expect([out.writes, out.messages, page(out)]).toEqual([[], [], [1, 2]]);
});
