import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { exporters } from "../exchange/out/index.ts";
import { History } from "../history/history.ts";
import { finish } from "../history/work.ts";
import { oneOf, readFor, readTime } from "./args.ts";
import { load, whereTheCallerStands } from "./load.ts";
import { Usage } from "./usage.ts";

/** For the help: what each format is for. */
export const formatRows = exporters.map(({ name, purpose }) => [`  ${name}`, purpose] as const);

/**
 * `export FILE --as NAME [--from T] [--to T] [-o OUT]`: the run in another program's format, on standard output or in a
 * file. What was left out is said on standard error.
 */
export async function exportRun(args: readonly string[]): Promise<number> {
  const { values, files } = readFor("export", withLongNames(args), ["as", "from", "to", "out"]);
  const names = exporters.map(({ name }) => name);
  if (values.as === undefined) throw new Usage(`export needs --as NAME: there is ${names.join(", ")}`);
  const format = oneOf("as", values.as, names);
  const { setup, actions, end } = await load(files[0]!);
  const from = values.from === undefined ? 0 : readTime("from", values.from);
  const to = values.to === undefined ? end : readTime("to", values.to);
  if (from > to) throw new Usage(`--from ${values.from} lies after ${values.to ?? "the recording's end"}`);
  const history = new History(setup, actions, end);
  history.seek(to);
  const { text, cut } = finish(exporters.find(({ name }) => name === format)!.write(history, { from, to }));
  await put(text, values.out);
  if (cut !== "") console.error(`note: ${cut}`);
  return 0;
}

/** `-o` is short for `--out`. */
const withLongNames = (args: readonly string[]): readonly string[] =>
  args.map((word) => (word === "-o" ? "--out" : word));

async function put(text: string, out = "-"): Promise<void> {
  if (out === "-") {
    process.stdout.write(text);
    return;
  }
  try {
    await writeFile(resolve(whereTheCallerStands(), out), text);
  } catch (error) {
    throw new Usage(`cannot write ${out}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
