import { expect, test } from "vitest";
import { completionsAt, problemOf, withCandidate } from "./conditions.ts";

const nothing = { frame: null };

test("a wrong word is pointed at, and what may have been meant is named", () => {
  expect(problemOf("S3 leads")).toBeNull();
  expect(problemOf("S3 leds")).toMatchObject({ from: 3, to: 7, nearest: "leads" });
});

test("a candidate takes the place of the word that is begun, and the caret stands behind it", () => {
  const completion = completionsAt("not cand", 8, nothing);
  expect(completion.candidates.map(({ text }) => text)).toEqual(["candidate"]);
  expect(withCandidate("not cand", completion, "candidate")).toEqual({ text: "not candidate ", caret: 14 });
  expect(
    withCandidate("not cand and term > 1", completionsAt("not cand and term > 1", 8, nothing), "candidate"),
  ).toEqual({
    text: "not candidate and term > 1",
    caret: 13,
  });
});
