import { expect, test } from "vitest";
import { nowIn, pointsMost, pointsOf, readGameProgress, withResult } from "./progress.ts";
import { anotherRound, mistakeOf, namesFor, roundsThere } from "./rounds.ts";

const clean = { acts: 4, wrong: 0, helped: false };
const none = readGameProgress(null);

test("as few acts as are known and the right name at once give all points; each act more takes one", () => {
  expect(pointsOf(clean, 4)).toBe(pointsMost);
  expect(pointsOf({ ...clean, acts: 3 }, 4)).toBe(pointsMost);
  expect(pointsOf({ ...clean, acts: 6 }, 4)).toBe(pointsMost - 2);
  expect(pointsOf({ ...clean, acts: 90, wrong: 2 }, 4)).toBe(1);
  expect(pointsOf({ ...clean, helped: true }, 4)).toBe(0);
});

test("the best of a round is kept, and what was given away of it is forgotten with it", () => {
  const now = { round: 3, helped: false, wrong: ["double-vote"] };
  const first = withResult({ ...none, now }, 3, { ...clean, acts: 9 }, 4);
  expect(first).toMatchObject({ rounds: { 3: { acts: 9 } }, now: null });
  expect(withResult(first, 3, { ...clean, acts: 12 }, 4).rounds[3]?.acts).toBe(9);
  expect(withResult(first, 3, clean, 4).rounds[3]?.acts).toBe(4);
  expect(nowIn({ ...none, now }, 3)).toBe(now);
  expect(nowIn({ ...none, now }, 4)).toEqual({ round: 4, helped: false, wrong: [] });
});

test("what stands in the storage and is no progress is none", () => {
  expect(readGameProgress("{")).toEqual(none);
  expect(readGameProgress('{"tries":"many"}')).toEqual(none);
  const known = { tries: 2, rounds: { 3: clean }, now: null };
  expect(readGameProgress(JSON.stringify(known))).toEqual(known);
});

test("four names to choose from: the right one, and three other rounds'", () => {
  for (let round = 1; round <= roundsThere; round++) {
    const names = namesFor(round).map(({ name }) => name);
    expect(new Set(names).size).toBe(4);
    expect(names).toContain(mistakeOf(round).name);
  }
});

test("another round is one that is not beaten, and not the one that is open", () => {
  const beaten = Object.fromEntries(Array.from({ length: roundsThere - 2 }, (_, place) => [place + 1, clean]));
  const known = { ...none, rounds: beaten };
  expect(anotherRound(known, roundsThere, 0)).toBe(roundsThere - 1);
  expect(anotherRound(known, 1, 0.99)).toBe(roundsThere);
  const all = { ...beaten, [roundsThere - 1]: clean, [roundsThere]: clean };
  expect(anotherRound({ ...none, rounds: all }, 1, 0)).toBe(2);
});
