import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyStore, execute } from "../../world/kv.ts";
import type { ClientOperation } from "../../world/state/clients.ts";
import type { KvOperation } from "../../world/state/commands.ts";
import { linearizable } from "./linearizable.ts";
import { effectOf, type Register } from "./model.ts";
import { type Call, search } from "./search.ts";

/** A history in one line each: who, what, when called, when returned (null: never), and the answer. */
type Line = readonly [operation: KvOperation, called: number, returned: number | null, value?: string | null];

const operationOf = ([operation, called, returned, value = null]: Line, i: number): ClientOperation => ({
  number: i + 1,
  client: 1,
  group: 1,
  operation,
  read: null,
  calledAt: called,
  endedAt: returned,
  called,
  returned,
  outcome: returned === null ? "unknown" : "ok",
  value,
  server: 1,
  index: 0,
});
const check = (...lines: Line[]) => linearizable(lines.map(operationOf));

const put = (value: string, key = "x"): KvOperation => ({ op: "put", key, value });
const get = (key = "x"): KvOperation => ({ op: "get", key });
const remove: KvOperation = { op: "delete", key: "x" };
const cas = (expected: string | null, value: string): KvOperation => ({ op: "cas", key: "x", expected, value });
const increment = (by = 1): KvOperation => ({ op: "increment", key: "x", by });

describe("known histories", () => {
  test("what logs had when the run began is explained, and is no client's operation", () => {
    const begun = check([get(), 1, 2, "1.1"], [put("5"), 3, 4, "2.3"], [get(), 5, 6, "5"]);
    expect(begun.verdict).toBe("ok");
    expect(begun.keys[0]).toMatchObject({ operations: 3, order: [{ number: 1 }, { number: 2 }, { number: 3 }] });
    expect(check([get(), 1, 2, "1.1"], [get(), 3, 4, null]).verdict).toBe("illegal");
    expect(check([get("y"), 1, 2, "1.1"]).verdict).toBe("illegal");
    expect(check([get(), 1, 2, "1.1"], [put("2.2"), 3, 4, "1.1"], [get(), 5, 6, "1.1"]).verdict).toBe("illegal");
    expect(check([get(), 1, 2, "7"]).verdict).toBe("illegal");
  });
  test("one after the other", () => {
    const { verdict, keys } = check([put("1"), 1, 2], [get(), 3, 4, "1"], [remove, 5, 6, "1"], [get(), 7, 8, null]);
    expect(verdict).toBe("ok");
    expect(keys[0]!.order).toEqual([
      { number: 1, state: "1" },
      { number: 2, state: "1" },
      { number: 3, state: null },
      { number: 4, state: null },
    ]);
  });

  test("a stale read: what was answered before it was asked is not in it", () => {
    const { verdict, keys } = check([put("1"), 1, 2], [put("2"), 3, 4, "1"], [get(), 5, 6, "1"]);
    expect(verdict).toBe("illegal");
    expect(keys[0]).toMatchObject({ key: "x", stuck: 3, order: [{ number: 1 }, { number: 2 }] });
  });

  test("a read that overlaps a write may see either side of it, but not go back", () => {
    const write: Line = [put("2"), 3, 10, "1"];
    expect(check([put("1"), 1, 2], write, [get(), 4, 5, "1"], [get(), 6, 7, "2"]).verdict).toBe("ok");
    expect(check([put("1"), 1, 2], write, [get(), 4, 5, "2"], [get(), 6, 7, "1"]).verdict).toBe("illegal");
  });

  test("a lost update: two swaps of the same value cannot both succeed", () => {
    const first: Line = [put("1"), 1, 2];
    expect(check(first, [cas("1", "2"), 3, 6, "1"], [cas("1", "3"), 4, 5, "2"]).verdict).toBe("ok");
    expect(check(first, [cas("1", "2"), 3, 6, "1"], [cas("1", "3"), 4, 5, "1"]).verdict).toBe("illegal");
  });

  test("a double execution: an increment that was asked once counts once", () => {
    expect(check([increment(), 1, 2, "1"], [get(), 3, 4, "1"]).verdict).toBe("ok");
    expect(check([increment(), 1, 2, "1"], [get(), 3, 4, "2"]).verdict).toBe("illegal");
  });

  test("what nobody heard of may have happened, at any time after its call, or never, but once", () => {
    const lost: Line = [put("9"), 1, null];
    expect(check(lost, [get(), 2, 3, null], [get(), 4, 5, "9"]).verdict).toBe("ok");
    expect(check(lost, [get(), 2, 3, null]).verdict).toBe("ok");
    expect(check(lost, [get(), 2, 3, "9"], [get(), 4, 5, null]).verdict).toBe("illegal");
    expect(check([get(), 1, 2, "9"], [put("9"), 3, null]).verdict).toBe("illegal");
  });

  test("what certainly was not executed, and reads without an answer, are left out", () => {
    const failed = { ...operationOf([put("9"), 1, null], 0), outcome: "failed" as const };
    const seen = operationOf([get(), 2, 3, "9"], 1);
    expect(linearizable([failed, seen]).verdict).toBe("illegal");
    expect(linearizable([operationOf([get(), 1, null], 0)])).toEqual({ verdict: "ok", keys: [] });
  });

  test("keys are looked at one by one, and those that are not ok come first", () => {
    const { verdict, keys } = check([put("1", "a"), 1, 2], [get("b"), 3, 4, "1"]);
    expect(verdict).toBe("illegal");
    expect(keys.map((row) => [row.key, row.verdict])).toEqual([
      ["b", "illegal"],
      ["a", "ok"],
    ]);
  });

  test("a budget that is too small is never taken for ok", () => {
    const lines = Array.from(
      { length: 20 },
      (_, i): Line => [put(String(i)), 2 * i, 2 * i + 1, i === 0 ? null : String(i - 1)],
    );
    const history = lines.map(operationOf);
    expect(linearizable(history, 5).verdict).toBe("unknown");
    expect(linearizable(history).verdict).toBe("ok");
  });
});

