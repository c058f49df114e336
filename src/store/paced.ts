import { createStore, type StoreApi } from "zustand/vanilla";
import type { LabState } from "./lab.ts";

/** When one of several panels last took a state. They share it, so that no two draw for the same animation frame. */
export interface Turns {
  takenAt: number;
}
/** Milliseconds between the turns of two panels: more than an animation frame. */
const apart = 30;

/**
 * Follows the lab for a panel of text: while the run goes on by itself it takes a new state at most once per `pause`
 * milliseconds, and the last one always. What the user does (pauses, selects, opens) arrives at once.
 */
export function createPaced(lab: StoreApi<LabState>, pause: number, turns: Turns): StoreApi<LabState> {
  const paced = createStore<LabState>(() => lab.getState());
  let takenAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const take = (): void => {
    clearTimeout(timer);
    timer = undefined;
    takenAt = turns.takenAt = performance.now();
    paced.setState(lab.getState(), true);
  };
  const takeInTurn = (): void => {
    timer = undefined;
    const wait = Math.max(takenAt + pause, turns.takenAt + apart) - performance.now();
    if (wait <= 0) take();
    else timer = setTimeout(takeInTurn, wait);
  };
  lab.subscribe((state) => {
    if (!onlyRunsOn(paced.getState(), state)) take();
    else if (timer === undefined) takeInTurn();
  });
  return paced;
}

const moving: readonly (keyof LabState)[] = ["frame", "timeline"];

function onlyRunsOn(before: LabState, after: LabState): boolean {
  const names = Object.keys(after) as (keyof LabState)[];
  return after.playing && names.every((name) => moving.includes(name) || before[name] === after[name]);
}
