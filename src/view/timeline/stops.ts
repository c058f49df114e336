import { speedStops } from "../../store/speed.ts";

/** Place among the stops of the one nearest to `speed` on a log scale. */
export function stopOf(speed: number): number {
  const away = (stop: number): number => Math.abs(Math.log(stop / speed));
  return speedStops.reduce((best, stop, place) => (away(stop) < away(speedStops[best]!) ? place : best), 0);
}
