import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FeedRow } from "../../worker/protocol.ts";
import { emptyFeed, nextRead, presentRow, withNewer, withOlder } from "./rows.ts";

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
});
/** Rows of the events `from` down to `to`, newest first. */
const rows = (from: number, to: number): FeedRow[] => Array.from({ length: from - to + 1 }, (_, i) => row(from - i));
const ids = (list: readonly FeedRow[]): string[] => list.map((one) => one.id);

describe("joining the feed", () => {
  test("new rows come on top of those that are there", () => {
    const joined = withNewer({ rows: rows(5, 1), more: false }, { rows: rows(8, 4), more: true });
    expect(ids(joined.rows)).toEqual(ids(rows(8, 1)));
    expect(joined.more).toBe(false);
  });
  test("rows of one event that came in two answers are not lost", () => {
    const old = { rows: [row(5, 1), row(5, 0), row(4)], more: false };
    expect(ids(withNewer(old, { rows: [row(6), row(5, 1)], more: true }).rows)).toEqual(["6.0", "5.1", "5.0", "4.0"]);
  });
  test("a gap lets go of the old part", () => {
    const fresh = { rows: rows(90, 80), more: true };
    expect(withNewer({ rows: rows(5, 1), more: false }, fresh)).toBe(fresh);
  });
  test("everything in one answer replaces what was there", () => {
    const fresh = { rows: rows(3, 1), more: false };
    expect(withNewer({ rows: rows(5, 1), more: false }, fresh)).toBe(fresh);
  });
  test("older rows come below, once each", () => {
    const joined = withOlder({ rows: rows(9, 6), more: true }, { rows: rows(6, 2), more: true });
    expect(ids(joined.rows)).toEqual(ids(rows(9, 2)));
    expect(joined.more).toBe(true);
  });
  test("an answer without anything new ends the list", () => {
    expect(withOlder({ rows: rows(9, 6), more: true }, { rows: rows(6, 6), more: true }).more).toBe(false);
  });
  test("however it is read in pieces, it stays sorted, whole and without doubles", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }), (steps) => {
        let feed = emptyFeed;
        let end = 0;
        for (const step of steps) {
          end += step;
          const first = Math.max(1, end - 11);
          feed = withNewer(feed, { rows: rows(end, first), more: first > 1 });
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
  const known = { rows: rows(900, 800), more: true };
  test("at first: up to the end if that is near, else up to the present", () => {
    expect(nextRead(null, 0, 700, 1000)).toEqual({ before: 1001, joins: false });
    expect(nextRead(null, 0, 500, 5000)).toEqual({ before: 501, joins: false });
  });
  test("near the end whatever is new joins", () => {
    expect(nextRead(known, 901, 850, 910)).toEqual({ before: 911, joins: true });
  });
  test("far from the end only a present that is not there yet is asked for", () => {
    expect(nextRead(known, 901, 850, 9000)).toBeNull();
    expect(nextRead(known, 901, 903, 9000)).toEqual({ before: 904, joins: true });
    expect(nextRead(known, 901, 20, 9000)).toEqual({ before: 21, joins: false });
  });
  test("a run that is there as a whole has nothing older", () => {
    expect(nextRead({ rows: rows(900, 800), more: false }, 901, 20, 9000)).toBeNull();
  });
});
