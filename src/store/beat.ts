import { askPause } from "./speed.ts";
import { labState, onLab, session } from "./use-lab.ts";

/**
 * Ticks while the run plays, when something happens next; asks for nothing while time stands or nobody can see it. By a
 * timer, since each animation frame that is asked for makes the browser go through the page. Call once.
 */
export function beat(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ticked = 0;
  const tick = (): void => {
    ticked = performance.now();
    session.tick();
    plan();
  };
  const plan = (): void => {
    clearTimeout(timer);
    const wait = document.hidden ? null : session.wait();
    if (wait === null) return;
    timer = setTimeout(tick, Math.max(wait, ticked + askPause(labState().speed) - performance.now()));
  };
  onLab(plan);
  document.addEventListener("visibilitychange", plan);
  plan();
}
