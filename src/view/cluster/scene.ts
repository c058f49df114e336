import { useEffect, useLayoutEffect, useMemo } from "react";
import type { Micros } from "../../base/units.ts";
import type { Clock } from "../../store/lab.ts";

/**
 * Draws itself for virtual time `t`; `passed` is the wall time in milliseconds since it was last asked, 0 the first
 * time. Returns true as long as it moves by itself, whether virtual time does or not.
 */
export type Drawable = (t: Micros, passed: number) => boolean;

/** The one animation loop of the stage's elements. It sleeps while nothing moves: time stands still, or the painter has what moves. */
export interface Scene {
  /** Draws at once, then whenever something moves; `timed`: it moves with virtual time. Returns how to take it away. */
  add(drawable: Drawable, timed: boolean): () => void;
  /** Something has changed: draw again. */
  wake(): void;
}

/** Steps up to this long are shown as a movement, longer ones as a jump. */
const glideMax: Micros = 100_000;
const glideMillis = 70;

export function useScene(clock: Clock, running: boolean, still: boolean): Scene {
  const loop = useMemo(() => createLoop(clock), [clock]);
  useLayoutEffect(() => loop.setMode(running, still), [loop, running, still]);
  useEffect(() => loop.stop, [loop]);
  return loop.scene;
}

function createLoop(clock: Clock) {
  const drawables = new Set<Drawable>();
  let timedCount = 0;
  let running = false;
  let still = false;
  let request = 0;
  let shown = clock();
  let last = 0;

  /** Virtual time to draw: the clock's, but a paused clock that was moved a little is followed softly. */
  function follow(passed: number): boolean {
    const goal = clock();
    const far = Math.abs(goal - shown) > glideMax;
    shown = running || still || far ? goal : approach(shown, goal, passed / glideMillis, 20);
    return shown !== goal;
  }

  function tick(now: number): void {
    request = 0;
    const passed = last === 0 ? 0 : Math.min(now - last, 100);
    last = now;
    let moving = follow(passed);
    for (const draw of drawables) moving = draw(shown, passed) || moving;
    if ((running && timedCount > 0) || moving) wake();
    else last = 0;
  }

  function wake(): void {
    if (request === 0 && drawables.size > 0) request = requestAnimationFrame(tick);
  }

  const scene: Scene = {
    add(drawable, timed) {
      drawables.add(drawable);
      if (timed) timedCount += 1;
      if (running) shown = clock();
      if (drawable(shown, 0) || (timed && running)) wake();
      return () => {
        drawables.delete(drawable);
        if (timed) timedCount -= 1;
      };
    },
    wake,
  };
  return {
    scene,
    setMode(nowRunning: boolean, nowStill: boolean) {
      running = nowRunning;
      still = nowStill;
      wake();
    },
    stop() {
      cancelAnimationFrame(request);
      request = 0;
    },
  };
}

/** Goes an exponential step towards `goal`, and all the way once it is within `near`. */
export function approach(value: number, goal: number, step: number, near: number): number {
  const next = goal - (goal - value) * Math.exp(-step);
  return Math.abs(goal - next) <= near ? goal : next;
}
