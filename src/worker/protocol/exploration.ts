import type { ServerId, Term } from "../../base/units.ts";
import type { Act } from "../../world/acts.ts";

/** One thing that may happen next; an ordinary act. */
export interface ChoiceView {
  readonly kind: "deliver" | "drop" | "duplicate" | "timer" | "process" | "client";
  /** At whom it happens; 0 = the client. */
  readonly server: ServerId;
  readonly act: Act;
  /** "deliver AppendEntries 4 S1→S3", "S2 times out". */
  readonly text: string;
  /** The same beside the server's name and the kind: "AppendEntries 4 from S1". */
  readonly short: string;
  /** The same in full. */
  readonly about: string;
  /** What it concerns on the stage: "S1>S3#4", "S2". */
  readonly pick: string;
  /** It was done before in this very state. */
  readonly tried: boolean;
}
/** A state that was visited while every step was ordered by hand, and where in the history it is. */
export interface StateNode {
  readonly id: number;
  /** Steps from where it began, by the shortest way that was taken. */
  readonly depth: number;
  readonly branch: number;
  readonly event: number;
  /** Highest term of any server. */
  readonly term: Term;
  readonly violated: boolean;
  /** What first led to it; "" where it began. */
  readonly by: string;
}
export interface StateEdge {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}
export interface StateGraph {
  readonly nodes: readonly StateNode[];
  readonly edges: readonly StateEdge[];
  /** Id of the state that is shown now; -1: none of them. */
  readonly present: number;
  /** The event after which this branch was in the state before this one; null where it began. */
  readonly undo: number | null;
  /** Older states that are not in it. */
  readonly leftOut: number;
}
export interface Exploration {
  readonly choices: readonly ChoiceView[];
  /** So many more there are, about messages that were sent later. */
  readonly choicesLeftOut: number;
  /** null unless every step is ordered by hand. */
  readonly graph: StateGraph | null;
}
