import { create } from "zustand";
import type { Micros } from "../base/units.ts";

/** A part of a run's time. */
export interface Window {
  readonly from: Micros;
  readonly to: Micros;
}

/** What the timeline shows of the run, and whatever stands on the same axis; null: all of it. */
export const useShownWindow = create<{ readonly window: Window | null }>(() => ({ window: null }));

export const showWindow = (window: Window | null): void => useShownWindow.setState({ window });
