import { expect, test } from "vitest";
import { livelySetup } from "../history/fixtures.ts";
import { History } from "../history/history.ts";
import { finish } from "../history/work.ts";
import { presets } from "../scenario/presets/index.ts";
import { ms } from "../world/fixtures.ts";
import { within } from "./fixtures.ts";
import { MetricsReader } from "./metrics.ts";

const presetHistory = (id: string): History => {
  const { setup, actions, end } = presets.find((preset) => preset.id === id)!.recording;
  const history = new History(setup, actions, end);
  history.advance(end);
  return history;
};
const all = { from: 0, until: Number.MAX_SAFE_INTEGER, group: 1, width: 200 };
const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);

test("bins and what came before them are all that was counted, whatever stretch is asked for", () => {
  const history = presetHistory("lossy-network");
  const reader = new MetricsReader(history);
  const facts = history.facts(1, history.place.event);
  const { at } = history.place;
  for (const [from, to] of [
    [0, at],
    [at / 3, at / 2],
    [at / 2, at * 2],
    [0, 300],
  ] as const) {
    const view = finish(reader.of({ from, to, until: at * 2, group: 1, width: 228 }));
    const end = view.from + view.bins * view.step;
    expect(view.from).toBeLessThanOrEqual(from);
    expect(end).toBeGreaterThan(Math.min(to, at));
    expect(view.bins).toBeLessThanOrEqual(228 + 2 * view.column);
    for (const { server, sums, before } of view.servers) {
      const sent = facts.filter((fact) => fact.kind === "sent" && fact.ref.from === server && fact.ref.to > 0);
      expect(before.sent).toBe(sent.filter((fact) => fact.at < view.from).length);
      expect(sum(sums.sent)).toBe(sent.filter((fact) => fact.at >= view.from && fact.at < end).length);
    }
  }
});

test("what is told of the present is exact to the event", () => {
  const history = presetHistory("split-vote");
  const reader = new MetricsReader(history);
  const last = history.place.event;
  for (let event = 1; event <= last; event += 7) {
    history.visit(event);
    const { present } = finish(reader.of({ ...all, to: history.current.reach }));
    const facts = history.facts(1, event);
    const started = [1, 2, 3, 4, 5].map(
      (server) =>
        facts.filter(
          (fact) =>
            fact.kind === "decided" && fact.decision.kind === "electionStarted" && fact.decision.server === server,
        ).length,
    );
    expect(present!.elections).toEqual(started.slice(0, present!.elections.length));
    expect(present!.position.event).toBe(event);
  }
});

test("an answer is bounded, and tells of nothing that comes after what was asked for", () => {
  const setup = livelySetup(4, 5);
  const history = new History({ ...setup, link: { ...setup.link, latencyMin: 60 * ms, latencyMax: 110 * ms } });
  history.act({ do: "load", perSecond: 20, clients: 3 });
  history.advance(3000 * ms);
  const reader = new MetricsReader(history);
  const whole = within(finish(reader.of({ ...all, to: history.place.at, width: 5000 })));
  expect(whole.alarms.length).toBeGreaterThan(0);
  const [{ from, to }] = whole.alarms as unknown as [{ from: number; to: number }];
  const early = finish(reader.of({ ...all, to: history.place.at, until: (from + to) / 2 }));
  expect(early.alarms).toEqual([]);
  expect(early.from + (early.bins - 1) * early.step).toBeLessThanOrEqual((from + to) / 2);
});

test("another branch is counted by itself, and the one before is still known", () => {
  const history = presetHistory("leader-crash");
  const reader = new MetricsReader(history);
  const ask = { ...all, to: history.place.at };
  const first = finish(reader.of(ask));
  history.seek(history.place.at / 2);
  history.act({ do: "crash", server: 3 });
  history.advance(history.place.at + 100 * ms);
  expect(finish(reader.of(ask)).branch).not.toBe(first.branch);
  history.switchTo(0);
  history.seek(history.current.reach);
  const work = reader.of(ask);
  expect(work.next().done).toBe(true);
});
