import { toMillis } from "../base/units.ts";
import { type RaftOptions, unlimited } from "../raft/options.ts";
import { limits } from "./limits.ts";

/** The kinds of options: how each is set, written and shown. Reading is `options.ts`'s. */

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
      /** What null says, and what it stands for in the engine. */
      readonly none: string;
      readonly noneIs: number;
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
}
export interface OptionRow extends Told {
  readonly keys: readonly (keyof RaftOptions)[];
  readonly kind: OptionKind;
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

const times = { unit: "ms", least: 1, most: limits.delayMs } as const;

export const range = (least: KeyOf<number>, most: KeyOf<number>, about: Told): OptionRow => ({
  ...about,
  keys: [least, most],
  kind: { is: "range", ...times },
  write: (options) => [toMillis(options[least]), toMillis(options[most])],
});

export const time = (key: KeyOf<number>, about: Told): OptionRow => ({
  ...about,
  keys: [key],
  kind: { is: "time", ...times },
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
  kind: { is: "limit", unit, least, most, none: noneText, noneIs: none },
  write: (options) => (options[key] === none ? null : options[key]),
});

export const flag = (key: KeyOf<boolean>, about: Told): OptionRow => ({
  ...about,
  keys: [key],
  kind: { is: "flag" },
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
    write: (options) => options[key],
  };
};

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
