import type { DecisionKind, DecisionOf } from "../raft/decisions.ts";
import type { FeedKind, Reason, Values } from "./reason.ts";

/** How one kind of decision is told. */
export interface DecisionRow<Kind extends DecisionKind> {
  readonly kind: FeedKind;
  /** Happens all the time while nothing is wrong. */
  readonly routine: boolean | ((decision: DecisionOf<Kind>) => boolean);
  /** The rule that was followed. */
  readonly rule: Reason | ((decision: DecisionOf<Kind>) => Reason);
  readonly text: (decision: DecisionOf<Kind>) => string;
  /** What happened, and on which values, where a rule that was asked is switched off: without the reason that it would give. */
  readonly unruled?: (decision: DecisionOf<Kind>) => string;
  /** What was compared. */
  readonly values: (decision: DecisionOf<Kind>) => Values;
  readonly term: (decision: DecisionOf<Kind>) => number;
}
/** One row per kind of decision: a new kind does not compile until it has its sentence. */
export type DecisionRows = { readonly [Kind in DecisionKind]: DecisionRow<Kind> };

/** Some of the rows, each checked against its kind. */
export const rowsOf = <Kind extends DecisionKind>(rows: Pick<DecisionRows, Kind>): Pick<DecisionRows, Kind> => rows;

export const noTerm = (): number => 0;
export const ofTerm = ({ term }: { readonly term: number }): number => term;
export const noValues = (): Values => [];
