import { failure, type Result, success } from "../base/result.ts";
import type { Micros } from "../base/units.ts";
import { differenceOf, withDifference } from "./difference.ts";
import { newerVersion, readRecording, writeRecording } from "./format.ts";
import { gamePattern, readGameName } from "./game-name.ts";
import { lessonPattern, readLessonName } from "./lesson-name.ts";
import { limits } from "./limits.ts";
import {
  checkOf,
  decodeLink,
  encodeLink,
  type Link,
  notALink,
  problemWith,
  readPayload,
  writePayload,
} from "./link.ts";
import type { InputProblem, RecordedView, Recording, Seen } from "./recording.ts";
import { engineVersion, formatVersion } from "./version.ts";

/**
 * What stands behind "#". A scenario by its name, the moment in seconds (after "+" how many events and acts of that
 * instant), what else is shown where it is not the scenario's own, and at the end what the run has that the scenario has
 * not: `figure-8@0.390`, `two-groups@1.250+2&select=S3&group=2`, `figure-8@0.390&seen=2.0a1b2c3d/PAYLOAD.CHECK`. `seen` is the
 * engine that made it and the first digits of its state there. `play=first-election,figure-8` is a list of scenarios that are
 * told one after the other; it opens the first, and `figure-8@0.390&play=first-election,figure-8` goes on within it. A step of a
 * lesson stands there as a scenario does, by its name (`lesson-name.ts`), and without a moment where it is as it begins:
 * `lesson=split-votes&step=3`; and so does a run of the game (`game-name.ts`): `beat=7`. Any other run is a whole link (`link.ts`). Where the scenario has been changed since, `seen` tells.
 */

type View = Partial<Pick<RecordedView, "at" | "order" | "select" | "speed" | "group" | "seen">>;
/** The scenario, or step of a lesson, of that name; null if there is none. */
type Scenarios = (id: string) => Promise<Recording | null>;
/** Why there is none of that name: `there is no scenario "figure8": did you mean figure-8?`. */
type Missing = (id: string) => Promise<string>;

const pattern = new RegExp(
  `^(${lessonPattern}|${gamePattern}|[a-z][a-z0-9-]{0,63})` +
    String.raw`(?:@([0-9]{1,5}(?:\.[0-9]{1,6})?)(?:\+([0-9]{1,9}))?)?((?:&[a-z]+=[^&/]*)*)(?:\/([A-Za-z0-9_-]+)\.([0-9a-f]{6}))?$`,
);
const seenPattern = /^([0-9]{1,6})\.([0-9a-f]{8})$/;
const seenDigits = 8;

/**
 * Reads whatever may stand behind "#", with or without it, or `preset:NAME`. Nothing it contains can make this throw,
 * hang or use more than some megabytes.
 */
