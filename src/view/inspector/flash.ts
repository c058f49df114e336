/** How long a value has to have stood, in milliseconds: what changes all the time draws no eye. */
const restMin = 2000;
const slowEnough = 0.1;

/**
 * Whether a value that has changed draws the eye: in slow motion, and after a single step; never when time runs fast or
 * jumps. `events`: by how many events the last frame moved, back or forward; `rested`: milliseconds since its last change.
 */
export function mayFlash(playing: boolean, speed: number, events: number, rested: number): boolean {
  return playing ? speed <= slowEnough && rested >= restMin : Math.abs(events) <= 1;
}
