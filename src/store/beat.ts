import { onLab, session } from "./use-lab.ts";

/** Where things happen faster than this, in milliseconds, animation frames give the beat: a screen shows no more. */
const frameMillis = 16;

/** Ticks while the run plays, when something happens next; asks for nothing while time stands or nobody can see it. Call once. */
export function beat(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = false;
  let ticked = 0;
  const tick = (): void => {
    asked = false;
    ticked = performance.now();
    session.tick();
    plan();
  };
  const plan = (): void => {
    clearTimeout(timer);
    const wait = document.hidden ? null : session.wait();
    if (wait === null || asked) return;
    asked = wait < frameMillis && performance.now() - ticked < frameMillis;
    if (asked) requestAnimationFrame(tick);
    else timer = setTimeout(tick, wait);
  };
  onLab(plan);
  document.addEventListener("visibilitychange", plan);
  plan();
}
