import { describe, expect, test } from "vitest";
import { collisions, layoutStage } from "./layout.ts";

const sizes = [
  [1600, 900],
  [1040, 520],
  [1036, 470],
  [921, 296],
  [960, 380],
  [900, 400],
  [768, 560],
  [768, 472],
  [620, 420],
  [480, 420],
  [360, 400],
  [360, 330],
  [360, 304],
] as const;

describe("layoutStage", () => {
  for (const [width, height] of sizes) {
    for (let count = 1; count <= 9; count += 1) {
      test(`${count} servers at ${width}×${height}: nothing touches anything`, () => {
        expect([...collisions(layoutStage(count, width, height))]).toEqual([]);
      });
    }
  }
});
