import type { Micros } from "../../base/units.ts";
import type { Act } from "../../world/acts.ts";

/** One act of the branch that is shown. */
export interface ActRow {
  /** Which one, counted from 0 in the order in which they are done. */
  readonly place: number;
  readonly at: Micros;
  /** "crash S3" */
  readonly text: string;
  readonly act: Act;
  /** Why it was not possible when its time came; null: it was, or its time has not come. */
  readonly refused: string | null;
}

/** What becomes of an act; null: it is taken out. */
export interface Edit {
  readonly place: number;
  readonly instead: { readonly at: Micros; readonly act: Act } | null;
}

/** `refused`: why nothing was changed. `impossible`: acts of the branch before that are not possible any more. */
export interface Edited {
  readonly refused: string | null;
  readonly impossible: readonly { readonly at: Micros; readonly text: string; readonly why: string }[];
}
