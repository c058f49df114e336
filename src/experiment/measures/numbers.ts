import { type Micros, microsPerSecond } from "../../base/units.ts";

/** The least of the values that so many percent of `all` do not exceed; null if that is none of them. Sorts them. */
export function quantileOf(values: number[], percentile: number, all = values.length): number | null {
  values.sort((a, b) => a - b);
  const place = Math.max(1, Math.ceil((percentile * all) / 100));
  return values[place - 1] ?? null;
}

/** null where no time has passed. */
export const perSecond = (count: number, within: Micros): number | null =>
  within === 0 ? null : (count * microsPerSecond) / within;
