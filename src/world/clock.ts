import { type Micros, million, type Ppm } from "../base/units.ts";

/**
 * A machine's own clock. At the true time `since` it showed `shown`; from then on, in a true second it goes a second
 * and `drift` millionths more. Immutable: who sets a clock replaces it.
 */
export interface Clock {
  readonly since: Micros;
  readonly shown: Micros;
  /** > -1,000,000: a clock may be slow, but it does not stand still. */
  readonly drift: Ppm;
}

export const trueClock: Clock = { since: 0, shown: 0, drift: 0 };

/** What the clock shows at that true time. Never less later on. */
export const localTime = ({ since, shown, drift }: Clock, at: Micros): Micros =>
  drift === 0 ? shown + (at - since) : shown + (at - since) + scaled(at - since, drift, million, Math.floor);

/** The first true time at which the clock shows `local` or more, had it always gone as it does now. */
export const trueTime = ({ since, shown, drift }: Clock, local: Micros): Micros =>
  drift === 0 ? since + (local - shown) : since + scaled(local - shown, million, million + drift, Math.ceil);

/**
 * span * times / by, rounded, exactly: the product of a day and a rate would not fit into the integers that a number
 * holds, so whole multiples of `by` are taken out first. Then the quotient is far enough from any integer that it is
 * not: the division's own rounding cannot reach one.
 */
function scaled(span: number, times: number, by: number, round: (value: number) => number): number {
  const whole = Math.floor(span / by);
  return whole * times + round(((span - whole * by) * times) / by);
}

/** What is done to a clock, in this order: set to true time plus an offset, moved, given another pace. */
export interface ClockChange {
  readonly offset?: Micros;
  readonly jump?: Micros;
  readonly drift?: Ppm;
}

export function changedClock(clock: Clock, now: Micros, { offset, jump = 0, drift = clock.drift }: ClockChange): Clock {
  const shown = offset === undefined ? localTime(clock, now) : now + offset;
  return { since: now, shown: shown + jump, drift };
}
