import { expect, test } from "vitest";
import { speedStops } from "../../store/speed.ts";
import { stopOf } from "./stops.ts";

test("every stop is its own", () => expect(speedStops.map(stopOf)).toEqual(speedStops.map((_, place) => place)));
test("a speed between two stops counts as the nearer one on a log scale", () => {
  expect(speedStops[stopOf(0.03)]).toBe(0.02);
  expect(speedStops[stopOf(0.04)]).toBe(0.05);
  expect(speedStops[stopOf(3.3)]).toBe(5);
});
