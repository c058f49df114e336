import { type Micros, microsPerMilli } from "../../base/units.ts";

/** No more than this many milliseconds pass between two looks at the clock: after a sleep the run goes on where it was. */
export const passMax = 100;

/**
 * The page's clock. What is shown never passes the time until which the frame is true; the goal may run ahead of it
 * while the worker is asked for the next frame, but by no more than one long animation frame.
 */
export interface VirtualClock {
  /** What is drawn, in microseconds; a fraction while playing. */
  shown(): Micros;
  /** Where playing has come to, in whole microseconds; never before `shown`. */
  goal(): Micros;
  /** Notes wall time, in milliseconds, without letting time pass. */
  note(now: number): void;
  /** Lets time pass up to wall time `now`. True: the goal has reached `limit`, the next frame is needed. */
  pass(now: number, speed: number, limit: Micros): boolean;
  /** The run is somewhere else. */
  jump(to: Micros): void;
  /** A frame of the run as it goes on has come. */
  reach(at: Micros, speed: number): void;
}

/** How time passes at this moment: the wall time in milliseconds, virtual seconds per second, and where it ends for now. */
export interface Run {
  readonly now: number;
  readonly speed: number;
  readonly limit: Micros;
}

/** As `clock`, but whoever reads it lets time pass up to now first; `run` is null while time stands. */
export function selfWinding(clock: VirtualClock, run: () => Run | null): VirtualClock {
  const wind = (): void => {
    const running = run();
    if (running !== null) clock.pass(running.now, running.speed, running.limit);
  };
  return {
    ...clock,
    shown() {
      wind();
      return clock.shown();
    },
    goal() {
      wind();
      return clock.goal();
    },
  };
}

export function createVirtualClock(): VirtualClock {
  let shown = 0;
  let goal = 0;
  let noted = 0;
  return {
    shown: () => shown,
    goal: () => Math.floor(goal),
    note(now) {
      noted = now;
    },
    pass(now, speed, limit) {
      goal += Math.min(Math.max(now - noted, 0), passMax) * microsPerMilli * speed;
      noted = now;
      shown = Math.max(shown, Math.min(goal, limit));
      return goal >= limit;
    },
    jump(to) {
      shown = goal = to;
    },
    reach(at, speed) {
      shown = Math.max(shown, at);
      goal = Math.min(Math.max(goal, shown), shown + passMax * microsPerMilli * speed);
    },
  };
}
