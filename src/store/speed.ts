import { type Micros, microsPerMilli } from "../base/units.ts";
import type { Pace } from "./lab.ts";

/** Virtual seconds per second: slowest, fastest, and what a fresh run plays at. */
export const speedMin = 0.001;
export const speedMax = 100;
export const speedDefault = 0.05;

/** The stops of `<` and `>`: 1, 2, 5 per decade. */
export const speedStops: readonly number[] = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100,
];

/** From this speed on nobody can follow a single message. */
const fastFrom = 0.5;

/** Milliseconds between two questions for the next frame of the run at least: a screen shows no more, and who cannot follow needs half as many. */
export const askPause = (speed: number): number => (speed < fastFrom ? 16 : 32);

/** For how long, in virtual time, what moves may go on as it does, until the next frame says how: not where it can be followed. */
export const goesOnFor = (speed: number): Micros => (speed < fastFrom ? 0 : askPause(speed) * microsPerMilli * speed);

export function clampSpeed(speed: number): number {
  return Number.isFinite(speed) ? Math.min(speedMax, Math.max(speedMin, speed)) : speedDefault;
}

/** The stop nearest to `speed` on a log scale. */
export function nearestStop(speed: number): number {
  const away = (stop: number): number => Math.abs(Math.log(stop / speed));
  return speedStops.reduce((best, stop) => (away(stop) < away(best) ? stop : best));
}

/** The next stop in that direction; the end stops stay. */
export function nextSpeed(speed: number, direction: 1 | -1): number {
  // A hair of tolerance, so that a speed that came out of a logarithm counts as the stop that it means.
  const beyond =
    direction > 0 ? speedStops.find((s) => s > speed * 1.001) : speedStops.findLast((s) => s < speed * 0.999);
  return beyond ?? (direction > 0 ? speedMax : speedMin);
}

/** "guided", "1/50", "20×". */
export const paceText = ({ guided, speed }: Pace): string => (guided ? "guided" : speedText(speed));

/** "1/50", "1", "20×": how fast virtual time passes. */
export function speedText(speed: number): string {
  if (speed >= 1) return `${Math.round(speed * 10) / 10}×`;
  return `1/${Math.round(1 / speed)}`;
}
