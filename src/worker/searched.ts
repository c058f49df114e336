import { setupForBug } from "../check/search/hints.ts";
import { bugOf } from "../raft/bugs/told.ts";
import { type BugName, bugNames } from "../raft/bugs.ts";
import { profiles } from "../raft/options.ts";
import type { Setup } from "../world/state/setup.ts";

/** What is searched for these rules being off, in a cluster of that size; 0: the smallest that shows them. */
export function searchedSetup(names: readonly string[], servers: number): Setup {
  const bugs = bugNames.filter((name) => names.includes(name));
  const [first] = bugs;
  const least = Math.max(...bugs.map((name) => bugOf(name).servers), first === undefined ? 3 : 0);
  const setup = setupForBug(first ?? "double-vote", servers === 0 ? least : servers);
  return { ...setup, bugs, raft: Object.assign({ ...profiles.paper }, ...bugs.map(needs)) };
}

const needs = (name: BugName) => bugOf(name).needs ?? {};
