import type { Micros } from "../../base/units.ts";
import { microsPerSecond } from "../../base/units.ts";

/** The stretch of virtual time that a strip shows, and its width in pixels. */
export interface Scale {
  readonly from: Micros;
  readonly to: Micros;
  readonly width: number;
}
export const xOf = (scale: Scale, at: Micros): number => ((at - scale.from) / (scale.to - scale.from)) * scale.width;
export const timeAt = (scale: Scale, x: number): Micros =>
  Math.round(scale.from + (x / scale.width) * (scale.to - scale.from));

const shortest = microsPerSecond / 2;
const growth = 1.25;
const roomForTheFuture = 1.06;
/**
 * Length of the axis for a run that is explored up to `end`: it grows in steps, so that while a run plays the picture
 * stands still but for rare, clear changes. Between 75 and 94 per cent of it are explored.
 */
export function axisLength(end: Micros): Micros {
  let length = shortest;
  while (length < end * roomForTheFuture) length *= growth;
  return Math.round(length);
}

/** Of a run that is told from its beginning to its end: nothing comes, and however short it is it fills the axis. */
export const wholeAxis = (end: Micros): Micros => Math.max(shortestWindow, Math.round(end * roomForTheFuture));

const shortestWindow = 2_000;
/** `scale` zoomed by `factor` (< 1 closer) around the time `at`, never beyond 0 … `length`, nor closer than `shortest`. */
export function zoomed(scale: Scale, at: Micros, factor: number, length: Micros, shortest = shortestWindow): Scale {
  const size = Math.min(length, Math.max(shortest, (scale.to - scale.from) * factor));
  const share = (at - scale.from) / (scale.to - scale.from);
  const from = Math.round(Math.min(length - size, Math.max(0, at - share * size)));
  return { ...scale, from, to: Math.round(from + size) };
}

/** A zoomed scale moved so that `at` is in it; the same object where it already is. */
export function followed(scale: Scale, at: Micros, length: Micros): Scale {
  if (at >= scale.from && at <= scale.to) return scale;
  const size = scale.to - scale.from;
  const from = Math.round(Math.min(Math.max(0, length - size), Math.max(0, at - size / 4)));
  return { ...scale, from, to: from + size };
}
