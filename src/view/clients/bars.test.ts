import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Spanning } from "../kit/history/operation.ts";
import { drawingOf, type Laned, lanesOf, neighbour, operationAt, rowsMost, ticksOf } from "./bars.ts";

const operation = (number: number, client: number, calledAt: number, answeredAt: number | null): Spanning => ({
  number,
  client,
  calledAt,
  answeredAt,
});
const numbers = ({ rows }: Laned<Spanning>) => rows.map((row) => row.map(({ number }) => number));
const scale = { from: 0, to: 1000, width: 1000 };
const geometry = { pitch: 20, height: 16 };

describe("lanes", () => {
  test("there is one per client, in order", () => {
    const laned = lanesOf([operation(1, 2, 0, 10), operation(2, 1, 5, 20), operation(3, 2, 10, 30)]);
    expect(laned.lanes).toEqual([
      { client: 1, top: 0, rows: 1 },
      { client: 2, top: 1, rows: 1 },
    ]);
    expect(numbers(laned)).toEqual([[2], [1, 3]]);
  });
  test("operations that overlap stand below each other", () => {
    const laned = lanesOf([
      operation(1, 1, 0, 50),
      operation(2, 1, 10, 20),
      operation(3, 1, 30, 60),
      operation(4, 1, 50, 70),
    ]);
    expect(numbers(laned)).toEqual([
      [1, 4],
      [2, 3],
    ]);
  });
  test("one without an answer keeps its row, up to a limit", () => {
    const laned = lanesOf([operation(1, 1, 0, null), operation(2, 1, 10, 20), operation(3, 1, 30, 40)]);
    expect(numbers(laned)).toEqual([[1], [2, 3]]);
    const many = lanesOf(Array.from({ length: 9 }, (_, i) => operation(i, 1, i, null)));
    expect(many.rows).toHaveLength(rowsMost);
    expect(many.rows.flat()).toHaveLength(9);
  });
});

describe("bars", () => {
  test("reach from call to answer, and to the edge where there is none", () => {
    const { bars } = drawingOf(lanesOf([operation(1, 1, 100, 300), operation(2, 2, 400, null)]), scale, geometry);
    expect(bars.map(({ x, width, open, row }) => [x, width, open, row])).toEqual([
      [100, 200, false, 0],
      [400, 600, true, 1],
    ]);
  });
  test("those that end before the window or begin after it are left out", () => {
    const laned = lanesOf([
      operation(1, 1, 0, 50),
      operation(2, 1, 60, 150),
      operation(3, 1, 200, 300),
      operation(4, 1, 950, 990),
    ]);
    const { bars } = drawingOf(laned, { from: 100, to: 400, width: 300 }, geometry);
    expect(bars.map((bar) => [bar.operation.number, bar.x, bar.width])).toEqual([
      [2, -2, 52],
      [3, 100, 100],
    ]);
  });
  test("one that was never answered is drawn however long ago it was asked", () => {
    const crowd = [0, 1, 2, 3].map((i) => operation(i, 1, i, null));
    const later = Array.from({ length: 20 }, (_, i) => operation(10 + i, 1, 100 + 10 * i, 105 + 10 * i));
    const { bars } = drawingOf(lanesOf([...crowd, ...later]), { from: 250, to: 260, width: 100 }, geometry);
    expect(bars.map((bar) => bar.operation.number)).toEqual([0, 1, 2, 3, 25]);
  });
  test("thousands are drawn as few things", () => {
    const many = Array.from({ length: 20_000 }, (_, i) => operation(i, i % 4, i * 50, i * 50 + 400));
    const laned = lanesOf(many);
    const wide = drawingOf(laned, { from: 0, to: 1_000_000, width: 1000 }, geometry);
    expect(wide.bars).toHaveLength(0);
    expect(wide.mass.match(/M/g)!.length).toBeLessThanOrEqual(laned.rows.length * 1002);
    const near = drawingOf(laned, { from: 500_000, to: 501_000, width: 1000 }, geometry);
    expect(near.bars.length).toBeGreaterThan(15);
    expect(near.bars.length).toBeLessThan(40);
  });
});

describe("what the pointer meets", () => {
  const laned = lanesOf([operation(1, 1, 100, 101), operation(2, 1, 105, 300), operation(3, 2, 400, null)]);
  test("is the operation there, or the nearest in reach", () => {
    const at = (row: number, x: number) => operationAt(laned, scale, row, x)?.number;
    expect([at(0, 100), at(0, 97), at(0, 104), at(0, 200), at(0, 305), at(0, 350)]).toEqual([1, 1, 2, 2, 2, undefined]);
    expect([at(1, 390), at(1, 900), at(7, 0)]).toEqual([undefined, 3, undefined]);
  });
  test("wherever a bar is drawn, it is found", () => {
    const some = fc.array(fc.tuple(fc.nat(900), fc.option(fc.nat(80)), fc.integer({ min: 1, max: 3 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(some, (list) => {
        const sorted = [...list].sort((a, b) => a[0] - b[0]);
        const found = lanesOf(
          sorted.map(([at, length, client], i) => operation(i, client, at, length === null ? null : at + length)),
        );
        for (const bar of drawingOf(found, scale, geometry).bars)
          expect(operationAt(found, scale, bar.row, bar.x + bar.width / 2)).not.toBeNull();
      }),
    );
  });
});

test("the keys walk along a lane and across lanes", () => {
  const list = [
    operation(1, 1, 0, 10),
    operation(2, 1, 5, 30),
    operation(3, 2, 6, 9),
    operation(4, 1, 40, 50),
    operation(5, 2, 45, 46),
  ];
  const laned = lanesOf(list);
  const walk = (from: number, step: Parameters<typeof neighbour>[2]) => neighbour(laned, list[from - 1]!, step).number;
  expect([walk(1, "before"), walk(1, "after"), walk(2, "after"), walk(4, "after")]).toEqual([1, 2, 4, 4]);
  expect([walk(2, "below"), walk(4, "below"), walk(5, "above"), walk(3, "below")]).toEqual([3, 5, 4, 3]);
});

test("ticks are round and far enough apart", () => {
  expect(ticksOf({ from: 120_000, to: 640_000, width: 600 })).toEqual([200_000, 300_000, 400_000, 500_000, 600_000]);
  fc.assert(
    fc.property(
      fc.nat(1e9),
      fc.integer({ min: 2000, max: 2e9 }),
      fc.integer({ min: 90, max: 2000 }),
      (from, length, width) => {
        const ticks = ticksOf({ from, to: from + length, width });
        expect(ticks.length).toBeLessThanOrEqual(width / 84 + 1);
        for (const at of ticks) expect(at % 1000).toBe(0);
      },
    ),
  );
});
