import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { Clock, LabCommands, LabState } from "./lab.ts";
import { createSession, emptyLab } from "./session.ts";

/** The one run of this page. Importing it starts nothing: `main.tsx` does. */
const store = createStore<LabState>(() => emptyLab);
export const session = createSession(store);

/** Subscribes a component to a part of the state; keep selectors narrow, parts keep their identity while equal. */
export function useLab<T>(selector: (state: LabState) => T): T {
  return useStore(store, selector);
}

/** The state right now, for event handlers and animation loops. */
export const labState = (): LabState => store.getState();

/** What the user can ask for: returns at once, the outcome arrives as state. */
export const lab: LabCommands = session.commands;

/** The virtual time to draw now, in microseconds; a fraction while playing. Call it once per animation frame. */
export const clock: Clock = session.clock;

/** Rows of the feed, newest first; null if the worker cannot answer now. */
export const feed = session.feed;
