import { expect, test } from "vitest";
import type { RunOutcome } from "../../worker/protocol/again.ts";
import { linesOf } from "./tally.ts";

const empty: RunOutcome = {
  terms: [],
  elections: [],
  commits: [],
  leaderless: [],
  operations: [],
  end: 2_000_000,
  stopped: null,
  impossible: [],
};

test("the numbers are counted up to where the first of the two ends, and told without praise", () => {
  const here: RunOutcome = {
    ...empty,
    terms: [1, 2, 3].map((term) => ({ term, from: term * 500_000 })),
    elections: [1, 2].map((term) => ({ at: term * 600_000, server: 1, term })),
    leaderless: [{ from: 0, to: 600_000 }],
    commits: [
      { at: 700_000, index: 1 },
      { at: 1_900_000, index: 9 },
    ],
    operations: [
      { called: 100_000, answered: 700_000 },
      { called: 200_000, answered: 1_800_000 },
      { called: 1_700_000, answered: null },
    ],
  };
  const there: RunOutcome = {
    ...empty,
    end: 1_000_000,
    stopped: "Election Safety",
    leaderless: [{ from: 0, to: 1_000_000 }],
    operations: [{ called: 100_000, answered: null }],
  };
  expect(linesOf(here, there).map(({ here, there, more }) => [here, there, more])).toEqual([
    ["2", "0", "2 fewer"],
    ["1", "0", "1 fewer"],
    ["0.60 s", "1.00 s", "0.40 s more"],
    ["1", "0", "1 fewer"],
    ["1 of 2", "1 of 1", ""],
  ]);
});
