import { microsPerMilli } from "../base/units.ts";
import type { RaftOptions } from "../raft/options.ts";
import { didYouMean, plain } from "./nearest.ts";
import type { OptionJson, OptionKind, OptionRow } from "./option-kinds.ts";
import { type OptionName, optionNames, optionRows } from "./option-rows.ts";
import { nameOfOption } from "./yaml/names.ts";
import { millisOf, spanOf } from "./yaml/times.ts";

/** An option and its value as somebody types them: "heartbeatInterval 20ms", "pre_vote on". */

/** What else they are called: by the engine, and in a configuration. */
const also: Readonly<Record<string, OptionName>> = Object.fromEntries(
  optionNames.flatMap((name) =>
    [...optionRows[name].keys, nameOfOption(name), optionRows[name].title].map((word) => [plain(word), name] as const),
  ),
);

/** Null: there is no such option. */
export const optionCalled = (word: string): OptionName | null =>
  optionNames.find((name) => plain(name) === plain(word)) ??
  (Object.hasOwn(also, plain(word)) ? also[plain(word)]! : null);

/** ": did you mean preVote?", or nothing. */
export const optionMeant = (word: string): string => didYouMean(word, optionNames, also);

/** The value as a file has it, or what was expected in its place. */
export function valueTyped(
  name: OptionName,
  text: string,
): { readonly value: OptionJson } | { readonly expected: string } {
  const { kind }: OptionRow = optionRows[name];
  const value = readers[kind.is](text, kind as never);
  return value === undefined ? { expected: `${expectedOf(kind)}${nearText(kind, text)}` } : { value };
}

/** What it may be, in words. */
export const expectedFor = (name: OptionName): string => expectedOf(optionRows[name].kind);

/** The words that it may be, where there are few. */
export function valuesFor(name: OptionName): readonly string[] {
  const { kind }: OptionRow = optionRows[name];
  if (kind.is === "flag") return ["on", "off"];
  return kind.is === "choice" ? kind.words.map(([word]) => word) : [];
}

type Kind<Is extends OptionKind["is"]> = Extract<OptionKind, { readonly is: Is }>;
/** Undefined: it is no such value. */
const readers: { readonly [Is in OptionKind["is"]]: (text: string, kind: Kind<Is>) => OptionJson | undefined } = {
  flag: (text) =>
    ["on", "yes", "true"].includes(text) ? true : ["off", "no", "false"].includes(text) ? false : undefined,
  time: (text, { least, most }) => within(millisOf(withUnit(text)), least, most),
  range(text, { least, most }) {
    const span = spanOf(withUnit(text), (single) => [single, 2 * single]);
    const ends = span?.map((end) => within(end, least, most));
    return span === null || ends?.includes(undefined) || span[0] > span[1] ? undefined : span;
  },
  limit(text, { least, most }) {
    if (text === "none" || text === "unlimited") return null;
    return /^\d+$/.test(text) ? within(Number(text), least, most) : undefined;
  },
  choice: (text, { words }) => words.find(([word]) => plain(word) === plain(text))?.[0],
};
const withUnit = (text: string): string => (/\d$/.test(text) ? `${text}ms` : text);
const within = (value: number | null, least: number, most: number): number | undefined =>
  value !== null && value >= least && value <= most ? value : undefined;

function expectedOf(kind: OptionKind): string {
  switch (kind.is) {
    case "flag":
      return "on or off";
    case "time":
      return "a time such as 50ms or 1.5s, at most a minute";
    case "range":
      return "the least and the most, such as 150ms-300ms, at most a minute";
    case "limit":
      return `a whole number of ${kind.unit} from ${kind.least} to ${kind.most}, or none`;
    case "choice":
      return kind.words
        .map(([word]) => word)
        .join(", ")
        .replace(/, ([^,]*)$/, " or $1");
  }
}
const nearText = (kind: OptionKind, text: string): string =>
  kind.is === "choice"
    ? didYouMean(
        text,
        kind.words.map(([word]) => word),
      )
    : "";

/** One option, as a file has it and has been looked at, as the engine's. */
export function partOf(name: OptionName, value: OptionJson): Partial<RaftOptions> {
  const { kind, keys }: OptionRow = optionRows[name];
  const values = Array.isArray(value) ? value : [value];
  return Object.fromEntries(keys.map((key, at) => [key, engineValue(kind, values[at])]));
}

function engineValue(kind: OptionKind, value: unknown): unknown {
  if (kind.is === "limit") return value ?? kind.noneIs;
  return kind.is === "time" || kind.is === "range" ? Math.round(Number(value) * microsPerMilli) : value;
}
