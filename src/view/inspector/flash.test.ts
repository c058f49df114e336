import { expect, test } from "vitest";
import { mayFlash } from "./flash.ts";

test("in slow motion and after single steps only", () => {
  expect(mayFlash(true, 0.02, 3, Number.POSITIVE_INFINITY)).toBe(true);
  expect(mayFlash(true, 1, 1, Number.POSITIVE_INFINITY)).toBe(false);
  expect(mayFlash(false, 1, -1, Number.POSITIVE_INFINITY)).toBe(true);
  expect(mayFlash(false, 0.02, 40, Number.POSITIVE_INFINITY)).toBe(false);
});

test("while time runs only what has stood a while; every step shows what it changed", () => {
  expect(mayFlash(true, 0.02, 1, 900)).toBe(false);
  expect(mayFlash(false, 0.02, 1, 100)).toBe(true);
});
