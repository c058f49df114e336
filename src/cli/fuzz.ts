import { reduced } from "../check/fuzz/reduce.ts";
import type { Outcome } from "../check/fuzz/schedule.ts";
import type { Judge } from "../check/spec/judge/judge.ts";
import { verdictLines } from "../check/spec/judge/tell.ts";
import { holdsUnit, readShard, type Shard, unitsIn, whole as wholeShard } from "../experiment/shards.ts";
import type { FalseSentence } from "../explain/claims/watcher.ts";
import { rules } from "../raft/rules/index.ts";
import { writeRecording } from "../scenario/format.ts";
import { encodeLink } from "../scenario/link.ts";
import { profileNames } from "../scenario/options.ts";
import type { Recording } from "../scenario/recording.ts";
import { engineVersion } from "../scenario/version.ts";
import { faultNames } from "../world/faults/index.ts";
import { nemesisSets } from "../world/nemeses.ts";
import { knownBug, oneOf, readOptions, whole } from "./args.ts";
import { type FuzzFailure, type FuzzPart, type FuzzWish, fuzzOne, nothingFuzzed, together } from "./fuzzed.ts";
import { type InParts, missingParts } from "./parts.ts";
import { inPieces, jobsUsual, pooled } from "./pool.ts";
import { Usage } from "./usage.ts";

/** Schedules that a thread takes at a time. */
const pieceSize = 20;

/** What a file of results says of schedules: parts of the same whole, each once. */
export interface FuzzResults extends InParts {
  readonly format: "driftwood-fuzz";
  readonly version: 1;
  readonly engine: number;
  readonly wish: FuzzWish;
  readonly seed: number;
  /** Schedules of the whole. */
  readonly runs: number;
  readonly parts: readonly { readonly index: number; readonly part: FuzzPart }[];
}

/** `fuzz`: 0 if every schedule ends well, 1 with the first that does not, 3 if the clients' history of one is undecided. */
export async function fuzz(args: readonly string[]): Promise<number> {
  const { runs, seed, wish, shard, jobs, json } = readArgs(args);
  const start = performance.now();
  let part = nothingFuzzed;
  await pooled(
    { kind: "fuzz", wish, seed },
    inPieces(runs, pieceSize, (n) => holdsUnit(shard, n)),
    jobs,
    (more) => {
      part = together(part, more);
      return json || part.failures.length === 0;
    },
  );
  if (json) {
    const parts = [{ index: shard.index, part }];
    const results: FuzzResults = {
      format: "driftwood-fuzz",
      version: 1,
      engine: engineVersion,
      wish,
      seed,
      runs,
      of: shard.of,
      parts,
    };
    console.log(JSON.stringify(results));
    return codeOf(part);
  }
  const [failed] = part.failures;
  if (failed !== undefined) return report(failed, wish);
  const minutes = (performance.now() - start) / 60_000;
  console.log(
    `${unitsIn(shard, runs)} schedules from seed ${seed}${shard.of === 1 ? "" : `, part ${shard.index} of ${shard.of}`}, no violation${wish.claims ? ", and no sentence false" : ""}; ${Math.round(part.schedules / minutes)} a minute`,
  );
  printPart(part);
  return codeOf(part);
}

const codeOf = ({ failures, sums }: FuzzPart): number => (failures.length > 0 ? 1 : sums.undecided > 0 ? 3 : 0);

/** What parts of a whole come to, and which are missing. The exit code as `fuzz` has it; 3 where something is missing. */
export function printFuzz(results: FuzzResults): number {
  const { runs, seed, parts, wish } = results;
  const part = parts.reduce((sum, each) => together(sum, each.part), nothingFuzzed);
  const missing = missingParts(results);
  console.log(
    `${part.schedules} of ${runs} schedules from seed ${seed}, ${part.failures.length === 0 ? `no violation${wish.claims ? ", and no sentence false" : ""}` : `${part.failures.length} failed`}`,
  );
  if (missing.length > 0) console.log(`missing: ${missing.join(" ")}`);
  for (const { seed: at, property, detail } of part.failures) console.log(`seed ${at}: ${property}: ${detail}`);
  printPart(part);
  return missing.length > 0 && codeOf(part) === 0 ? 3 : codeOf(part);
}

