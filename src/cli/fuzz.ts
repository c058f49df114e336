import { type Coverage, countingEars, countOutcome, newCoverage } from "../check/fuzz/coverage.ts";
import { reduced } from "../check/fuzz/reduce.ts";
import { hashAgain, type Outcome, runSchedule } from "../check/fuzz/schedule.ts";
import { setupFor, type Wish } from "../check/fuzz/setups.ts";
import type { Ears } from "../check/runner.ts";
import { ClaimWatch, type FalseSentence } from "../explain/claims/watcher.ts";
import { bugOf } from "../raft/bugs/index.ts";
import { rules } from "../raft/rules/index.ts";
import { writeRecording } from "../scenario/format.ts";
import { encodeLink } from "../scenario/link.ts";
import { profileNames } from "../scenario/options.ts";
import type { Recording } from "../scenario/recording.ts";
import { faultNames } from "../world/faults/index.ts";
import { type NemesisSet, nemesisSets } from "../world/nemeses.ts";
import type { Setup } from "../world/state/setup.ts";
import { knownBug, oneOf, readOptions, whole } from "./args.ts";

/** Every so many schedules one is run again from its recording, and one is counted in full. */
const againEvery = 20;

/** `fuzz --runs N --seed S [--profile P] [--bug NAME] [--nemesis NAME] [--claims]`: 0 if every schedule ends well, 1 with the first that does not. */
export async function fuzz(args: readonly string[]): Promise<number> {
  const { runs, seed, wish, nemesis, claims } = readArgs(args);
  const coverage = newCoverage();
  const start = performance.now();
  const sums = { elections: 0, commits: 0, operations: 0, cores: 0, again: 0, undecided: 0 };
  for (let at = seed; at < seed + runs; at++) {
    const setup = setupFor(at, wish);
    const sampled = at % againEvery === 0;
    const wrong: FalseSentence[] = [];
    const ears = earsFor(setup, sampled ? coverage : null, claims ? (found) => wrong.push(found) : null);
    const outcome = runSchedule(setup, at, { nemesis, ears });
    if (wrong[0] !== undefined) return reportFalse(outcome, wrong[0]);
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
  console.log(
    `${runs} schedules from seed ${seed}, no violation${claims ? ", and no sentence false" : ""}; ${Math.round(runs / minutes)} a minute`,
  );
  console.log(
    `on average ${average(sums.elections)} terms and ${average(sums.commits)} commits; ${sums.cores} went on with a core only`,
  );
  console.log(`${sums.again} were run twice, to the same bits`);
  console.log(
    `clients' histories: ${average(sums.operations)} operations on average; ${runs - sums.undecided} have an order, ${sums.undecided} undecided`,
  );
  printCoverage(coverage, sums.again);
  return sums.undecided === 0 ? 0 : 3;
}

/** `found`: hears of every sentence that the run disproves. */
function earsFor(setup: Setup, coverage: Coverage | null, found: ((wrong: FalseSentence) => void) | null): Ears {
  const counting = coverage === null ? {} : countingEars(setup, coverage);
  if (found === null) return counting;
  const { tell, begins, stepped } = new ClaimWatch(found);
  const hears: Ears["tell"] = (happening) => {
    counting.tell?.(happening);
    tell(happening);
  };
  return { ...counting, tell: hears, begins, stepped };
}

interface Wanted {
  readonly runs: number;
  readonly seed: number;
  readonly wish: Wish;
  readonly nemesis?: NemesisSet;
  readonly claims: boolean;
}

function readArgs(given: readonly string[]): Wanted {
  const claims = given.includes("--claims");
  const args = given.filter((word) => word !== "--claims");
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
    claims,
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

/** What was said, the record that it was made from, and what the run has instead. The run itself is what is printed first. */
async function reportFalse(outcome: Outcome, { at, event, happening, text, why }: FalseSentence): Promise<number> {
  console.log(
    JSON.stringify(writeRecording({ ...recordingOf(outcome), title: `Schedule ${outcome.seed}: a false sentence` })),
  );
  console.log(await linkTo(outcome));
  console.log(JSON.stringify(happening.kind === "decided" ? happening.decision : happening));
  console.log(`seed ${outcome.seed}, ${at / 1000} ms, event ${event}: ${text}`);
  console.log(`that is false: ${why}`);
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

function printCoverage(coverage: ReturnType<typeof newCoverage>, twice: number): void {
  const line = (what: string, of: number, counts: ReadonlyMap<string, number>): void => {
    const all = [...counts].sort(([, a], [, b]) => b - a).map(([name, times]) => `${name} ${times}`);
    console.log(
      [`${what}: ${counts.size}${of > 0 ? ` of ${of}` : ""}`, ...(all.length === 0 ? [] : [all.join(", ")])].join(": "),
    );
  };
  // Counted in those schedules alone that were run twice.
  if (twice > 0) {
    line("rules asked", Object.keys(rules).length, coverage.rules);
    line("decisions taken", 0, coverage.decisions);
  }
  line("things done", 0, coverage.acts);
  line("faults that came", faultNames.length, coverage.faults);
  line("nemeses", 0, coverage.nemeses);
  line("excused, as the rules of the run leave a danger open", 0, coverage.excuses);
}
