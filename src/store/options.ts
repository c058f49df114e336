import type { ServerId } from "../base/units.ts";
import { type ProfileName, profiles } from "../raft/options.ts";
import { type OptionJson, type OptionKind, optionGroups } from "../scenario/option-kinds.ts";
import { type OptionName, optionNames, optionRows } from "../scenario/option-rows.ts";
import { type OptionsJson, type OptionValues, writeAllOptions, writeOwnOptions } from "../scenario/options.ts";
import type { ServerView } from "../worker/protocol/server.ts";
import { optionShown, type ShownOption } from "./option-changes.ts";

/** The table of options as the settings show it. */

export type { OptionJson, OptionName, OptionValues, ProfileName };
export const shownGroups: readonly { readonly title: string; readonly options: readonly ShownOption[] }[] =
  optionGroups.map((title) => ({
    title,
    options: optionNames.filter((name) => optionRows[name].group === title).map(optionShown),
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

/** What a server follows now: as the run began, but for what it has for itself and what was changed since. */
export function valuesNow(
  { options, own }: { readonly options: OptionValues; readonly own: OwnOptions },
  server: Pick<ServerView, "id" | "changed">,
): OptionValues {
  return { ...options, ...own.get(server.id), ...valuesSince(server) };
}

/** What of it was changed since the run began. */
export const valuesSince = ({ changed }: Pick<ServerView, "changed">): OptionsJson =>
  changed === null ? {} : writeOwnOptions(changed.options, profiles.paper);

/** What of it waits for the server's next start. */
export const valuesLater = ({ changed }: Pick<ServerView, "changed">): OptionsJson =>
  changed === null ? {} : writeOwnOptions(changed.later, profiles.paper);
