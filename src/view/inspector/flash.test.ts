import { describe, expect, test } from "vitest";
import { flashPause, mayFlash } from "./flash.ts";

describe("flashing", () => {
  test("in slow motion and after single steps only", () => {
    expect(mayFlash(true, 0.02, 3)).toBe(true);
    expect(mayFlash(true, 1, 1)).toBe(false);
    expect(mayFlash(false, 1, -1)).toBe(true);
    expect(mayFlash(false, 0.02, 40)).toBe(false);
  });
  test("no more than twice a second", () => expect(flashPause).toBeGreaterThanOrEqual(500));
});
