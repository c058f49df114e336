import { describe, expect, test } from "vitest";
import type { Diagram, Flight, Span } from "../../worker/protocol/diagram.ts";
import type { PastEvent } from "../../worker/protocol/why.ts";
import { tickText } from "./axis.ts";
import type { View } from "./ground.ts";
import { itemOf, itemsOf } from "./items.ts";
import { rowsOf, yOf } from "./lanes.ts";
import { hitAt, sceneOf } from "./layout.ts";
import type { Shape } from "./shapes.ts";
import { svgOf } from "./svg.ts";

const kinds = ["RequestVote", "RequestVoteReply", "AppendEntries"] as const;
const span = (at: number, changes: Partial<Span> = {}): Span => ({
  ...{ at, term: 1, role: "follower", status: "up", writing: false },
  ...changes,
});
/** S1 asks S2 at 10 ms, which gets it at 20 ms and answers; the answer is lost at 28 ms; another is on its way until 90 ms. */
const flights: readonly Flight[] = [
  [10_000, 20_000, 3, 7, 1, 2, 1, 0, 0, 1, 0, 2, 0, 0],
  [20_000, 28_000, 7, 9, 2, 1, 1, 0, 1, 2, 1, 2, 0, 60],
  [30_000, 90_000, 12, 40, 1, 2, 2, 0, 2, 1, 0, 2, 1, 0],
];
const diagram: Diagram = {
  ...{ branch: 0, group: 1, disks: true, end: { at: 100_000, event: 50 }, from: 0, to: 100_000, kinds, total: 3 },
  lanes: [
    {
      server: 1,
      spans: [span(0), span(10_000, { role: "candidate", term: 2 }), span(40_000, { role: "leader", term: 2 })],
    },
    { server: 2, spans: [span(0), span(60_000, { status: "down" })] },
  ],
  ...{ messages: flights, bundles: [], acts: [], troubles: [], leftOut: 0 },
  signs: [{ at: 20_000, event: 7, kind: "refuses", server: 2, other: 1, value: 0, count: 1 }],
};
const view: View = {
  ...{ diagram, from: 0, to: 100_000, width: 1052, height: 124, density: "context", lit: null },
  ...{ clients: false, disks: false, now: 50_000, shown: Number.POSITIVE_INFINITY, selected: null },
};
const linesOf = (shapes: readonly Shape[], dash: readonly number[] = []): number[][] =>
  shapes.flatMap((shape) => {
    if (shape.kind !== "lines" || !shape.stroke.startsWith("term") || String(shape.dash ?? []) !== String(dash))
      return [];
    return Array.from({ length: shape.ends.length / 4 }, (_, i) => shape.ends.slice(4 * i, 4 * i + 4));
  });
const past = (event: number, at: number, server: number, causes: readonly number[] = []): PastEvent => ({
  ...{ event, at, server, sentence: `event ${event}`, by: "message", earlier: false, messages: [], entries: [] },
  causes: causes.map((each) => ({ event: each, as: "trigger" })),
});
const led = new Map([past(7, 20_000, 2, [3]), past(3, 10_000, 1)].map((each) => [each.event, each] as const));
const lit = { past: led, about: 7, event: (event: number) => led.has(event) };

