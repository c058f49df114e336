import type { GroupId, Micros, ServerId } from "../../base/units.ts";

export interface SheetAsk {
  readonly server: ServerId;
  readonly group: GroupId;
}
/** The rules of the algorithm for one server, and what has come of them up to the moment that is shown. */
export interface RuleSheet extends SheetAsk {
  /** The event after which it was looked. */
  readonly event: number;
  readonly down: boolean;
  /** When that was. */
  readonly eventAt: Micros;
  /** Figure 2's names: of what is to be on the disk, what is there; of a leader also "nextIndex S3" and "matchIndex S3". */
  readonly state: Readonly<Record<string, number>>;
  /** Of what is to be on the disk: what the process goes by where the disk has something else. */
  readonly ahead: Readonly<Record<string, number>>;
  /** Those values that the last event has changed, as they were before it. */
  readonly before: Readonly<Record<string, number>>;
  readonly parts: readonly { readonly title: string; readonly lines: readonly SheetLineView[] }[];
}
export interface SheetLineView {
  readonly name: string;
  readonly words: string;
  readonly section: string;
  readonly text: string;
  /** How often this server has followed it. */
  readonly count: number;
  /** What it did by this line in the last event, in a sentence; "": nothing. */
  readonly now: string;
  /** Of everything that it did in that event, this was the last. */
  readonly last: boolean;
  /** Events in which it followed it before, and after as far as the run is known; 0: none. */
  readonly earlier: number;
  readonly later: number;
  /** What is asked in the place of its rule; "" where the rule stands. */
  readonly off: string;
  /** A mistake that would replace its rule, by name; "" if none is known. */
  readonly bug: string;
}
