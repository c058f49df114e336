import { describe, expect, test } from "vitest";
import { pointOn } from "../../paint/curve.ts";
import { endPoint, laneOf } from "./lanes.ts";
import { layoutStage } from "./layout.ts";

const sizes = [
  [1040, 520],
  [921, 296],
  [360, 400],
] as const;

describe.each(sizes)("lanes at %i×%i", (width, height) => {
  const layout = layoutStage(5, width, height);
  const ends = [0, 1, 2, 3, 4, 5];
  const pairs = ends.flatMap((a) => ends.filter((b) => b !== a).map((b) => [a, b] as const));

  test("a request and its reply never share a lane", () => {
    for (const [a, b] of pairs) {
      const [forth, back] = [pointOn(laneOf(layout, a, b), 0.5), pointOn(laneOf(layout, b, a), 0.5)];
      expect(Math.hypot(forth.x - back.x, forth.y - back.y)).toBeGreaterThan(20);
    }
  });

  test("a lane runs from its sender to its receiver", () => {
    for (const [a, b] of pairs) {
      const lane = laneOf(layout, a, b);
      const from = endPoint(layout, a);
      const to = endPoint(layout, b);
      expect(Math.hypot(lane.from.x - from.x, lane.from.y - from.y)).toBeLessThanOrEqual(layout.ring + 0.01);
      expect(Math.hypot(lane.to.x - to.x, lane.to.y - to.y)).toBeLessThanOrEqual(layout.ring + 0.01);
    }
  });

  test("no lane between servers runs over the disc of a third", () => {
    for (const [a, b] of pairs.filter(([a, b]) => a > 0 && b > 0)) {
      const lane = laneOf(layout, a, b);
      const others = layout.servers.filter((server) => server.id !== a && server.id !== b);
      for (let i = 0; i <= 20; i += 1) {
        const p = pointOn(lane, i / 20);
        for (const s of others) expect(Math.hypot(p.x - s.x, p.y - s.y)).toBeGreaterThan(layout.radius);
      }
    }
  });
});
