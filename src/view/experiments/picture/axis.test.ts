import { expect, test } from "vitest";
import { grown, grownFromZero, logTicks } from "./axis.ts";

test("an axis grows in nice steps and never shrinks", () => {
  const first = grown(null, 123_456, 411_000);
  expect(first).toEqual({ from: 100_000, to: 500_000 });
  expect(grown(first, 200_000, 300_000)).toEqual(first);
  expect(grown(first, 90_000, 12_000_000)).toEqual({ from: 70_000, to: 15_000_000 });
  expect(grownFromZero({ from: 0, to: 50 }, 12)).toEqual({ from: 0, to: 50 });
  expect(grownFromZero(null, 12)).toEqual({ from: 0, to: 15 });
});

test("one value alone has an axis around it", () => {
  const { from, to } = grown(null, 100, 100);
  expect(from).toBeLessThanOrEqual(100);
  expect(to).toBeGreaterThan(100);
});

test("a logarithmic axis has as many figures as there is room for", () => {
  const wide = { from: 100, to: 15_000 };
  expect(logTicks(wide, 7)).toEqual([100, 200, 500, 1000, 2000, 5000, 10_000]);
  expect(logTicks(wide, 3)).toEqual([100, 1000, 10_000]);
  for (const most of [2, 4, 8, 20]) expect(logTicks(wide, most).length).toBeLessThanOrEqual(most);
});
