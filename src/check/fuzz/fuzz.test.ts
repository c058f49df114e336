import { describe, expect, test } from "vitest";
import { type BugName, bugOf } from "../../raft/bugs/index.ts";
import type { DecisionKind } from "../../raft/decisions.ts";
import { rules } from "../../raft/rules/index.ts";
import { type FaultName, faultNames } from "../../world/faults/index.ts";
import { type Coverage, countingEars, countOutcome, newCoverage } from "./coverage.ts";
import { reduced } from "./reduce.ts";
import { type Excuse, type Given, hashAgain, type Outcome, runSchedule } from "./schedule.ts";
import { setupFor, type Wish } from "./setups.ts";
import { variants } from "./variants.ts";

/**
 * Safety under chaos first, every property watched; then a random core is mended, everything else stays broken, and the
 * core must get on; then everything is mended, and all must agree; and what clients saw must have an order.
 */

const schedules = 1000;
/** Every so many schedules one is run again from its recording, and all that it asked and decided is counted. */
const sampled = 10;

const names = Object.keys(variants);
const coverage = newCoverage();
const problems = ({ seed, problem, undecided }: Outcome): string[] => {
  const said = problem === null ? (undecided ? "undecided" : "") : `${problem.property}: ${problem.detail}`;
  return said === "" ? [] : [`npm run headless -- fuzz --runs 1 --seed ${seed}: ${said}`];
};

function run(seed: number): Outcome {
  const setup = setupFor(seed);
  const outcome = runSchedule(setup, seed, { ears: seed % sampled < 2 ? countingEars(setup, coverage) : {} });
  countOutcome(outcome, coverage);
  if (seed % sampled === 0) expect(hashAgain(outcome)).toBe(outcome.hash);
  return outcome;
}

const average = (done: readonly Outcome[], of: (each: Outcome) => number): number =>
  done.reduce((sum, each) => sum + of(each), 0) / done.length;

describe(`${schedules} schedules of mixed faults`, () => {
  for (const [i, name] of names.entries()) {
    test(`${name}: safe throughout, a core gets on, and in the end all agree`, () => {
      const count = Math.ceil(schedules / names.length);
      const done = Array.from({ length: count }, (_, k) => run(i + names.length * k));
      expect(done.flatMap(problems)).toEqual([]);
      // Chaos that does nothing proves nothing.
      expect(average(done, ({ elections }) => elections)).toBeGreaterThan(3);
      expect(average(done, ({ commits }) => commits)).toBeGreaterThan(30);
      expect(average(done, ({ operations }) => operations)).toBeGreaterThan(40);
      expect(done.filter(({ hadCore }) => hadCore).length).toBeGreaterThan(count / 2);
      expect(done.filter(({ excuses }) => excuses.length > 0).length).toBeLessThan(count / 20);
    });
  }

  test("all in all every fault within Raft's model came, by acts and by nemeses, and nearly every rule was asked", () => {
    const faults = faultNames.filter((name) => name !== "lyingDisk");
    expect(faults.filter((name) => !coverage.faults.has(name))).toEqual([]);
    expect(coverage.nemeses.size).toBeGreaterThan(15);
    const others = ["calm", "compact", "delay", "deliver", "disk", "drop", "duplicate", "forget", "heartbeat"] as const;
    const more = ["load", "members", "nemesis", "network", "request", "timeout", "timer", "transfer"] as const;
    expect([...others, ...more].filter((name) => !coverage.acts.has(name))).toEqual([]);
    expect(Object.keys(rules).length - coverage.rules.size).toBeLessThan(8);
    expect(coverage.decisions.size).toBeGreaterThan(65);
  });
});

type Reaches = (came: Coverage, outcome: Outcome) => boolean;
const excused =
  (why: Excuse): Reaches =>
  ({ excuses }) =>
    excuses.has(why);
const decided =
  (kind: DecisionKind): Reaches =>
  ({ decisions }) =>
    decisions.has(kind);
const strikes =
  (...names: readonly FaultName[]): Reaches =>
  ({ nemeses, faults }) =>
    names.every((name) => nemeses.has(name) && faults.has(name));

