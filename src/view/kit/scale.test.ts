import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { axisLength, followed, type Scale, timeAt, xOf, zoomed } from "./scale.ts";

const scale: Scale = { from: 0, to: 1_000_000, width: 1000 };

describe("axis", () => {
  test("leaves room for the future and never less than half a second", () => {
    expect(axisLength(0)).toBe(500_000);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_600_000_000 }), (end) => {
        const length = axisLength(end);
        expect(length).toBeGreaterThanOrEqual(end * 1.05);
        if (length > 500_000) expect(length).toBeLessThanOrEqual(end * 1.34);
      }),
    );
  });
  test("place and time are inverse", () => {
    expect(xOf(scale, 250_000)).toBe(250);
    expect(timeAt(scale, 250)).toBe(250_000);
  });
  test("zooming keeps the time under the pointer and stays inside the run", () => {
    const near = zoomed(scale, 400_000, 0.5, 1_000_000);
    expect([near.from, near.to]).toEqual([200_000, 700_000]);
    expect(xOf(near, 400_000)).toBe(400);
    const wide = zoomed(near, 400_000, 9, 1_000_000);
    expect([wide.from, wide.to]).toEqual([0, 1_000_000]);
  });
  test("a zoomed window follows the playhead, and only then changes", () => {
    const near: Scale = { from: 200_000, to: 400_000, width: 1000 };
    expect(followed(near, 300_000, 1_000_000)).toBe(near);
    const after = followed(near, 500_000, 1_000_000);
    expect([after.from, after.to]).toEqual([450_000, 650_000]);
    expect(followed(near, 990_000, 1_000_000).to).toBe(1_000_000);
  });
});
