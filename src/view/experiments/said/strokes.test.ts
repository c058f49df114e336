import { expect, test } from "vitest";
import { strokesOf } from "./strokes.ts";

const plane = { x: (time: number) => time / 10, from: 0, to: 1000 };
const span = (at: number, term: number) => ({ at, term, role: "candidate", up: true }) as const;

test("each span is drawn by itself, from the edge on", () => {
  const spans = [span(0, 1), span(400, 2), span(500, 3)];
  expect(strokesOf(spans, { ...plane, from: 200 }).map(({ x, width }) => [x, width])).toEqual([
    [20, 20],
    [40, 10],
    [50, 50],
  ]);
});

test("very many terms are one stroke, not slivers; what can be seen beside them stays", () => {
  const many = Array.from({ length: 90 }, (_, i) => span(100 + i * 10, i + 2));
  const strokes = strokesOf([span(0, 1), ...many], plane);
  expect(strokes.map(({ is }) => is)).toEqual(["span", "many"]);
  expect(strokes[1]).toMatchObject({ x: 10, width: 90, terms: 90 });
});

test("what was over before the picture begins, or would begin after it ends, is not there", () => {
  expect(strokesOf([span(0, 1), span(50, 2)], { ...plane, from: 50, to: 50 })).toEqual([]);
});
