import type { Micros } from "../../base/units.ts";
import type { DifferenceRow, FirstDifference } from "../../why/types.ts";
import type { Frame, ViolationView } from "./frame.ts";
import type { Timeline } from "./run.ts";

/** One of two runs that are looked at side by side: a branch of the run that is shown, or a file. */
export type PairSide = { readonly branch: number } | { readonly file: string };

export interface PairLine {
  readonly timeline: Timeline;
  /** How far it was run, and why not further; null: as far as was asked. */
  readonly end: Micros;
  readonly stopped: string | null;
  readonly violation: ViolationView | null;
}
export interface Pair {
  readonly lines: readonly [left: PairLine, right: PairLine];
  /** null: none, as far as both go. */
  readonly first: FirstDifference | null;
}

/** `whose`: "S3"; "" where it concerns no server. */
export interface PairRow extends DifferenceRow {
  readonly whose: string;
  readonly aspect: string;
}
/** Both at one time, or each at its end if that comes before. */
export interface PairMoment {
  readonly at: Micros;
  readonly frames: readonly [left: Frame, right: Frame];
  /** In what they differ, server by server; `more`: and in more than that. */
  readonly rows: readonly PairRow[];
  readonly more: boolean;
  /** In what no server differs: "terms", "logs". */
  readonly equal: readonly string[];
}
