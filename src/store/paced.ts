import { createStore, type StoreApi } from "zustand/vanilla";
import type { LabState } from "./lab.ts";

/** Milliseconds for which a panel whose pause is over waits for the leader's next state: longer than the leader's own pause. */
const patience = 140;

/** Who takes a state together with whom, so that the page is painted once for both. */
export interface Turns {
  /** The panels that wait, in the order in which they came. Each is asked to take the newest state; false: it is too early for it. */
  readonly waiting: Set<() => boolean>;
  /** When the leader took its last state, in milliseconds as `performance.now()` has them. */
  ledAt: number;
}
export const newTurns = (): Turns => ({ waiting: new Set(), ledAt: Number.NEGATIVE_INFINITY });

/** Calls `then` once that many milliseconds have passed, and the leader can no longer be about to come with its next state. Returns what takes it back. */
export function afterLeader(turns: Turns, millis: number, then: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const waitFor = (left: number): void => {
    timer = setTimeout(() => {
      const more = turns.ledAt + patience - performance.now();
      if (more > 0) waitFor(more);
      else then();
    }, left);
  };
  waitFor(millis);
  return () => clearTimeout(timer);
}

/** The page is going to be painted: all that are due take the newest state. */
export function takeTurns({ waiting }: Turns): void {
  for (const takeIfDue of [...waiting]) takeIfDue();
}

/**
 * Follows the lab for a panel of text: while the run goes on by itself it takes a new state at most once per `pause`
 * milliseconds, and the last one always. What the user does (pauses, selects, opens) arrives at once.
 */
export function createPaced(lab: StoreApi<LabState>, pause: number, turns: Turns): StoreApi<LabState> {
  return follow(lab, (take) => {
    let takenAt = Number.NEGATIVE_INFINITY;
    let leave: (() => void) | undefined;
    const takeNow = (): void => {
      leave?.();
      leave = undefined;
      turns.waiting.delete(takeIfDue);
      takenAt = performance.now();
      take();
    };
    const takeIfDue = (): boolean => {
      if (performance.now() < takenAt + pause) return false;
      takeNow();
      return true;
    };
    const wait = (): void => {
      if (leave !== undefined) return;
      turns.waiting.add(takeIfDue);
      const due = Math.max(0, takenAt + pause - performance.now());
      leave = afterLeader(turns, due + patience, () => takeTurns(turns));
    };
    return { now: takeNow, inTurn: wait };
  });
}

/**
 * As `createPaced`, for what is watched: it waits for nobody. With each of its states one of the panels takes one too,
 * so that the page is laid out and painted once for both, and never for all of them. It has to be made after them.
 */
export function createLeader(lab: StoreApi<LabState>, pause: number, turns: Turns): StoreApi<LabState> {
  return follow(lab, (take) => {
    let takenAt = Number.NEGATIVE_INFINITY;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const takeNow = (): void => {
      clearTimeout(timer);
      timer = undefined;
      takenAt = performance.now();
      turns.ledAt = takenAt;
      take();
      for (const takeIfDue of turns.waiting) if (takeIfDue()) return;
    };
    const wait = (): void => {
      const left = takenAt + pause - performance.now();
      if (left <= 0) takeNow();
      else timer ??= setTimeout(takeNow, left);
    };
    return { now: takeNow, inTurn: wait };
  });
}

interface Manner {
  now(): void;
  inTurn(): void;
}

function follow(lab: StoreApi<LabState>, manner: (take: () => void) => Manner): StoreApi<LabState> {
  const shown = createStore<LabState>(() => lab.getState());
  const { now, inTurn } = manner(() => shown.setState(lab.getState(), true));
  lab.subscribe((state) => {
    if (onlyRunsOn(shown.getState(), state)) inTurn();
    else now();
  });
  return shown;
}

const moving: readonly (keyof LabState)[] = ["frame", "timeline", "seen", "speed"];

function onlyRunsOn(before: LabState, after: LabState): boolean {
  const names = Object.keys(after) as (keyof LabState)[];
  return after.playing && names.every((name) => moving.includes(name) || before[name] === after[name]);
}

/** What waits somewhere on the page until it may be shown, though nobody paces the whole state there: one sign for each. */
export const waiting = new Set<symbol>();
