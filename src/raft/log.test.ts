import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Entry } from "./entry.ts";
import { command, entry, logOf } from "./fixtures.ts";
import {
  append,
  copyLog,
  emptyLog,
  entryAt,
  lastIndex,
  lastTerm,
  prefixHash,
  type RaftLog,
  sameEntry,
  slice,
  termAt,
  truncate,
} from "./log.ts";

const all = (log: RaftLog): readonly Entry[] => slice(log, 1, lastIndex(log));

describe("the log", () => {
  test("before the first entry stands index 0 with term 0", () => {
    const log = emptyLog();
    expect([lastIndex(log), lastTerm(log), termAt(log, 0)]).toEqual([0, 0, 0]);
  });

  test("entries are appended without gaps", () => {
    expect(() => append(logOf(1, 1), entry(4, 1))).toThrow("without gaps");
    expect(() => append(logOf(1, 1), entry(2, 1))).toThrow("without gaps");
  });

  test("there is nothing beyond the end, also where a copy has gone on", () => {
    const log = logOf(1, 1);
    append(copyLog(log), entry(3, 2));
    expect(() => entryAt(log, 3)).toThrow("inside the log");
    expect(() => prefixHash(log, 3)).toThrow("a prefix that the log knows");
    expect(() => entryAt(log, 0)).toThrow("inside the log");
  });

  test("a slice is empty if it ends before it begins", () => {
    expect(slice(logOf(1, 1), 2, 1)).toEqual([]);
    expect(slice(logOf(1, 2, 3), 2, 3)).toEqual([entry(2, 2), entry(3, 3)]);
  });

  test("truncating beyond the end changes nothing", () => {
    const log = logOf(1, 2);
    truncate(log, 3);
    expect(all(log)).toEqual([entry(1, 1), entry(2, 2)]);
  });

  test("entries are the same if index, term and command are", () => {
    const noOp: Entry = { index: 1, term: 1, command: null, change: null };
    expect(sameEntry(noOp, { ...noOp })).toBe(true);
    expect(sameEntry(noOp, { ...noOp, command: command(1) })).toBe(false);
    expect(sameEntry(entry(1, 1), { ...entry(1, 1), command: command(5) })).toBe(false);
    expect(sameEntry(entry(1, 1), { ...entry(1, 1), term: 2 })).toBe(false);
  });
});

describe("§5.3 Log Matching by prefix hash", () => {
  test("equal logs that were made apart have equal hashes", () => {
    expect(prefixHash(logOf(1, 2, 3), 3)).toBe(prefixHash(logOf(1, 2, 3), 3));
  });

  test("a different command, term or earlier entry shows in every later hash", () => {
    const hashes = [logOf(1, 2, 2), logOf(2, 2, 2), logOf(1, 1, 2), logOf(1, 2, 3)].map((log) => prefixHash(log, 3));
    expect(new Set(hashes).size).toBe(4);
    const other = logOf(1, 2);
    append(other, { ...entry(3, 2), command: null, change: null });
    expect(hashes).not.toContain(prefixHash(other, 3));
  });
});

/** A log beside the plain array that it must behave like. */
interface Pair {
  readonly log: RaftLog;
  model: Entry[];
}
const action = fc.record({
  which: fc.nat(7),
  what: fc.constantFrom("append", "append", "append", "grow", "copy", "truncate"),
  /** Few terms, so that copies often append the same entry at the same place, and often not. */
  term: fc.integer({ min: 1, max: 2 }),
  at: fc.nat(600),
});

function perform(pairs: Pair[], { which, what, term, at }: typeof action extends fc.Arbitrary<infer T> ? T : never) {
  const pair = pairs[which % pairs.length]!;
  switch (what) {
    case "copy":
      pairs.push({ log: copyLog(pair.log), model: [...pair.model] });
      break;
    case "truncate": {
      const first = 1 + (at % (pair.model.length + 1));
      truncate(pair.log, first);
      pair.model = pair.model.slice(0, first - 1);
      break;
    }
    default:
      for (let i = 0; i < (what === "grow" ? at % 300 : 1); i++) {
        const next = entry(pair.model.length + 1, term);
        append(pair.log, next);
        pair.model.push(next);
      }
  }
}

/** The hash that a log has which was built from nothing. */
function hashOf(model: readonly Entry[], index: number): number {
  const log = emptyLog();
  for (const each of model.slice(0, index)) append(log, each);
  return prefixHash(log, index);
}

test("copies that share chunks behave like plain arrays, whoever appends or truncates", () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), (list) => {
      const pairs: Pair[] = [{ log: emptyLog(), model: [] }];
      for (const each of list) perform(pairs, each);
      for (const { log, model } of pairs) {
        expect(all(log)).toEqual(model);
        const middle = model.length >> 1;
        expect(prefixHash(log, middle)).toBe(hashOf(model, middle));
        expect(prefixHash(log, model.length)).toBe(hashOf(model, model.length));
      }
    }),
    { numRuns: 150 },
  );
});

test("a copy of a long log is small: who goes on alike shares all, who does not shares what was before", () => {
  const log = logOf(...Array.from({ length: 1000 }, () => 1));
  const [copy, alike] = [copyLog(log), copyLog(log)];
  append(alike, entry(1001, 1));
  append(copy, entry(1001, 2));
  append(log, entry(1001, 1));
  expect(copy.chunks.filter((chunk, i) => chunk === log.chunks[i])).toHaveLength(3);
  expect(alike.chunks).toBe(log.chunks);
  expect([termAt(copy, 1001), termAt(log, 1001)]).toEqual([2, 1]);
});
