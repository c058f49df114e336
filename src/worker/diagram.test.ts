import { expect, test } from "vitest";
import { History } from "../history/history.ts";
import { eventsAPart, finish } from "../history/work.ts";
import { presets } from "../scenario/presets/index.ts";
import { Diagrams } from "./diagram.ts";
import { within } from "./fixtures.ts";
import type { Diagram } from "./protocol/diagram.ts";

function historyOf(id: string, more = 0): History {
  const { recording } = presets.find((preset) => preset.id === id)!;
  const history = new History(recording.setup, recording.actions, recording.end);
  history.advance(recording.end + more);
  return history;
}

test("a stretch in which little happens has every message, and the states before it", () => {
  const history = historyOf("two-leaders");
  const diagrams = new Diagrams(history);
  const diagram = structuredClone(
    finish(diagrams.of({ from: 300_000, to: 420_000, group: 1, width: 1000, disks: false })),
  );
  expect(diagram.bundles).toEqual([]);
  expect(diagram.messages).toHaveLength(diagram.total);
  expect(diagram.total).toBeGreaterThan(10);
  expect(diagram.lanes.map(({ server }) => server)).toEqual([1, 2, 3, 4, 5]);
  for (const { spans } of diagram.lanes) expect(spans[0]!.at).toBeLessThanOrEqual(300_000);
  expect(diagram.troubles.map(({ words }) => words).join()).toContain("cut");
  expect(diagram.signs.some(({ kind }) => kind === "elected")).toBe(true);
});

test("in a stretch in which much happens bundles stand for all messages, and none is missing", () => {
  const history = historyOf("write-step-by-step", 60_000_000);
  const diagram = finish(new Diagrams(history).of({ from: 0, to: 60_000_000, group: 1, width: 900, disks: false }));
  expect(diagram.total).toBeGreaterThan(4000);
  expect(diagram.messages).toEqual([]);
  expect(diagram.bundles.length).toBeGreaterThan(50);
  expect(diagram.bundles.reduce((sum, { count }) => sum + count, 0)).toBe(diagram.total);
  within(diagram);
});

test("what is under way where the run ends says when it will arrive", () => {
  const history = historyOf("two-leaders");
  const { at } = history.place;
  const packets = history.world.packets.filter(({ group }) => group === 1);
  expect(packets.length).toBeGreaterThan(0);
  const diagram = finish(new Diagrams(history).of({ from: at - 1000, to: at, group: 1, width: 900, disks: false }));
  const open = diagram.messages.filter(([, , , endedIn]) => endedIn === 0);
  const due = (list: readonly (number | null)[]) => [...list].sort((a, b) => (a ?? 0) - (b ?? 0));
  expect(due(open.map(([, endAt]) => endAt))).toEqual(due(packets.map(({ dueAt }) => dueAt)));
});

test("a short stretch of a long run is executed alone, and is the same as of the whole", () => {
  const history = historyOf("lossy-network", 70_000_000);
  history.act({ do: "crash", server: 2 });
  history.advance(history.place.at + 4_000_000);
  const end = history.current.end.at;
  expect(history.current.checkpoints.length).toBeGreaterThan(8);
  const whole = new Diagrams(history);
  finish(whole.of({ from: 0, to: end, group: 1, width: 900, disks: true }));
  const near = new Diagrams(history);
  let executed = 0;
  for (const [from, to] of [
    [0.9, 1.1],
    [0.92, 1.12],
    [0.5, 0.52],
    [0.51, 0.54],
    [0.3, 0.31],
  ] as const) {
    const ask = { from: Math.round(from * end), to: Math.round(to * end), group: 1, width: 900, disks: true };
    const alone = near.of(ask);
    for (let step = alone.next(); ; step = alone.next()) {
      executed++;
      if (!step.done) continue;
      expect(seenFrom(step.value)).toEqual(seenFrom(finish(whole.of(ask))));
      expect(step.value.total).toBeGreaterThan(20);
      break;
    }
  }
  expect(executed * eventsAPart).toBeLessThan(history.current.end.event / 2);
});

/** Where what began before it began does not matter. */
const seenFrom = (diagram: Diagram): Diagram => ({
  ...diagram,
  lanes: diagram.lanes.map(({ server, spans }) => ({
    server,
    spans: spans.map((span) => ({ ...span, at: Math.max(diagram.from, span.at) })),
  })),
  troubles: diagram.troubles.map((each) => ({ ...each, from: Math.max(diagram.from, each.from) })),
});