// ---- against every order ------------------------------------------------------------------------------------

/** Tries every order of every subset of the unknown: a dozen lines that cannot be wrong in the same way. */
function someOrder(calls: readonly Call[], state: Register = null): boolean {
  if (calls.every(({ returned }) => returned === null)) return true;
  return calls.some((call) => {
    const rest = calls.filter((other) => other !== call);
    if (rest.some(({ returned }) => returned !== null && returned < call.called)) return false;
    const effect = effectOf(call.operation, state);
    return (call.returned === null || effect.value === call.value) && someOrder(rest, effect.state);
  });
}

const values = fc.constantFrom("1", "2", "3");
const anyOperation: fc.Arbitrary<KvOperation> = fc.oneof(
  fc.constant(get()),
  values.map((value) => put(value)),
  fc.constant(remove),
  fc.tuple(fc.option(values), values).map(([expected, value]) => cas(expected, value)),
  fc.integer({ min: 1, max: 2 }).map(increment),
);

/** Operations that overlap, with answers that are right if they are executed in the order of their ends, or with one changed. */
const anyCalls = fc
  .record({
    operations: fc.array(fc.tuple(anyOperation, fc.nat(5), fc.boolean()), { minLength: 1, maxLength: 6 }),
    wrong: fc.option(fc.tuple(fc.nat(5), fc.option(values))),
  })
  .map(({ operations, wrong }) => {
    let state: Register = null;
    return operations.map(([operation, before, answered], i): Call => {
      const effect = effectOf(operation, state);
      state = effect.state;
      const value = wrong?.[0] === i ? wrong[1] : effect.value;
      const called = Math.max(0, 10 * i - 7 * before) + i / 10;
      return { number: i + 1, operation, called, returned: answered ? 10 * i + 5 : null, value };
    });
  });

describe("the search", () => {
  test("says of small histories what trying every order says, and its order is one", () => {
    const seen = { ok: 0, illegal: 0 };
    fc.assert(
      fc.property(anyCalls, (calls) => {
        const { verdict, order } = search(calls, 100_000);
        expect(verdict).toBe(someOrder(calls) ? "ok" : "illegal");
        seen[verdict as "ok"]++;
        let state: Register = null;
        const left = new Set(calls);
        for (const { number, state: after } of order) {
          const call = calls[number - 1]!;
          const effect = effectOf(call.operation, state);
          if (call.returned !== null) expect(effect.value).toBe(call.value);
          expect(effect.state).toBe(after);
          left.delete(call);
          expect([...left].every(({ returned }) => returned === null || returned > call.called)).toBe(true);
          state = after;
        }
        if (verdict === "ok") expect([...left].every(({ returned }) => returned === null)).toBe(true);
      }),
      { numRuns: 1500, seed: 7 },
    );
    expect(Math.min(seen.ok, seen.illegal)).toBeGreaterThan(100);
  });

  test("its register does what the store of the servers does", () => {
    fc.assert(
      fc.property(fc.array(anyOperation, { maxLength: 12 }), (operations) => {
        const store = emptyStore();
        let state: Register = null;
        for (const operation of operations) {
          const effect = effectOf(operation, state);
          expect(execute(store, operation)).toBe(effect.value);
          state = effect.state;
          expect(store.data.get("x") ?? null).toBe(state);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("a thousand operations of ten clients on one key take some thousand steps, writes that never returned among them", () => {
    const lines: Line[] = [];
    let state: string | null = null;
    for (let i = 0; i < 1000; i++) {
      const lost = i % 100 === 50;
      const operation = i % 2 === 0 ? put(String(i)) : get();
      const effect = effectOf(operation, state);
      state = effect.state;
      lines.push([operation, 10 * i - 95, lost ? null : 10 * i + 5, effect.value]);
    }
    const [row] = check(...lines).keys;
    expect(row).toMatchObject({ verdict: "ok", operations: 1000 });
    expect(row!.steps).toBeLessThan(30_000);
  });
});
