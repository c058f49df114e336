import { describe, expect, test } from "vitest";
import {
  appendEntries,
  appended,
  command,
  entries,
  finishWrites,
  logOf,
  receive,
  requestVote,
  server,
  take,
  termsOf,
  vote,
} from "./fixtures.ts";
import { createServer } from "./server.ts";
import type { Server } from "./types.ts";

const written = (made: Server, write: number) => take(made, { kind: "written", write });

describe("Figure 2, updated on stable storage before responding", () => {
  test("what changes in one step is one write, and the step's messages wait for it", () => {
    const made = server({ log: [1, 2, 3] });
    const out = receive(
      made,
      appendEntries({ term: 5, prevLogIndex: 1, prevLogTerm: 1, entries: entries(2, 4, 4), leaderCommit: 1 }),
    );
    expect(out.writes).toEqual([{ number: 1, term: 5, votedFor: 0, truncateFrom: 2, entries: entries(2, 4, 4) }]);
    expect(out.afterWrite).toBe(1);
    expect(out.decisions).toContainEqual({ kind: "wroteFirst", server: 1, write: 1, what: "entries" });
  });

  test("a step that changes nothing persistent writes nothing", () => {
    const made = server({ term: 1, log: [1] });
    expect(receive(made, appendEntries({ prevLogIndex: 1, prevLogTerm: 1 }))).toMatchObject({
      writes: [],
      afterWrite: 0,
    });
    expect(take(server({ term: 1, role: "leader" }), { kind: "heartbeatTimeout" }).writes).toEqual([]);
    expect(receive(server({ term: 4 }), requestVote({ term: 3 })).writes).toEqual([]);
  });

  test("a later answer waits for every earlier write, its own or not", () => {
    const made = server({ term: 1 });
    receive(made, appendEntries({ entries: entries(1, 1) }));
    const heartbeat = receive(made, appendEntries({ prevLogIndex: 1, prevLogTerm: 1 }));
    expect(heartbeat).toMatchObject({ writes: [], afterWrite: 1 });
  });

  test("a term that is adopted alone is written before the next answer, too", () => {
    const made = server({ role: "leader", term: 1 });
    receive(made, appended({ term: 4, success: false }));
    const refusal = receive(made, requestVote({ from: 3, term: 2 }));
    expect(refusal.afterWrite).toBe(1);
  });

  test("writes are numbered in order, and only writes that were issued finish", () => {
    const made = server({ term: 1, role: "leader" });
    for (const digest of [1, 2, 3]) take(made, { kind: "propose", command: command(digest) });
    expect(made.writesIssued).toBe(3);
    expect(() => written(made, 4)).toThrow("only writes that were issued");
    written(made, 2);
    expect([made.writesDone, made.durableIndex, made.unwritten]).toEqual([2, 2, [{ write: 3, upTo: 3 }]]);
  });

  test("a finish that is told twice, or late, changes nothing", () => {
    const made = server({ term: 1, role: "leader" });
    for (const digest of [1, 2]) take(made, { kind: "propose", command: command(digest) });
    written(made, 2);
    written(made, 1);
    expect([made.writesDone, made.durableIndex]).toEqual([2, 2]);
  });
});

describe("what is durable", () => {
  test("entries on the disk, up to the first that was deleted", () => {
    const made = server({ log: [1, 2, 2], term: 4 });
    expect(made.durableIndex).toBe(3);
    receive(made, appendEntries({ term: 4, prevLogIndex: 1, prevLogTerm: 1, entries: entries(2, 4) }));
    expect(made.durableIndex).toBe(1);
    finishWrites(made);
    expect(made.durableIndex).toBe(2);
  });

  test("ABA: a write of entries that were deleted meanwhile makes nothing durable", () => {
    const made = server({ log: [1], term: 4 });
    const append = (term: number, ...terms: number[]) =>
      receive(made, appendEntries({ term, prevLogIndex: 1, prevLogTerm: 1, entries: entries(2, ...terms) }));
    append(4, 4, 4, 4);
    append(5, 5, 5);
    expect(termsOf(made)).toEqual([1, 5, 5]);
    written(made, 1);
    expect(made.durableIndex).toBe(1);
    written(made, 2);
    expect(made.durableIndex).toBe(3);
  });

  test("ABA: entries that came back are durable with the write that brought them back, not before", () => {
    const made = server({ log: [1], term: 4 });
    const append = (term: number, ...terms: number[]) =>
      receive(made, appendEntries({ term, prevLogIndex: 1, prevLogTerm: 1, entries: entries(2, ...terms) }));
    append(4, 4);
    append(5, 5);
    append(6, 4);
    written(made, 1);
    expect([termsOf(made), made.durableIndex]).toEqual([[1, 4], 1]);
    written(made, 2);
    expect(made.durableIndex).toBe(1);
    written(made, 3);
    expect(made.durableIndex).toBe(2);
  });

  test("a candidate that wins with unwritten entries offers them only once they are on its disk", () => {
    const made = server({ log: [1], term: 2, servers: 3 });
    receive(made, appendEntries({ term: 2, prevLogIndex: 1, prevLogTerm: 1, entries: entries(2, 2) }));
    take(made, { kind: "electionTimeout" });
    const won = receive(made, vote({ term: 3 }));
    receive(made, vote({ term: 3, from: 3 }));
    expect([made.role, won.afterWrite, made.durableIndex]).toEqual(["leader", 2, 1]);
    made.progress[2]!.next = 2;
    expect(written(made, 1).messages).toMatchObject([{ to: 2, entries: [{ index: 2 }] }]);
  });
});

test("Figure 2: a restart keeps what is on the disk; everything volatile starts anew", () => {
  const disk = { term: 6, votedFor: 3, log: logOf(1, 5) };
  const made = createServer(2, [1, 2, 3], disk, 400, 15);
  expect(made).toMatchObject({ id: 2, term: 6, votedFor: 3, durableIndex: 2, timerSince: 400, timeout: 15 });
  expect(made).toMatchObject({ role: "follower", leader: 0, commitIndex: 0, lastApplied: 0, votes: [], progress: [] });
  expect(made).toMatchObject({ writesIssued: 0, writesDone: 0, unwritten: [] });
  expect(termsOf(made)).toEqual([1, 5]);
});
