import { describe, expect, test } from "vitest";
import type { KeyResult } from "../../../worker/protocol/clients.ts";
import type { Operation } from "./operation.ts";
import { verdictOf } from "./verdicts.ts";

const operation = (
  number: number,
  asked: string,
  calledAt: number,
  answeredAt: number | null,
  answer: string,
): Operation => ({
  number,
  client: number < 3 ? 1 : 2,
  calledAt,
  answeredAt,
  endedAt: answeredAt,
  asked,
  http: "",
  key: asked.includes("y") ? "y" : "x",
  reads: asked.startsWith("get"),
  server: 1,
  state: answeredAt === null ? "asking" : "done",
  answer,
});
const history = [
  operation(1, "put x=1", 60_000, 110_000, "ok"),
  operation(2, "put x=2", 380_000, 431_000, "ok"),
  operation(3, "get x", 440_000, 470_000, "1"),
  operation(4, "put y=1", 450_000, 460_000, "ok"),
];
const found = (changes: Partial<KeyResult>): KeyResult => ({
  key: "x",
  verdict: "illegal",
  operations: 3,
  order: [
    { number: 1, state: "1" },
    { number: 2, state: "2" },
  ],
  stuck: 3,
  steps: 12,
  could: { values: ["2"], complete: true },
  ...changes,
});

describe("a verdict in words", () => {
  test("a stale read: what it was told, what it could have been told, and why", () => {
    const verdict = verdictOf(found({}), history);
    expect(verdict).toMatchObject({ stuck: 3, order: [1, 2], states: ["1", "2"] });
    expect(verdict.operations.map(({ number, text }) => [number, text])).toEqual([
      [1, "put x=1"],
      [2, "put x=2"],
      [3, "get x: 1"],
    ]);
    expect(verdict.searched).toBe("3 operations: no order explains them all");
    expect(verdict.why).toEqual([
      "C2 asked get x at 0.440 s and was told 1 at 0.470 s. No moment between the two explains that.",
      "It could have been told only 2: put x=2 had been answered at 0.431 s, before it was asked.",
    ]);
  });

  test("never more than is known", () => {
    const some = verdictOf(found({ could: { values: ["2", null], complete: false } }), history);
    expect(some.why[1]).toContain("It could have been told for example 2 or nil");
    expect(verdictOf(found({ could: { values: [], complete: true } }), history).why[1]).toBe(
      "No other answer to it would help: what was told of x before contradicts itself.",
    );
    const early = verdictOf(found({ verdict: "unknown", steps: 2_000_000 }), history);
    expect(early.stuck).toBeNull();
    expect(early.searched).toBe("3 operations: the search ended early");
    expect(early.why).toEqual([
      "Neither proved nor refuted: the search was given up after 2,000,000 steps. The longest order that it found has 2 of 3 operations.",
    ]);
  });

  test("a history that one order explains", () => {
    const verdict = verdictOf(found({ verdict: "ok", stuck: 0, operations: 1, could: null }), history);
    expect([verdict.stuck, verdict.searched]).toEqual([null, "1 operation: one order explains it"]);
  });
});
