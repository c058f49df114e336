import { expect, test } from "vitest";
import { presetRun, write } from "../../exchange/out/fixtures.ts";
import { heldAt, loopOf, paceOf } from "./film.ts";

test("what the engine writes can be held at any moment, and no film is longer than half a minute", () => {
  const svg = write("svg-animated", presetRun("figure-8")).text;
  expect(loopOf(svg)).toBe(7.8);
  const held = heldAt(svg, 2.5);
  expect(held).toContain(":root{--loop:7.8s;--at:-2.500s;--run:paused}");
  expect(held.length).toBe(svg.length + "-2.500s;--run:paused".length - "0s;--run:running".length);
  expect([paceOf(7.8), paceOf(61)]).toEqual([1, 61 / 30]);
});
