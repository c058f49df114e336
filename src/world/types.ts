import type { Micros } from "../base/units.ts";
import type { NemesisAct } from "./acts.ts";
import type { Target } from "./faults/fault.ts";
import type { FaultAct } from "./faults/index.ts";
import type { WorldState } from "./state/state.ts";

/** When a fault ends, or takes its next turn. Immutable. */
export interface Appointment {
  readonly at: Micros;
  readonly sequence: number;
  readonly act: FaultAct;
  /** Whose fault it is: 0 = somebody's act, else a nemesis. */
  readonly by: number;
  /** What of it is still its own: a newer fault on a target takes it over. */
  readonly targets: readonly Target[];
  /** The turn that comes next; null: it is over then. */
  readonly turn: number | null;
  /** When it ends; null: never by itself. */
  readonly until: Micros | null;
}

/** Immutable. `fired`: how often; with the number of the nemesis the state of its random stream. */
export interface Nemesis {
  readonly act: NemesisAct;
  readonly fired: number;
  readonly nextAt: Micros;
  readonly sequence: number;
}

/** The whole of a moment: its state, and what will come of faults and nemeses by itself. */
export interface World extends WorldState {
  /** Sorted by (at, sequence). */
  appointments: Appointment[];
  /** In the order of their numbers. They rest while the network is manual. */
  nemeses: Nemesis[];
}
