import { describe, expect, test } from "vitest";
import { couldBeTold } from "./could.ts";
import type { Call } from "./search.ts";

const put = (number: number, value: string, called: number, returned: number | null): Call => ({
  number,
  operation: { op: "put", key: "x", value },
  called,
  returned,
  value: null,
});
const get = (number: number, value: string | null, called: number, returned: number): Call => ({
  number,
  operation: { op: "get", key: "x" },
  called,
  returned,
  value,
});
/** Puts are told what they replaced. */
const replacing = (call: Call, value: string): Call => ({ ...call, value });
const told = (calls: readonly Call[], number: number) => couldBeTold(calls, number, 10_000);

describe("what a read could have been told", () => {
  test("after a write that was answered: only that", () => {
    const calls = [put(1, "1", 1, 2), replacing(put(2, "2", 3, 4), "1"), get(3, "1", 5, 6)];
    expect(told(calls, 3)).toEqual({ values: ["2"], complete: true });
  });
  test("beside a write that was under way: the value before it, or the one that it leaves", () => {
    const calls = [put(1, "1", 1, 2), get(2, "7", 3, 5), replacing(put(3, "2", 4, 6), "1")];
    expect(told(calls, 2).values).toEqual(["1", "2"]);
    expect(told([put(1, "1", 1, null), get(2, "7", 3, 5)], 2).values).toEqual([null, "1"]);
  });
  test("what comes after it does not matter; what contradicts itself before it leaves nothing", () => {
    const later = [put(1, "1", 1, 2), get(2, "7", 3, 4), get(3, "9", 5, 6)];
    expect(told(later, 2).values).toEqual(["1"]);
    const before = [put(1, "1", 1, 2), get(2, "9", 3, 4), get(3, "7", 5, 6)];
    expect(told(before, 3).values).toEqual([]);
  });
  test("without the steps to try all it says so", () => {
    const calls = [put(1, "1", 1, 2), get(2, "7", 3, 4)];
    expect(couldBeTold(calls, 2, 1).complete).toBe(false);
  });
});
