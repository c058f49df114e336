import type { Bug } from "../bugs/bug.ts";
import { type RuleName, type Rules, rules } from "./index.ts";
import { veil } from "./rule.ts";

/** By list and by what it says: a run asks at every event, with one and the same list. */
const knownList = new WeakMap<readonly Bug[], Rules>();
const knownText = new Map<string, Rules>();

/** The rules of a run with those bugs; one object for equal lists. Of two that replace the same rule, the later counts. */
export function rulesWith(bugs: readonly Bug[]): Rules {
  if (bugs.length === 0) return rules;
  const known = knownList.get(bugs);
  if (known !== undefined) return known;
  const text = bugs.map(({ name, veiled = false }) => `${name}${veiled ? "?" : ""}`).join();
  const made = knownText.get(text) ?? replaced(bugs);
  knownText.set(text, made);
  knownList.set(bugs, made);
  return made;
}

function replaced(bugs: readonly Bug[]): Rules {
  const answers = bugs.flatMap(({ name: bug, changed, replaces }) =>
    Object.entries(replaces).map(([name, ask]) => {
      return [name, { ...rules[name as RuleName], ask, replacedBy: { bug, changed } }];
    }),
  );
  const made = { ...rules, ...Object.fromEntries(answers) } as Rules;
  return bugs.some(({ veiled }) => veiled) ? suspected(made) : made;
}

/** The same answers; each rule says that it may be the one that is replaced, so that nothing tells which is. */
function suspected(made: Rules): Rules {
  const all = Object.entries(made).map(([name, rule]) => [name, { ...rule, replacedBy: veil }]);
  return Object.fromEntries(all) as unknown as Rules;
}
