import { describe, expect, test } from "vitest";
import { bugOf } from "../raft/bugs/told.ts";
import { type BugName, bugNames } from "../raft/bugs.ts";
import { runSchedule } from "./fuzz/schedule.ts";
import { setupFor } from "./fuzz/setups.ts";
import { setupForBug } from "./search/hints.ts";
import { Search } from "./search/search.ts";

/**
 * Who tests the tests: every bug that the search or random faults are said to find is found by them, and what is said to
 * break nothing is not. The other layers are tests of their own: stories told on purpose, and the clients' history.
 */

const workMost = 150_000;
const schedulesMost = 60;

/** What the search does not find within that: joint configurations of four servers have too many states near the start. */
const beyondSearch: readonly BugName[] = [
  ...(["joint-commit-old-only", "joint-vote-new-only", "joint-vote-old-only"] as const),
  ...(["count-learners", "snapshot-index-is-last", "prevote-records-vote", "vote-reset-same-term"] as const),
];

function searched(name: BugName): string | null {
  const search = new Search(setupForBug(name));
  while (search.found === null && search.state.work < workMost) search.advance(1000);
  return search.found?.violation.property ?? null;
}

function fuzzed(name: BugName, most = schedulesMost): string | null {
  for (let seed = 1; seed <= most; seed++) {
    const { problem } = runSchedule(setupFor(seed, { bugs: [name] }), seed);
    if (problem !== null && problem.property !== "Limits") return problem.property;
  }
  return null;
}

const of = (layer: ReturnType<typeof bugOf>["foundBy"]): readonly BugName[] =>
  bugNames.filter((name) => bugOf(name).foundBy === layer);

describe("found by the search", () => {
  const found = of("search").filter((name) => !beyondSearch.includes(name));
  for (const name of found) test(name, () => expect(searched(name)).not.toBeNull(), 300_000);
});

describe("found by random faults", () => {
  for (const name of of("fuzz")) test(name, () => expect(fuzzed(name)).not.toBeNull(), 300_000);
});

describe("breaks nothing", () => {
  const harmless = bugNames.filter((name) => bugOf(name).breaks.length === 0);
  for (const name of harmless) test(name, () => expect(fuzzed(name, 10)).toBeNull(), 300_000);
});
