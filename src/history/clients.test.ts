import { expect, test, vi } from "vitest";
import { dice, wildAct } from "../check/fuzz/acts.ts";
import { variants } from "../check/fuzz/variants.ts";
import { linearizable } from "../check/linearizability/linearizable.ts";
import { ms, setupOf } from "../world/fixtures.ts";
import { operationsOf } from "../world/operations.ts";
import type { Act, KvOperation, Setup } from "../world/types.ts";
import { History } from "./history.ts";

vi.setConfig({ testTimeout: 120_000 });

/** Faults of every kind, four clients with sessions that repeat what is not answered: their history has an order. */

const names = Object.keys(variants);

function setupFor(seed: number): Setup {
  const clients = {
    sessions: true,
    repeatAfter: 300 * ms,
    givesUpAfter: 1500 * ms,
    sessionsMost: seed % 3 === 0 ? 2 : 16,
  };
  const link = { latencyMin: 2 * ms, latencyMax: 25 * ms, loss: 30_000, duplicate: 30_000 };
  return setupOf({ seed, servers: 3 + (seed % 3), raft: variants[names[seed % names.length]!]!, clients, link });
}

const byHand = (roll: (max: number) => number): KvOperation =>
  (
    [
      { op: "cas", key: "x", expected: null, value: `cas ${roll(1000)}` },
      { op: "increment", key: "n", by: 1 + roll(3) },
      { op: "get", key: "n" },
      { op: "delete", key: "y" },
    ] as const
  )[roll(4)]!;

function nextAct(history: History, roll: (max: number) => number): Act {
  if (roll(3) === 0) return { do: "request", operation: byHand(roll), client: 1 + roll(4) };
  const act = wildAct(history.world, roll);
  return act.do === "load" || act.do === "members" ? { do: "heal" } : act;
}

test.each(Array.from({ length: 12 }, (_, i) => i + 1))("schedule %i", (seed) => {
  const history = new History(setupFor(seed));
  const roll = dice(seed);
  history.act({ do: "load", perSecond: 60, clients: 4, mode: seed % 2 === 0 ? "closed" : "open", reads: 50, keys: 2 });
  while (history.world.now < 5000 * ms && history.world.violation === null && history.world.stopped === null) {
    history.act(nextAct(history, roll));
    history.advance(history.world.now + 1 + roll(120 * ms));
  }
  expect([history.world.violation, history.world.stopped]).toEqual([null, null]);
  const operations = operationsOf(history.world);
  expect(operations.length).toBeGreaterThan(50);
  expect(linearizable(operations).verdict).toBe("ok");
});
