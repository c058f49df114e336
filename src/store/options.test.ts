import { expect, test } from "vitest";
import { parseRecording } from "../scenario/format.ts";
import { valueText } from "../scenario/option-kinds.ts";
import { optionNames } from "../scenario/option-rows.ts";
import { profileValues, sameValue, shownGroups, valueProblem, withOwn } from "./options.ts";

const all = shownGroups.flatMap(({ options }) => options);

test("every option is shown once, in a group that is not empty", () => {
  expect(all.map(({ name }) => name).toSorted()).toEqual(optionNames.toSorted());
  expect(shownGroups.every(({ options }) => options.length > 0)).toBe(true);
});

test.each(["paper", "etcd"] as const)("the values of %s make a file that is read as that profile", (profile) => {
  const file = { format: "driftwood", version: 1, profile, options: profileValues[profile] };
  const read = parseRecording(JSON.stringify(file));
  const plain = parseRecording(JSON.stringify({ format: "driftwood", version: 1, profile }));
  expect(read).toEqual(plain);
  expect(read.ok).toBe(true);
});

test("every value has words", () => {
  const words = (profile: "paper" | "etcd") =>
    Object.fromEntries(all.map(({ name, kind }) => [name, valueText(kind, profileValues[profile][name])]));
  expect(words("paper")).toMatchObject({
    electionTimeoutMs: "150 to 300 ms",
    heartbeatMs: "50 ms",
    maxEntriesPerMessage: "16 entries",
    maxBytesPerMessage: "no limit",
    snapshotAfter: "only by hand",
    preVote: "no",
    backtracking: "by one entry",
  });
  expect(Object.values(words("etcd")).every((text) => text !== "" && !text.includes("undefined"))).toBe(true);
});

test("a range that is upside down is said to be", () => {
  const { kind } = all.find(({ name }) => name === "electionTimeoutMs")!;
  expect(valueProblem(kind, [300, 150])).toMatch(/longer/);
  expect(valueProblem(kind, [150, 150])).toBeNull();
  expect(sameValue([1, 2], [1, 2])).toBe(true);
  expect(sameValue(null, 0)).toBe(false);
});

test("a server has for itself only what differs from the run", () => {
  const run = profileValues.paper;
  const one = withOwn(new Map(), 3, { ...run, preVote: true }, run);
  expect([...one]).toEqual([[3, { preVote: true }]]);
  const two = withOwn(one, 1, { ...run, electionTimeoutMs: [400, 500] }, run);
  expect([...two.keys()].toSorted()).toEqual([1, 3]);
  expect([...withOwn(two, 3, run, run).keys()]).toEqual([1]);
});