export async function readAddress(
  text: string,
  scenarios: Scenarios,
  missing: Missing = async (id) => `there is no scenario "${id}"`,
): Promise<Result<Link, InputProblem>> {
  const fragment = text.replace(/^(?:#|preset:)/, "");
  if (fragment.startsWith("play=")) return readAddress(firstOf(fragment), scenarios, missing);
  if (/^[0-9]/.test(fragment) || fragment.length > limits.fragment) return decodeLink(fragment);
  const [, name, seconds, order, words = "", payload, check] = pattern.exec(fragment) ?? [];
  if (name === undefined) return problemWith(notALink);
  const scenario = await scenarios(name);
  if (scenario === null) {
    const [field] = /^(?:lesson|beat)(?==)/.exec(name) ?? ["preset"];
    return failure({ field, message: await missing(name) });
  }
  const view = { ...readMoment(seconds, order), ...readWords(words) };
  const play = readPlay(words);
  const wrong = await whyNoList(play, name, scenarios, missing);
  if (wrong !== null) return failure({ field: "play", message: wrong });
  const read = await readRun({ scenario, view, payload, check });
  return read.ok ? success({ ...read.value, play }) : read;
}

interface Named {
  readonly scenario: Recording;
  readonly view: View;
  readonly payload: string | undefined;
  readonly check: string | undefined;
}
async function readRun({ scenario, view, payload, check }: Named): Promise<Result<Link, InputProblem>> {
  if (payload === undefined) return finished(writeRecording(scenario), scenario, view);
  if (check !== shortCheck(payload)) return problemWith(notALink);
  const lists = await readPayload(payload);
  return lists.ok ? changed(lists.value, scenario, view) : lists;
}

/** "play=a,b" as "a&play=a,b". */
function firstOf(list: string): string {
  const [first = ""] = readPlay(`&${list}`);
  return `${first}&${list}`;
}

const readPlay = (words: string): readonly string[] => {
  const list = wordsIn(words).get("play");
  return list === undefined ? [] : decoded(list).split(",");
};

/** Every name is a scenario's, and stands there once; the one that is open among them. */
async function whyNoList(
  play: readonly string[],
  open: string,
  scenarios: Scenarios,
  missing: Missing,
): Promise<string | null> {
  for (const [at, id] of play.entries()) {
    if ((await scenarios(id)) === null) return missing(id.slice(0, 64));
    if (play.indexOf(id) < at) return `"${id}" stands in the list twice`;
  }
  return play.length === 0 || play.includes(open) ? null : `"${open}" is not in the list`;
}

function changed(lists: unknown, base: Recording, view: View): Result<Link, InputProblem> {
  const [version, ...difference]: readonly unknown[] = Array.isArray(lists) ? lists : [];
  if (typeof version !== "number") return problemWith(notALink);
  if (version > formatVersion) return problemWith(newerVersion(version));
  const json = jsonOf(base, difference, version);
  return json === null ? problemWith(notALink) : finished(json, base, view);
}

/** What no packer has written may be too odd to be unpacked. */
function jsonOf(base: Recording, difference: readonly unknown[], version: number): object | null {
  try {
    const json = withDifference(base, difference, version);
    return typeof json === "object" ? json : null;
  } catch {
    return null;
  }
}

/** The recording at the moment that the address names, or where the scenario itself begins. */
function finished(json: object, { view: own }: Recording, { seen, ...view }: View): Result<Link, InputProblem> {
  const engine = seen?.engine ?? engineVersion;
  const { at = own?.at ?? 0, ...rest } = view;
  const isHere = view.at !== undefined;
  const shown = {
    select: own?.select ?? "",
    speed: own?.speed ?? 0.02,
    play: !isHere && own?.play === true,
    ...mannerOf(own, view),
    ...rest,
  };
  const endMs = "endMs" in json && typeof json.endMs === "number" ? json.endMs : 0;
  const whole = { ...json, endMs: Math.max(endMs, at / 1000), view: { atMs: at / 1000, ...shown } };
  const read = readRecording(whole);
  if (!read.ok) return read;
  const recorded = read.value.view;
  const recording =
    seen === undefined || recorded === null ? read.value : { ...read.value, view: { ...recorded, seen } };
  return success({ recording, hash: "", engine });
}

/** How the scenario is told is its own; who chose a speed wants that and no guide. */
function mannerOf(own: RecordedView | null, { speed }: View): Pick<RecordedView, "hide" | "guided"> {
  const { hide, guided } = own ?? {};
  return {
    ...(hide === undefined ? {} : { hide }),
    ...(guided === undefined || speed !== undefined ? {} : { guided }),
  };
}

function readMoment(seconds: string | undefined, order: string | undefined): View {
  if (seconds === undefined) return {};
  const at: Micros = Math.round(Number(seconds) * 1_000_000);
  return order === undefined ? { at } : { at, order: Number(order) };
}

const wordsIn = (text: string): ReadonlyMap<string, string | undefined> =>
  new Map(text.split("&").map((word) => word.split("=", 2) as [string, string | undefined]));

function readWords(text: string): View {
  const words = wordsIn(text);
  const said = (name: string): string | undefined => words.get(name);
  const [, engine, hash] = seenPattern.exec(said("seen") ?? "") ?? [];
  return {
    ...(said("select") === undefined ? {} : { select: decoded(said("select") ?? "") }),
    ...(said("speed") === undefined ? {} : { speed: Number(said("speed")) }),
    ...(said("group") === undefined ? {} : { group: Number(said("group")) }),
    ...(hash === undefined ? {} : { seen: { engine: Number(engine), hash } }),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

interface Told {
  /** The scenario that it was started from; null: none that the page has. */
  readonly scenario: Recording | null;
  /** The engine and the state are said even of a scenario that nobody has changed: for somebody else's page. */
  readonly seen: boolean;
  /** Of the state at the end, for a link that has the whole run; "": not known. */
  readonly hash: () => Promise<string>;
  /** The list of scenarios that it belongs to; without it none. */
  readonly play?: readonly string[];
}

/** The shortest fragment, without "#", that brings the run back at this moment. Branches stay at home. */
export async function writeAddress(
  recording: Recording,
  view: RecordedView,
  { scenario, seen, hash, play = [] }: Told,
): Promise<string> {
  if (scenario === null) return encodeLink(recording, view, await hash());
  const difference = differenceOf(recording, scenario);
  const state = view.seen !== undefined && (seen || difference !== null) ? seenText(view.seen) : "";
  const list = play.length === 0 ? "" : `&play=${play.join(",")}`;
  const begins = difference === null && beginsUnsaid(recording.preset) && isAtStart(view, scenario.view);
  const moment = begins ? "" : momentText(view);
  const here = `${recording.preset}${moment}${wordsText(view, scenario.view)}${list}${state}`;
  if (difference === null) return here;
  const payload = await writePayload([formatVersion, ...difference]);
  return `${here}/${payload}.${shortCheck(payload)}`;
}

/** Its name alone brings it back where it begins. */
const beginsUnsaid = (preset: string): boolean => readLessonName(preset) !== null || readGameName(preset) !== null;

const shortCheck = (payload: string): string => checkOf(payload).slice(0, 6);
const seenText = ({ engine, hash }: Seen): string => `&seen=${engine}.${hash.slice(0, seenDigits)}`;

const isAtStart = ({ at, order }: RecordedView, own: RecordedView | null): boolean =>
  at === own?.at && order === own.order;

/** "@0.390", "@12.000001+2". */
function momentText({ at, order }: Pick<RecordedView, "at" | "order">): string {
  const seconds = (at / 1_000_000).toFixed(6).replace(/0{1,3}$/, "");
  return `@${seconds}${order === undefined ? "" : `+${order}`}`;
}

function wordsText({ select, speed, group = 1 }: RecordedView, own: RecordedView | null): string {
  const isOwn = { select: select === (own?.select ?? ""), speed: speed === (own?.speed ?? 0.02) };
  return [
    isOwn.select ? "" : `&select=${encodeURIComponent(select)}`,
    isOwn.speed ? "" : `&speed=${speed}`,
    group === 1 ? "" : `&group=${group}`,
  ].join("");
}
