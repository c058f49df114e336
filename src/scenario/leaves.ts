import * as v from "valibot";
import { type ClientId, type Micros, microsPerMilli, type Ppm, type ServerId } from "../base/units.ts";
import type { DirectedLink, MessageRef } from "../world/state/messages.ts";
import { limits } from "./limits.ts";
import { endName, isSelection, readClient, readEnd, readRef, readServer } from "./names.ts";
import { didYouMean } from "./nearest.ts";

/** The smallest pieces of the format: each takes anything and gives the internal value, or says what it expected. */

/** `read` answers undefined where the input is not `what`. `more`: what else may be said of it then. */
export const leaf = <Value>(
  what: string,
  read: (input: unknown) => Value | undefined,
  more: (input: unknown) => string = () => "",
) =>
  v.pipe(
    v.unknown(),
    v.rawTransform<unknown, Value>(({ dataset, addIssue, NEVER }) => {
      const value = read(dataset.value);
      if (value !== undefined) return value;
      addIssue({ message: `expected ${what}, found ${brief(dataset.value)}${more(dataset.value)}` });
      return NEVER;
    }),
  );

const isObject = (input: unknown): input is object =>
  typeof input === "object" && input !== null && !Array.isArray(input);
const isNumber = (input: unknown): input is number => typeof input === "number" && Number.isFinite(input);
/** At most 40 characters of a value that is wrong. */
export function brief(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number") return String(value);
  const text = JSON.stringify(value);
  if (text.length <= 40) return text;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return isObject(value) ? "an object" : `${text.slice(0, 39)}…`;
}

/** What an issue says to a person. */
export const messageOf = (issue: v.BaseIssue<unknown>): string =>
  issue.type === "strict_object" || issue.type === "loose_object" ? "is missing" : issue.message;

const isPlainArray = (input: unknown): input is readonly unknown[] => Array.isArray(input);

/** Anything but an object is refused. */
export const anObject = v.pipe(
  v.unknown(),
  v.check(isObject, ({ input }) => `expected an object, { … }, found ${brief(input)}`),
);

/** An issue of something that lies within `input`. */
const pathInto = (input: unknown, key: string | number, value: unknown) =>
  ({ type: "unknown", origin: "value", input, key, value }) as const;

/** The fields that must be there are; each that is not says what it would have to be. */
export const complete = (entries: v.ObjectEntries) =>
  v.rawCheck<unknown>(({ dataset, addIssue }) => {
    if (!dataset.typed || !isObject(dataset.value)) return;
    const { value } = dataset;
    for (const [key, entry] of Object.entries(entries)) {
      if (Object.hasOwn(value, key) || entry.type === "exact_optional") continue;
      const wants = v.safeParse(entry as v.GenericSchema, undefined);
      const message = wants.success ? "" : messageOf(wants.issues[0]).replace(/, found nothing$/, "");
      addIssue({ message: `is missing: ${message}`, path: [pathInto(value, key, undefined)] });
    }
  });

/** Without this a name that is misspelt would be told as one that is missing. `what`: "option". */
const familiar = (names: readonly string[], what: string) =>
  v.rawCheck<unknown>(({ dataset, addIssue }) => {
    if (!dataset.typed || !isObject(dataset.value)) return;
    for (const [key, value] of Object.entries(dataset.value)) {
      if (names.includes(key)) continue;
      const message = `there is no ${what} ${brief(key)}${didYouMean(key, names) || oneOfFew(names)}`;
      addIssue({ message, path: [pathInto(dataset.value, key, value)] });
    }
  });

/** What there is instead, if that is soon said. */
function oneOfFew(names: readonly string[]): string {
  if (names.length === 0) return " here";
  return names.length > 8 ? "" : ` here: there is ${names.join(", ")}`;
}

/** An object with these fields and no others. (A strict object alone would let an array pass where all fields are optional.) */
export const exactly = <Entries extends v.ObjectEntries>(entries: Entries, what = "field") =>
  v.pipe(anObject, familiar(Object.keys(entries), what), complete(entries), v.strictObject(entries));

/** A list of exactly these. What is wrong with one of them is said of it. */
export const tuple = <const Items extends readonly v.GenericSchema[]>(what: string, items: Items) =>
  v.pipe(
    v.unknown(),
    v.rawTransform<unknown, { [At in keyof Items]: v.InferOutput<Items[At]> }>(({ dataset, addIssue, NEVER }) => {
      const input = dataset.value;
      if (!isPlainArray(input) || input.length !== items.length) {
        addIssue({ message: `expected ${what}, found ${brief(input)}` });
        return NEVER;
      }
      const read = items.map((item, at) => v.safeParse(item, input[at]));
      const at = read.findIndex(({ success }) => !success);
      const issue = read[at]?.issues?.[0];
      if (issue === undefined) return read.map(({ output }) => output) as never;
      addIssue({ message: messageOf(issue), path: [pathInto(input, at, input[at])] });
      return NEVER;
    }),
  );

export const whole = (min: number, max: number) =>
  leaf(`a whole number from ${min} to ${max}`, (input) =>
    isNumber(input) && Number.isInteger(input) && input >= min && input <= max ? input + 0 : undefined,
  );

export const hash = leaf("16 hex digits", (input) =>
  typeof input === "string" && /^[0-9a-f]{16}$/.test(input) ? input : undefined,
);

export const truth = leaf("true or false", (input) => (typeof input === "boolean" ? input : undefined));

/** `also`: names under which people know some of them. */
export const oneOf = <Word extends string>(words: readonly Word[], also: Readonly<Record<string, Word>> = {}) =>
  v.pipe(
    v.unknown(),
    v.rawTransform<unknown, Word>(({ dataset: { value }, addIssue, NEVER }) => {
      const word = words.find((each) => each === value);
      if (word !== undefined) return word;
      const meant = typeof value === "string" ? didYouMean(value, words, also) : "";
      addIssue({
        message: `expected ${words.length === 1 ? "" : "one of "}${words.join(", ")}, found ${brief(value)}${meant}`,
      });
      return NEVER;
    }),
  );

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
  v.pipe(
    tuple(`[least, most], both ${milliText(min, max)}`, [millis(min, max), millis(min, max)]),
    v.check(
      ([least, most]) => least <= most,
      ({ input: [least, most] }) =>
        `expected [least, most], found the least, ${least / microsPerMilli}, above the most, ${most / microsPerMilli}`,
    ),
    v.transform(([least, most]): readonly [Micros, Micros] => [least, most]),
  );

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

const linkEnd = leaf<ServerId>('a server\'s name such as "S1", or "C" for the client', (input) =>
  typeof input === "string" ? (readEnd(input) ?? undefined) : undefined,
);

export const link = v.pipe(
  tuple('a link such as ["S1", "S2"]; the client is "C"', [linkEnd, linkEnd]),
  v.check(
    ([from, to]) => from !== to,
    ({ input: [from] }) => `expected a link between two, found ${endName(from)} at both ends`,
  ),
  v.transform(([from, to]): DirectedLink => [from, to]),
);

export const listOf = <Item extends v.GenericSchema>(item: Item, max: number) =>
  v.pipe(
    v.unknown(),
    v.check(isPlainArray, ({ input }) => `expected a list, [ … ], found ${brief(input)}`),
    v.array(item),
    v.check(
      (items) => items.length <= max,
      ({ input }) => `expected at most ${max} items, found ${input.length}`,
    ),
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
