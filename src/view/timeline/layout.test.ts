import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BranchView, Mark, MarkKind, Timeline } from "../../worker/protocol/run.ts";
import type { Scale } from "../kit/scale.ts";
import { bandsOf } from "./bands.ts";
import {
  actNear,
  branchesOf,
  flagsOf,
  marksAbove,
  partingTime,
  rowsOf,
  seenOf,
  targetAt,
  ticksOf,
  wordsShift,
} from "./layout.ts";

const scale: Scale = { from: 0, to: 1_000_000, width: 1000 };
const mark = (kind: MarkKind, at: number, label = kind as string): Mark => ({
  kind,
  at,
  event: at,
  server: 1,
  group: 0,
  label,
});
const branch = (id: number, parent: number, from: number, end: number): BranchView => ({
  id,
  parent,
  from,
  end,
  label: `b${id}`,
});
const timeline = (current: number, branches: readonly BranchView[]): Timeline => ({
  terms: [],
  marks: [],
  branches,
  current,
  end: 0,
});

describe("bands", () => {
  test("run from each term to the next and to the edge", () => {
    const bands = bandsOf(
      [
        { from: 0, term: 0 },
        { from: 200_000, term: 1 },
        { from: 700_000, term: 2 },
      ],
      scale,
      1_000_000,
    );
    expect(bands.map(({ x, width, term, label }) => [x, width, term, label])).toEqual([
      [0, 200, 0, "term 0"],
      [200, 500, 1, "term 1"],
      [700, 300, 2, "term 2"],
    ]);
  });
  test("slivers join the next band; narrow ones carry the number or nothing", () => {
    const bands = bandsOf(
      [
        { from: 0, term: 1 },
        { from: 100, term: 2 },
        { from: 20_000, term: 3 },
        { from: 30_000, term: 4 },
      ],
      scale,
      1_000_000,
    );
    expect(bands.map(({ term, label }) => [term, label])).toEqual([
      [2, "2"],
      [3, ""],
      [4, "term 4"],
    ]);
    expect(bands[0]!.x).toBe(0);
  });
  const elections = (count: number, every: number) =>
    Array.from({ length: count }, (_, i) => ({ from: (i + 1) * every, term: i + 1 }));
  test("terms for which there is no room are told together, with their number and time", () => {
    const bands = bandsOf(elections(49, 10_000), scale, 1_000_000);
    expect(bands.map(({ term, label }) => [term, label])).toEqual([
      [48, "48 terms in 490 ms"],
      [49, "term 49"],
    ]);
    expect(bands[0]?.starts).toHaveLength(48);
    expect(bandsOf(elections(5, 10_000), scale, 1_000_000).every(({ starts }) => starts === null)).toBe(true);
  });
  test("a term whose colour a newer one has is old", () => {
    const bands = bandsOf(elections(9, 100_000), scale, 1_000_000);
    expect(bands.filter(({ old }) => old).map(({ term }) => term)).toEqual([1, 2, 3]);
  });
  test("a label fits into what is explored", () => {
    expect(bandsOf([{ from: 0, term: 1 }], scale, 30_000)[0]?.label).toBe("1");
  });
  test("cover the visible window without gaps", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 999_000 }), { maxLength: 40 }), (times) => {
        const terms = [0, ...times.sort((a, b) => a - b)].map((from, term) => ({ from, term }));
        const bands = bandsOf(terms, { from: 300_000, to: 800_000, width: 700 }, 900_000);
        let edge = 0;
        for (const band of bands) {
          expect(band.x).toBeCloseTo(edge, 6);
          edge = band.x + band.width;
        }
        expect(edge).toBeGreaterThan(699);
      }),
    );
  });
});

