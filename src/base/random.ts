import { mix } from "./hash.ts";

/**
 * Counter-based random streams: the n-th draw of a stream is a function of (seed, stream, n) alone. A stream's only
 * state is how many draws were made, so one stream never disturbs another, and removing a fault reshuffles nothing.
 */
export function draw(seed: number, stream: number, count: number): number {
  return mix(mix(mix(0x2545f491, seed), stream), count) >>> 0;
}

/** Uniform integer in min … max, both included, from a 32-bit draw. */
export function inRange(draw32: number, min: number, max: number): number {
  return min + Math.floor((draw32 / 0x1_0000_0000) * (max - min + 1));
}

/** True with the given probability in parts per million. */
export function happens(draw32: number, ppm: number): boolean {
  return ppm > 0 && inRange(draw32, 0, 999_999) < ppm;
}
