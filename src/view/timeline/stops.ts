import { nearestStop, speedStops } from "../../store/speed.ts";

/** Place among the stops of the one nearest to `speed` on a log scale. */
export function stopOf(speed: number): number {
  return speedStops.indexOf(nearestStop(speed));
}
