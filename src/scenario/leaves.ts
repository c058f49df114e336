import * as v from "valibot";
import { type ClientId, type Micros, microsPerMilli, type Ppm, type ServerId } from "../base/units.ts";
import type { DirectedLink, MessageRef } from "../world/state/messages.ts";
import { limits } from "./limits.ts";
import { isSelection, readClient, readEnd, readLink, readRef, readServer } from "./names.ts";

/** The smallest pieces of the format: each takes anything and gives the internal value, or says what it expected. */

/** `read` answers undefined where the input is not `what`. */
export const leaf = <Value>(what: string, read: (input: unknown) => Value | undefined) =>
  v.pipe(
    v.unknown(),
    v.rawTransform<unknown, Value>(({ dataset, addIssue, NEVER }) => {
      const value = read(dataset.value);
      if (value !== undefined) return value;
      addIssue({ message: `expected ${what}, found ${brief(dataset.value)}` });
      return NEVER;
    }),
  );

export const isObject = (input: unknown): input is object =>
  typeof input === "object" && input !== null && !Array.isArray(input);
const isNumber = (input: unknown): input is number => typeof input === "number" && Number.isFinite(input);
/** At most 40 characters of a value that is wrong. */
function brief(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = Array.isArray(value) ? "a list" : isObject(value) ? "an object" : JSON.stringify(value);
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}

/** What an issue says to a person. */
export function messageOf(issue: v.BaseIssue<unknown>): string {
  if (issue.type !== "strict_object" && issue.type !== "loose_object") return issue.message;
  return issue.expected === "never" ? "expected no such field" : "is missing";
}

const isPlainArray = (input: unknown): input is readonly unknown[] => Array.isArray(input);

/** An object with these fields and no others. (A strict object alone would let an array pass where all fields are optional.) */
export const exactly = <Entries extends v.ObjectEntries>(entries: Entries) =>
  v.pipe(v.unknown(), v.check(isObject, "expected an object"), v.strictObject(entries));

export const whole = (min: number, max: number) =>
  leaf(`a whole number from ${min} to ${max}`, (input) =>
    isNumber(input) && Number.isInteger(input) && input >= min && input <= max ? input + 0 : undefined,
  );

export const hash = leaf("16 hex digits", (input) =>
  typeof input === "string" && /^[0-9a-f]{16}$/.test(input) ? input : undefined,
);

export const truth = leaf("true or false", (input) => (typeof input === "boolean" ? input : undefined));

export const oneOf = <Word extends string>(words: readonly Word[]) =>
  leaf(`one of ${words.join(", ")}`, (input) => words.find((word) => word === input));

/** A decimal with at most `digits` places as an integer of units of 1 / scale; undefined if it is anything else. */
function scaled(input: unknown, scale: number, min: number, max: number): number | undefined {
  if (!isNumber(input) || input < min || input > max) return undefined;
  const integer = Math.round(input * scale) + 0;
  return integer / scale === input ? integer : undefined;
}

const milliText = (min: number, max: number): string =>
  `milliseconds from ${min} to ${max} with at most three decimals`;

/** Milliseconds as microseconds. */
export const millis = (min: number, max: number) =>
  leaf<Micros>(milliText(min, max), (input) => scaled(input, microsPerMilli, min, max));

/** [least, most] in milliseconds. */
export const milliRange = (min: number, max: number) =>
  leaf<readonly [Micros, Micros]>(`[least, most], both ${milliText(min, max)}`, (input) => {
    if (!isPlainArray(input) || input.length !== 2) return undefined;
    const least = scaled(input[0], microsPerMilli, min, max);
    const most = scaled(input[1], microsPerMilli, min, max);
    return least === undefined || most === undefined || least > most ? undefined : [least, most];
  });

/** 0 … 1 as parts per million. */
export const probability = leaf<Ppm>("a probability from 0 to 1 with at most six decimals", (input) =>
  scaled(input, 1_000_000, 0, 1),
);

export const speed = leaf("a speed from 0.001 to 100", (input) =>
  isNumber(input) && input >= 0.001 && input <= 100 ? input : undefined,
);

export const server = leaf<ServerId>('a server\'s name such as "S1"', (input) =>
  typeof input === "string" ? (readServer(input) ?? undefined) : undefined,
);

export const client = leaf<ClientId>('a client\'s name such as "C1"', (input) =>
  typeof input === "string" ? (readClient(input) ?? undefined) : undefined,
);

export const messageRef = leaf<MessageRef>('a message such as "S1>S3#4" or "C>S1#2"', (input) => {
  const ref = typeof input === "string" ? readRef(input) : null;
  return ref !== null && ref.ordinal <= limits.ordinal && ref.copy <= limits.ordinal ? ref : undefined;
});

export const link = leaf<DirectedLink>('a link such as ["S1", "S2"]; the client is "C"', (input) => {
  if (!isPlainArray(input) || input.length !== 2) return undefined;
  const [from, to] = input;
  if (typeof from !== "string" || typeof to !== "string" || readEnd(from) === null) return undefined;
  return readLink(from, to) ?? undefined;
});

export const listOf = <Item extends v.GenericSchema>(item: Item, max: number) =>
  v.pipe(
    v.unknown(),
    v.check(isPlainArray, "expected a list"),
    v.array(item),
    v.check((items) => items.length <= max, `expected at most ${max} items`),
  );

/** Control characters (C0, C1), direction marks and overrides, invisible separators. */
const hidden = /[\p{Cc}\u200b\u200e\u200f\u061c\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;
/** The same, but line breaks and tabs stay. */
const hiddenButBreaks =
  /(?![\n\t])[\p{Cc}\u200b\u200e\u200f\u061c\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;

/** One line of text without characters that could hide or reorder what is shown. */
export const line = (min: number, max: number) =>
  leaf(`a text of ${min} to ${max} characters`, (input) => clean(input, hidden, min, max));

export const prose = (max: number) =>
  leaf(`a text of at most ${max} characters`, (input) => clean(input, hiddenButBreaks, 0, max));

function clean(input: unknown, unwanted: RegExp, min: number, max: number): string | undefined {
  if (typeof input !== "string" || input.length > max) return undefined;
  const text = input.replace(unwanted, "");
  return text.length >= min ? text : undefined;
}

export const selection = leaf('nothing (""), a server "S3", a link "S1>S3" or a message "S1>S3#4"', (input) =>
  typeof input === "string" && isSelection(input) ? input : undefined,
);
