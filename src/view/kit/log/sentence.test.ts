import { describe, expect, test } from "vitest";
import { pieces, wordWithId } from "../../../explain/glossary/find.ts";
import type { ProgressView, ServerView } from "../../../worker/protocol/server.ts";
import { progressState } from "../words/words.ts";
import {
  asItStands,
  cellState,
  commandIn,
  describeCell,
  entryAt,
  foldedBy,
  progressWords,
  viewingLeader,
} from "./cells.ts";
import { rowParts, shortened } from "./sentence.ts";

const rowSentence = (...row: Parameters<typeof rowParts>): string => shortened(rowParts(...row), 1000);

/** A server whose log has these terms, all of it on disk. */
function server(id: number, terms: readonly number[], commit: number, over: Partial<ServerView> = {}): ServerView {
  const cells = terms.map((term, i) => ({ term, text: `put x=${i + 1}` }));
  return {
    id,
    leads: [],
    status: "up",
    role: "follower",
    term: Math.max(1, ...terms),
    votedFor: 0,
    leader: 0,
    commitIndex: commit,
    lastApplied: commit,
    lastIndex: terms.length,
    base: 0,
    baseTerm: 0,
    member: "voter",
    configuration: "1,2,3,4,5",
    outgoing: [],
    clock: null,
    learnersNext: [],
    autoLeave: false,
    reads: [],
    lease: null,
    changed: null,
    learners: [],
    transferee: 0,
    electionDueAt: null,
    electionTimeout: 0,
    heartbeatDueAt: null,
    votes: null,
    voters: [1, 2, 3, 4, 5],
    progress: null,
    disk: {
      term: 1,
      votedFor: 0,
      lastIndex: terms.length,
      durable: terms.length,
      pending: 0,
      doneAt: null,
      waiting: 0,
    },
    doing: "follower",
    tail: cells.slice(-8),
    cellsFrom: 1,
    cells,
    store: [],
    ...over,
  };
}
const disk = (lastIndex: number, pending: number): ServerView["disk"] => ({
  term: 1,
  votedFor: 0,
  lastIndex,
  durable: lastIndex,
  pending,
  doneAt: null,
  waiting: 0,
});
const progress = (matches: readonly [server: number, match: number][]): readonly ProgressView[] =>
  matches.map(([id, match]) => ({
    ...{ server: id, match, next: match + 1, outstanding: 0 },
    ...{ state: "replicate", inflight: 0, pendingSnapshot: 0, snapshotPercent: null },
  }));
const leader = (
  id: number,
  terms: readonly number[],
  commit: number,
  matches: readonly [number, number][],
  over: Partial<ServerView> = {},
) => server(id, terms, commit, { role: "leader", progress: progress(matches), ...over });

describe("§7 a log that begins after a snapshot", () => {
  const compacted = server(1, [1, 1, 2, 2], 4, { base: 3, baseTerm: 2, cellsFrom: 4, cells: [{ term: 2, text: "" }] });
  const cut = { ...compacted, tail: compacted.cells };
  test("holds the entries after it, and says what stands for the others", () => {
    expect([3, 4].map((index) => entryAt(cut, index)?.term)).toEqual([undefined, 2]);
    expect(describeCell(cut, 2)).toBe("S1: a snapshot stands for entries 1–3, the last of them of term 2");
    expect(rowSentence({ ...cut, status: "down" }, [cut])).toBe("down · a snapshot of 1–3 and one entry on disk");
  });
  test("is folded as far as every log that has entries is", () => {
    expect(foldedBy([cut, server(2, [], 0)])).toBe(3);
    expect(foldedBy([cut, server(2, [1], 0)])).toBe(0);
    expect(foldedBy([])).toBe(0);
  });
});

describe("what the leader knows of a follower", () => {
  const row = (over: Partial<ProgressView>): string | null => progressWords({ ...progress([[2, 4]])[0]!, ...over });
  test("is said where it is not the usual", () => {
    expect(row({})).toBeNull();
    expect(row({ state: "probe", next: 9 })).toBe("probing");
    expect(row({ state: "probe" })).toBeNull();
    expect(row({ state: "snapshot", pendingSnapshot: 37 })).toBe("gets a snapshot up to 37");
    expect(row({ state: "snapshot", pendingSnapshot: 37, snapshotPercent: 60 })).toBe(
      "gets a snapshot up to 37, 60 % of the way",
    );
    expect(row({ inflight: 3 })).toBe("3 under way");
    expect(progressWords(null)).toBeNull();
  });
  test("stands in its row, and so does what it is in the cluster", () => {
    const one = server(4, [1, 1], 2, { member: "learner" });
    expect(rowSentence(one, [one], { ...progress([[4, 0]])[0]!, state: "probe", next: 3 })).toBe(
      "learner · commit 2 · probing",
    );
    const ready = server(5, [], 0, { member: "none" });
    expect(rowSentence(ready, [ready])).toBe("not a member · no entries yet");
  });
  test("§6 in a joint configuration is counted in both halves", () => {
    const joint = { configuration: "3,4,5&1,2,3", outgoing: [1, 2, 3] };
    const one = leader(
      1,
      [1, 1],
      1,
      [
        [2, 1],
        [3, 2],
        [4, 1],
        [5, 1],
      ],
      joint,
    );
    expect(rowSentence(one, [one])).toBe("commit 1 · entry 2 known on 2 of 3 old, 1 of 3 new, needs both");
  });
});

