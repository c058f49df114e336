import { failure, type Result, success } from "../base/result.ts";
import { firstRun } from "../scenario/first-run.ts";
import { linkIn } from "../scenario/link-text.ts";
import type { InputProblem, Recording } from "../scenario/recording.ts";
import { engineVersion } from "../scenario/version.ts";
import type { Claims } from "./again.ts";
import { part } from "./part.ts";
import type { Source } from "./protocol/requests.ts";

/** What somebody else's recording promises about its end. */
interface Opened {
  readonly recording: Recording;
  /** "": nothing. */
  readonly hash: string;
  readonly engine: number;
  readonly play?: readonly string[];
}
/** A run that was asked for, or what is wrong with what asks for it. */
export async function readSource(source: Source): Promise<Result<Opened, InputProblem>> {
  switch (source.from) {
    case "link":
      return (await part(() => import("../scenario/address.ts"))).readAddress(source.fragment, scenarioOf, likely);
    case "file":
      return readFile(source.text);
    case "preset":
      return asOpened(await readPreset(source.id));
  }
}

/** A file may hold a recording, or a link to one: people paste and save both. */
async function readFile(text: string): Promise<Result<Opened, InputProblem>> {
  const fragment = linkIn(text);
  if (fragment !== null) return readSource({ from: "link", fragment });
  return asOpened((await part(() => import("../scenario/format.ts"))).parseRecording(text));
}

const asOpened = (read: Result<Recording, InputProblem>): Result<Opened, InputProblem> =>
  read.ok ? success({ recording: read.value, hash: "", engine: engineVersion }) : read;

async function readPreset(id: string): Promise<Result<Recording, InputProblem>> {
  const recording = await scenarioOf(id);
  return recording === null
    ? failure({ field: "preset", message: `there is no scenario "${id}"${await likely(id)}` })
    : success(recording);
}

const likely = async (id: string): Promise<string> =>
  (await part(() => import("../scenario/presets/named.ts"))).likelyPreset(id);

/** Null: there is none of that name. What a newcomer sees comes alone, and needs no reader: the page does not wait for either. */
export async function scenarioOf(id: string): Promise<Recording | null> {
  if (id === "" || id === firstRun.preset) return id === "" ? null : firstRun;
  const { presets } = await part(() => import("../scenario/presets/index.ts"));
  return presets.find((preset) => preset.id === id)?.recording ?? null;
}

/** What the scenario's own sentences claim. */
export async function claimsOf(id: string): Promise<Claims> {
  const { presets } = await part(() => import("../scenario/presets/index.ts"));
  const own = presets.find((preset) => preset.id === id)?.bookmarks ?? [];
  return (at, label) => own.find((bookmark) => bookmark.at === at && bookmark.label === label)?.claim ?? null;
}
