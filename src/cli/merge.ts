import { csvOf } from "../experiment/csv.ts";
import { readExperiment, settingsOf } from "../experiment/format.ts";
import { mergeResults, type Results, readResults } from "../experiment/results.ts";
import { read } from "./args.ts";
import { codeOf, tableOf } from "./experiment.ts";
import { type FuzzResults, printFuzz, readFuzz } from "./fuzz.ts";
import { readText } from "./load.ts";
import { mergeParts } from "./parts.ts";
import { printSearches, readSearch, type SearchResults } from "./stories.ts";
import { Usage } from "./usage.ts";

/**
 * `merge FILE… [--json|--csv]`: what parts of an experiment, of fuzzing or of a search say together. Each run counts
 * once, however often its part is given. The exit code is the command's; 3 if something is missing.
 */
export async function merge(args: readonly string[]): Promise<number> {
  const json = args.includes("--json");
  const csv = args.includes("--csv");
  const { positionals } = read(
    args.filter((word) => word !== "--json" && word !== "--csv"),
    [],
  );
  if (positionals.length === 0)
    throw new Usage("merge needs at least one FILE that experiment, fuzz or search wrote with --json");
  const parts = await Promise.all(positionals.map(readPart));
  const kind = parts[0]!.format;
  const odd = parts.findIndex(({ format }) => format !== kind);
  if (odd >= 0) throw new Usage(`${positionals[odd]}: expected ${kind}, found ${parts[odd]!.format}`);
  if (csv && kind !== "driftwood-results") throw new Usage("--csv: only experiments have it");
  if (kind === "driftwood-results")
    return printResults(sound(mergeResults(parts as Results[])), json ? "json" : csv ? "csv" : "table");
  const whole = sound(mergeParts(parts as (FuzzResults | SearchResults)[]));
  if (!json) return whole.format === "driftwood-fuzz" ? printFuzz(whole) : printSearches(whole);
  console.log(JSON.stringify(whole));
  return 0;
}

type Part = Results | FuzzResults | SearchResults;

async function readPart(file: string): Promise<Part> {
  const text = await readText(file);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Usage(`${file}: is no JSON: was it cut off? Run that part again`);
  }
  const part = readResults(json) ?? readFuzz(json) ?? readSearch(json);
  if (part === null) throw new Usage(`${file}: expected what experiment, fuzz or search wrote with --json`);
  return part;
}

function sound<Value>(merged: { ok: true; value: Value } | { ok: false; problem: string }): Value {
  if (merged.ok) return merged.value;
  throw new Usage(`these do not belong together: ${merged.problem}`);
}

function printResults(results: Results, as: "json" | "csv" | "table"): number {
  const experiment = readExperiment(results.experiment);
  const settings = experiment.ok ? settingsOf(experiment.value) : experiment;
  if (!experiment.ok || !settings.ok) throw new Usage("the experiment that the results name is not sound");
  const all = settings.value.length * experiment.value.runs;
  const known = results.outcomes.length;
  if (as === "json") console.log(JSON.stringify(results));
  else
    process.stdout.write(
      as === "csv"
        ? csvOf(settings.value, experiment.value.measure.unit, results)
        : tableOf(experiment.value, settings.value, results),
    );
  if (known < all) console.error(`${known} of ${all} runs: ${all - known} are missing`);
  const code = codeOf(settings.value, results);
  return code === 0 && known < all ? 3 : code;
}