/** Schedules that come where few others come, once went wrong, or showed a property to be stated wrongly. */
const corpus: readonly (readonly [seed: number, why: string, reaches: Reaches, given?: Given & Wish])[] = [
  [
    468,
    "logs are backed up one entry at a time over so many entries that no number of elections bounds it",
    (_, { end, troubles, excuses }) => end - troubles.at(-1)!.at > 12_000_000 && excuses.length === 0,
  ],
  [
    2009929,
    "hundreds of writes stand before a disk that was slow: nothing new is agreed before they are done",
    (_, { end, troubles, excuses }) => end - troubles.at(-1)!.at > 18_000_000 && excuses.length === 0,
  ],
  [
    4007024,
    "the same of a server that is alone",
    (_, { end, troubles, excuses }) => end - troubles.at(-1)!.at > 12_000_000 && excuses.length === 0,
    { profile: "dissertation", steady: true },
  ],
  [
    50366415,
    "one of a core could win, and a deaf server raises the term as often: elections without a leader are many",
    (_, { end, troubles, hadCore, excuses }) =>
      hadCore && end - troubles.at(-1)!.at > 19_000_000 && excuses.length === 0,
  ],
  [
    50893271,
    "what followers have beyond the log of a leader that begins without a no-op stays until the next command",
    (_, { end, actions, excuses }) => end - actions.at(-1)!.at <= 100_000 && excuses.length === 0,
  ],
  [
    50875341,
    "a leader that has removed itself is switched off once the last voter knows that it needs its vote no more",
    (_, { actions, troubles, excuses }) =>
      actions.slice(troubles.length).some(({ act }) => act.do === "crash") && excuses.length === 0,
  ],
  [180, "a removed server that does not know it disturbs a leader that nothing protects", excused("disturbed")],
  [491, "a leader that took its own vote away is gone, and the others need it", excused("nobody can win")],
  [
    40095437,
    "who could win is behind in terms, nobody tells it, and it comes to lead by luck alone",
    (_, { end, troubles, excuses }) => end - troubles.at(-1)!.at > 25_000_000 && excuses.length === 0,
  ],
  [
    50938007,
    "a leader needs a server that is ahead of it in terms, and does not know yet that it is a voter",
    excused("nobody is told"),
  ],
  [
    40068279,
    "a deaf server asks for votes again and again, and check-quorum protects a leader that counts each answer",
    ({ decisions }, { excuses }) => decisions.has("voteIgnoredLease") && excuses.length === 0,
  ],
  [
    40092633,
    "a server that is switched off comes back when a fault ends, and nobody hears it",
    ({ faults }, { excuses, hadCore }) => faults.has("restart") && hadCore && excuses.length === 0,
  ],
  [1760, "a leader answers reads alone though the last voter is another", excused("blind answer")],
  [1843, "the same, on a disk that overlaps", excused("blind answer")],
  [40030251, "the same, and it has stepped down before its client hears the answer", excused("blind answer")],
  [
    40077311,
    "a lone voter that begins its term without a no-op, and has lost the newest commit index",
    excused("blind answer"),
  ],
  [
    50447364,
    "a command that a follower passed on is doubled, and the second finds its session gone",
    ({ decisions }, { excuses }) => decisions.has("proposalForwarded") && excuses.length === 0,
  ],
  [94, "what is overwritten in memory while its write is under way", decided("writeForgotten")],
  [75, "a leader that has committed its own removal", decided("leaderRemoved")],
  [1, "entries that contradict the leader's", decided("appendRefusedConflict")],
  [3, "a snapshot that is not sent to a follower that is not heard", decided("snapshotWithheld")],
  [10, "a transfer that is not done in time", decided("transferAborted")],
  [96, "links that flap by themselves", strikes("flap")],
  [285, "power losses that come by themselves", strikes("powerLoss")],
  [144, "everything comes by itself", ({ faults }) => faults.size > 10, { nemesis: "everything" }],
];

describe("schedules that come where few others come", () => {
  for (const [seed, why, reaches, given = {}] of corpus)
    test(`${seed}: ${why}`, () => {
      const came = newCoverage();
      const setup = setupFor(seed, given);
      const outcome = runSchedule(setup, seed, { ...given, ears: countingEars(setup, came) });
      countOutcome(outcome, came);
      expect(problems(outcome)).toEqual([]);
      expect(reaches(came, outcome)).toBe(true);
    });
});

describe("a broken rule", () => {
  test("is found, and the schedule is cut down to what shows it", () => {
    const failed = firstFailure(["no-log-check"]);
    const least = reduced(failed);
    expect(least.problem?.property).toBe(failed.problem?.property);
    expect(least.troubles.length).toBeLessThan(failed.troubles.length / 2);
    for (let i = 0; i < least.troubles.length; i++) {
      const without = runSchedule(least.setup, least.seed, { acts: least.troubles.toSpliced(i, 1) });
      expect(without.problem?.property).not.toBe(least.problem?.property);
    }
  });

  function firstFailure(bugs: readonly BugName[]): Outcome {
    for (let seed = 1; seed < 200; seed++) {
      const outcome = runSchedule(setupFor(seed, { bugs: bugs.map(bugOf) }), seed);
      if (outcome.problem !== null) return outcome;
    }
    throw new Error("nothing was found");
  }
});