describe("marks", () => {
  test("close ones go to the upper row, commits and requests under the band", () => {
    const placed = marksAbove([mark("election", 100_000), mark("crash", 105_000), mark("commit", 106_000)], scale);
    expect(placed.map(({ kind, row }) => [kind, row])).toEqual([
      ["election", 0],
      ["crash", 1],
    ]);
  });
  test("never stand on each other in a row", () => {
    const kinds = fc.constantFrom<MarkKind>("election", "crash", "restart", "cut", "heal", "act");
    fc.assert(
      fc.property(fc.array(fc.tuple(kinds, fc.integer({ min: 0, max: 1_000_000 })), { maxLength: 60 }), (list) => {
        const marks = list.sort((a, b) => a[1] - b[1]).map(([kind, at]) => mark(kind, at));
        const placed = marksAbove(marks, scale);
        for (const row of [0, 1]) {
          const xs = placed.filter((one) => one.row === row).map((one) => one.x);
          for (const [i, x] of xs.entries()) expect(x - (xs[i - 1] ?? -99)).toBeGreaterThanOrEqual(13);
        }
      }),
    );
  });
  test("a label is printed where the next mark leaves room", () => {
    const [first, second] = marksAbove([mark("cut", 100_000, "S1 cut off"), mark("heal", 120_000, "healed")], scale);
    expect([first!.labelled, second!.labelled]).toEqual([false, true]);
  });
  test("of another group than the one that is shown are told apart, and are no ticks", () => {
    const other = { ...mark("crash", 100_000, "S1"), group: 2 };
    expect(marksAbove([other], scale, 1)).toMatchObject([{ elsewhere: true, labelled: false }]);
    expect(marksAbove([other], scale, 2)).toMatchObject([{ elsewhere: false, labelled: true }]);
    expect(marksAbove([{ ...other, group: 0 }], scale, 1)).toMatchObject([{ elsewhere: false }]);
    expect(ticksOf([{ ...mark("commit", 100_000), group: 2 }], "commit", scale, 1)).toEqual([]);
  });
  test("ticks never touch", () => {
    expect(
      ticksOf(
        [mark("commit", 100_000), mark("commit", 102_000), mark("request", 5), mark("commit", 200_000)],
        "commit",
        scale,
      ),
    ).toEqual([100, 200]);
  });
  test("the pointer meets the nearest within reach; a violation wins over a commit beside it", () => {
    const marks = [mark("commit", 100_000), mark("violation", 103_000)];
    expect(targetAt(marks, [], scale, 101, 6)?.label).toBe("violation");
    expect(targetAt(marks, [], scale, 120, 6)).toBeNull();
    expect(targetAt([], [{ at: 300_000, label: "look" }], scale, 302, 6)).toEqual({
      at: 300_000,
      label: "look",
      event: null,
    });
  });
});

test("of the marks that are acts the nearest one, and which act it is", () => {
  const marks = [mark("crash", 100_000), { ...mark("crash", 300_000), act: 0 }, { ...mark("act", 800_000), act: 1 }];
  expect(actNear(marks, 0)).toMatchObject({ at: 300_000, act: 0 });
  expect(actNear(marks, 560_000)).toMatchObject({ at: 800_000, act: 1 });
  expect(actNear(marks.slice(0, 1), 100_000)).toBeNull();
  expect(targetAt(marks, [], scale, 801, 6)).toMatchObject({ act: 1 });
  expect(targetAt(marks, [], scale, 101, 6)).not.toHaveProperty("act");
});

test("a flag waves where the next one leaves it room", () => {
  const marks = [100_000, 100_100, 105_000, 300_000, 2_000_000].map((at) => ({ at, label: "" }));
  expect(flagsOf(marks, scale)).toEqual([
    { x: 100, waves: false },
    { x: 105, waves: true },
    { x: 300, waves: true },
  ]);
});