describe("short words of a log", () => {
  const defined = (text: string): readonly string[] =>
    pieces(text).flatMap((piece) => (typeof piece === "string" ? [] : piece.id));
  const told = (over: Partial<ProgressView>): string => {
    const one = server(4, [1, 1], 2);
    return rowSentence(one, [one], { ...progress([[4, 0]])[0]!, next: 3, ...over });
  };

  test("have a definition in the rows and in the table of a leader's followers", () => {
    expect(defined(told({ state: "probe" }))).toEqual(["committed", "probing"]);
    expect(defined(told({ state: "snapshot", pendingSnapshot: 2 }))).toEqual(["committed", "snapshot"]);
    for (const state of ["probe", "replicate", "snapshot"] as const)
      expect(defined(progressState({ state, pendingSnapshot: 3, snapshotPercent: null } as ProgressView))).toHaveLength(
        1,
      );
  });
  test("and in the key, under the names of the paper", () => {
    expect(["matchindex", "nextindex"].map((id) => wordWithId(id)?.word)).toEqual(["matchIndex", "nextIndex"]);
  });
});

describe("the sentence at the end of a row", () => {
  test("says the commit index and nothing that is not certain", () => {
    const quiet = server(1, [1, 1], 2);
    expect(rowSentence(quiet, [quiet])).toBe("commit 2");
  });
  test("an empty log, and a server that is down", () => {
    const empty = server(1, [], 0);
    const down = server(2, [1], 0, { status: "down" });
    expect(rowSentence(empty, [empty])).toBe("no entries yet");
    expect(rowSentence(down, [down])).toBe("down · one entry on disk");
  });
  test("§5.4 entries that contradict a committed one will be overwritten", () => {
    const old = server(1, [1, 1, 2, 2, 2], 3);
    const other = server(4, [1, 1, 2, 3], 4);
    expect(rowSentence(old, [old, other])).toBe("commit 3 · two entries that will be overwritten");
  });
  test("an uncommitted difference proves nothing", () => {
    const old = server(1, [1, 1, 2, 2], 2);
    const other = server(4, [1, 1, 3], 2);
    expect(rowSentence(old, [old, other])).toBe("commit 2");
  });
  test("§5.3 the number is left out where the first contradiction is not in sight", () => {
    const old = server(1, [1, 2, 2, 2], 0, { cellsFrom: 4, cells: [{ term: 2, text: "" }], tail: [] });
    const other = server(4, [1, 1, 1, 3], 4);
    expect(rowSentence(old, [old, other])).toBe("commit 0 · its last entries will be overwritten");
  });
  test("an entry that is being written", () => {
    const one = server(5, [1, 1, 3], 2, { disk: disk(2, 1) });
    const two = server(5, [1, 3, 3], 1, { disk: disk(1, 2) });
    expect(rowSentence(one, [one])).toBe("commit 2 · entry 3 on its way to disk");
    expect(rowSentence(two, [two])).toBe("commit 1 · entries 2–3 on their way to disk");
  });
  test("§5.3 a leader counts the copies that it knows of, its own disk included", () => {
    const s4 = leader(4, [1, 3], 1, [
      [1, 0],
      [2, 1],
      [3, 2],
      [5, 1],
    ]);
    expect(rowSentence(s4, [s4])).toBe("commit 1 · entry 2 known on 2 of 5, needs 3");
    const writing = leader(
      4,
      [1, 3],
      1,
      [
        [1, 0],
        [2, 1],
        [3, 2],
        [5, 2],
      ],
      { disk: disk(1, 0) },
    );
    expect(rowSentence(writing, [writing])).toBe("commit 1 · entry 2 known on 2 of 5, needs 3");
  });
  test("§5.4.2 copies of an older term's entry do not commit it", () => {
    const s1 = leader(
      1,
      [1, 2],
      1,
      [
        [2, 2],
        [3, 2],
        [4, 0],
        [5, 0],
      ],
      { term: 4 },
    );
    expect(rowSentence(s1, [s1])).toBe("commit 1 · entry 2 known on 3 of 5, but of an older term");
  });
  test("§5.4.2 of what a majority stores the newest is named", () => {
    const s1 = leader(1, [1, 2, 4], 0, [
      [2, 2],
      [3, 2],
      [4, 0],
      [5, 0],
    ]);
    expect(rowSentence(s1, [s1])).toBe("commit 0 · entries 1–2 known on 3 of 5, but of an older term");
  });
  test("with little room what matters stays whole: first the sending goes, then the commit index", () => {
    const s4 = leader(4, [1, 3], 1, [[3, 2]]);
    const parts = rowParts(s4, [s4], { ...progress([[4, 0]])[0]!, state: "probe", next: 3 });
    expect([60, 45, 34, 10].map((letters) => shortened(parts, letters))).toEqual([
      "commit 1 · entry 2 known on 2 of 5, needs 3 · probing",
      "commit 1 · entry 2 known on 2 of 5, needs 3",
      "entry 2 known on 2 of 5, needs 3",
      "entry 2 known on 2 of 5, needs 3",
    ]);
  });
  test("says no more than it is to: what is needed, or what is there", () => {
    const s1 = leader(1, [1, 1], 1, [[2, 1]]);
    const s4 = server(4, [1, 2], 2);
    const seen = (server: ServerView) =>
      (["fate", "needs", "now"] as const).map((reach) => rowSentence(server, [s1, s4], null, reach));
    expect(seen(s1)).toEqual([
      "commit 1 · one entry that will be overwritten",
      "commit 1 · entry 2 known on 1 of 5, needs 3",
      "commit 1",
    ]);
  });
  test("a follower that has a committed entry without knowing it", () => {
    const s3 = server(3, [1, 1, 3], 2);
    const s4 = server(4, [1, 1, 3], 3);
    expect(rowSentence(s3, [s3, s4])).toBe("commit 2 · not told of commit 3");
  });
  test("a follower with a shorter log than the leader of its term", () => {
    const s3 = server(3, [1], 1);
    const s4 = leader(4, [1, 1, 1], 1, []);
    expect(rowSentence(s3, [s3, s4])).toBe("commit 1 · two entries fewer than S4");
  });
});

