import { createReadStream } from "node:fs";
import { basename, resolve } from "node:path";
import { checksOf } from "../exchange/in/checks.ts";
import { headLength, importers, recognised } from "../exchange/in/index.ts";
import { linesInto } from "../exchange/in/lines.ts";
import type { Importer, Reader, ToldCheck, ToldRun } from "../exchange/in/told.ts";
import { finish } from "../history/work.ts";
import { oneOf, read } from "./args.ts";
import { whereTheCallerStands } from "./load.ts";
import { Usage } from "./usage.ts";

/** For the help: what can be read. */
export const readableRows = importers.map(({ name, title }) => [`  ${name}`, title] as const);

/**
 * `import FILE… [--as NAME] [--shift MS,MS,…] [--json]`: what another program's logs tell, and Raft's properties as far
 * as they tell of them. 1: one is broken.
 */
export async function importRun(args: readonly string[]): Promise<number> {
  const words = args.filter((word) => word !== "--json");
  const { values, positionals: files } = read(words, ["as", "shift"]);
  if (files.length === 0) throw new Usage("import needs at least one FILE: a log or a trace of another program");
  const offsets = shifts(values.shift, files.length);
  const names = importers.map(({ name }) => name);
  const chosen = values.as === undefined ? null : oneOf("as", values.as, names);
  const importer = importers.find(({ name }) => name === chosen) ?? (await recognisedIn(files[0]!));
  const reader = importer.open(files.map((file) => ({ name: basename(file) })));
  for (const [file, name] of files.entries()) await readInto(reader, name, file);
  const told = finish(reader.end(offsets));
  if (!told.ok) {
    const { file, line, message } = told.problem;
    throw new Usage(`${files[file] ?? files[0]}:${line}: ${message}`);
  }
  const checks = finish(checksOf(told.value));
  if (args.includes("--json")) console.log(JSON.stringify(asJson(told.value, checks)));
  else for (const line of inLines(importer, told.value, checks, files)) console.log(line);
  return checks.some(({ result }) => result === "broken") ? 1 : 0;
}

/** "0,-3.5": milliseconds that are added to the times of each file. */
function shifts(text: string | undefined, files: number): number[] {
  if (text === undefined) return Array(files).fill(0);
  const parts = text.split(",");
  if (parts.length !== files || !parts.every((part) => /^-?\d{1,9}(\.\d{1,3})?$/.test(part)))
    throw new Usage(`--shift ${text}: expected milliseconds for each of the ${files} files, as 0,-3.5`);
  return parts.map((part) => Math.round(Number(part) * 1000));
}

async function* pieces(file: string): AsyncGenerator<string> {
  try {
    for await (const piece of createReadStream(resolve(whereTheCallerStands(), file), "utf8")) yield String(piece);
  } catch (error) {
    throw new Usage(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function recognisedIn(file: string): Promise<Importer> {
  let head = "";
  for await (const piece of pieces(file)) {
    head += piece;
    if (head.length >= headLength) break;
  }
  const importer = recognised(basename(file), head.slice(0, headLength));
  if (importer !== null) return importer;
  throw new Usage(`${file}: no known format: there is ${importers.map(({ name }) => name).join(", ")} (--as NAME)`);
}

async function readInto(reader: Reader, name: string, file: number): Promise<void> {
  const lines = linesInto((text, line) => reader.line(text, { file, line }));
  for await (const piece of pieces(name)) lines.piece(piece);
  lines.end();
}

const asJson = (run: ToldRun, checks: readonly ToldCheck[]) => ({
  format: run.format,
  title: run.title,
  servers: run.servers.map(({ name }) => name),
  times: run.times,
  lines: run.lines,
  understood: run.understood,
  events: run.events.length,
  messages: { told: run.messages.length, ...ends(run) },
  tells: run.tells,
  unknown: run.unknown,
  supposed: run.supposed ?? [],
  skipped: run.skipped,
  checks: checks.map(({ event, ...check }) => ({ ...check, ...placeOf(run, event) })),
});

function placeOf(run: ToldRun, event: number | null) {
  if (event === null) return {};
  const { file, line, at } = run.events[event]!;
  return { file, line, atMs: at / 1000 };
}

function ends({ messages }: ToldRun) {
  const sent = messages.filter(({ sentIn }) => sentIn !== null);
  const both = sent.filter(({ receivedIn }) => receivedIn !== null).length;
  return { bothEnds: both, onlySent: sent.length - both, onlyReceived: messages.length - sent.length };
}

function inLines(
  importer: Importer,
  run: ToldRun,
  checks: readonly ToldCheck[],
  files: readonly string[],
): readonly string[] {
  const { bothEnds, onlySent, onlyReceived } = ends(run);
  const shown = run.skipped.slice(0, 10);
  const more = run.lines - run.understood - shown.length;
  return [
    `${importer.title}: ${run.servers.map(({ name }) => name).join(", ")}`,
    `${run.understood} of ${run.lines} lines are read: ${run.events.length} events${run.times === "order" ? ", without times" : ""}`,
    `${run.messages.length} messages: of ${bothEnds} both ends are told, of ${onlySent} only the sending, of ${onlyReceived} only the receipt`,
    ...shown.map(({ file, line, why, text }) => `skipped ${files[file]}:${line}: ${why}: ${text.slice(0, 80)}`),
    ...(more > 0 ? [`skipped ${more} more`] : []),
    ...(run.supposed ?? []).map((each) => `supposed: ${each}`),
    ...run.unknown.map((each) => `unknown: ${each}`),
    ...checks.map(({ property, result, text }) => `${words[result]} ${property}. ${text}`),
  ];
}
const words = { held: "held:   ", broken: "BROKEN: ", untold: "untold: " } as const;
