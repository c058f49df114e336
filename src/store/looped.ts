import { create } from "zustand";
import type { Micros } from "../base/units.ts";

/** A stretch that is played over and over. */
export interface Loop {
  readonly from: Micros;
  readonly to: Micros;
}

/** What is played over and over; `loop.ts` plays it. */
const useStore = create<{ readonly loop: Loop | null }>(() => ({ loop: null }));
export const useLoop = (): Loop | null => useStore(({ loop }) => loop);
export const loopNow = (): Loop | null => useStore.getState().loop;
export const setLoop = (loop: Loop | null): void => useStore.setState({ loop });
