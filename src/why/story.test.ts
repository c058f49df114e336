import { describe, expect, test } from "vitest";
import { presets } from "../scenario/presets/index.ts";
import { scenario, storyIn } from "./fixtures.ts";
import { stepsMost } from "./steps.ts";
import type { Story } from "./types.ts";

const told = ({ steps }: Story): string[] => steps.map(({ kind, sentence }) => `${kind}: ${sentence}`);

describe("one command", () => {
  test("asked, appended, on each disk, committed, applied, answered", () => {
    const story = storyIn(scenario("leader-crash"), { kind: "entry", index: 2, group: 1 })!;
    expect(story.about).toBe("entry 2 of term 2 (put y=2)");
    expect(story.steps.map(({ kind }) => kind).slice(0, 9)).toEqual([
      ...["asked", "appended", "stored", "stored", "stored", "stored", "committed", "applied", "answered"],
    ]);
    expect(story.outcome).toBe(
      "It was committed at 0.458 s as entry 2 of term 2. Its client was answered at 0.469 s, 49.8 ms after it asked.",
    );
  });

  test("where it got lost, and who replaced it", () => {
    const story = storyIn(scenario("two-leaders"), { kind: "command", command: 4, group: 1 })!;
    expect(told(story).at(-1)).toBe("replaced: S2 deleted entries 2–3: at 2 it had term 1, the leader has term 2");
    expect(story.outcome).toBe(
      "It is lost: S4, leader of term 2, replaced it on S2 at 0.643 s, and nobody else has entry 3 of term 1. Its client has no answer so far.",
    );
  });

  test("is the same before anybody has it, and after all who had it have lost it", () => {
    const history = scenario("leader-crash");
    const about = { kind: "entry", index: 2, term: 2, group: 1 } as const;
    const story = storyIn(history, about)!;
    history.seek(425_000);
    expect(storyIn(history, about)).toEqual(story);
    const overwritten = scenario("two-leaders");
    const lost = storyIn(overwritten, { kind: "entry", index: 3, term: 1, group: 1 })!;
    expect(told(lost)[0]).toBe("asked: The client asked S1: put z=8");
    expect(lost.outcome).toMatch(/^It is lost/);
  });

  test("an entry whose arrival deletes others is not lost itself", () => {
    const story = storyIn(scenario("two-leaders"), { kind: "entry", index: 2, group: 1 })!;
    expect(story.steps.some(({ kind }) => kind === "replaced")).toBe(false);
  });

  test("a read that goes through no log", () => {
    const story = storyIn(scenario("read-index"), { kind: "command", command: 2, group: 1 })!;
    expect(story.steps.map(({ kind }) => kind)).toEqual(["asked", "read", "read", "answered"]);
    expect(story.outcome).toMatch(/^It went through no log\. Its client was answered at 0\.195 s/);
  });
});

describe("a term", () => {
  test("nobody won: who had how many, and who came next", () => {
    const story = storyIn(scenario("split-vote"), { kind: "term", term: 1, group: 1 })!;
    expect(story.outcome).toBe(
      "Nobody won term 1: of the 3 votes that are needed S1 was given 2 (S1 and S3), S2 was given 2 (S2 and S4); S1 began term 2 at 0.160 s.",
    );
    expect(told(story)).toContain("refused: S4 refused its vote to S1: in term 1 it has voted for S2");
  });

  test("a leader is told by its term", () => {
    const story = storyIn(scenario("split-vote"), { kind: "leader", group: 1 })!;
    expect(story.about).toBe("S1 as leader of term 2");
    expect(told(story).at(-1)).toBe("won: S1 became leader of term 2: 3 of 4 voted for it (S1, S2 and S3)");
  });
});

test("a violation: the step in which a rule that is off did otherwise, and what it met", () => {
  const story = storyIn(scenario("figure-8", undefined, ["commit-old-term"]), { kind: "violation", group: 1 })!;
  const off = story.steps.find(({ kind }) => kind === "rule off")!;
  expect(off.sentence).toContain("S1 committed entries 1–2 in its term 4");
  expect(story.steps.at(-1)!.sentence).toMatch(/^Leader Completeness is broken at S5/);
  expect(story.outcome).toContain("Switched off in this run: Entries of older terms are committed by counting.");
});

test("what is not there has no story", () => {
  const history = scenario("first-election");
  for (const about of [
    { kind: "entry", index: 99, group: 1 },
    { kind: "command", command: 99, group: 1 },
    { kind: "term", term: 99, group: 1 },
    { kind: "violation", group: 1 },
  ] as const)
    expect(storyIn(history, about)).toBeNull();
});

test.each(presets.map(({ id }) => id))(
  "%s: of every command and term a story in order, of a dozen steps at most",
  (id) => {
    const history = scenario(id);
    const commands = Array.from({ length: Math.min(4, history.world.clients.asked) }, (_, i) => i + 1);
    const terms = [...new Set(history.current.index.terms.map(({ term }) => term))].slice(0, 3);
    const stories = [
      ...commands.map((command) => storyIn(history, { kind: "command", command, group: 1 })),
      ...terms.map((term) => storyIn(history, { kind: "term", term, group: 1 })),
    ].filter((story) => story !== null);
    for (const { steps, outcome, about } of stories) {
      expect(steps.length, about).toBeLessThanOrEqual(stepsMost);
      expect(steps.map(({ event }) => event)).toEqual(steps.map(({ event }) => event).toSorted((a, b) => a - b));
      for (const { sentence } of steps) expect(sentence).not.toMatch(/undefined|NaN/);
      expect(outcome).toMatch(/^[A-Z].*\.$/);
      expect(outcome).not.toMatch(/undefined|NaN|nobody, of/);
    }
  },
);
