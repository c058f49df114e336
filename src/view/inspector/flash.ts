/** Shortest time between two flashes of one value, in milliseconds. */
export const flashPause = 500;
const slowEnough = 0.1;

/**
 * Whether a value that has changed draws the eye: in slow motion, and after a single step; never when time runs fast or
 * jumps. `events`: by how many events the last frame moved, back or forward.
 */
export function mayFlash(playing: boolean, speed: number, events: number): boolean {
  return playing ? speed <= slowEnough : Math.abs(events) <= 1;
}
