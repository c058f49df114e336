import { expect, test } from "vitest";
import { type Configuration, votersOnly } from "./configuration.ts";
import { follows, installSnapshot, production, server, ticks } from "./fixtures.ts";
import type { RaftOptions } from "./options.ts";
import { storedOn } from "./rules/commitment.ts";
import { rules } from "./rules/index.ts";

test("every rule has a title, one sentence and its place in the paper", () => {
  for (const { title, section, text } of Object.values(rules)) {
    expect(title).toMatch(/^\S.{5,59}[^.]$/);
    expect(section).toMatch(/^(§\d(\.\d){0,2}|D \d+(\.\d+){0,2}|Figure \d+)(, (§\d(\.\d){0,2}|D \d+(\.\d+){0,2}))*$/);
    expect(text).toMatch(/^[A-Z].*[^.]\.$/);
  }
});

test("titles are told apart", () => {
  const titles = Object.values(rules).map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
});

test("§5.3 what a leader knows to be stored: its own disk, and what followers have answered", () => {
  const made = server({ term: 2, log: [1, 2], role: "leader" });
  made.progress[1] = follows(1);
  made.progress[3] = follows(2);
  expect([1, 2, 3].map((id) => storedOn(made, id))).toEqual([1, 0, 2]);
  expect(rules.commitQuorum.ask(made)).toBe(0);
});

test("D 6.4 a lone voter answers reads at once, but only for itself, and not before it knows what is committed", () => {
  const leads = (voters: readonly number[], options = ticks, commit = 1) =>
    rules.readAlone.ask(
      server({ term: 2, log: [2], commit, role: "leader", configuration: votersOnly(voters), options }),
      options,
    );
  expect([leads([1]), leads([1, 2]), leads([2]), leads([1], ticks, 0)]).toEqual([true, false, false, false]);
  // What production does: stale reads of a removed leader that stays.
  expect([leads([1], production, 0), leads([2], production)]).toEqual([true, true]);
  expect(leads([2], { ...production, removedLeader: "stepsDown" })).toBe(false);
});

test("D 4.1 where configurations count at once, a joiner takes a snapshot from before it joined", () => {
  const { snapshot } = installSnapshot({ index: 3, at: 1, of: votersOnly([2, 3]) });
  const takes = (options: RaftOptions) => rules.snapshotIncludesServer.ask(server({ options }), snapshot, options);
  expect([takes(ticks), takes(production)]).toEqual([true, false]);
});

test("D 4.2.2 a leader that is removed takes commands until its removal is committed", () => {
  const made = server({ term: 1, log: [1, 1], role: "leader", configuration: votersOnly([2, 3]) });
  made.configurationIndex = 2;
  made.commitIndex = 1;
  const before = rules.removedTakesNothing.ask(made);
  made.commitIndex = 2;
  expect([before, rules.removedTakesNothing.ask(made)]).toEqual([false, true]);
  // Where configurations count once they are applied, no entry is left that it would be needed for.
  expect(rules.removedTakesNothing.ask({ ...made, configurationIndex: 0, commitIndex: 0 })).toBe(true);
});

test("§5.2 only voters start elections", () => {
  const of = (configuration: Configuration) => rules.mayCampaign.ask(server({ configuration }));
  expect([of(votersOnly([1, 2, 3])), of(votersOnly([2, 3])), of({ ...votersOnly([2, 3]), learners: [1] })]).toEqual([
    true,
    false,
    false,
  ]);
  expect(of({ ...votersOnly([2, 3]), outgoing: [1, 2] })).toBe(true);
});
