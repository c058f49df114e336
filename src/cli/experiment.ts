import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { csvOf } from "../experiment/csv.ts";
import { type Experiment, type Outcome, type Setting, stopped } from "../experiment/experiment.ts";
import { parseExperiment, settingsOf, writeExperiment } from "../experiment/format.ts";
import { limits } from "../experiment/limits.ts";
import { noExperiment, readyExperiments } from "../experiment/ready/index.ts";
import { outcomeOf, type Results, resultsOf } from "../experiment/results.ts";
import { holdsUnit, unitsIn } from "../experiment/shards.ts";
import { summaryOf } from "../experiment/summary.ts";
import { figuresOf } from "../experiment/words.ts";
import { parseExperimentYaml } from "../experiment/yaml.ts";
import { looksLikeYaml } from "../scenario/yaml/looks.ts";
import { read, whole } from "./args.ts";
import { knownShard } from "./fuzz.ts";
import { known, readText, whereTheCallerStands } from "./load.ts";
import { inPieces, jobsUsual, pooled } from "./pool.ts";
import { Usage } from "./usage.ts";

/** Runs that a thread takes at a time. */
const pieceSize = 8;

/** `experiment FILE [--runs N] [--shard I/N] [--jobs N] [--json|--csv] [-o OUT]`: 0, or 1 if a property broke although every rule is on. */
export async function experiment(args: readonly string[]): Promise<number> {
  const { own, settings, shard, jobs, as, out } = await readArgs(args);
  const json = writeExperiment(own);
  const outcomes: Outcome[] = [];
  const count = settings.length * own.runs;
  const all = unitsIn(shard, count);
  await pooled(
    { kind: "experiment", experiment: json },
    inPieces(count, pieceSize, (n) => holdsUnit(shard, n)),
    jobs,
    (more) => {
      outcomes.push(...more);
      if (process.stderr.isTTY) process.stderr.write(`\r${outcomes.length} of ${all} runs`);
      return true;
    },
  );
  if (process.stderr.isTTY) process.stderr.write("\n");
  const results = resultsOf(json, outcomes);
  await handOut(
    as === "json"
      ? `${JSON.stringify(results)}\n`
      : as === "csv"
        ? csvOf(settings, own.measure.unit, results)
        : tableOf(own, settings, results),
    out,
  );
  return codeOf(settings, results);
}

/** A broken property is a finding unless a rule was broken on purpose; a run that was too much for the engine is none. */
export const codeOf = (settings: readonly Setting[], { outcomes }: Results): number =>
  outcomes.map(outcomeOf).some(({ broke, setting }) => {
    const isProperty = broke !== null && !broke.startsWith(stopped);
    return isProperty && settings[setting]!.recording.setup.bugs.length === 0;
  })
    ? 1
    : 0;

async function handOut(text: string, out: string | undefined): Promise<void> {
  if (out === undefined || out === "-") process.stdout.write(text);
  else await writeFile(resolve(whereTheCallerStands(), out), text);
}

/** A line for each setting, with what is known of it; and why runs ended before they were measured. */
export function tableOf({ title, notes, measure }: Experiment, settings: readonly Setting[], results: Results): string {
  const outcomes = results.outcomes.map(outcomeOf);
  const figures = settings.map((_, at) =>
    figuresOf(
      summaryOf(
        outcomes.filter(({ setting }) => setting === at),
        measure.unit,
      ),
      measure,
    ),
  );
  const titles = [...new Set(figures.flat().map((figure) => figure.title))];
  const rows = settings.map(({ label }, at) => [
    label === "" ? "all runs" : label,
    ...titles.map((name) => figures[at]!.find((figure) => figure.title === name)?.text ?? "0"),
  ]);
  const table = [["", ...titles], ...rows];
  const widths = table[0]!.map((_, at) => Math.max(...table.map((row) => row[at]!.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!)))
      .join("  ")
      .trimEnd();
  const ends = new Map<string, number>();
  for (const { broke } of outcomes) if (broke !== null) ends.set(broke, (ends.get(broke) ?? 0) + 1);
  const early = [...ends].map(([why, count]) => `${count} ended early: ${why}\n`);
  return `${title}. ${notes}\n${measure.title}\n\n${table.map(line).join("\n")}\n${early.join("")}`;
}

async function readArgs(given: readonly string[]) {
  const as = given.includes("--json") ? "json" : given.includes("--csv") ? "csv" : "table";
  const args = given
    .filter((word) => word !== "--json" && word !== "--csv")
    .map((word) => (word === "-o" ? "--out" : word));
  const { values, positionals } = read(args, ["runs", "shard", "jobs", "out"]);
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0)
    throw new Usage("experiment needs exactly one FILE: *.experiment.json, the same as YAML, or preset:NAME");
  const found = await loadExperiment(file);
  const own = { ...found, runs: whole(values.runs, "runs", found.runs, 1, limits.runs) };
  const settings = settingsOf(own);
  if (!settings.ok) throw new Usage(`${file}: ${settings.problem.message}`);
  return {
    own,
    settings: settings.value,
    shard: knownShard(values.shard),
    jobs: whole(values.jobs, "jobs", jobsUsual(), 1, 256),
    as,
    out: values.out,
  };
}

async function loadExperiment(file: string): Promise<Experiment> {
  const [, name] = /^preset:(.*)$/.exec(file) ?? [];
  if (name === undefined) {
    const text = await readText(file);
    return known(file, looksLikeYaml(text) ? parseExperimentYaml(text) : parseExperiment(text));
  }
  const ready = readyExperiments.find(({ id }) => id === name);
  if (ready === undefined) throw new Usage(noExperiment(name));
  return known(file, parseExperiment(JSON.stringify(ready.experiment)));
}
