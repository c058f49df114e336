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

/**
 * Words that people bring from elsewhere, and what the page calls it. What stands on the right is looked for as it is
 * written, in names alone.
 */
export const alsoCalled: Readonly<Record<string, readonly string[]>> = {
  add: ["write"],
  back: ["previous"],
  chaos: ["by themselves", "fault"],
  cut: ["isolate", "partition"],
  delay: ["settings"],
  delete: ["take it out", "remove", "branches"],
  disconnect: ["isolate", "cut", "partition"],
  docs: ["help", "words"],
  documentation: ["help", "words"],
  duplicate: ["settings"],
  embed: ["share"],
  export: ["save as", "copy", "share"],
  fail: ["crash", "fault"],
  fast: ["faster"],
  fix: ["repair", "heal", "mend"],
  fork: ["branches"],
  forward: ["next"],
  glossary: ["words and what"],
  history: ["branches"],
  import: ["open a file"],
  jepsen: ["by themselves", "counterexample"],
  join: ["spare", "members", "as a voter", "as a learner"],
  kill: ["crash"],
  latency: ["settings"],
  link: ["share"],
  load: ["open a file"],
  loss: ["settings"],
  lossy: ["settings"],
  machine: ["server", "members"],
  manual: ["help", "i deliver"],
  meaning: ["words and what"],
  mode: ["light or dark", "network"],
  mutant: ["break raft"],
  network: ["settings", "partition", "heal"],
  new: ["spare", "afresh", "fresh"],
  node: ["server", "crash", "members"],
  note: ["a sentence"],
  packet: ["settings"],
  peer: ["server", "members"],
  qr: ["share"],
  random: ["by themselves", "settings"],
  readme: ["help"],
  reconnect: ["heal", "mend"],
  redo: ["again", "step to the next"],
  replay: ["go to the start", "again", "afresh"],
  rerun: ["again", "afresh"],
  reset: ["afresh", "go to the start"],
  restart: ["afresh", "go to the start"],
  resume: ["play"],
  revert: ["step back", "take it out"],
  rewind: ["go to the start", "step back"],
  same: ["again"],
  seed: ["settings", "again"],
  set: ["write"],
  shortcut: ["keys"],
  slow: ["slower"],
  speed: ["slower", "faster"],
  split: ["partition"],
  stop: ["crash", "pause"],
  terminate: ["crash"],
  tutorial: ["scenarios", "help"],
  undo: ["step back", "take it out"],
  url: ["share"],
  verify: ["counterexample"],
};
const otherNames = Object.entries(alsoCalled);

/** From so many letters on, the beginning of such a word is enough; one more may be its plural's. */
const begins = 3;
const namesFor = (part: string): readonly string[] =>
  otherNames.flatMap(([word, names]) =>
    part === word || part === `${word}s` || (part.length >= begins && word.startsWith(part)) ? names : [],
  );

/** So many of one group at most: who sees more types another letter. */
const most = 12;

/** 0: not meant. What can be done, and what is called so, comes first. */
function rank({ label, about, refused }: Entry, group: string, parts: readonly string[]): number {
  const name = label.toLowerCase();
  const all = `${name} ${about} ${group}`.toLowerCase();
  const isMeant = (part: string): boolean => namesFor(part).some((other) => name.includes(other));
  if (!parts.every((part) => all.includes(part) || isMeant(part))) return 0;
  if (refused !== undefined) return 1;
  if (name === parts.join(" ")) return 6;
  if (name.startsWith(parts.join(" "))) return 5;
  if (parts.every((part) => name.includes(part))) return 4;
  return parts.some(isMeant) ? 3 : 2;
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
