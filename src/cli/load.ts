import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Result } from "../base/result.ts";
import { finish } from "../history/work.ts";
import { lessonRun, noLesson } from "../lesson/runs.ts";
import { readAddress } from "../scenario/address.ts";
import { parseRecording } from "../scenario/format.ts";
import { readLessonName } from "../scenario/lesson-name.ts";
import { linkIn } from "../scenario/link-text.ts";
import { presets } from "../scenario/presets/index.ts";
import { likelyPreset, noPreset } from "../scenario/presets/named.ts";
import type { InputProblem, Recording } from "../scenario/recording.ts";
import { foundIn } from "../scenario/sought.ts";
import { looksLikeYaml } from "../scenario/yaml/looks.ts";
import { parseYaml } from "../scenario/yaml/read.ts";
import { Usage } from "./usage.ts";

const presetMark = "preset:";

/** What FILE stands for: a file, a file that holds a link, a link, or "preset:" and a scenario's name. Throws `Usage`. */
export async function load(file: string): Promise<Recording> {
  return finish(foundIn(await read(file)));
}

async function read(file: string): Promise<Recording> {
  if (file.startsWith(presetMark)) return presetNamed(file);
  const link = await readLink(file);
  if (link !== null) return known(file, link);
  const text = await readText(file);
  return known(file, (await readLink(text)) ?? (looksLikeYaml(text) ? parseYaml(text) : parseRecording(text)));
}

async function readLink(text: string): Promise<Result<Recording, InputProblem> | null> {
  const fragment = linkIn(text);
  return fragment === null ? null : recordingAt(fragment);
}

async function recordingAt(address: string): Promise<Result<Recording, InputProblem>> {
  const scenarios = async (id: string) => {
    const step = readLessonName(id);
    return step === null ? (presets.find((each) => each.id === id)?.recording ?? null) : lessonRun(step);
  };
  const missing = async (id: string) => (id.startsWith("lesson=") ? noLesson(id) : noPreset(id));
  const link = await readAddress(address, scenarios, missing);
  return link.ok ? { ok: true, value: link.value.recording } : link;
}

/** "run.raft.json:3:12: actions[0].atMs: expected …": editors and terminals find the place. */
export function known<Value>(file: string, read: Result<Value, InputProblem>): Value {
  if (read.ok) return read.value;
  const { field, message, place } = read.problem;
  const where = place === undefined ? "" : `:${place.line}:${place.column}`;
  throw new Usage(`${file.slice(0, 80)}${where}: ${field === "" ? "" : `${field}: `}${message}`);
}

/** Npm runs its scripts in the package's folder, and says in INIT_CWD where its caller stands. */
export const whereTheCallerStands = (): string => process.env["INIT_CWD"] ?? process.cwd();

export async function readText(file: string): Promise<string> {
  try {
    return await readFile(resolve(whereTheCallerStands(), file), "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const isName = presets.some(({ id }) => id === file);
    throw new Usage(
      `cannot read ${file}: ${why}${isName ? `. The scenario of that name is ${presetMark}${file}` : ""}`,
    );
  }
}

/** "preset:figure-8", or "preset:figure-8@0.390" for a moment of it. */
async function presetNamed(address: string): Promise<Recording> {
  const [id = ""] = address.slice(presetMark.length).split("@");
  const ids = presets.map((each) => each.id);
  if (ids.includes(id)) return known(address, await recordingAt(address));
  throw new Usage(`there is no scenario ${id}${likelyPreset(id) || `: there is ${ids.join(", ")}`}`);
}
