import { createStore, type StoreApi } from "zustand/vanilla";
import type { LabState } from "./lab.ts";

/**
 * Follows the lab for a panel of text: while the run goes on by itself it takes a new state at most once per `pause`
 * milliseconds, and the last one always. What the user does (pauses, selects, opens) arrives at once.
 */
export function createPaced(lab: StoreApi<LabState>, pause: number): StoreApi<LabState> {
  const paced = createStore<LabState>(() => lab.getState());
  let takenAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const take = (): void => {
    clearTimeout(timer);
    timer = undefined;
    takenAt = performance.now();
    paced.setState(lab.getState(), true);
  };
  lab.subscribe((state) => {
    const wait = takenAt + pause - performance.now();
    if (wait <= 0 || !onlyRunsOn(paced.getState(), state)) take();
    else timer ??= setTimeout(take, wait);
  });
  return paced;
}

const moving: readonly (keyof LabState)[] = ["frame", "timeline"];

function onlyRunsOn(before: LabState, after: LabState): boolean {
  const names = Object.keys(after) as (keyof LabState)[];
  return after.playing && names.every((name) => moving.includes(name) || before[name] === after[name]);
}
