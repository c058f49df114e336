import type { Micros, ServerId } from "../../base/units.ts";
import type { GameName } from "../../scenario/game-name.ts";

/** A run of the game. */
export interface GameView extends GameName {
  /** How many rounds there are. */
  readonly of: number;
}
/** Once that a rule stood in the way. */
export interface StopView {
  readonly event: number;
  readonly at: Micros;
  readonly server: ServerId;
  /** What the server did, in a sentence. */
  readonly text: string;
}
/** A rule, and where it stood in the way: the last times first, at most 50. */
export interface StoppedBy {
  readonly title: string;
  readonly section: string;
  readonly count: number;
  readonly times: readonly StopView[];
}
/** What was done on the branch that is shown, up to the present moment, beyond what the game begins with. */
export interface GameScore {
  readonly acts: readonly { readonly at: Micros; readonly text: string }[];
  readonly faults: number;
  /** Events that came about. */
  readonly events: number;
  /** On every branch together. */
  readonly tried: { readonly acts: number; readonly branches: number };
  /** Empty as long as the rule that is off is to be found: those that stand are not it. */
  readonly stopped: readonly StoppedBy[];
  /** Where the rule that is off first answered otherwise than Raft's would have; null: nowhere, or it is to be found. */
  readonly departed: { readonly event: number; readonly at: Micros } | null;
}
