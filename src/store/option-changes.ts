import type { ServerId } from "../base/units.ts";
import type { OptionJson, OptionKind, OptionRow } from "../scenario/option-kinds.ts";
import { type OptionName, optionRows, reloadOf, type Takes } from "../scenario/option-rows.ts";
import { partOf } from "../scenario/option-words.ts";
import type { Act } from "../world/acts.ts";

/** An option as it is shown, and as it is changed while a run goes on. */

export interface ShownOption {
  readonly name: OptionName;
  readonly title: string;
  readonly text: string;
  readonly section: string;
  readonly kind: OptionKind;
  /** Why one server cannot have it for itself; null where it can. */
  readonly shared: string | null;
  /** When a server takes another value while the run goes on, and what becomes then of what is under way, or why not at once. */
  readonly takes: Takes;
  readonly why: string;
}

export const optionShown = (name: OptionName): ShownOption => {
  const row: OptionRow = optionRows[name];
  const { title, text, section, kind } = row;
  const { shared = null, takes, why } = reloadOf(row);
  return { name, title, text, section, kind, shared, takes, why };
};

/** "Pre-vote" as it stands within a sentence. */
export const titleWithin = (name: OptionName): string => {
  const { title } = optionRows[name];
  return title.charAt(0).toLowerCase() + title.slice(1);
};

/** Why the servers (0: all) cannot have another value now; null: they can. */
export function notChanged({ takes, shared, why }: ShownOption, server: ServerId): string | null {
  if (takes === "never") return `Cannot change in a run: ${why}.`;
  return server !== 0 && shared !== null ? `The same on all servers: ${shared}.` : null;
}

export const optionsAct = (server: ServerId, name: OptionName, value: OptionJson): Act => ({
  do: "options",
  options: partOf(name, value),
  ...(server === 0 ? {} : { server }),
});
