import { describe, expect, test } from "vitest";
import { bugNames, bugOf } from "./bugs/index.ts";
import { rulesWith } from "./rules/broken.ts";
import { rules } from "./rules/index.ts";

describe("the table of bugs", () => {
  test.each(bugNames)("%s says what is changed, what comes of it, and where the rule stands", (name) => {
    const { title, changed, effect, section, servers, breaks, foundBy } = bugOf(name);
    expect(title).toMatch(/^\S.{5,69}[^.]$/);
    for (const sentence of [changed, effect]) expect(sentence).toMatch(/^[A-Z].*[^.]\.$/);
    expect(section).toMatch(/^(§\d(\.\d){0,2}|D \d+(\.\d+){0,2}|Figure \d+)$/);
    expect(servers).toBeGreaterThan(0);
    // What breaks nothing can only be told on purpose.
    if (breaks.length === 0) expect(foundBy).toBe("directed");
  });

  test("every bug replaces one rule, rarely two, and leaves the others alone", () => {
    for (const name of bugNames) {
      const { replaces } = bugOf(name);
      const by = rulesWith([bugOf(name)]);
      const changed = Object.entries(by).filter(([rule, { ask }]) => ask !== rules[rule as keyof typeof rules].ask);
      expect(changed.map(([rule]) => rule).sort()).toEqual(Object.keys(replaces).sort());
      expect([1, 2]).toContain(changed.length);
      for (const [rule, { title, section }] of changed)
        expect({ title, section }).toMatchObject(pick(rules[rule as keyof typeof rules]));
    }
  });

  test("titles are told apart", () => {
    expect(new Set(bugNames.map((name) => bugOf(name).title)).size).toBe(bugNames.length);
  });
});

const pick = ({ title, section }: { readonly title: string; readonly section: string }) => ({ title, section });

describe("the rules of a run", () => {
  test("without bugs they are the rules themselves", () => {
    expect(rulesWith([])).toBe(rules);
  });

  test("equal lists give one object, and several bugs work together", () => {
    const both = rulesWith([bugOf("double-vote"), bugOf("no-prev-check")]);
    expect(rulesWith([bugOf("double-vote"), bugOf("no-prev-check")])).toBe(both);
    expect(both.oneVotePerTerm).toEqual(rulesWith([bugOf("double-vote")]).oneVotePerTerm);
    expect(both.consistencyCheck).toEqual(rulesWith([bugOf("no-prev-check")]).consistencyCheck);
  });
});
