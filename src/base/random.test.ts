import { expect, test } from "vitest";
import { draw, happens, inRange } from "./random.ts";

const draws = (count: number, seed = 7, stream = 1): number[] =>
  Array.from({ length: count }, (_, i) => draw(seed, stream, i));

test("a draw is a function of seed, stream and count alone, the same in every engine", () => {
  expect(draws(4)).toEqual(draws(4));
  expect(draws(4)).toMatchInlineSnapshot(`
    [
      752209581,
      788310354,
      1066672433,
      3463502948,
    ]
  `);
});

test("seeds and streams give other numbers", () => {
  const seen = new Set([...draws(500), ...draws(500, 8), ...draws(500, 7, 2), ...draws(500, 7, 3)]);
  expect(seen.size).toBe(2000);
});

test("every value of a range comes up, both ends included, about equally often", () => {
  const counts = [0, 0, 0, 0];
  for (const each of draws(8000)) counts[inRange(each, 10, 13) - 10]!++;
  for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(150);
});

test("ends of the range belong to the ends of the draw", () => {
  expect([inRange(0, 3, 9), inRange(0xffff_ffff, 3, 9), inRange(0x8000_0000, 5, 5)]).toEqual([3, 9, 5]);
});

test("neighbouring streams are not correlated", () => {
  const [a, b] = [draws(4000, 7, 1), draws(4000, 7, 2)];
  const both = a.filter((each, i) => happens(each, 500_000) && happens(b[i]!, 500_000)).length;
  expect(Math.abs(both - 1000)).toBeLessThan(130);
});

test("probabilities: never, always, and as often as they say", () => {
  expect(draws(2000).some((each) => happens(each, 0))).toBe(false);
  expect(draws(2000).every((each) => happens(each, 1_000_000))).toBe(true);
  const tenth = draws(10_000).filter((each) => happens(each, 100_000)).length;
  expect(Math.abs(tenth - 1000)).toBeLessThan(120);
});