/** What a file holds that says it has such results; null: it has none, or they are damaged. */
export function readFuzz(json: unknown): FuzzResults | null {
  const read = json as Partial<FuzzResults> | null;
  const isSound =
    read?.format === "driftwood-fuzz" &&
    read.version === 1 &&
    Array.isArray(read.parts) &&
    read.parts.every(({ index, part }) => Number.isSafeInteger(index) && Number.isSafeInteger(part?.schedules));
  return isSound ? (read as FuzzResults) : null;
}

function printPart({ schedules, sums, coverage }: FuzzPart): void {
  const average = (sum: number): string => (sum / Math.max(1, schedules)).toFixed(1);
  console.log(
    `on average ${average(sums.elections)} terms and ${average(sums.commits)} commits; ${sums.cores} went on with a core only`,
  );
  console.log(`${sums.again} were run twice, to the same bits`);
  console.log(
    `clients' histories: ${average(sums.operations)} operations on average; ${schedules - sums.undecided} have an order, ${sums.undecided} undecided`,
  );
  if (sums.judgedSteps > 0)
    console.log(
      `the published specification: ${sums.judgedSteps} steps of servers are ${sums.judgedActions} of its actions, ${sums.widerActions} of them wider; ${sums.outside} schedules went outside`,
    );
  printCoverage(coverage, sums.again);
}

function readArgs(given: readonly string[]) {
  const flags = ["--claims", "--judge", "--json"];
  const args = given.filter((word) => !flags.includes(word));
  const values = readOptions(args, ["runs", "seed", "profile", "bug", "nemesis", "shard", "jobs"]);
  const { profile, bug, nemesis } = values;
  const wish: FuzzWish = {
    profile: profile === undefined ? null : oneOf("profile", profile, profileNames),
    bug: bug === undefined ? null : knownBug(bug),
    nemesis: nemesis === undefined ? null : oneOf("nemesis", nemesis, nemesisSets),
    claims: given.includes("--claims"),
    judge: given.includes("--judge"),
  };
  return {
    runs: whole(values.runs, "runs", 1000, 1, 10_000_000),
    seed: whole(values.seed, "seed", 1, 0, 1_000_000_000),
    wish,
    shard: knownShard(values.shard),
    jobs: whole(values.jobs, "jobs", jobsUsual(), 1, 256),
    json: given.includes("--json"),
  };
}

/** "2/8"; without it the whole. */
export function knownShard(text: string | undefined): Shard {
  const shard = text === undefined ? wholeShard : readShard(text);
  if (shard !== null) return shard;
  throw new Usage(`--shard ${text}: expected a part such as 2/8, counted from 1`);
}

async function report({ seed, what }: FuzzFailure, wish: FuzzWish): Promise<number> {
  const { outcome, wrong, judge } = fuzzOne(seed, wish, null);
  if (what === "refused" && judge !== null) return reportRefused(outcome, judge);
  if (what === "false sentence" && wrong !== null) return reportFalse(outcome, wrong);
  if (what === "two states") return reportDifference(outcome);
  return reportProblem(outcome);
}

async function reportProblem(failed: Outcome): Promise<number> {
  const outcome = reduced(failed);
  const { property, detail } = outcome.problem!;
  console.log(JSON.stringify(writeRecording(recordingOf(outcome))));
  console.log(await linkTo(outcome));
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

/** The run, then what the judge says of it. */
async function reportRefused(outcome: Outcome, judge: Judge): Promise<number> {
  console.log(JSON.stringify(writeRecording({ ...recordingOf(outcome), title: `Schedule ${outcome.seed}: refused` })));
  console.log(await linkTo(outcome));
  for (const line of verdictLines(judge)) console.log(line);
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

function printCoverage(coverage: FuzzPart["coverage"], twice: number): void {
  const line = (what: string, of: number, counts: Readonly<Record<string, number>>): void => {
    const all = Object.entries(counts)
      .sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
      .map(([name, times]) => `${name} ${times}`);
    console.log(
      [`${what}: ${all.length}${of > 0 ? ` of ${of}` : ""}`, ...(all.length === 0 ? [] : [all.join(", ")])].join(": "),
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
