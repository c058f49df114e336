import { describe, expect, test } from "vitest";
import type { BugName } from "../../raft/bugs/index.ts";
import { Runner } from "../runner.ts";
import { setupForBug } from "./hints.ts";
import { type Found, Search } from "./search.ts";
import { Shrink } from "./shrink.ts";

function find(bug: BugName, workMost = 200_000): Found {
  const search = new Search(setupForBug(bug));
  while (search.found === null && search.state.work < workMost) search.advance(500);
  if (search.found === null) throw new Error(search.coverage);
  return search.found;
}

/** What the recording says, played by itself. */
function replayed({ setup, actions, end }: Found) {
  const runner = Runner.start(setup);
  runner.replay(actions);
  runner.runTo(end);
  return runner.world.violation;
}

describe("breadth first", () => {
  test("§5.4.2 Figure 8, with three servers, in seven steps", () => {
    const found = find("commit-old-term");
    expect(found.violation.property).toBe("Leader Completeness");
    expect(found.steps.length).toBeLessThanOrEqual(8);
    expect(found.steps[0]!.text).toMatch(/^S1 is elected in term 1 with the vote of S\d\.$/);
    expect(found.steps.at(-1)!.text).toContain("Leader Completeness: ");
    expect(replayed(found)).toEqual(found.violation);
  });

  test("D 4.1 the bug of 2015, with four servers", () => {
    const found = find("single-server-bug");
    expect(found.steps.length).toBeLessThanOrEqual(7);
    expect(replayed(found)).toEqual(found.violation);
  });

  test("§5.4.1 a server is elected without what is committed", () => {
    const found = find("no-log-check");
    expect([found.violation.property, found.steps.length, found.actions.length]).toEqual([
      "Leader Completeness",
      4,
      11,
    ]);
    expect(replayed(found)).toEqual(found.violation);
  });
});

test("no act of a story can be missed", () => {
  const { setup, actions, end } = find("stale-vote-resp");
  for (let i = 0; i < actions.length; i++) {
    const runner = Runner.start(setup);
    runner.replay(actions.toSpliced(i, 1));
    runner.runTo(end);
    expect(runner.world.violation).toBeNull();
  }
});

test("does the same however it is paced", () => {
  const search = new Search(setupForBug("log-compare-commit"));
  while (search.found === null) search.advance(1);
  expect(search.found.actions).toEqual(find("log-compare-commit").actions);
});

test("where nothing is found it says what was covered", () => {
  const search = new Search({ ...setupForBug("commit-half"), bugs: [], servers: setupForBug("vote-half").servers });
  search.advance(20_000);
  expect(search.found).toBeNull();
  expect(search.coverage).toMatch(
    /^Nothing found: .*[\d,]+ states.* 2 servers, ≤ 4 terms, ≤ 2 entries; .* stories at random\.$/,
  );
});

test("shrinking leaves out whatever can be missed", () => {
  const needed = [3, 17, 40];
  const shrink = new Shrink(
    Array.from({ length: 50 }, (_, i) => i),
    (items) => (needed.every((each) => items.includes(each)) ? items : null),
  );
  while (!shrink.done) shrink.advance(1);
  expect(shrink.items).toEqual(needed);
});
