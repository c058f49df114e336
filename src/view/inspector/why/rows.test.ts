import { describe, expect, test } from "vitest";
import type { PastEvent } from "../../../worker/protocol/why.ts";
import { halves, inMidst, inShort, pastRows, waited } from "./rows.ts";

const event = (number: number, ...causes: readonly [event: number, as: "trigger" | "state"][]): PastEvent => ({
  ...{ event: number, at: number, server: 1, sentence: `${number}`, by: "message", earlier: false },
  ...{ messages: [], entries: [], causes: causes.map(([event, as]) => ({ event, as })) },
});
/** 9 was set off by 8 and used what 2 had set; a chain leads back to 1. */
const past = [
  event(9, [8, "trigger"], [2, "state"]),
  event(8, [6, "trigger"]),
  event(6, [5, "trigger"]),
  event(5, [4, "trigger"]),
  event(4, [3, "trigger"]),
  event(3, [1, "trigger"]),
  event(2, [1, "trigger"]),
  event(1),
];
const numbers = (most: number) => pastRows(past, most).map((row) => row.event.event);

describe("what led to an event, in a few rows", () => {
  test("what set it off and what it used come first, then what set that off; the oldest above", () => {
    expect(numbers(3)).toEqual([2, 8, 9]);
    expect(numbers(5)).toEqual([2, 5, 6, 8, 9]);
    expect(numbers(99)).toEqual([1, 2, 3, 4, 5, 6, 8, 9]);
    expect(pastRows([], 7)).toEqual([]);
  });
  test("two lines where two things had to come together", () => {
    const rows = pastRows(past, 4);
    expect(rows.map(({ event, beside }) => [event.event, beside])).toEqual([
      [2, true],
      [6, false],
      [8, false],
      [9, false],
    ]);
    expect(rows.map(({ strokes }) => strokes)).toEqual([
      ["beside bottom"],
      ["own bottom", "beside"],
      ["own top", "own bottom", "beside"],
      ["own top", "enter"],
    ]);
  });
  test("keys find the cause and the effect", () => {
    const rows = pastRows(past, 4);
    expect(rows[3]!.causes).toEqual([8, 2]);
    expect(rows[0]!.effects).toEqual([9]);
    expect(rows[0]!.causes).toEqual([]);
  });
});

test("a sentence is told in halves, and what is waited for without its name", () => {
  expect(halves("S3 refused its vote to S1: in term 3 it has voted for S5")).toEqual([
    "S3 refused its vote to S1",
    "In term 3 it has voted for S5.",
  ]);
  expect(halves("S1 crashed")).toEqual(["S1 crashed", ""]);
  expect(waited("S3 waits to hear from S5; if it does not, its timer fires at 0.332 s")).toMatch(/^to hear from S5;/);
  expect(waited("entries 3–4 wait for 1 more disk")).toBe("entries 3–4 wait for 1 more disk");
  expect(inShort("S1 counted its own vote: 1 of 5")).toBe("S1 counted its own vote");
  expect(inShort("Action: start S1")).toBe("Action: start S1");
  expect(["A server votes for anybody", "AppendEntries of an older term", "Half of the votes"].map(inMidst)).toEqual([
    "a server votes for anybody",
    "AppendEntries of an older term",
    "half of the votes",
  ]);
});
