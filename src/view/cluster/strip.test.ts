import { expect, test } from "vitest";
import type { ServerView } from "../../worker/protocol/server.ts";
import { runsOf, stripOf } from "./strip.ts";

/** A log of that many entries after `base`, of which a frame tells the last eight. */
const log = (entries: number, base: number): ServerView =>
  ({
    base,
    lastIndex: base + entries,
    tail: Array.from({ length: Math.min(8, entries) }, () => ({ term: 1, text: "" })),
  }) as unknown as ServerView;
const strip = (entries: number, base: number, room: number) => {
  const { shown, before } = stripOf(log(entries, base), room);
  return [shown.length, before];
};

test("a short log is shown whole, a long one by its end", () => {
  expect(strip(0, 0, 9)).toEqual([0, null]);
  expect(strip(8, 0, 8)).toEqual([8, null]);
  expect(strip(8, 0, 5)).toEqual([4, "older"]);
  expect(strip(30, 0, 12)).toEqual([8, "older"]);
});
test("§7 a snapshot stands before the entries that follow it", () => {
  expect(strip(0, 37, 9)).toEqual([0, "snapshot"]);
  expect(strip(3, 37, 9)).toEqual([3, "snapshot"]);
  expect(strip(8, 37, 9)).toEqual([8, "snapshot"]);
  expect(strip(8, 37, 8)).toEqual([7, "older"]);
  expect(strip(30, 37, 12)).toEqual([8, "older"]);
});

test("cells that look the same are one run: of one term, and committed or not", () => {
  const cells = [3, 3, 3, 4, 4].map((term) => ({ term }));
  const run = (term: number, committed: boolean, from: number, count: number) => ({ term, committed, from, count });
  expect(runsOf([], 0)).toEqual([]);
  expect(runsOf(cells, 5)).toEqual([run(3, true, 0, 3), run(4, true, 3, 2)]);
  expect(runsOf(cells, 1)).toEqual([run(3, true, 0, 1), run(3, false, 1, 2), run(4, false, 3, 2)]);
  // The colours of terms repeat.
  expect(runsOf([{ term: 1 }, { term: 7 }], 2)).toEqual([run(1, true, 0, 2)]);
  expect(runsOf(cells, -9)).toEqual([run(3, false, 0, 3), run(4, false, 3, 2)]);
});
