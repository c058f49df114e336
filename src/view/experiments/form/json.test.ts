import { expect, test } from "vitest";
import { alongTheRun, factorsOf, withoutDeed, withoutValue, withValue } from "./json.ts";

const factor = { title: "pre-vote", set: "run.options.preVote", to: [false, true], labels: ["off", "on"] };

test("a value comes with its label, and the last takes the factor along", () => {
  const json = { vary: [{ title: "servers", set: "run.servers", to: [3], labels: ["3"] }] };
  const more = withValue(json, 0, 5, "5");
  expect(factorsOf(more)[0]).toMatchObject({ to: [3, 5], labels: ["3", "5"] });
  expect(factorsOf(withoutValue(more, 0, 0))[0]).toMatchObject({ to: [5], labels: ["5"] });
  expect(withoutValue(json, 0, 0)).toEqual({});
});

test("what varies in a deed goes with it, and in those behind it stays with them", () => {
  const json = {
    happens: [{ do: "crash" }, { do: "disk" }],
    vary: [factor, { title: "disk", set: "happens[1].writeMs", to: [1] }],
  };
  expect(factorsOf(withoutDeed(json, 0)).map(({ set }) => set)).toEqual([factor.set, "happens[0].writeMs"]);
  expect(withoutDeed(json, 1)).toEqual({ happens: [{ do: "crash" }], vary: [factor] });
});

test("moments lie evenly along the run, the last where it goes on", () => {
  const [moments] = factorsOf(alongTheRun({ fromMs: 345 }));
  expect(moments?.to).toHaveLength(10);
  expect(moments?.to.at(0)).toBe(34.5);
  expect(moments?.to.at(-1)).toBe(345);
});
