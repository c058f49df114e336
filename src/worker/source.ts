import { failure, type Result, success } from "../base/result.ts";
import { firstRun } from "../scenario/first-run.ts";
import { gameName, readGameName } from "../scenario/game-name.ts";
import { type LessonName, lessonName, readLessonName } from "../scenario/lesson-name.ts";
import { linkIn } from "../scenario/link-text.ts";
import type { InputProblem, Recording } from "../scenario/recording.ts";
import { engineVersion } from "../scenario/version.ts";
import { looksLikeYaml } from "../scenario/yaml/looks.ts";
import type { Claims } from "./again.ts";
import { part } from "./part.ts";
import type { OwnSource } from "./protocol/requests.ts";

/** What somebody else's recording promises about its end. */
interface Opened {
  readonly recording: Recording;
  /** "": nothing. */
  readonly hash: string;
  readonly engine: number;
  readonly play?: readonly string[];
}
/** A run that was asked for, or what is wrong with what asks for it. */
export async function readSource(source: OwnSource): Promise<Result<Opened, InputProblem>> {
  switch (source.from) {
    case "link":
      return (await part(() => import("../scenario/address.ts"))).readAddress(source.fragment, scenarioOf, missing);
    case "file":
      return readFile(source.text);
    case "preset":
      return asOpened(await readNamed(source.id));
    case "game":
      return asOpened(await readNamed(gameName({ round: source.round, as: source.as ?? "play" })));
    case "lesson": {
      const { id, step, show, counter = null } = source;
      return asOpened(await readNamed(lessonName({ id, step, counter }), show));
    }
  }
}

/** A file may hold a recording, or a link to one: people paste and save both. */
async function readFile(text: string): Promise<Result<Opened, InputProblem>> {
  const fragment = linkIn(text);
  return fragment === null ? asOpened(await readWritten(text)) : readSource({ from: "link", fragment });
}

/** A recording as somebody wrote it, in JSON or in YAML; or a set-up in YAML, with which a run begins. */
async function readWritten(text: string): Promise<Result<Recording, InputProblem>> {
  if (looksLikeYaml(text)) return (await part(() => import("../scenario/yaml/read.ts"))).parseYaml(text);
  return (await part(() => import("../scenario/format.ts"))).parseRecording(text);
}

const asOpened = (read: Result<Recording, InputProblem>): Result<Opened, InputProblem> =>
  read.ok ? success({ recording: read.value, hash: "", engine: engineVersion }) : read;

async function readNamed(name: string, show?: string): Promise<Result<Recording, InputProblem>> {
  const lesson = readLessonName(name);
  const recording = lesson === null ? await scenarioOf(name) : await stepOf(lesson, show);
  if (recording !== null) return success(recording);
  return failure({ field: name.startsWith("lesson=") ? "lesson" : "preset", message: await missing(name) });
}

const loadGame = () => part(() => import("./game.ts"));
const loadLessons = () => part(() => import("../lesson/runs.ts"));
const stepOf = async (name: LessonName, show?: string) => (await loadLessons()).lessonRun(name, show);

const missing = async (name: string): Promise<string> =>
  name.startsWith("lesson=")
    ? (await loadLessons()).noLesson(name)
    : name.startsWith("beat=")
      ? (await loadGame()).noGame(name)
      : (await part(() => import("../scenario/presets/named.ts"))).noPreset(name);

/** A scenario, or a step of a lesson. Null: there is none of that name. What a newcomer sees comes alone, and needs no reader: the page does not wait for either. */
export async function scenarioOf(id: string): Promise<Recording | null> {
  if (id === "" || id === firstRun.preset) return id === "" ? null : firstRun;
  const lesson = readLessonName(id);
  if (lesson !== null) return stepOf(lesson);
  const game = readGameName(id);
  if (game !== null) return (await loadGame()).gameRun(game);
  const { presets } = await part(() => import("../scenario/presets/index.ts"));
  return presets.find((preset) => preset.id === id)?.recording ?? null;
}

/** However a round of the game is opened, nobody is told which rule is off before it is named. */
export const asPlayed = async (recording: Recording): Promise<Recording> =>
  readGameName(recording.preset) === null ? recording : (await loadGame()).veiled(recording);

/** What the scenario's own sentences claim. */
export async function claimsOf(id: string): Promise<Claims> {
  const { presets } = await part(() => import("../scenario/presets/index.ts"));
  const own = presets.find((preset) => preset.id === id)?.bookmarks ?? [];
  return (at, label) => own.find((bookmark) => bookmark.at === at && bookmark.label === label)?.claim ?? null;
}
