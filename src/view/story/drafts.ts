import type { Micros } from "../../base/units.ts";
import type { Bookmark } from "../../worker/protocol/run.ts";

/** A step as it is being written. */
export interface Draft {
  readonly key: number;
  readonly at: Micros;
  readonly label: string;
  /** As it was; null: it is new. */
  readonly old: Bookmark | null;
}
export interface Drafts {
  /** In the order of time. */
  readonly list: readonly Draft[];
  /** The one that wants the keyboard; null: none does. */
  readonly focus: number | null;
}

export const draftsOf = (steps: readonly Bookmark[]): Drafts => ({
  list: steps.map((old, key) => ({ key, at: old.at, label: old.label, old })),
  focus: null,
});

/** With one more for that moment; a moment has one step: where it is there already, that one is wanted. */
export function withNew({ list }: Drafts, at: Micros): Drafts {
  const there = list.find((one) => one.at === at);
  if (there !== undefined) return { list, focus: there.key };
  const key = 1 + list.reduce((highest, one) => Math.max(highest, one.key), -1);
  const draft = { key, at, label: "", old: null };
  return { list: [...list, draft].toSorted((a, b) => a.at - b.at), focus: key };
}

/** The steps that they make: without a sentence it is none, and new words are said of the run that is shown. */
export const writtenIn = ({ list }: Drafts): readonly Bookmark[] =>
  list
    .map(({ at, label, old }) => (old?.label === label ? old : { at, label: label.trim() }))
    .filter(({ label }) => label !== "");
