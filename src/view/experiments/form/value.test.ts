import { describe, expect, test } from "vitest";
import { readValues, unitOf } from "./value.ts";

describe("a value is read as it is shown", () => {
  const rows: readonly (readonly [typed: string, field: string, value: unknown, label: string])[] = [
    ["150–300 ms", "run.options.electionTimeoutMs", [150, 300], "150–300 ms"],
    ["150-300", "run.options.electionTimeoutMs", [150, 300], "150–300 ms"],
    ["1 to 2 s", "run.options.electionTimeoutMs", [1000, 2000], "1000–2000 ms"],
    ["0.2 s", "run.options.heartbeatMs", 200, "200 ms"],
    ["20 %", "run.network.loss", 0.2, "20 %"],
    ["7%", "run.network.loss", 0.07, "7 %"],
    ["-50,000 ppm", "happens[0].driftPpm", -50_000, "-50,000 ppm"],
    ["on", "run.options.preVote", true, "on"],
    ["No", "run.options.preVote", false, "off"],
    ["never", "run.options.snapshotAfter", null, "never"],
    ["5", "run.servers", 5, "5"],
    ["lease", "run.options.reads", "lease", "lease"],
    ["commit-old-term, vote-half", "run.bugs", ["commit-old-term", "vote-half"], "commit-old-term, vote-half"],
    ["none", "run.bugs", [], "none"],
    ['{"a": 1}', "run.x", { a: 1 }, '{"a": 1}'],
  ];
  for (const [typed, field, value, label] of rows)
    test(`${typed} in ${field}`, () => expect(readValues(typed, field)).toEqual([{ value, label }]));

  test("nothing is no value", () => expect(readValues("  ", "run.servers")).toEqual([]));

  test("several at once, and evenly over a range", () => {
    const values = (typed: string, field: string) => readValues(typed, field).map(({ value, label }) => [value, label]);
    expect(values("3, 5; 7", "run.servers")).toEqual([
      [3, "3"],
      [5, "5"],
      [7, "7"],
    ]);
    expect(values("0 to 20 % by 10 %", "run.network.loss")).toEqual([
      [0, "0 %"],
      [0.1, "10 %"],
      [0.2, "20 %"],
    ]);
    expect(values("0.5..1 s by 0.25", "fromMs")).toEqual([
      [500, "500 ms"],
      [750, "750 ms"],
      [1000, "1000 ms"],
    ]);
    expect(values("150-300, 200-400", "run.options.electionTimeoutMs")).toEqual([
      [[150, 300], "150–300 ms"],
      [[200, 400], "200–400 ms"],
    ]);
    expect(values("1 to 1,000,000 by 1", "run.x").length).toBe(50);
  });
});

test("a unit that all values have is said once", () => {
  expect(unitOf(["150–150 ms", "150–300 ms"])).toBe("ms");
  for (const labels of [["never", "400 entries"], ["1 ms", "1 s"], ["5 % too slow"], ["on", "off"], []])
    expect(unitOf(labels)).toBe("");
});
