import { electionBugs } from "./bugs/elections.ts";
import { membershipBugs } from "./bugs/membership.ts";
import type { Replaced } from "./bugs/replaced.ts";
import { replicationBugs } from "./bugs/replication.ts";
import { serviceBugs } from "./bugs/services.ts";
import { type RuleName, type Rules, rules } from "./rules.ts";

/**
 * Mistakes that people have made in implementing Raft, each the replacement of a rule: to see what the rule is for, and
 * to test that the checkers notice. A run has the bugs of its set-up, usually none.
 */
const replacements = { ...electionBugs, ...replicationBugs, ...membershipBugs, ...serviceBugs } as const;

export type BugName = keyof typeof replacements;
export const bugNames = Object.keys(replacements) as readonly BugName[];

/** What it puts in place of which rules. What is told of it stands in `bugs/told.ts`, which a run does without. */
export const replacedBy = (name: BugName): Replaced => replacements[name];

/** By list and by what it says: a run asks at every event, with one and the same list. */
const knownList = new WeakMap<readonly BugName[], Rules>();
const knownText = new Map<string, Rules>();

/** The rules of a run with those bugs; one object for equal lists. Of two that replace the same rule, the later counts. */
export function rulesWith(names: readonly BugName[]): Rules {
  if (names.length === 0) return rules;
  const known = knownList.get(names);
  if (known !== undefined) return known;
  const made = knownText.get(names.join()) ?? replaced(names);
  knownText.set(names.join(), made);
  knownList.set(names, made);
  return made;
}

function replaced(names: readonly BugName[]): Rules {
  const answers = Object.entries(Object.assign({}, ...names.map((name) => replacements[name])) as Replaced);
  const changed = answers.map(([name, ask]) => [name, { ...rules[name as RuleName], ask }]);
  return { ...rules, ...Object.fromEntries(changed) } as Rules;
}
