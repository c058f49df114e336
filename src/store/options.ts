import type { ServerId } from "../base/units.ts";
import { type ProfileName, profiles } from "../raft/options.ts";
import { type OptionJson, type OptionKind, type OptionRow, optionGroups } from "../scenario/option-kinds.ts";
import {
  type OptionName,
  type OptionsJson,
  type OptionValues,
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
  /** Why one server cannot have it for itself; null where it can. */
  readonly shared: string | null;
}

const shown = (name: OptionName): ShownOption => {
  const { title, text, section, kind, shared }: OptionRow = optionRows[name];
  return { name, title, text, section, kind, shared: shared ?? null };
};

export const shownGroups: readonly { readonly title: string; readonly options: readonly ShownOption[] }[] =
  optionGroups.map((title) => ({
    title,
    options: optionNames.filter((name) => optionRows[name].group === title).map(shown),
  }));

/** What each profile is. */
export const profileTexts: { readonly [Name in ProfileName]: string } = {
  paper: "Figure 2 of the paper, as printed.",
  dissertation: "What Ongaro's dissertation adds, all of it.",
  etcd: "What etcd/raft and raft-rs do: the library, bare.",
  "etcd-server": "etcd/raft as the server of etcd 3.6 and later starts it.",
};

/** What each is called. */
export const profileTitles: { readonly [Name in ProfileName]: string } = {
  paper: "paper",
  dissertation: "dissertation",
  etcd: "etcd/raft",
  "etcd-server": "etcd server",
};

export const profileValues: { readonly [Name in ProfileName]: OptionValues } = {
  paper: writeAllOptions(profiles.paper),
  dissertation: writeAllOptions(profiles.dissertation),
  etcd: writeAllOptions(profiles.etcd),
  "etcd-server": writeAllOptions(profiles["etcd-server"]),
};

/** Values are short and plain: equal as text, equal at all. */
export const sameValue = (a: OptionJson, b: OptionJson): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What is wrong with a value that was typed in; null if nothing is. */
export function valueProblem(kind: OptionKind, value: OptionJson): string | null {
  if (kind.is !== "range" || !Array.isArray(value)) return null;
  return value[0] <= value[1] ? null : "The first time of a range may not be longer than the second.";
}

/** What servers have for themselves, over the options of the run. */
export type OwnOptions = ReadonlyMap<ServerId, OptionsJson>;

/** A server's own options with one more, or, where it is as in the run, one less. */
export function withOwn(own: OwnOptions, server: ServerId, values: OptionValues, run: OptionValues): OwnOptions {
  const differing = namesDiffering(values, run).map((name) => [name, values[name]] as const);
  const after = new Map(own);
  if (differing.length === 0) after.delete(server);
  else after.set(server, Object.fromEntries(differing));
  return after;
}

/** In which options two sets differ. */
const namesDiffering = (values: OptionValues, base: OptionValues): readonly OptionName[] =>
  optionNames.filter((name) => !sameValue(values[name], base[name]));

/** "Pre-vote" as it stands within a sentence. */
export const titleWithin = (name: OptionName): string => {
  const { title } = optionRows[name];
  return title.charAt(0).toLowerCase() + title.slice(1);
};
