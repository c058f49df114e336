import { digestText } from "../base/hash.ts";
import { failure, type Result, success } from "../base/result.ts";
import { newerVersion, readRecording, writeRecording } from "./format.ts";
import { deflate, inflate } from "./inflate.ts";
import { limits } from "./limits.ts";
import { packRecording, unpackRecording } from "./packing.ts";
import type { InputProblem, RecordedView, Recording } from "./recording.ts";
import { engineVersion, formatVersion } from "./version.ts";

/**
 * A whole recording in the fragment of a URL: `version.engine.hash.check.payload`; `address.ts` has the short form. The payload is the file's content as nested
 * lists without field names, as JSON, deflated, in base64url. Reading turns the lists back into the file's form and
 * gives that to the reader of files, so that there is one judge of what comes from outside.
 */

export interface Link {
  readonly recording: Recording;
  /** State hash at the end of the run as its author saw it, 16 hex digits; "": it was not looked at. */
  readonly hash: string;
  /** The version of the engine that made it: another one may end in another state. */
  readonly engine: number;
  /** The scenarios that are told one after the other, this one among them; without it no list was named. */
  readonly play?: readonly string[];
}

/** The fragment, without "#". Branches stay at home. `hash`: of the state at `recording.end`. */
export async function encodeLink(recording: Recording, view: RecordedView, hash: string): Promise<string> {
  const lists = packRecording(writeRecording({ ...recording, view, branches: [], branch: 0 }));
  const payload = await writePayload(lists);
  return `${formatVersion}.${engineVersion}.${hash}.${checkOf(payload)}.${payload}`;
}

const fragmentPattern = /^([0-9]{1,6})\.([0-9]{1,6})\.((?:[0-9a-f]{16})?)\.([0-9a-f]{8})\.([A-Za-z0-9_-]*)$/;
export const notALink = "expected a link made by Driftwood; this one is damaged or cut off";
export const problemWith = (message: string) => failure({ field: "link", message });

/** Reads a fragment of any origin. Nothing it contains can make this throw, hang or use more than some megabytes. */
export async function decodeLink(fragment: string): Promise<Result<Link, InputProblem>> {
  if (fragment.length > limits.fragment) {
    return problemWith(`expected at most ${limits.fragment} characters, found ${fragment.length}`);
  }
  const [, version, engine, hash = "", check = "", payload = ""] = fragmentPattern.exec(fragment) ?? [];
  if (version === undefined) return problemWith(notALink);
  if (Number(version) > formatVersion) return problemWith(newerVersion(Number(version)));
  if (check !== checkOf(payload)) return problemWith(notALink);
  const lists = await readPayload(payload);
  if (!lists.ok) return lists;
  const recording = unpacked(lists.value, Number(version));
  return recording.ok ? success({ recording: recording.value, hash, engine: Number(engine) }) : recording;
}

/** 8 hex digits. Deflate alone would read a link in which one character was changed as another recording. */
export const checkOf = (payload: string): string => (digestText(payload) >>> 0).toString(16).padStart(8, "0");

/** What no packer has written may be too odd to be unpacked. */
function unpacked(lists: unknown, version: number): Result<Recording, InputProblem> {
  try {
    return readRecording(unpackRecording(lists, version));
  } catch {
    return problemWith(notALink);
  }
}

/** Anything that is JSON, as text that a URL takes as it is. */
export const writePayload = async (content: unknown): Promise<string> =>
  toBase64Url(await deflate(new TextEncoder().encode(JSON.stringify(content))));

export async function readPayload(payload: string): Promise<Result<unknown, InputProblem>> {
  const bytes = fromBase64Url(payload);
  const inflated = bytes === null ? failure(notALink) : await inflate(bytes, limits.inflated);
  if (!inflated.ok) return problemWith(inflated.problem === "too large" ? tooLarge : notALink);
  try {
    return success(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(inflated.value)));
  } catch {
    return problemWith(notALink);
  }
}

const tooLarge = `expected at most ${limits.inflated} bytes of content`;

function toBase64Url(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64Url(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}
