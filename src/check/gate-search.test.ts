import { describe, expect, test } from "vitest";
import { type BugName, bugNames, bugOf } from "../raft/bugs/index.ts";
import { setupForBug } from "./search/hints.ts";
import { Search } from "./search/search.ts";

/** The part of gate.test.ts that takes as long as all the rest of it: on two processors they go side by side. */

const workMost = 150_000;

function searched(name: BugName): string | null {
  const search = new Search(setupForBug(name));
  while (search.found === null && search.state.work < workMost) search.advance(1000);
  return search.found?.violation.property ?? null;
}

/** What search.test.ts finds to look at it more closely. */
const lookedAt: readonly BugName[] = ["commit-old-term", "single-server-bug", "no-log-check", "stale-vote-resp"];
const others = bugNames.filter((each) => bugOf(each).foundBy === "search" && !lookedAt.includes(each));

describe("found by the search", () => {
  for (const name of others) test(name, () => expect(searched(name)).not.toBeNull());
});
