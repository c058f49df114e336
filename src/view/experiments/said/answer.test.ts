import { describe, expect, test } from "vitest";
import type { Row } from "../../../experiment/results.ts";
import type { ExperimentView } from "../../../worker/protocol/experiment.ts";
import { toldOf } from "../told.ts";
import { answerOf } from "./answer.ts";

const view = (more: Partial<ExperimentView> = {}): ExperimentView => ({
  text: "",
  json: { measure: { what: "time", until: "leader" } },
  payload: "",
  title: "Elections",
  notes: "The leader crashes.",
  source: "",
  measure: { what: "time", title: "time until a server leads", unit: "time" },
  factors: [{ title: "pre-vote", set: "run.options.preVote", labels: ["off", "on"] }],
  settings: [
    { label: "off", values: [0] },
    { label: "on", values: [1] },
  ],
  runs: 100,
  firstSeed: 1,
  giveUp: 12_000_000,
  from: null,
  same: [],
  happens: [],
  bugs: [],
  ...more,
});
const rows = (setting: number, values: readonly (number | null)[], terms: number): readonly Row[] =>
  values.map((value, i) => [setting, i + 1, value, 0, 0, terms, null]);
const counted = (n: number, from: number) => Array.from({ length: n }, (_, i) => from + i * 1000);

function said(own: ExperimentView, all: readonly (readonly (number | null)[])[], chosen: number, terms = 0): string {
  const told = all.map((values, setting) => toldOf(rows(setting, values, terms), own.measure.unit));
  const { parts, more } = answerOf(own, told, chosen);
  return `${parts.map(({ text }) => text).join("")} | ${more}`;
}

describe("the answer", () => {
  test("is the question while nothing is known", () => {
    expect(said(view(), [[], []], 1)).toBe("The leader crashes. | ");
  });

  test("says the half and the 99 of 100, how many runs, and what surely differs", () => {
    expect(said(view(), [counted(100, 100_000), counted(100, 900_000)], 1)).toMatch(
      /^Pre-vote on: half of the runs have a leader within 949 ms, 99 of 100 within 998 ms\. \| 100 runs\. With 95 % confidence the median is between \d+ ms and \d+ ms\. Pre-vote off is clearly soonest, pre-vote on is clearly latest by half of the runs\.$/,
    );
  });

  test("says of no setting that it differs where intervals overlap", () => {
    expect(said(view(), [counted(100, 100_000), counted(100, 101_000)], 0)).toMatch(
      /These runs are too few, or too alike, to tell one setting from another\.$/,
    );
  });

  test("says of a cluster at work in how many runs another leader is chosen meanwhile", () => {
    const own = view({ measure: { what: "commitLatency", title: "commit latency", unit: "time" } });
    const all = [counted(20, 60_000), counted(20, 60_000)];
    expect(said(own, all, 1, 1)).toContain(
      " In all 20 runs an election begins while it is measured, and what a leader left uncommitted does not count.",
    );
    expect(said(view(), all, 1, 1)).not.toContain("an election begins");
  });

  test("counts the runs that were given up", () => {
    const some = [...counted(90, 100_000), ...Array<null>(10).fill(null)];
    expect(said(view(), [some, []], 0)).toContain("; 10 of 100 have no leader within 12 s.");
    expect(said(view(), [Array<null>(20).fill(null), []], 0)).toContain("all 20 runs have no leader within 12 s.");
    const most = [...counted(30, 100_000), ...Array<null>(70).fill(null)];
    expect(said(view(), [most, []], 0)).toContain("more than half of the runs, 70 of 100, have no leader within 12 s.");
  });

  test("of a probability is a share with its interval", () => {
    const own = view({
      json: { measure: { what: "chance", that: "not leader" } },
      measure: { what: "chance", title: "probability that no server leads at some moment", unit: "chance" },
    });
    const values = Array.from({ length: 100 }, (_, i) => (i < 25 ? 1 : 0));
    expect(said(own, [values, values], 0)).toMatch(
      /^Pre-vote off: in 25 of 100 runs \(25 %\) no server leads at some moment within 12 s\. \| 100 runs\. With 95 % confidence the probability is between 16\.9 % and 34\.7 %\./,
    );
  });

  test("says of few runs what all of them reach, and of a rate from where on", () => {
    const own = view({
      json: { measure: { what: "commitRate" } },
      measure: { what: "commitRate", title: "committed entries per second", unit: "perSecond" },
    });
    const rates = [990, 1000, 1010, 1020];
    expect(said(own, [rates, rates], 1)).toBe(
      "Pre-vote on: half of the runs commit at least 1,010 entries a second, all at least 990. | 4 runs. They are too few to say how sure the median is.",
    );
    expect(said(own, [rates, [null, null, null, 7]], 1)).toContain("more than half of the runs, 3 of 4, have no value");
  });
});
