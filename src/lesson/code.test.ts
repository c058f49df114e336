import fc from "fast-check";
import { expect, test } from "vitest";
import { decodePredictions, encodePredictions, type Predictions } from "./code.ts";

const answer = fc.constantFrom("A", "B", "C", "D", "unsure", null) as fc.Arbitrary<Predictions["answers"][number]>;
const predictions = fc
  .uniqueArray(
    fc.record({ number: fc.integer({ min: 1, max: 17 }), answers: fc.array(answer, { minLength: 1, maxLength: 5 }) }),
    {
      selector: ({ number }) => number,
      maxLength: 17,
    },
  )
  .map((all) => all.filter(({ answers }) => answers.some((each) => each !== null)));

test("what was encoded is decoded, whatever its case and the blanks around it", () => {
  fc.assert(
    fc.property(predictions, (all) => {
      const code = encodePredictions(all);
      expect(decodePredictions(` ${code.toUpperCase()}\n`)).toEqual({ ok: true, value: all });
    }),
  );
});

test("one wrong sign is seen", () => {
  const code = encodePredictions([
    { number: 1, answers: ["B", "B"] },
    { number: 12, answers: ["C", null, "unsure"] },
  ]);
  expect(code).toBe("dw1-1bb-12cxu-nv");
  for (let at = 0; at < code.length; at++) {
    for (const sign of "abcdux0123456789-") {
      if (sign === code[at]) continue;
      expect(decodePredictions(code.slice(0, at) + sign + code.slice(at + 1)).ok, `${sign} at ${at}`).toBe(false);
    }
  }
  expect(decodePredictions("")).toEqual({ ok: false, problem: "A code begins with dw1-." });
});

test("seventeen lessons fit into a line", () => {
  const all = Array.from({ length: 17 }, (_, at) => ({ number: at + 1, answers: ["A", "B", "C"] as const }));
  expect(encodePredictions(all).length).toBeLessThan(110);
});
