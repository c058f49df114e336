import fc from "fast-check";
import { expect, test } from "vitest";
import { patched, patchOf } from "./patch.ts";

const json = fc.jsonValue({ maxDepth: 4 });
const row = fc.record({
  id: fc.nat(6),
  left: fc.nat(3),
  words: fc.array(fc.string({ maxLength: 2 }), { maxLength: 3 }),
});
const rows = fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 6 });
const frame = fc.record({
  at: fc.nat(9),
  servers: rows,
  lost: rows.map((list) => list.map((message) => ({ message }))),
  rest: json,
});

/** As the other side gets it. */
const sent = <T>(value: T): T => structuredClone(value);

test("what is sent of a value is enough to have it on the other side", () => {
  fc.assert(
    fc.property(frame, frame, (prev, next) => {
      expect(patched(sent(prev), sent(patchOf(prev, next)))).toStrictEqual(sent(next));
    }),
  );
  fc.assert(
    fc.property(json, json, (prev, next) => {
      expect(patched(prev, patchOf(prev, next))).toStrictEqual(next);
    }),
  );
});

test("of what is the same nothing is sent", () => {
  fc.assert(
    fc.property(frame, (value) => {
      expect(patchOf(value, sent(value))).toBeNull();
    }),
    { examples: [[{ at: 0, servers: [], lost: [], rest: JSON.parse('{"__proto__":0}') }]] },
  );
});

test("what has not changed keeps its identity, also where a list has lost its first elements", () => {
  const rowOf = (id: number, left: number) => ({ id, left, words: ["a"] });
  const prev = { at: 1, rows: [rowOf(1, 5), rowOf(2, 5), rowOf(3, 5), rowOf(4, 5)] };
  const patch = patchOf(prev, { at: 1, rows: [rowOf(2, 5), rowOf(3, 4), rowOf(4, 5), rowOf(5, 5)] });
  const next = patched(prev, patch) as typeof prev;
  expect(next.rows[0]).toBe(prev.rows[1]);
  expect(next.rows[1]!.words).toBe(prev.rows[2]!.words);
  expect(next.rows[2]).toBe(prev.rows[3]);
  expect(patch).toEqual({
    keys: [
      ["rows", { list: [[1, 1], { of: 2, patch: { keys: [["left", { is: 4 }]] } }, [3, 1], { is: rowOf(5, 5) }] }],
    ],
  });
});

test("elements without an id keep their identity where the first have gone", () => {
  const cellsFrom = (first: number, count: number) =>
    Array.from({ length: count }, (_, i) => ({ term: 1, text: `put x=${first + i}` }));
  const prev = cellsFrom(1, 8);
  const patch = patchOf(prev, cellsFrom(3, 8));
  expect(patch).toEqual({
    list: [[2, 6], { is: { term: 1, text: "put x=9" } }, { is: { term: 1, text: "put x=10" } }],
  });
  const next = patched(prev, patch) as typeof prev;
  expect(next[0]).toBe(prev[2]);
  expect(patchOf(prev, cellsFrom(20, 2))).toEqual({
    list: [0, 1].map((of) => ({ of, patch: { keys: [["text", { is: `put x=${20 + of}` }]] } })),
  });
});

test("many elements that stay are one piece", () => {
  const prev = Array.from({ length: 250 }, (_, id) => ({ id }));
  expect(patchOf(prev, prev.slice(1))).toEqual({ list: [[1, 249]] });
});

test("a key that would set a prototype is data like any other", () => {
  const [prev, next] = [JSON.parse('{"__proto__":1,"a":1}'), JSON.parse('{"__proto__":{"b":2},"a":1}')];
  const got = patched(prev, patchOf(prev, next));
  expect(Object.keys(got as object)).toEqual(["__proto__", "a"]);
  expect((got as { b?: number }).b).toBeUndefined();
});
