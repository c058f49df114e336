import { type ProfileName, profiles } from "../raft/options.ts";
import {
  type OptionJson,
  type OptionKind,
  type OptionName,
  type OptionValues,
  optionGroups,
  optionNames,
  optionRows,
  writeAllOptions,
} from "../scenario/options.ts";

/** The table of options as the settings show it. */

export type { OptionJson, OptionName, OptionValues, ProfileName };
export interface ShownOption {
  readonly name: OptionName;
  readonly title: string;
  readonly text: string;
  readonly section: string;
  readonly kind: OptionKind;
}

const shown = (name: OptionName): ShownOption => {
  const { title, text, section, kind } = optionRows[name];
  return { name, title, text, section, kind };
};

export const shownGroups: readonly { readonly title: string; readonly options: readonly ShownOption[] }[] =
  optionGroups.map((title) => ({
    title,
    options: optionNames.filter((name) => optionRows[name].group === title).map(shown),
  }));

/** What each profile is. */
export const profileTexts: { readonly [Name in ProfileName]: string } = {
  paper: "Figure 2 of the paper, as printed.",
  etcd: "What etcd/raft and raft-rs do.",
};

export const profileValues: { readonly [Name in ProfileName]: OptionValues } = {
  paper: writeAllOptions(profiles.paper),
  etcd: writeAllOptions(profiles.etcd),
};

/** Values are short and plain: equal as text, equal at all. */
export const sameValue = (a: OptionJson, b: OptionJson): boolean => JSON.stringify(a) === JSON.stringify(b);

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

/** What is wrong with a value that was typed in; null if nothing is. */
export function valueProblem(kind: OptionKind, value: OptionJson): string | null {
  if (kind.is !== "range" || !Array.isArray(value)) return null;
  return value[0] <= value[1] ? null : "The first time of a range may not be longer than the second.";
}
