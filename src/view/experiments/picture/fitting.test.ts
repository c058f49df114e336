import { expect, test } from "vitest";
import { apart, cellText } from "./fitting.ts";

test("words that lie on each other give way, but for the one that must be there", () => {
  const words = [0, 10, 100, 110].map((at) => ({ at, width: 20 }));
  expect([...apart(words, 3)].sort()).toEqual([0, 3]);
  expect([...apart(words, -1)].sort()).toEqual([0, 2]);
});

test("figures in cells lose their unit, then go, all of them alike", () => {
  const texts = ["1,020 /s", "7 /s"];
  expect(texts.map(cellText(texts, 100))).toEqual(texts);
  expect(texts.map(cellText(texts, 50))).toEqual(["1,020", "7"]);
  expect(texts.map(cellText(texts, 20))).toEqual(["", ""]);
});
