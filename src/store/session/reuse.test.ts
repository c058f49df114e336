import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reuse } from "./reuse.ts";

const clone = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** What survives a trip through JSON: without -0. */
const plain = fc.jsonValue().map(clone);

describe("reuse", () => {
  test("an equal value is the previous one", () => {
    const prev = { a: [1, 2, { b: "x" }], c: null };
    expect(reuse(prev, clone(prev))).toBe(prev);
  });

  test("only the path to a change is new", () => {
    const prev = { left: { deep: [1] }, right: { deep: [2] } };
    const next = { left: { deep: [1] }, right: { deep: [3] } };
    const result = reuse(prev, next);
    expect(result).toEqual(next);
    expect(result).not.toBe(prev);
    expect(result.left).toBe(prev.left);
    expect(result.right).not.toBe(prev.right);
  });

  test("what has the parts that are the same already is not copied", () => {
    const prev = { left: { deep: [1] }, right: [{ id: 1 }] };
    const next = { ...prev, right: [...prev.right, { id: 2 }] };
    expect(reuse(prev, next)).toBe(next);
  });

  test("parts with an id are found again when the list shifts", () => {
    const prev = [
      { id: "a", n: 1 },
      { id: "b", n: 2 },
      { id: "c", n: 3 },
    ];
    const result = reuse(prev, clone(prev.slice(1)));
    expect(result[0]).toBe(prev[1]);
    expect(result[1]).toBe(prev[2]);
  });

  test("lost messages are found by the message's id", () => {
    const prev = [
      { message: { id: "a" }, at: 1 },
      { message: { id: "b" }, at: 2 },
    ];
    expect(reuse(prev, clone(prev.slice(1)))[0]).toBe(prev[1]);
  });

  test("a list that loses or reorders parts is a new list", () => {
    const prev = [{ id: 1 }, { id: 2 }];
    expect(reuse(prev, [{ id: 1 }])).toEqual([{ id: 1 }]);
    expect(reuse(prev, [{ id: 2 }, { id: 1 }])).toEqual([{ id: 2 }, { id: 1 }]);
  });

  test("keys that go away are gone", () => {
    expect(reuse({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
  });

  test("a key that a user wrote may be any word", () => {
    const next = JSON.parse('{ "__proto__": { "a": 1 }, "constructor": 2 }');
    expect(reuse({}, next)).toEqual(next);
    expect(reuse(clone(next), next)).toEqual(next);
  });

  test("never changes what it is given, and always equals the next value", () => {
    fc.assert(
      fc.property(plain, plain, (prev, next) => {
        const before = clone(prev);
        const wanted = clone(next);
        expect(reuse(prev, clone(next))).toEqual(wanted);
        expect(prev).toEqual(before);
      }),
    );
  });
});
