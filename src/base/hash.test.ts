import { expect, test } from "vitest";
import { digestText, Hasher } from "./hash.ts";

function digest(...values: readonly (number | string)[]): string {
  const hasher = new Hasher();
  for (const value of values) typeof value === "number" ? hasher.add(value) : hasher.addText(value);
  return hasher.digest();
}

test("16 hex digits, the same for the same sequence in every engine", () => {
  expect(digest(1, 2, 3)).toBe(digest(1, 2, 3));
  expect(digest(1, 2, 3, "S1", 2 ** 40, -1)).toMatchInlineSnapshot(`"238f85029ff1c9a2"`);
});

test("order, count, sign and the high half of a number count", () => {
  const all = [digest(), digest(0), digest(0, 0), digest(1, 2), digest(2, 1), digest(-1), digest(2 ** 32 - 1)];
  all.push(digest(2 ** 32), digest(2 ** 33), digest(2 ** 32 + 1), digest(1), digest("1"), digest(""));
  expect(new Set(all).size).toBe(all.length);
});

test("a hundred thousand different numbers have different digests", () => {
  const seen = new Set(Array.from({ length: 100_000 }, (_, i) => digest(i)));
  expect(seen.size).toBe(100_000);
});

test("texts are digested with their length and order", () => {
  const texts = ["", "a", "b", "ab", "ba", "\0", "\0\0", "S1", "S11"];
  expect(new Set(texts.map(digestText)).size).toBe(texts.length);
});
