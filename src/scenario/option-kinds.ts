import * as v from "valibot";
import type { Micros } from "../base/units.ts";
import { type RaftOptions, unlimited } from "../raft/options.ts";
import { toMillis } from "./acts.ts";
import { leaf, milliRange, millis, oneOf, truth } from "./leaves.ts";
import { limits } from "./limits.ts";

/** The kinds of options: how each is set, read from a file, written and shown. */

export const optionGroups = ["Elections", "Replication", "Disk and state machine", "Membership", "Reads"] as const;
export type OptionGroup = (typeof optionGroups)[number];

/** What an option has in a file: milliseconds, [least, most], a limit (null = none), yes or no, a word. */
export type OptionJson = number | readonly [number, number] | boolean | string | null;
/** How it is set. */
export type OptionKind =
  | { readonly is: "range"; readonly unit: "ms"; readonly least: number; readonly most: number }
  | { readonly is: "time"; readonly unit: "ms"; readonly least: number; readonly most: number }
  | {
      readonly is: "limit";
      readonly unit: "entries" | "messages" | "bytes" | "percent";
      readonly least: number;
      readonly most: number;
      /** What null says. */
      readonly none: string;
    }
  | { readonly is: "flag" }
  | { readonly is: "choice"; readonly words: readonly (readonly [word: string, text: string])[] };

/** What people are told about an option. */
interface Told {
  readonly group: OptionGroup;
  readonly title: string;
  /** What it does, in one sentence. */
  readonly text: string;
  /** "§5.2", "D 9.6", "Figure 2", "etcd/raft". */
  readonly section: string;
  /** Why one server cannot have it for itself, as the end of a sentence; missing where it can. */
  readonly shared?: string;
}
export interface OptionRow extends Told {
  readonly keys: readonly (keyof RaftOptions)[];
  readonly kind: OptionKind;
  /** Takes anything that a file may have there. */
  readonly schema: v.GenericSchema<unknown, Partial<RaftOptions>>;
  readonly write: (options: RaftOptions) => OptionJson;
}

type KeyOf<Value> = {
  [Key in keyof RaftOptions]: RaftOptions[Key] extends Value ? Key : never;
}[keyof RaftOptions];

export const told = (group: OptionGroup, title: string, section: string, text: string): Told => ({
  group,
  title,
  section,
  text,
});

/** One option has that value. The key is the table's, never a file's. */
const set = (key: keyof RaftOptions, value: RaftOptions[keyof RaftOptions]): Partial<RaftOptions> => ({ [key]: value });

const times = { unit: "ms", least: 1, most: limits.delayMs } as const;

export const range = (least: KeyOf<number>, most: KeyOf<number>, about: Told): OptionRow => ({
  ...about,
  keys: [least, most],
  kind: { is: "range", ...times },
  schema: v.pipe(
    milliRange(times.least, times.most),
    v.transform((both: readonly [Micros, Micros]) => ({ ...set(least, both[0]), ...set(most, both[1]) })),
  ),
  write: (options) => [toMillis(options[least]), toMillis(options[most])],
});

export const time = (key: KeyOf<number>, about: Told): OptionRow => ({
  ...about,
  keys: [key],
  kind: { is: "time", ...times },
  schema: v.pipe(
    millis(times.least, times.most),
    v.transform((value: Micros) => set(key, value)),
  ),
  write: (options) => toMillis(options[key]),
});

/** `none`: what null stands for, in the engine and in words. */
export const limit = (
  key: KeyOf<number>,
  unit: "entries" | "messages" | "bytes" | "percent",
  [least, most]: readonly [number, number],
  about: Told,
  [none, noneText]: readonly [number, string] = [unlimited, "no limit"],
): OptionRow => ({
  ...about,
  keys: [key],
  kind: { is: "limit", unit, least, most, none: noneText },
  schema: v.pipe(
    leaf(`a whole number from ${least} to ${most}, or null for no limit`, (input) =>
      input === null ? none : readWhole(input, least, most),
    ),
    v.transform((value: number) => set(key, value)),
  ),
  write: (options) => (options[key] === none ? null : options[key]),
});

const readWhole = (input: unknown, least: number, most: number): number | undefined =>
  typeof input === "number" && Number.isInteger(input) && input >= least && input <= most ? input + 0 : undefined;

export const flag = (key: KeyOf<boolean>, about: Told): OptionRow => ({
  ...about,
  keys: [key],
  kind: { is: "flag" },
  schema: v.pipe(
    truth,
    v.transform((value: boolean) => set(key, value)),
  ),
  write: (options) => options[key],
});

/** A word for every value: a new value does not compile until it has one. */
export const choice = <Key extends KeyOf<string>>(
  key: Key,
  texts: { readonly [Word in RaftOptions[Key]]: string },
  about: Told,
): OptionRow => {
  const words = Object.entries<string>(texts);
  return {
    ...about,
    keys: [key],
    kind: { is: "choice", words },
    schema: v.pipe(
      oneOf(Object.keys(texts) as RaftOptions[Key][]),
      v.transform((word: RaftOptions[Key]) => set(key, word)),
    ),
    write: (options) => options[key],
  };
};

/** Not for one server alone. */
export const forAll = (shared: string, row: OptionRow): OptionRow => ({ ...row, shared });

/** "50 ms", "150 to 300 ms", "16 entries", "no limit", "yes", "by one entry". */
export function valueText(kind: OptionKind, value: OptionJson): string {
  switch (kind.is) {
    case "range":
      return `${Array.isArray(value) ? value.join(" to ") : ""} ms`;
    case "time":
      return `${value} ms`;
    case "limit":
      return value === null ? kind.none : `${value} ${kind.unit}`;
    case "flag":
      return value === true ? "yes" : "no";
    case "choice":
      return kind.words.find(([word]) => word === value)?.[1] ?? "";
  }
}
