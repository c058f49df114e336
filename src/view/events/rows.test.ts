import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FeedRow } from "../../worker/protocol/feed.ts";
import { emptyFeed, type Feed, nextRead, presentRow, shownRows, withNewer, withOlder } from "./rows.ts";

const row = (event: number, place = 0): FeedRow => ({
  id: `${event}.${place}`,
  position: { at: event, event },
  kind: "log",
  routine: false,
  server: 1,
  term: 1,
  text: "",
  section: "",
  rule: "",
  values: [],
  message: null,
});
/** Rows of the events `from` down to `to`, newest first. */
const rows = (from: number, to: number): FeedRow[] => Array.from({ length: from - to + 1 }, (_, i) => row(from - i));
const ids = (list: readonly FeedRow[]): string[] => list.map((one) => one.id);

/** All rows of the events `last` down to `first`, in one answer. */
const stretch = (last: number, first: number, more = first > 1): Feed => ({
  rows: rows(last, first),
  from: first,
  top: last + 1,
  more,
});

test("what may not be shown yet is left out, and nothing else", () => {
  const all = rows(8, 4);
  expect(shownRows(all, Number.POSITIVE_INFINITY)).toBe(all);
  expect(shownRows(all, 8)).toBe(all);
  expect(ids(shownRows(all, 6))).toEqual(["6.0", "5.0", "4.0"]);
  expect(shownRows(all, 3)).toEqual([]);
  expect(shownRows([], 3)).toEqual([]);
});

describe("joining the feed", () => {
  test("new rows come on top of those that are there", () => {
    const joined = withNewer(stretch(5, 1), stretch(8, 4));
    expect(ids(joined.rows)).toEqual(ids(rows(8, 1)));
    expect(joined).toMatchObject({ from: 1, top: 9, more: false });
  });
  test("rows of one event that came in two answers are not lost", () => {
    const old = { rows: [row(5, 1), row(5, 0), row(4)], from: 4, top: 6, more: false };
    const fresh = { rows: [row(6), row(5, 1)], from: 5, top: 7, more: true };
    expect(ids(withNewer(old, fresh).rows)).toEqual(["6.0", "5.1", "5.0", "4.0"]);
  });
  test("a gap lets go of the old part", () => {
    const fresh = stretch(90, 80);
    expect(withNewer(stretch(5, 1), fresh)).toBe(fresh);
  });
  test("stretches that touch have no gap, also where a filter finds nothing in them", () => {
    const old = { ...stretch(5, 3), rows: [] };
    expect(withNewer(old, stretch(9, 6))).toEqual({ rows: rows(9, 6), from: 3, top: 10, more: true });
    const nothing = { rows: [], from: 4, top: 9, more: true };
    expect(withNewer(stretch(5, 1), nothing)).toEqual({ rows: rows(4, 1), from: 1, top: 9, more: false });
  });
  test("everything in one answer replaces what was there", () => {
    const fresh = stretch(3, 1);
    expect(withNewer(stretch(5, 1), fresh)).toBe(fresh);
  });
  test("older rows come below, once each", () => {
    const joined = withOlder(stretch(9, 6), stretch(6, 2));
    expect(ids(joined.rows)).toEqual(ids(rows(9, 2)));
    expect(joined).toMatchObject({ from: 2, top: 10, more: true });
  });
  test("an answer without rows leads on, as long as it gets further back", () => {
    const empty = { rows: [], from: 2, top: 6, more: true };
    const joined = withOlder(stretch(9, 6), empty);
    expect(joined).toEqual({ rows: rows(9, 6), from: 2, top: 10, more: true });
    expect(withOlder(joined, empty).more).toBe(false);
    expect(withOlder(joined, { rows: [row(1)], from: 1, top: 2, more: false })).toMatchObject({ from: 1, more: false });
  });
  test("what is too much is let go, and asked for again from there", () => {
    const joined = withNewer(stretch(3500, 1), stretch(3600, 3400));
    expect(ids(joined.rows)).toEqual(ids(rows(3600, 601)));
    expect(joined).toMatchObject({ from: 602, top: 3601, more: true });
    expect(ids(withOlder(joined, stretch(601, 500)).rows)).toEqual(ids(rows(3600, 500)));
  });
  test("however it is read in pieces, it stays sorted, whole and without doubles", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }), (steps) => {
        let feed = emptyFeed;
        let end = 0;
        for (const step of steps) {
          end += step;
          feed = withNewer(feed, stretch(end, Math.max(1, end - 11)));
        }
        expect(ids(feed.rows)).toEqual(ids(rows(end, 1)));
      }),
    );
  });
});

test("the present row is the newest that is not later", () => {
  const list = [row(9), row(5), row(3)];
  expect([9, 8, 5, 4, 2].map((event) => presentRow(list, event))).toEqual([0, 1, 1, 2, 3]);
});

describe("what to ask for next", () => {
  const known = stretch(900, 800);
  test("at first: up to the end if that is near, else up to the present", () => {
    expect(nextRead(null, 700, 1000)).toEqual({ before: 1001, joins: false });
    expect(nextRead(null, 500, 5000)).toEqual({ before: 501, joins: false });
  });
  test("near the end whatever is new joins", () => {
    expect(nextRead(known, 850, 910)).toEqual({ before: 911, joins: true });
  });
  test("far from the end only a present that is not there yet is asked for", () => {
    expect(nextRead(known, 850, 9000)).toBeNull();
    expect(nextRead(known, 903, 9000)).toEqual({ before: 904, joins: true });
    expect(nextRead(known, 20, 9000)).toEqual({ before: 21, joins: false });
  });
  test("a run that is there as a whole has nothing older", () => {
    expect(nextRead(stretch(900, 800, false), 20, 9000)).toBeNull();
  });
});
