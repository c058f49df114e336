import { describe, expect, test } from "vitest";
import type { BugName } from "../../raft/bugs.ts";
import { countActs, countingEars, newCoverage } from "./coverage.ts";
import { reduced } from "./reduce.ts";
import { hashAgain, type Outcome, runSchedule } from "./schedule.ts";
import { setupFor } from "./setups.ts";
import { variants } from "./variants.ts";

/**
 * Safety under chaos first, every property watched; then a random core is mended, everything else stays broken, and the
 * core must get on; then everything is mended, and all must agree.
 */

const schedules = 2000;
/** Every so many schedules one is run again from its recording, and all that it asked and decided is counted. */
const sampled = 20;

const names = Object.keys(variants);
const coverage = newCoverage();
const problems = ({ seed, problem }: Outcome): string[] =>
  problem === null ? [] : [`npm run headless -- fuzz --runs 1 --seed ${seed}: ${problem.property}: ${problem.detail}`];

function run(seed: number): Outcome {
  const setup = setupFor(seed);
  const outcome = runSchedule(setup, seed, null, seed % sampled < 2 ? countingEars(setup, coverage) : {});
  countActs(outcome, coverage);
  if (seed % sampled === 0) expect(hashAgain(outcome)).toBe(outcome.hash);
  return outcome;
}

const average = (done: readonly Outcome[], of: (each: Outcome) => number): number =>
  done.reduce((sum, each) => sum + of(each), 0) / done.length;

describe(`${schedules} schedules of mixed faults`, () => {
  for (const [i, name] of names.entries()) {
    test(`${name}: safe throughout, a core gets on, and in the end all agree`, () => {
      const count = schedules / names.length;
      const done = Array.from({ length: count }, (_, k) => run(i + names.length * k));
      expect(done.flatMap(problems)).toEqual([]);
      // Chaos that does nothing proves nothing.
      expect(average(done, ({ elections }) => elections)).toBeGreaterThan(5);
      expect(average(done, ({ commits }) => commits)).toBeGreaterThan(40);
      expect(done.filter(({ hadCore }) => hadCore).length).toBeGreaterThan(count / 2);
    }, 600_000);
  }

  test("all in all every act was done, and every rule of replication, elections and membership asked", () => {
    const acts = ["compact", "crash", "cut", "delay", "deliver", "disk", "drop", "duplicate", "forget", "heal"];
    const more = [
      "heartbeat",
      "load",
      "members",
      "mend",
      "network",
      "partition",
      "pause",
      "request",
      "restart",
      "resume",
    ];
    expect([...coverage.acts.keys()].sort()).toEqual([...acts, ...more, "timeout", "timer", "transfer"].sort());
    expect(coverage.rules.size).toBeGreaterThan(40);
    expect(coverage.decisions.size).toBeGreaterThan(60);
  });
});

/** Schedules that once went wrong, or showed a property to be stated wrongly. */
const corpus: readonly (readonly [seed: number, why: string])[] = [
  [60, "a follower learns of a commit before it has the entries of the term in which it was committed"],
  [78, "a leader that hears nobody keeps a core quiet, where nobody counts whom it hears"],
  [235, "the same, over an asynchronous disk"],
  [243, "the same, after a change of membership"],
  [251, "the same, with snapshots"],
  [387, "the same, with nine servers"],
  [392, "a server that lags behind uses a configuration that is long gone, where those count once applied"],
  [680, "a removed leader that stays answers reads alone"],
];

describe("schedules that once went wrong", () => {
  for (const [seed, why] of corpus) test(`${seed}: ${why}`, () => expect(problems(run(seed))).toEqual([]));
});

describe("a broken rule", () => {
  test("is found, and the schedule is cut down to what shows it", () => {
    const failed = firstFailure(["no-log-check"]);
    const least = reduced(failed);
    expect(least.problem?.property).toBe(failed.problem?.property);
    expect(least.faults.length).toBeLessThan(failed.faults.length / 2);
    for (let i = 0; i < least.faults.length; i++) {
      const without = runSchedule(least.setup, least.seed, least.faults.toSpliced(i, 1));
      expect(without.problem?.property).not.toBe(least.problem?.property);
    }
  }, 120_000);

  function firstFailure(bugs: readonly BugName[]): Outcome {
    for (let seed = 1; seed < 200; seed++) {
      const outcome = runSchedule(setupFor(seed, { bugs }), seed);
      if (outcome.problem !== null) return outcome;
    }
    throw new Error("nothing was found");
  }
});
