import { describe, expect, test } from "vitest";
import { runSchedule } from "../../check/fuzz/schedule.ts";
import { setupFor } from "../../check/fuzz/setups.ts";
import { variants } from "../../check/fuzz/variants.ts";
import { Runner } from "../../check/runner.ts";
import { bugNames, bugOf } from "../../raft/bugs/index.ts";
import { presets } from "../../scenario/presets/index.ts";
import type { NemesisSet } from "../../world/nemeses.ts";
import type { Setup } from "../../world/state/setup.ts";
import { ClaimWatch, type FalseSentence } from "./watcher.ts";

/** Nothing that a run says of itself is disproved by the run. `headless fuzz --claims` tries many more. */

function falseIn(setup: Setup, seed: number, nemesis?: NemesisSet): string[] {
  const found: FalseSentence[] = [];
  const { tell, begins, stepped } = new ClaimWatch((wrong) => found.push(wrong));
  runSchedule(setup, seed, { nemesis, ears: { tell, begins, stepped } });
  return found.map(({ at, text, why }) => `seed ${seed}, ${at / 1000} ms: ${text} (${why})`);
}

describe("no sentence is false", () => {
  for (const [i, name] of Object.keys(variants).entries())
    test(`under ${name} rules`, () => {
      for (const k of [0, 3]) {
        const seed = 1 + i + k * Object.keys(variants).length;
        expect(falseIn(setupFor(seed), seed)).toEqual([]);
      }
    });

  test("in any scenario", () => {
    for (const { recording } of presets) {
      const { title, setup, actions, end } = recording;
      const found: string[] = [];
      const { tell, begins, stepped } = new ClaimWatch(({ text, why }) => found.push(`${title}: ${text} (${why})`));
      const runner = Runner.start(setup, { tell, begins, stepped });
      runner.replay(actions);
      runner.runTo(end);
      expect(found).toEqual([]);
    }
  });

  test("while everything comes by itself, also what Raft is not made for", () => {
    for (const nemesis of ["everything", "beyond"] as const) expect(falseIn(setupFor(4), 4, nemesis)).toEqual([]);
  });

  test("a follower that was removed and comes back is new, whatever it has answered meanwhile", () => {
    const seed = 10_000_806;
    const found: FalseSentence[] = [];
    let joined = 0;
    const { tell, begins, stepped } = new ClaimWatch(
      (wrong) => found.push(wrong),
      ({ decision }) => {
        if (decision.kind === "quorumHeld") joined += decision.joined.length;
      },
    );
    runSchedule(setupFor(seed), seed, { ears: { tell, begins, stepped } });
    expect(joined).toBeGreaterThan(0);
    expect(found).toEqual([]);
  });

  test.each(bugNames.filter((_, i) => i % 6 === 0))("while a rule is broken: %s", (bug) => {
    expect(falseIn(setupFor(2, { bugs: [bugOf(bug)] }), 2)).toEqual([]);
  });
});
