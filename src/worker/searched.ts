import { setupForBug } from "../check/search/hints.ts";
import { bugNames, bugOf } from "../raft/bugs/index.ts";
import { profiles } from "../raft/options.ts";
import type { Setup } from "../world/state/setup.ts";

/** What is searched for these rules being off, in a cluster of that size; 0: the smallest that shows them. */
export function searchedSetup(names: readonly string[], servers: number): Setup {
  const bugs = bugNames.filter((name) => names.includes(name)).map(bugOf);
  const [first] = bugs;
  const least = Math.max(...bugs.map(({ servers }) => servers), first === undefined ? 3 : 0);
  const setup = setupForBug(first?.name ?? "double-vote", servers === 0 ? least : servers);
  return { ...setup, bugs, raft: Object.assign({ ...profiles.paper }, ...bugs.map(({ needs }) => needs)) };
}
