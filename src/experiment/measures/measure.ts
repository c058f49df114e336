import type * as v from "valibot";
import type { Micros } from "../../base/units.ts";
import type { Condition } from "../../scenario/condition/condition.ts";
import type { Fact } from "../../world/facts.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { World } from "../../world/types.ts";

/** `time`: microseconds. `share`: 0 … 1. `chance`: 0 or 1 in each run, a probability over many. */
export type Unit = "time" | "count" | "share" | "perSecond" | "chance";

/** Whether a run with a higher value did better; else one with a lower value did, or neither. */
export const isMoreBetter = (unit: Unit): boolean => unit === "share" || unit === "perSecond";

/** A run while it is measured. */
export interface Watched {
  readonly world: World;
  readonly begun: Micros;
  /** What the last event told; nothing unless the measure asks for it. */
  readonly facts: readonly Fact[];
}
/** What is measured, of one run. */
export interface Gauge {
  /** Nothing later can change its value: asked after every event. */
  readonly over: () => boolean;
  /** At the end; `over` is whether that was reached before the run was given up. */
  readonly value: (over: boolean) => number | null;
  /** Sees a server just after each of its steps. */
  readonly stepped?: (machine: Machine) => void;
}
/** A kind of measure. */
export interface MeasureKind<Own> {
  /** Its fields besides `what`. */
  readonly schema: v.GenericSchema<unknown, Own>;
  readonly unit: Unit;
  /** "time until leader", the title of an axis. */
  readonly title: (own: Own) => string;
  /** The conditions that it judges. */
  readonly conditions: (own: Own) => readonly Condition[];
  readonly begin: (own: Own, watched: Watched) => Gauge;
}
