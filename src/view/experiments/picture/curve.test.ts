import { expect, test } from "vitest";
import { curveOf, placeLabel, rareRuns } from "./curve.ts";

const runs = (values: readonly number[]) => values.map((value, i) => ({ seed: i + 1, value }));
const plane = { x: (value: number) => value, y: (share: number) => 100 - share * 100, width: 50 };

test("a curve rises at each value, and ends below the whole where runs were given up", () => {
  const { d, shares } = curveOf(runs([10, 20]), 4, plane);
  expect(d).toBe("M0 100H10V75H20V50H50");
  expect([shares[9], shares[10], shares[19], shares[20], shares[50]]).toEqual([0, 0.25, 0.25, 0.5, 0.5]);
});

test("runs above the 99th percentile are dots, the longest at least", () => {
  const all = runs(Array.from({ length: 1000 }, (_, i) => i));
  expect(rareRuns(all, 1000).map(({ value }) => value)).toEqual([990, 991, 992, 993, 994, 995, 996, 997, 998, 999]);
  expect(rareRuns(runs([5, 7]), 20)).toEqual([{ seed: 2, value: 7, share: 0.1 }]);
  expect(rareRuns([], 20)).toEqual([]);
});

test("names keep away from curves and from each other", () => {
  const wide = { ...plane, width: 600, y: (share: number) => 300 - share * 300 };
  const curves = [curveOf(runs([200, 210, 220, 230]), 4, wide), curveOf(runs([400, 410, 420, 430]), 4, wide)];
  const taken: { x: number; y: number; width: number; height: number }[] = [];
  const placed = curves.map((curve) =>
    placeLabel(
      "150–300 ms",
      curve,
      curves.map(({ shares }) => shares),
      taken,
      wide,
    ),
  );
  expect(placed.map((each) => each?.anchor)).toEqual(["start", "start"]);
  const [a, b] = taken;
  expect(a!.x + a!.width < b!.x || a!.y + a!.height < b!.y).toBe(true);
  expect(a!.x).toBeGreaterThan(215);
  const heights = curves.map(({ shares }) => shares);
  expect(placeLabel("150–300 ms", curves[0]!, heights, [{ x: 0, y: -50, width: 600, height: 400 }], wide, 24)).toBe(
    null,
  );
});
