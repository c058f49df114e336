import { describe, expect, test } from "vitest";
import {
  appended,
  applied,
  durable,
  finishWrites,
  follows,
  propose,
  receive,
  server,
  take,
  termsOf,
  vote,
} from "./fixtures.ts";
import type { Server } from "./types.ts";

/** A leader of five with the given log, all on its disk, and what it knows of S2 … S5. */
function leader(term: number, log: readonly number[], match: readonly number[] = [0, 0, 0, 0]): Server {
  const made = server({ term, log, role: "leader" });
  match.forEach((each, i) => {
    made.progress[i + 2] = follows(each);
  });
  return made;
}
const stored = (made: Server, from: number, upTo: number) =>
  receive(made, appended({ from, term: made.term, prevLogIndex: upTo - 1, matchIndex: upTo }));

describe("§5.3 the leader commits", () => {
  test("§5.3 an entry that a majority has stored, and with it everything before", () => {
    const made = leader(4, [1, 4, 4]);
    stored(made, 2, 3);
    expect(made.commitIndex).toBe(0);
    const { decisions } = stored(made, 3, 3);
    expect(made.commitIndex).toBe(3);
    expect(decisions).toContainEqual({
      kind: "committed",
      server: 1,
      index: 3,
      from: 1,
      entryTerm: 4,
      term: 4,
      on: [1, 2, 3],
      counts: [{ voters: [1, 2, 3, 4, 5], agree: [1, 2, 3], quorum: 3 }],
    });
  });

  test("§5.3 the highest index that a majority has, not the highest anybody has", () => {
    const made = leader(4, [4, 4, 4, 4]);
    stored(made, 2, 4);
    stored(made, 3, 2);
    expect(made.commitIndex).toBe(2);
  });

  test("§5.3 its own copy counts only once it is on its own disk", () => {
    const made = leader(4, [4]);
    take(made, propose(1));
    for (const from of [2, 3]) stored(made, from, 2);
    expect([durable(made), made.commitIndex]).toEqual([1, 1]);
    finishWrites(made);
    expect([durable(made), made.commitIndex]).toEqual([2, 2]);
  });

  test("§5.3 others may be a majority without it", () => {
    const made = leader(4, [4]);
    take(made, propose(1));
    for (const from of [2, 3, 4]) stored(made, from, 2);
    expect([durable(made), made.commitIndex]).toEqual([1, 2]);
  });

  test("§5.3 a single server commits what is on its disk", () => {
    const made = server({ term: 1, role: "leader", servers: 1 });
    take(made, propose(1));
    expect(made.commitIndex).toBe(0);
    finishWrites(made);
    expect(made.commitIndex).toBe(1);
  });

  test("§5.3 with an even number of servers half is not enough", () => {
    const made = server({ term: 1, log: [1], role: "leader", servers: 4 });
    stored(made, 2, 1);
    expect(made.commitIndex).toBe(0);
    stored(made, 3, 1);
    expect(made.commitIndex).toBe(1);
  });
});

describe("§5.4.2 entries of earlier terms", () => {
  test("§5.4.2 Figure 8 (c): an entry of an earlier term on a majority is not committed by counting", () => {
    const made = leader(4, [1, 2], [1, 1, 0, 0]);
    made.commitIndex = 1;
    stored(made, 2, 2);
    const { decisions } = stored(made, 3, 2);
    expect(made.commitIndex).toBe(1);
    expect(decisions).toContainEqual({
      kind: "notCommittedOldTerm",
      server: 1,
      index: 2,
      entryTerm: 2,
      term: 4,
      on: [1, 2, 3],
      counts: [{ voters: [1, 2, 3, 4, 5], agree: [1, 2, 3], quorum: 3 }],
    });
  });

  test("§5.4.2 Figure 8 (e): it is committed with the first entry of the leader's own term", () => {
    const made = leader(4, [1, 2, 4], [2, 2, 0, 0]);
    made.commitIndex = 1;
    stored(made, 2, 3);
    expect(made.commitIndex).toBe(1);
    stored(made, 3, 3);
    expect(made.commitIndex).toBe(3);
  });

  test("§5.4.2 a new leader commits nothing before an entry of its own term is stored", () => {
    const made = server({ term: 4, log: [1, 2], role: "candidate", servers: 3 });
    receive(made, vote({ term: 4 }));
    for (const from of [2, 3]) stored(made, from, 2);
    expect([made.role, made.commitIndex]).toEqual(["leader", 0]);
    take(made, propose(1));
    finishWrites(made);
    stored(made, 2, 3);
    expect(made.commitIndex).toBe(3);
  });
});

describe("§5.3 applying", () => {
  test("§5.3 only what is committed is handed to the state machine", () => {
    const made = server({ log: [1, 1, 1] });
    made.commitIndex = 2;
    const { ready } = take(made, { kind: "heartbeatTimeout" });
    expect(ready.apply.map(({ index }) => index)).toEqual([1, 2]);
    expect(take(made, { kind: "heartbeatTimeout" }).ready.apply).toEqual([]);
  });

  test("§5.3 what is applied is applied once, in order", () => {
    const made = server({ log: [1, 1, 1] });
    made.commitIndex = 2;
    expect(take(made, applied(made, 2)).decisions).toEqual([{ kind: "applied", server: 1, index: 2, commitIndex: 2 }]);
    const before = structuredClone(made);
    expect(take(made, applied(made, 2)).decisions).toEqual([]);
    expect(made).toEqual(before);
  });

  test("§5.3 a leader never deletes or changes its own entries", () => {
    const made = leader(4, [1, 2, 4]);
    for (const from of [2, 3, 4, 5]) {
      stored(made, from, 3);
      receive(made, appended({ from, term: 4, success: false, prevLogIndex: 3 }));
    }
    expect(termsOf(made)).toEqual([1, 2, 4]);
  });
});
