import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columnsFor, edgeOf, firstAtEnd, isLabelled, layoutOf, lettersIn, wantedRange } from "./layout.ts";

/** Logs with more entries than can be seen. */
const full = { folded: 0, longest: 5000 };

test("nine rows fit into the panel beside the picture", () => {
  const layout = layoutOf(1040, 230, 9, full);
  expect(layout.sentence).toBe("beside");
  expect(layout.rowHeight * 9 + layout.headHeight).toBeLessThanOrEqual(230);
  expect(layout.cellHeight).toBeLessThan(layout.rowHeight);
});
test("five rows breathe", () => expect(layoutOf(1040, 191, 5, full).rowHeight).toBe(33));
test("a phone has the sentence under the cells, where there is the height for it", () => {
  const high = layoutOf(360, 270, 5, full);
  expect(high).toMatchObject({ sentence: "under", sentenceWidth: 0 });
  expect(high.rowHeight).toBeGreaterThanOrEqual(high.cellHeight + 16);
  const low = layoutOf(360, 160, 5, full);
  expect(low.sentence).toBe("none");
  expect(low.rowHeight * 5 + low.headHeight).toBeLessThanOrEqual(160);
});
test("five rows fit into the sheet of a small phone that shows a hint as well", () => {
  const { rowHeight, headHeight, cellHeight } = layoutOf(360, 137, 5, full);
  expect(5 * rowHeight + headHeight).toBeLessThanOrEqual(137);
  expect(cellHeight).toBeGreaterThanOrEqual(18);
});
test("columns fill the panel and always leave a place for the next entry", () => {
  const layout = layoutOf(1040, 214, 5, full);
  expect(columnsFor(layout, 1040, 0)).toBe(18);
  expect(columnsFor(layout, 1040, 5000)).toBe(5001);
});
test("at the end of the table the last columns are in sight, up to the first that the names hide", () => {
  const layout = layoutOf(1040, 214, 5, full);
  const count = columnsFor(layout, 1040, 5000);
  const first = firstAtEnd(layout, 1040, count);
  const scrolled = edgeOf(layout, count + 1) + layout.sentenceWidth - 1040;
  expect(edgeOf(layout, first + 1)).toBeLessThanOrEqual(scrolled);
  expect(edgeOf(layout, first + 2)).toBeGreaterThan(scrolled);
  expect(firstAtEnd(layout, 1040, 18)).toBe(0);
});
test("what is asked for covers what is seen, in whole chunks", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 0, max: 60 }), (first, extra) => {
      const { from, count } = wantedRange(first, first + extra);
      expect(from).toBeGreaterThanOrEqual(1);
      expect(from).toBeLessThanOrEqual(first);
      expect(from + count - 1).toBeGreaterThanOrEqual(first + extra);
      expect(from % 32).toBe(1);
      expect(count).toBeLessThanOrEqual(extra + 33 + 96);
    }),
  );
});
test("long indices are printed every fifth", () => {
  expect([999, 1000, 1001, 1005].map(isLabelled)).toEqual([true, true, false, true]);
});
describe("entries that no log holds any more", () => {
  const layout = layoutOf(1040, 191, 5, { folded: 4980, longest: 9000 });
  test("share one column, however many they are; the others follow it", () => {
    expect(layout.foldWidth).toBeLessThan(90);
    expect(edgeOf(layout, 4981)).toBe(layout.nameWidth + layout.foldWidth);
    expect(edgeOf(layout, 4983) - edgeOf(layout, 4981)).toBe(2 * layout.pitch);
    expect(edgeOf(layout, 2000)).toBeLessThan(edgeOf(layout, 4981));
  });
  test("leave room for fewer columns", () => {
    expect(columnsFor(layout, 1040, 4980)).toBe(4980 + 15);
    expect(columnsFor(layout, 1040, 9000)).toBe(9001);
  });
  test("take no room where there are none", () => {
    const plain = layoutOf(1040, 191, 5, full);
    expect([1, 2].map((index) => edgeOf(plain, index))).toEqual([plain.nameWidth, plain.nameWidth + plain.pitch]);
  });
});

test("cells are wide enough for commands while all entries fit so, and one more", () => {
  const widthWith = (longest: number, width = 1040) => layoutOf(width, 214, 5, { folded: 0, longest }).cellWidth;
  expect([0, 8, 9, 10, 11].map((longest) => widthWith(longest))).toEqual([60, 60, 46, 46, 28]);
  expect([2, 4, 6].map((longest) => widthWith(longest, 360))).toEqual([60, 46, 26]);
  expect([60, 46, 28].map((cellWidth) => lettersIn({ cellWidth }))).toEqual([5, 3, 0]);
});
test("rows can be as low as 19 px", () => {
  const measures = (height: number) => layoutOf(900, height, 5, full);
  expect(measures(126)).toMatchObject({ rowHeight: 20, cellHeight: 16, headHeight: 22 });
  expect(measures(122)).toMatchObject({ rowHeight: 20, cellHeight: 16, headHeight: 18 });
  expect(measures(60)).toMatchObject({ rowHeight: 19, cellHeight: 15 });
});
test("five rows are whole in the panes of a low laptop, also where the story has two lines", () => {
  // A window of 585 pixels: 40 % of what header, story and time leave, without the tabs and the legend.
  for (const height of [121, 116]) {
    const { rowHeight, headHeight, cellHeight } = layoutOf(920, height, 5, full);
    expect(headHeight + 5 * rowHeight).toBeLessThanOrEqual(height);
    expect(cellHeight).toBeGreaterThanOrEqual(15);
  }
});
