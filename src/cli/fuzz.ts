import { countingEars, countOutcome, newCoverage } from "../check/fuzz/coverage.ts";
import { reduced } from "../check/fuzz/reduce.ts";
import { hashAgain, type Outcome, runSchedule } from "../check/fuzz/schedule.ts";
import { setupFor, type Wish } from "../check/fuzz/setups.ts";
import { bugOf } from "../raft/bugs/index.ts";
import { rules } from "../raft/rules/index.ts";
import { writeRecording } from "../scenario/format.ts";
import { encodeLink } from "../scenario/link.ts";
import { profileNames } from "../scenario/options.ts";
import type { Recording } from "../scenario/recording.ts";
import { faultNames } from "../world/faults/index.ts";
import { type NemesisSet, nemesisSets } from "../world/nemeses.ts";
import { knownBug, oneOf, readOptions, whole } from "./args.ts";

/** Every so many schedules one is run again from its recording, and one is counted in full. */
const againEvery = 20;

/** `fuzz --runs N --seed S [--profile P] [--bug NAME] [--nemesis NAME]`: 0 if every schedule ends well, 1 with the first that does not. */
export async function fuzz(args: readonly string[]): Promise<number> {
  const { runs, seed, wish, nemesis } = readArgs(args);
  const coverage = newCoverage();
  const start = performance.now();
  const sums = { elections: 0, commits: 0, operations: 0, cores: 0, again: 0, undecided: 0 };
  for (let at = seed; at < seed + runs; at++) {
    const setup = setupFor(at, wish);
    const sampled = at % againEvery === 0;
    const outcome = runSchedule(setup, at, { nemesis, ears: sampled ? countingEars(setup, coverage) : {} });
    countOutcome(outcome, coverage);
    sums.elections += outcome.elections;
    sums.commits += outcome.commits;
    sums.operations += outcome.operations;
    sums.cores += outcome.hadCore ? 1 : 0;
    sums.undecided += outcome.undecided ? 1 : 0;
    if (outcome.problem !== null) return report(outcome);
    if (!sampled) continue;
    sums.again++;
    if (hashAgain(outcome) !== outcome.hash) return reportDifference(outcome);
  }
  const minutes = (performance.now() - start) / 60_000;
  const average = (sum: number): string => (sum / runs).toFixed(1);
  console.log(`${runs} schedules from seed ${seed}, no violation; ${Math.round(runs / minutes)} a minute`);
  console.log(
    `on average ${average(sums.elections)} terms and ${average(sums.commits)} commits; ${sums.cores} went on with a core only`,
  );
  console.log(`${sums.again} were run twice, to the same bits`);
  console.log(
    `clients' histories: ${average(sums.operations)} operations on average; ${runs - sums.undecided} have an order, ${sums.undecided} undecided`,
  );
  printCoverage(coverage);
  return sums.undecided === 0 ? 0 : 3;
}

function readArgs(args: readonly string[]): { runs: number; seed: number; wish: Wish; nemesis?: NemesisSet } {
  const values = readOptions(args, ["runs", "seed", "profile", "bug", "nemesis"]);
  const { profile, bug, nemesis } = values;
  const set = nemesis === undefined ? undefined : oneOf("nemesis", nemesis, nemesisSets);
  const wish = {
    ...(profile === undefined ? {} : { profile: oneOf("profile", profile, profileNames) }),
    ...(bug === undefined ? {} : { bugs: [bugOf(knownBug(bug))] }),
  };
  return {
    runs: whole(values.runs, "runs", 1000, 1, 10_000_000),
    seed: whole(values.seed, "seed", 1, 0, 1_000_000_000),
    wish,
    ...(set === undefined ? {} : { nemesis: set }),
  };
}

async function report(failed: Outcome): Promise<number> {
  const outcome = reduced(failed);
  const { property, detail } = outcome.problem!;
  console.log(JSON.stringify(writeRecording(recordingOf(outcome))));
  const link = await linkTo(outcome);
  console.log(link);
  console.log(`seed ${failed.seed}: ${property}: ${detail}`);
  console.log(
    `${outcome.actions.length} actions, ${outcome.troubles.length} of them faults, of ${failed.actions.length}`,
  );
  return 1;
}

function reportDifference(outcome: Outcome): number {
  console.log(JSON.stringify(writeRecording(recordingOf(outcome))));
  console.log(`seed ${outcome.seed}: Determinism: the same recording ended in two states`);
  return 1;
}

const linkTo = async (outcome: Outcome): Promise<string> => {
  const recording = recordingOf(outcome);
  return `#${await encodeLink(recording, recording.view!, outcome.hash)}`;
};

function recordingOf({ setup, actions, end, problem, seed }: Outcome): Recording {
  return {
    title: `Schedule ${seed}: ${problem?.property ?? "run twice"}`,
    notes: problem?.detail ?? "",
    preset: "",
    profile: "paper",
    setup,
    actions,
    bookmarks: [],
    view: { at: end, select: "", speed: 0.05, play: false },
    end,
    branches: [],
    branch: 0,
  };
}

function printCoverage(coverage: ReturnType<typeof newCoverage>): void {
  const line = (what: string, of: number, counts: ReadonlyMap<string, number>): void => {
    const all = [...counts].sort(([, a], [, b]) => b - a).map(([name, times]) => `${name} ${times}`);
    console.log(`${what}: ${counts.size}${of > 0 ? ` of ${of}` : ""}: ${all.join(", ")}`);
  };
  line("rules asked", Object.keys(rules).length, coverage.rules);
  line("decisions taken", 0, coverage.decisions);
  line("things done", 0, coverage.acts);
  line("faults that came", faultNames.length, coverage.faults);
  line("nemeses", 0, coverage.nemeses);
  line("excused, as the rules of the run leave a danger open", 0, coverage.excuses);
}
