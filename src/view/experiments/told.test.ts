import { expect, test } from "vitest";
import type { Row } from "../../experiment/results.ts";
import { toldOf } from "./told.ts";

const rows = Array.from({ length: 40 }, (_, seed): Row => {
  const value = seed % 7 === 3 ? null : (seed * 7919) % 23;
  return [0, seed, value, 50, 10, seed % 4, seed % 9 === 5 ? "electionSafety" : null];
});
/** Other rows that say the same: nothing is known of them. */
const anew = (upTo: number): readonly Row[] => rows.slice(0, upTo).map((row) => [...row] as const);

test("what is known of runs that came in parts is what is known of all of them", () => {
  for (const unit of ["time", "perSecond", "chance"] as const) {
    const own = anew(40);
    for (const upTo of [0, 1, 4, 5, 23, 11, 40])
      expect(toldOf(own.slice(0, upTo), unit)).toEqual(toldOf(anew(upTo), unit));
  }
});
