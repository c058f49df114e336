import { range } from "d3";
import { describe, expect, test } from "vitest";
import { chipsPath, layoutChips } from "./chips.ts";
import { laneTroubles } from "./lanes.ts";
import { layoutStage, type StageUse } from "./layout.ts";
import { collisions } from "./places.ts";

/** What windows from 320×480 to 2560×1440 leave for the stage, and what a sheet that is drawn up leaves of that. */
const widths = [240, 300, 390, 480, 640, 921, 1036, 1843];
const heights = [56, 90, 150, 200, 263, 300, 336, 400, 472, 950];
const counts = range(1, 10);

/** All that is wrong with one stage, each with the stage's name. */
function wrong(count: number, width: number, height: number, groupCount = 1, use: StageUse = "usual"): string[] {
  const layout = layoutStage(count, width, height, groupCount, use);
  const met = layout.chips === null ? [...laneTroubles(layout)] : [];
  return [...collisions(layout), ...met].map((what) => `${count} servers at ${width}×${height}: ${what}`);
}

describe("on a stage of any size", () => {
  test.each(counts)("with %i servers nothing touches anything, nor do messages on their ways", (count) => {
    expect(widths.flatMap((width) => heights.flatMap((height) => wrong(count, width, height)))).toEqual([]);
  });

  test("nor where several groups are switched between", () => {
    const sizes = [
      [320, 76],
      [390, 336],
      [921, 300],
      [1036, 472],
    ] as const;
    expect(sizes.flatMap(([width, height]) => [3, 5, 9].flatMap((n) => wrong(n, width, height, 4)))).toEqual([]);
  });
});

describe("on a stage for a room", () => {
  /** At 1280×720, 1920×1080 and 4:3, with a sentence of one and of three lines. */
  const sizes = [
    [742, 586],
    [742, 540],
    [1114, 880],
    [594, 640],
  ] as const;

  test.each(counts)("with %i servers nothing touches anything", (count) => {
    expect(sizes.flatMap(([width, height]) => wrong(count, width, height, 1, "room"))).toEqual([]);
  });

  test("up to five names and roles are read from its last row", () => {
    const rooms = sizes.flatMap(([w, h]) => [1, 3, 5].map((count) => layoutStage(count, w, h, 1, "room")));
    expect(rooms.map(({ detail }) => detail)).toEqual(rooms.map(() => "words"));
    expect(Math.min(...rooms.map(({ scale }) => 15 * scale))).toBeGreaterThanOrEqual(27);
  });
});

describe("the form of the stage", () => {
  const chips = (count: number, width: number, height: number) => layoutStage(count, width, height).chips !== null;

  test("five servers stand in a ring on every stage of at least 300×300", () => {
    const sizes = widths.filter((w) => w >= 300).flatMap((w) => heights.filter((h) => h >= 300).map((h) => [w, h]));
    expect(sizes.filter(([w, h]) => chips(5, w!, h!))).toEqual([]);
  });

  test("labels have their logs on a laptop's stage, and names and roles are larger on a larger one", () => {
    expect(["stacked", "inline"]).toContain(layoutStage(5, 921, 300).detail);
    expect(15 * layoutStage(5, 1382, 620).scale).toBeGreaterThanOrEqual(16);
    expect(12.5 * layoutStage(5, 1382, 620).scale).toBeGreaterThanOrEqual(16);
  });

  test("the ring of a flat stage is wide", () => {
    const { servers } = layoutStage(5, 921, 300);
    const span = (values: number[]) => Math.max(...values) - Math.min(...values);
    expect(span(servers.map(({ x }) => x)) / span(servers.map(({ y }) => y))).toBeGreaterThan(1.5);
  });
});

describe("chips", () => {
  test("stand in the order of numbers, the sides of a partition next to each other", () => {
    const order = (...sides: number[][]) => layoutChips(5, 390, 76, 1, sides).chips?.order;
    expect(order()).toEqual([1, 2, 3, 4, 5]);
    expect(order([3, 4, 5], [1, 2])).toEqual([1, 2, 3, 4, 5]);
    expect(order([1, 4], [2, 3, 5])).toEqual([1, 4, 2, 3, 5]);
  });

  test("the wall runs between them and meets none", () => {
    const layout = layoutChips(5, 390, 76, 1, [
      [1, 2],
      [3, 4, 5],
    ]);
    expect(chipsPath(layout, [1, 2])).toBe("M-20 -20H156V96H-20Z");
    const gap = Math.min(...layout.servers.map(({ x }) => Math.abs(x - 156))) - layout.reach;
    expect(gap).toBeGreaterThan(4);
  });
});
