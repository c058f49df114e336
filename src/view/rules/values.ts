import type { RuleSheet } from "../../worker/protocol/sheet.ts";

/** The values of a server, in words. */

export interface Value {
  readonly key: string;
  readonly name: string;
  readonly text: string;
  /** What the process goes by, where that is not on its disk yet; "": the same. */
  readonly ahead: string;
  /** What it was before the last event; "": the same. */
  readonly was: string;
}
export interface Values {
  readonly title: string;
  /** Instead of values; "": there are some. */
  readonly none: string;
  readonly rows: readonly { readonly name: string; readonly values: readonly Value[] }[];
}

const onDisk = [
  ["currentTerm", "currentTerm"],
  ["votedFor", "votedFor"],
  ["lastIndex", "last index"],
  ["lastTerm", "its term"],
] as const;
const inMemory = [
  ["commitIndex", "commitIndex"],
  ["lastApplied", "lastApplied"],
] as const;

export function valuesOf(sheet: RuleSheet): readonly Values[] {
  const { down, state } = sheet;
  const among = (named: readonly (readonly [string, string])[]): readonly Value[] =>
    named.map(([key, name]) => shownOf(sheet, key, name));
  const unnamed = (values: readonly Value[]) => [{ name: "", values }];
  const disk = { title: "On disk", none: "", rows: unnamed(among(onDisk)) };
  if (down) return [disk, { title: "In memory", none: "nothing: it is down", rows: [] }];
  const memory = { title: "In memory", none: "", rows: unnamed(among(inMemory)) };
  // "nextIndex S3" is S3's, under nextIndex.
  const ofLeader = ["nextIndex", "matchIndex"].map((name) => {
    const keys = Object.keys(state).filter((key) => key.startsWith(`${name} `));
    return { name, values: among(keys.map((key) => [key, key.slice(name.length + 1)])) };
  });
  if (ofLeader.every(({ values }) => values.length === 0)) return [disk, memory];
  return [disk, memory, { title: "As leader", none: "", rows: ofLeader }];
}

function shownOf({ state, ahead, before }: RuleSheet, key: string, name: string): Value {
  const text = (value: number | undefined): string =>
    value === undefined ? "" : key !== "votedFor" ? String(value) : value === 0 ? "none" : `S${value}`;
  return { key, name, text: text(state[key] ?? 0), ahead: text(ahead[key]), was: text(before[key]) };
}