describe("cells", () => {
  test("show the command where there is room for all of it", () => {
    expect(commandIn("put x=1", 3)).toBe("x=1");
    expect(commandIn("put x=17", 3)).toBe("");
    expect(commandIn("get x", 5)).toBe("get x");
  });
  test("come from what was asked for, else from the tail, else are unknown", () => {
    const one = server(1, [1, 1, 2], 1, { cells: [{ term: 1, text: "put x=1" }], tail: [{ term: 2, text: "get x" }] });
    expect([1, 2, 3, 4].map((index) => entryAt(one, index)?.term)).toEqual([1, undefined, 2, undefined]);
  });
  test("tell committed, applied and durable apart", () => {
    const one = server(1, [1, 1, 2], 2, { lastApplied: 1, disk: disk(2, 1) });
    expect([1, 2, 3].map((index) => cellState(one, index))).toMatchObject([
      { committed: true, applied: true, durable: true },
      { committed: true, applied: false, durable: true },
      { committed: false, applied: false, durable: false },
    ]);
    expect(describeCell(one, 3)).toBe("S1, entry 3 of term 2, put x=3: not known to be committed, not on disk yet");
    expect(describeCell(one, 4)).toBe("S1 has no entry 4");
  });
  test("show the view of the selected leader, else of the live one with the highest term", () => {
    const old = leader(1, [1], 1, [], { term: 2 });
    const fresh = leader(4, [1], 1, [], { term: 3 });
    expect(viewingLeader([old, fresh], 0)?.id).toBe(4);
    expect(viewingLeader([old, fresh], 1)?.id).toBe(1);
    expect(viewingLeader([old, { ...fresh, status: "down" }], 4)?.id).toBe(1);
    expect(viewingLeader([server(2, [], 0)], 2)).toBeNull();
  });
  test("of a server that is down are those on its disk, and it knows none of them to be committed", () => {
    const one = asItStands(server(1, [1, 1, 2], 2, { status: "down", disk: disk(2, 0) }));
    expect([1, 2, 3].map((index) => cellState(one, index)?.committed)).toEqual([false, false, undefined]);
    expect(entryAt(one, 2)?.term).toBe(1);
  });
});
