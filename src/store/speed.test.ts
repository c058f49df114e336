import { expect, test } from "vitest";
import { clampSpeed, nextSpeed, speedMax, speedMin, speedStops, speedText } from "./speed.ts";

test("the stops lead from the slowest to the fastest and back, and stay there", () => {
  let speed = speedMin;
  for (let i = 0; i < speedStops.length + 3; i++) speed = nextSpeed(speed, 1);
  expect(speed).toBe(speedMax);
  for (let i = 0; i < speedStops.length + 3; i++) speed = nextSpeed(speed, -1);
  expect(speed).toBe(speedMin);
});

test("between two stops, the next one in that direction", () => {
  expect(nextSpeed(0.03, 1)).toBe(0.05);
  expect(nextSpeed(0.03, -1)).toBe(0.02);
});

test("speeds from outside are kept in range", () => {
  expect(clampSpeed(0)).toBe(speedMin);
  expect(clampSpeed(1e9)).toBe(speedMax);
  expect(clampSpeed(Number.NaN)).toBeGreaterThan(0);
});

test("speeds read as fractions below one", () => {
  expect([0.001, 0.02, 1, 2, 100].map(speedText)).toEqual(["1/1000", "1/50", "1×", "2×", "100×"]);
});
