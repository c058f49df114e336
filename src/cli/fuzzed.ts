import { type Coverage, countingEars, countOutcome, newCoverage } from "../check/fuzz/coverage.ts";
import { hashAgain, type Outcome, runSchedule } from "../check/fuzz/schedule.ts";
import { setupFor, setupInSpec, type Wish } from "../check/fuzz/setups.ts";
import { bothEars, type Ears } from "../check/runner.ts";
import { Judge } from "../check/spec/judge/judge.ts";
import { ClaimWatch, type FalseSentence } from "../explain/claims/watcher.ts";
import type { BugName } from "../raft/bugs/index.ts";
import { bugOf } from "../raft/bugs/index.ts";
import type { ProfileName } from "../raft/options.ts";
import type { NemesisSet } from "../world/nemeses.ts";
import type { Setup } from "../world/state/setup.ts";

/** What schedules of random faults came to, so that parts can be put together. */

/** Every so many schedules one is run again from its recording, and one is counted in full. */
const againEvery = 20;
/** No more failures are kept of one part. */
const failuresMost = 100;

/** What is asked of every schedule. */
export interface FuzzWish {
  readonly profile: ProfileName | null;
  readonly bug: BugName | null;
  readonly nemesis: NemesisSet | null;
  readonly claims: boolean;
  /** By the paper's rules, and every step held against the published specification. */
  readonly judge: boolean;
}
export interface FuzzFailure {
  readonly seed: number;
  readonly what: "problem" | "false sentence" | "two states" | "refused";
  readonly property: string;
  readonly detail: string;
}
type Counts = { [Key in keyof Coverage]: Readonly<Record<string, number>> };
export interface FuzzPart {
  readonly schedules: number;
  readonly sums: Readonly<Record<Sum, number>>;
  /** Of what is asked and decided only those schedules are counted that were run twice. */
  readonly coverage: Counts;
  readonly failures: readonly FuzzFailure[];
}
const sumNames = [
  "elections",
  "commits",
  "operations",
  "cores",
  "again",
  "undecided",
  "judgedSteps",
  "judgedActions",
  "widerActions",
  "outside",
] as const;
type Sum = (typeof sumNames)[number];

const wishFor = ({ profile, bug }: FuzzWish): Wish => ({
  ...(profile === null ? {} : { profile }),
  ...(bug === null ? {} : { bugs: [bugOf(bug)] }),
});

/** Everything about one schedule: the sentence that its run disproves, and whoever held it against the specification. */
export function fuzzOne(
  seed: number,
  wish: FuzzWish,
  coverage: Coverage | null,
): { outcome: Outcome; wrong: FalseSentence | null; judge: Judge | null } {
  const asked = wishFor(wish);
  const setup = wish.judge ? setupInSpec(seed, asked.bugs) : setupFor(seed, asked);
  const judge = wish.judge ? new Judge(setup, false) : null;
  const wrong: FalseSentence[] = [];
  const ears = earsFor(setup, coverage, wish.claims ? (found) => wrong.push(found) : null);
  const outcome = runSchedule(setup, seed, {
    ...(wish.nemesis === null ? {} : { nemesis: wish.nemesis }),
    plain: wish.judge,
    ears: judge === null ? ears : bothEars(ears, judge.ears),
  });
  judge?.conclude();
  return { outcome, wrong: wrong[0] ?? null, judge };
}

/** Runs those schedules. */
export function fuzzed(seeds: readonly number[], wish: FuzzWish): FuzzPart {
  const coverage = newCoverage();
  const sums = Object.fromEntries(sumNames.map((name) => [name, 0])) as Record<Sum, number>;
  const failures: FuzzFailure[] = [];
  for (const seed of seeds) {
    const sampled = seed % againEvery === 0;
    const { outcome, wrong, judge } = fuzzOne(seed, wish, sampled ? coverage : null);
    const failure = refusedBy(judge) ?? failureOf(outcome, wrong, sampled);
    if (failure !== null && failures.length < failuresMost) failures.push({ seed, ...failure });
    countOutcome(outcome, coverage);
    sums.elections += outcome.elections;
    sums.commits += outcome.commits;
    sums.operations += outcome.operations;
    sums.cores += outcome.hadCore ? 1 : 0;
    sums.undecided += outcome.undecided ? 1 : 0;
    sums.again += sampled ? 1 : 0;
    sums.judgedSteps += judge?.judged ?? 0;
    sums.judgedActions += judge?.accepted.length ?? 0;
    sums.widerActions += judge?.wider ?? 0;
    sums.outside += judge?.verdict.is === "outside" ? 1 : 0;
  }
  return { schedules: seeds.length, sums, coverage: countsOf(coverage), failures };
}

function refusedBy(judge: Judge | null): Omit<FuzzFailure, "seed"> | null {
  if (judge?.verdict.is !== "refused") return null;
  const { what, differences } = judge.verdict.refusal;
  return { what: "refused", property: "The specification refuses", detail: `${what}: ${differences.join("; ")}` };
}

function failureOf(outcome: Outcome, wrong: FalseSentence | null, sampled: boolean): Omit<FuzzFailure, "seed"> | null {
  if (wrong !== null) return { what: "false sentence", property: wrong.text, detail: wrong.why };
  if (outcome.problem !== null) return { what: "problem", ...outcome.problem };
  if (!sampled || hashAgain(outcome) === outcome.hash) return null;
  return { what: "two states", property: "Determinism", detail: "the same recording ended in two states" };
}

/** `found`: hears of every sentence that the run disproves. */
function earsFor(setup: Setup, coverage: Coverage | null, found: ((wrong: FalseSentence) => void) | null): Ears {
  const counting = coverage === null ? {} : countingEars(setup, coverage);
  if (found === null) return counting;
  const { tell, begins, stepped } = new ClaimWatch(found);
  return bothEars(counting, { tell, begins, stepped });
}

// ---- together -----------------------------------------------------------------------------------------------

const countsOf = (coverage: Coverage): Counts =>
  Object.fromEntries(Object.entries(coverage).map(([name, map]) => [name, Object.fromEntries(map)])) as Counts;

/** Two parts as one. */
export function together(a: FuzzPart, b: FuzzPart): FuzzPart {
  const names = Object.keys(a.coverage) as (keyof Counts)[];
  return {
    schedules: a.schedules + b.schedules,
    sums: added(a.sums, b.sums),
    coverage: Object.fromEntries(names.map((name) => [name, added(a.coverage[name], b.coverage[name])])) as Counts,
    failures: [...a.failures, ...b.failures].sort((one, other) => one.seed - other.seed).slice(0, failuresMost),
  };
}

const added = <Name extends string>(
  a: Readonly<Record<Name, number>>,
  b: Readonly<Record<Name, number>>,
): Record<Name, number> => {
  const sum = { ...a } as Record<Name, number>;
  for (const [name, count] of Object.entries(b) as [Name, number][]) sum[name] = (sum[name] ?? 0) + count;
  return sum;
};

export const nothingFuzzed: FuzzPart = fuzzed([], {
  profile: null,
  bug: null,
  nemesis: null,
  claims: false,
  judge: false,
});