describe("a scene", () => {
  test("an arrow goes from its sender's lane when it was sent to its receiver's when it came", () => {
    const scene = sceneOf(view);
    const { rows } = scene;
    const [sent] = scene.hits;
    const x = (at: number): number => rows.left + (at / 100_000) * (rows.right - rows.left);
    const [x1, y1, x2, y2] = sent!.ends;
    expect([x1, x2]).toEqual([x(10_000), x(20_000)]);
    expect(y1).toBeCloseTo(yOf(rows, 1) + rows.bar / 2 + 1);
    expect(y2).toBeCloseTo(yOf(rows, 2) - rows.bar / 2 - 1);
  });

  test("a reply is dashed, what is lost ends in a red cross, what is under way is dotted from now on", () => {
    const { shapes, rows } = sceneOf(view);
    expect(linesOf(shapes, [4, 3])).toHaveLength(1);
    const crosses = shapes.filter((shape) => shape.kind === "path" && shape.stroke === "bad");
    expect(crosses).toHaveLength(1);
    const [dotted] = linesOf(shapes, [1, 3]);
    expect(dotted![0]).toBeCloseTo(rows.left + 0.5 * (rows.right - rows.left));
    expect(dotted![2]).toBeCloseTo(rows.left + 0.9 * (rows.right - rows.left));
  });

  test("nothing of what comes is drawn where it is hidden", () => {
    const { shapes, hits, rows } = sceneOf({ ...view, now: 25_000, shown: 25_000 });
    const until = rows.left + 0.25 * (rows.right - rows.left);
    const ends = [...linesOf(shapes), ...linesOf(shapes, [4, 3]), ...linesOf(shapes, [1, 3])];
    expect(Math.max(...ends.map((line) => Math.max(line[0]!, line[2]!)))).toBeLessThanOrEqual(until + 1e-6);
    expect(shapes.some((shape) => shape.kind === "path" && shape.stroke === "bad")).toBe(false);
    const words = hits.map((hit) => itemOf({ diagram, shown: 25_000 }, hit).words);
    expect(words.filter((each) => each.includes("under way"))).toHaveLength(1);
    expect(words.join()).not.toContain("lost");
    const boxes = shapes.filter((shape) => shape.kind === "box" && shape.fill?.startsWith("term"));
    for (const box of boxes) if (box.kind === "box") expect(box.x + box.width).toBeLessThanOrEqual(until + 1);
  });

  test("focus leaves the rest out, context fades it, all fades nothing", () => {
    const flightsOf = (density: View["density"]) =>
      sceneOf({ ...view, lit, density }).hits.filter(({ of }) => of === "flight").length;
    // What led to the event, and what it led to at once.
    expect(flightsOf("focus")).toBe(2);
    expect(flightsOf("context")).toBe(3);
    const alphas = (density: View["density"]) =>
      sceneOf({ ...view, lit, density }).shapes.flatMap((shape) =>
        shape.kind === "lines" && shape.stroke.startsWith("term") ? [shape.alpha] : [],
      );
    expect(Math.min(...alphas("context").map(Number))).toBeLessThan(0.3);
    expect(Math.min(...alphas("all").map(Number))).toBeGreaterThan(0.8);
  });

  test("what lies nearest to a click is found, a sign before the arrow that ends there, and nothing far away", () => {
    const scene = sceneOf(view);
    const sign = scene.hits.find(({ of }) => of === "sign")!;
    const [x = 0, y = 0] = sign.ends;
    expect(hitAt(scene, x + 2, y - 3, 7)).toBe(sign);
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = scene.hits[0]!.ends;
    expect(hitAt(scene, (x1 + x2) / 2 + 2, (y1 + y2) / 2, 7)).toBe(scene.hits[0]);
    expect(hitAt(scene, scene.rows.right - 5, 30, 7)).toBeNull();
  });

  test("nine servers keep their lanes apart and have no words in them", () => {
    const ids = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    const rows = rowsOf(ids, { width: 900, height: 150 });
    expect(rows.wordy).toBe(false);
    expect(rows.pitch).toBeGreaterThan(rows.bar + 4);
    expect(yOf(rows, 9) + rows.bar / 2).toBeLessThanOrEqual(150);
  });
});

test("the list says what is in sight by time, and where a click on it leads", () => {
  const { items, more } = itemsOf(view, sceneOf(view));
  expect(items.map(({ words }) => words)).toEqual([
    "0.010 s RequestVote of term 2 from S1 to S2, arrived at 0.020 s",
    "0.020 s RequestVoteReply of term 2, no, from S2 to S1, lost at 0.028 s",
    "0.020 s S2 refuses S1",
    "0.030 s AppendEntries of term 2, 1 entry, from S1 to S2, arrived at 0.090 s",
  ]);
  expect(more).toBe(0);
  expect(items[0]).toMatchObject({ event: 3, about: 7, ref: { from: 1, to: 2, ordinal: 1, copy: 0 } });
});

test("times on the axis have as many decimals as their step needs", () => {
  expect(tickText(560_000, 20_000)).toBe("0.56");
  expect(tickText(604_000, 2000)).toBe("0.604");
  expect(tickText(604_200, 100)).toBe("0.6042");
  expect(tickText(3_000_000, 500_000)).toBe("3.0");
  expect(tickText(120_000_000, 10_000_000)).toBe("2:00.000");
});

test("as SVG every arrow has a number and a line beneath, and text is text", () => {
  const svg = svgOf(view, "A <b> & c", (colour) => `#${colour.length}`);
  expect(svg).toContain("A &lt;b&gt; &amp; c, 0.000 s to 0.100 s");
  expect(svg).toContain(">1  0.010 s RequestVote of term 2 from S1 to S2, arrived at 0.020 s</text>");
  for (const number of [1, 2, 3]) expect(svg).toContain(`>${number}</text>`);
  expect(svg.match(/<svg|<\/svg>/g)).toHaveLength(2);
});
