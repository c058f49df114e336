import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Judged } from "../kit/history/operation.ts";
import { layoutOrder } from "./order.ts";

const operation = (
  number: number,
  client: number,
  calledAt: number,
  answeredAt: number | null,
  text = "get x: 1",
): Judged => ({
  number,
  client,
  calledAt,
  answeredAt,
  text,
});

describe("the picture of an order", () => {
  const staleRead = [operation(1, 1, 60, 110), operation(2, 1, 380, 431), operation(3, 2, 440, 470)];
  test("has a bar for each operation, wide enough for its words, in its client's lane", () => {
    const { bars, lanes } = layoutOrder(staleRead, [1, 2], 300);
    expect(lanes.map(({ client }) => client)).toEqual([1, 2]);
    for (const bar of bars) expect(bar.width).toBeGreaterThanOrEqual("get x: 1".length * 7.3 + 38);
    expect(bars.map(({ row }) => row)).toEqual([0, 0, 1]);
  });
  test("keeps what came before what, whatever the lengths", () => {
    const [first, second, third] = layoutOrder(staleRead, [1, 2], 300).bars;
    expect(first!.x + first!.width).toBeLessThanOrEqual(second!.x);
    expect(second!.x + second!.width).toBeLessThanOrEqual(third!.x);
  });
  test("numbers the points in their order; what is not in the order has none", () => {
    const { points } = layoutOrder(staleRead, [1, 2], 300);
    expect(points.map(({ place, number, row }) => [place, number, row])).toEqual([
      [1, 1, 0],
      [2, 2, 0],
    ]);
  });
  test("an operation without an answer reaches to the end", () => {
    const { bars, width } = layoutOrder([operation(1, 1, 0, null), operation(2, 2, 5, 9)], [2, 1], 200);
    expect(bars[0]).toMatchObject({ open: true });
    expect(bars[0]!.x + bars[0]!.width).toBeCloseTo(width);
  });
  test("fills the room that there is", () => {
    expect(layoutOrder(staleRead, [], 900).width).toBeCloseTo(900);
  });
});

/** Operations whose point is a moment in them; the order is that of the moments: linearizable by construction. */
const linearizable = fc
  .array(fc.tuple(fc.nat(300), fc.nat(40), fc.nat(40), fc.integer({ min: 1, max: 4 }), fc.boolean()), {
    minLength: 1,
    maxLength: 30,
  })
  .map((list) => {
    const all = list.map(([point, before, after, client, open], i) => ({
      point,
      operation: operation(i, client, point - before, open ? null : point + after),
    }));
    const order = [...all].sort((a, b) => a.point - b.point).map(({ operation: { number } }) => number);
    const operations = all.map((one) => one.operation).sort((a, b) => a.calledAt - b.calledAt);
    return { operations, order };
  });

test("every point lies in its bar, and the points go from left to right", () => {
  fc.assert(
    fc.property(linearizable, ({ operations, order }) => {
      const { bars, points } = layoutOrder(operations, order, 400);
      expect(points).toHaveLength(operations.length);
      for (const bar of bars) expect(bar.textX).toBeGreaterThan(bar.x);
      points.forEach((point, i) => {
        const bar = bars.find(({ operation: { number } }) => number === point.number)!;
        expect(point.x).toBeGreaterThanOrEqual(bar.x);
        expect(point.x).toBeLessThanOrEqual(bar.x + bar.width);
        if (i > 0) expect(point.x).toBeGreaterThan(points[i - 1]!.x);
      });
    }),
  );
});
