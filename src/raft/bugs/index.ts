import type { Bug } from "./bug.ts";
import { electionBugs } from "./elections.ts";
import { membershipBugs } from "./membership.ts";
import { replicationBugs } from "./replication.ts";
import { serviceBugs } from "./services.ts";

/**
 * Every rule that can be broken on purpose: to see what the rule is for, and to test that the checkers notice. A run
 * carries the bugs of its set-up, usually none, and needs this table only where one is asked for by name.
 */
const bugs = { ...electionBugs, ...replicationBugs, ...membershipBugs, ...serviceBugs } as const;

export type BugName = keyof typeof bugs;
export const bugNames = Object.keys(bugs) as readonly BugName[];

export interface KnownBug extends Bug {
  readonly name: BugName;
}
const known = Object.fromEntries(bugNames.map((name) => [name, { name, ...bugs[name] }])) as unknown as Readonly<
  Record<BugName, KnownBug>
>;

/** One object for each name. */
export const bugOf = (name: BugName): KnownBug => known[name];

/** The mistakes that put something else in the place of a rule, in the order of the table. */
export const bugsAgainst = (rule: string): readonly KnownBug[] =>
  bugNames.map(bugOf).filter(({ replaces }) => Object.hasOwn(replaces, rule));
