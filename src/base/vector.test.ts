import fc from "fast-check";
import { expect, test } from "vitest";
import { copyVector, emptyVector, setValue, type Vector, valueAt } from "./vector.ts";

const all = (vector: Vector): (number | undefined)[] =>
  Array.from({ length: vector.length }, (_, i) => valueAt(vector, i));

test("places that were never set are 0, places beyond the end are undefined", () => {
  const vector = emptyVector();
  setValue(vector, 300, 7);
  expect([vector.length, valueAt(vector, 0), valueAt(vector, 299), valueAt(vector, 300)]).toEqual([301, 0, 0, 7]);
  expect(valueAt(vector, 301)).toBeUndefined();
});

/** Each step sets a value in one of the copies, or makes one more copy. */
const steps = fc.array(
  fc.record({
    which: fc.nat(5),
    copy: fc.boolean(),
    at: fc.oneof(fc.nat(400), fc.constant("end" as const)),
    // Few, so that copies often go on alike, and often not.
    value: fc.nat(2),
  }),
  { maxLength: 60 },
);

test("copies that share chunks behave like plain arrays", () => {
  fc.assert(
    fc.property(steps, (list) => {
      const pairs = [{ vector: emptyVector(), model: [] as number[] }];
      for (const { which, copy, at: place, value } of list) {
        const { vector, model } = pairs[which % pairs.length]!;
        const at = place === "end" ? model.length : place;
        if (copy) pairs.push({ vector: copyVector(vector), model: [...model] });
        else {
          setValue(vector, at, value);
          while (model.length < at) model.push(0);
          model[at] = value;
        }
      }
      for (const { vector, model } of pairs) expect(all(vector)).toEqual(model);
    }),
    { numRuns: 200 },
  );
});

test("copies that go on alike share all, one that does not shares what was before", () => {
  const vector = emptyVector();
  setValue(vector, 300, 7);
  const [alike, other] = [copyVector(vector), copyVector(vector)];
  for (const [one, value] of [
    [vector, 8],
    [alike, 8],
    [other, 9],
  ] as const)
    setValue(one, 301, value);
  expect(alike.chunks).toBe(vector.chunks);
  expect(other.chunks.filter((chunk, i) => chunk === vector.chunks[i])).toHaveLength(2);
  expect([vector, alike, other].map((one) => valueAt(one, 301))).toEqual([8, 8, 9]);
});
