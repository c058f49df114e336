import type { Micros } from "../base/units.ts";

/** When what travels leaves and arrives. */
export interface Flight {
  readonly sentAt: Micros;
  readonly arrivesAt: Micros;
}

/** Where a message is on its lane, 0 … 1, at virtual time `t`: it leaves and arrives a little slower than it flies. */
export function placeAt(message: Flight, t: Micros): number {
  const flight = message.arrivesAt - message.sentAt;
  const part = flight <= 0 ? 1 : Math.min(1, Math.max(0, (t - message.sentAt) / flight));
  return easeEnds(part);
}

/** The part of a lane, 0 … 1, on which a message flies. */
export type Flown = readonly [start: number, end: number];

/** Where on its lane a message is that has come to `place`, 0 … 1, of the part on which it flies. */
export const alongPart = ([start, end]: Flown, place: number): number => start + (end - start) * place;

/** Two thirds uniform motion, one third smoothstep: 0 → 0, 1/2 → 1/2, 1 → 1. */
export function easeEnds(part: number): number {
  return (2 * part + part * part * (3 - 2 * part)) / 3;
}

/** Three places instead of a movement: just sent, half-way, about to arrive. */
export function placeInJumps(part: number): number {
  if (part < 1 / 3) return 0.16;
  return part < 2 / 3 ? 0.5 : 0.84;
}

/**
 * Where messages wait that nobody has decided about, in the order of sending: the oldest is furthest on its way, and
 * they keep `spacing` apart as long as the lane has room for that.
 * @param spacing part of the lane that one message takes, 0 … 1
 */
export function waitingPlaces(count: number, spacing: number): number[] {
  const step = count < 2 ? 0 : Math.min(spacing, 0.72 / (count - 1));
  const last = Math.max(0.14, 0.34 - (step * (count - 1)) / 2);
  return Array.from({ length: count }, (_, i) => last + step * (count - 1 - i));
}

/** Part of a timer that is left at `t`, 1 … 0. */
export function timeLeft(dueAt: Micros, length: Micros, t: Micros): number {
  return length <= 0 ? 0 : Math.min(1, Math.max(0, (dueAt - t) / length));
}
