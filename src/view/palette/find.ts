import type { LucideIcon } from "lucide-react";

/** A thing to find and to do. */
export interface Entry {
  /** Its identity. */
  readonly value: string;
  readonly label: string;
  /** More words by which it is found. */
  readonly about: string;
  /** What stands small behind the label. */
  readonly note?: string;
  readonly icon: LucideIcon;
  readonly hotkey?: string;
  /** Why it cannot be done now; undefined: it can. */
  readonly refused?: string;
  run(): void;
}

export interface EntryGroup {
  readonly value: string;
  readonly items: readonly Entry[];
  /** Only what is asked for by name: with nothing typed it would bury what is usual. */
  readonly byName?: true;
}

/** So many of one group at most: who sees more types another letter. */
const most = 12;

/** 0: not meant. What can be done, and what is called so, comes first. */
function rank({ label, about, refused }: Entry, group: string, parts: readonly string[]): number {
  const name = label.toLowerCase();
  const all = `${name} ${about} ${group}`.toLowerCase();
  if (!parts.every((part) => all.includes(part))) return 0;
  if (refused !== undefined) return 1;
  if (name === parts.join(" ")) return 5;
  if (name.startsWith(parts.join(" "))) return 4;
  return parts.every((part) => name.includes(part)) ? 3 : 2;
}

/** What answers to what was typed, the best first, in its groups; with nothing typed everything but what has to be named. */
export function found(groups: readonly EntryGroup[], typed: string): readonly EntryGroup[] {
  const parts = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (parts.length === 0) return groups.filter(({ byName, items }) => byName === undefined && items.length > 0);
  const ranked = groups.map((group) => {
    const items = group.items
      .map((entry) => ({ entry, rank: rank(entry, group.value, parts) }))
      .filter((one) => one.rank > 0)
      .sort((a, b) => b.rank - a.rank);
    return { value: group.value, best: items[0]?.rank ?? 0, items: items.slice(0, most).map(({ entry }) => entry) };
  });
  const fitting = ranked.filter(({ best }) => best > 0).sort((a, b) => b.best - a.best);
  return fitting.map(({ value, items }) => ({ value, items }));
}