describe("branches", () => {
  const first = branch(0, -1, 0, 900_000);
  const second = branch(1, 0, 400_000, 700_000);
  const third = branch(2, 1, 600_000, 800_000);
  test("part where the one left the other, seen from either side", () => {
    const all = [first, second, third];
    expect(partingTime(all, 1, 0)).toBe(400_000);
    expect(partingTime(all, 0, 1)).toBe(400_000);
    expect(partingTime(all, 2, 0)).toBe(400_000);
    expect(partingTime(all, 1, 2)).toBe(600_000);
    expect(partingTime([first, second, branch(3, 0, 200_000, 300_000)], 1, 3)).toBe(200_000);
  });
  test("the current one is the band; others leave it at their parting", () => {
    const placed = branchesOf(timeline(1, [first, second, third]), scale, 2);
    expect(placed.map(({ id, x }) => [id, x])).toEqual([
      [0, 400],
      [2, 600],
    ]);
    expect(new Set(placed.map(({ lane }) => lane)).size).toBe(2);
  });
  test("a branch of a branch leaves the line of that one, not the band", () => {
    const placed = branchesOf(timeline(0, [first, second, third]), scale, 2);
    expect(placed.map(({ id, x, lane, leavesLane }) => [id, x, lane, leavesLane])).toEqual([
      [1, 400, 0, null],
      [2, 600, 1, 0],
    ]);
    const seenFromThere = branchesOf(timeline(2, [first, second, third]), scale, 2);
    expect(seenFromThere.map(({ id, x, leavesLane }) => [id, x, leavesLane])).toEqual([
      [0, 400, null],
      [1, 600, null],
    ]);
  });
  test("what left the first run after the current branch did leaves its line too", () => {
    const late = branch(2, 0, 500_000, 800_000);
    const placed = branchesOf(timeline(1, [first, second, late]), scale, 2);
    expect(placed.map(({ id, x, leavesLane }) => [id, x, leavesLane])).toEqual([
      [0, 400, null],
      [2, 500, 0],
    ]);
  });
  test("labels stay inside, and what finds no lane is left out", () => {
    const late = branch(1, 0, 950_000, 1_000_000);
    const [only, ...none] = branchesOf(timeline(0, [first, late, branch(2, 0, 950_000, 990_000)]), scale, 1);
    expect(none).toEqual([]);
    expect(only!.labelX).toBeLessThan(1000 - 12);
    expect(branchesOf(timeline(0, [first, second]), scale, 0)).toEqual([]);
  });
});

test("a low strip has no lanes, a high one has at most three", () => {
  expect(rowsOf(46).lanes).toBe(0);
  expect(rowsOf(76).lanes).toBe(1);
  expect(rowsOf(400).lanes).toBe(3);
});

test("what comes is not in the run as it has been seen", () => {
  const timeline = {
    terms: [
      { from: 0, term: 0 },
      { from: 20, term: 1 },
      { from: 80, term: 2 },
    ],
    marks: [mark("election", 30), mark("crash", 60)],
    branches: [],
    current: 0,
    end: 100,
  };
  const seen = seenOf(timeline, 30);
  expect(seen.terms.map(({ term }) => term)).toEqual([0, 1]);
  expect(seen.marks.map(({ at }) => at)).toEqual([30]);
  expect(seen.end).toBe(30);
  expect(seenOf(timeline, 100)).toBe(timeline);
});

describe("the playhead", () => {
  // Ten letters: 66 pixels.
  const words = { from: 100, room: 140, text: "crashed S3", inBand: false };

  test("leaves words alone that it does not touch", () => {
    expect([0, 91, 175, 400].map((head) => wordsShift(words, head, true))).toEqual([0, 0, 0, 0]);
  });
  test("has the words after it where it would stand on them, as long as there is room", () => {
    expect([92, 100, 120, 166].map((head) => wordsShift(words, head, true))).toEqual([0, 8, 28, 74]);
    expect(wordsShift(words, 170, true)).toBeNull();
    expect(wordsShift({ ...words, room: 70 }, 110, true)).toBeNull();
  });
  test("is a line in the bands, and a number may stand close to it", () => {
    const number = { from: 100, room: 30, text: "4", inBand: true };
    expect([96, 98, 104, 110].map((head) => wordsShift(number, head, true))).toEqual([0, 1, 7, 0]);
  });
  test("hides what it passes", () => {
    expect([90, 120, 180].map((head) => wordsShift(words, head, false))).toEqual([0, null, 0]);
  });
  test("never stands on what is shown", () => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(300), fc.nat(40), (head, room, letters) => {
        const any = { from: 100, room, text: "x".repeat(letters), inBand: false };
        const shift = wordsShift(any, head, true);
        if (shift === null) return;
        const from = any.from + shift;
        expect(head <= from - 8 || head >= from + letters * 6.6 + 8).toBe(true);
        if (shift > 0) expect(shift + letters * 6.6).toBeLessThanOrEqual(room);
      }),
    );
  });
});
