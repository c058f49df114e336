import { describe, expect, test } from "vitest";
import { choiceText } from "../explain/choices.ts";
import { enabledActs } from "../world/enabled.ts";
import { setupOf } from "../world/fixtures.ts";
import { History } from "./history.ts";
import { outlookOf } from "./outlook.ts";
import { finish } from "./work.ts";

const servers = 3;
const look = (history: History, steps: number, statesMost = 5000, timersMost = steps) =>
  finish(outlookOf(history, { group: 1, steps, statesMost, timersMost, textOf: choiceText }));

/** By hand from the start on; disks take no time, so nothing is left to them. */
const setup = { ...setupOf({ servers }), disk: { writeMin: 0, writeMax: 0 } };
function begun(): History {
  const history = new History(setup);
  history.act({ do: "network", mode: "manual" });
  return history;
}

/** Every order, each by itself: how many there are, and in how many S1 leads at some time. */
function everyOrder(history: History, steps: number, timers: number, led = false): { orders: number; leads: number } {
  const leads = led || history.world.machines[1]!.raft.role === "leader";
  if (steps === 0) return { orders: 1, leads: leads ? 1 : 0 };
  const sum = { orders: 0, leads: 0 };
  for (const { kind, act } of enabledActs(history.world)) {
    if (kind !== "deliver" && (kind !== "timer" || timers === 0)) continue;
    const own = new History(setup, history.current.actions, history.world.now);
    own.advance(history.world.now);
    own.act(act);
    own.advance(own.world.now);
    const { orders, leads: inOrders } = everyOrder(own, steps - 1, timers - (kind === "timer" ? 1 : 0), leads);
    sum.orders += orders;
    sum.leads += inOrders;
  }
  return sum;
}

describe("what can come of a moment", () => {
  test.each([3, 1])("is counted over all orders, as if each had been tried by itself; %i timers fire", (timers) => {
    const { orders, leads } = everyOrder(begun(), 3, timers);
    const outlook = look(begun(), 3, 5000, timers);
    expect(outlook).toMatchObject({ steps: 3, orders });
    const own = outlook.rows.find(({ end }) => end.kind === "leads" && end.server === 1);
    expect(own).toMatchObject({ end: { term: 1 }, orders: leads });
    expect(leads).toBeGreaterThan(0);
  });

  test("each way leads there, step by step, on a branch of its own, and looking leaves the run as it was", () => {
    const history = begun();
    const before = history.hash();
    const { rows } = look(history, 3);
    expect(history.hash()).toBe(before);
    expect(rows).toHaveLength(servers);
    for (const { end, actions, at, texts } of rows) {
      expect(texts).toHaveLength(3);
      expect(texts[0]).toMatch(/^S\d times out$/);
      const own = new History(setup, [...history.current.actions, ...actions], at);
      own.advance(at);
      const leader = own.world.machines.find((machine) => machine?.raft.role === "leader");
      expect(end).toEqual({ kind: "leads", server: leader?.id, term: leader?.raft.term });
    }
  });

  test("goes only as deep as there is room for, and says how deep", () => {
    const { steps, states, orders } = look(begun(), 6, 40);
    expect(steps).toBeLessThan(6);
    expect(steps).toBeGreaterThan(0);
    expect(states).toBeLessThanOrEqual(40 + servers);
    expect(orders).toBe(look(begun(), steps).orders);
  });

  test("a run that goes by itself is taken in hand first", () => {
    const history = new History(setup);
    const { rows } = look(history, 3);
    expect(rows[0]!.actions[0]!.act).toEqual({ do: "network", mode: "manual" });
    expect(history.world.mode).toBe("automatic");
  });
});
