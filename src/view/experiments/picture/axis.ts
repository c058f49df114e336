/** Axes that stay where they are while results come in: they grow in clear steps, and never shrink. */

export interface Extent {
  readonly from: number;
  readonly to: number;
}

const mantissas = [1, 1.5, 2, 3, 5, 7, 10] as const;

/** The greatest nice number that is no more than `value`, and the least that is no less. `value` > 0. */
const niceBelow = (value: number): number => nice(value, (step) => step <= value * (1 + 1e-9), -1);
const niceAbove = (value: number): number => nice(value, (step) => step >= value * (1 - 1e-9), 1);

function nice(value: number, fits: (step: number) => boolean, way: 1 | -1): number {
  const ten = 10 ** Math.floor(Math.log10(value));
  const steps = [0.1, 1, 10].flatMap((by) => mantissas.slice(0, -1).map((each) => each * ten * by));
  return round((way === 1 ? steps : steps.toReversed()).find(fits) ?? value);
}
const round = (value: number): number => Number(value.toPrecision(6));

/** An axis with room for both, which contains `before`. */
export function grown(before: Extent | null, least: number, most: number): Extent {
  const own = { from: niceBelow(least), to: niceAbove(most) };
  if (own.to <= own.from * 1.2) own.to = niceAbove(own.from * 1.3);
  return before === null ? own : { from: Math.min(before.from, own.from), to: Math.max(before.to, own.to) };
}

/** As `grown`, of an axis that begins at nothing. */
export function grownFromZero(before: Extent | null, most: number): Extent {
  return { from: 0, to: Math.max(before?.to ?? 0, most > 0 ? niceAbove(most) : 1) };
}

/** Where a logarithmic axis has its figures; `most` of them at most. */
export function logTicks({ from, to }: Extent, most: number): readonly number[] {
  const first = 10 ** Math.floor(Math.log10(from));
  const at = (steps: readonly number[]): number[] => {
    const found: number[] = [];
    for (let ten = first; ten <= to; ten *= 10)
      for (const step of steps) {
        const tick = round(step * ten);
        if (tick >= from * (1 - 1e-9) && tick <= to * (1 + 1e-9)) found.push(tick);
      }
    return found;
  };
  const fine = at([1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8]);
  if (fine.length <= most && to / from < 8) return fine;
  for (const steps of [mantissas.slice(0, -1), [1, 2, 5], [1, 3], [1]]) {
    const ticks = at(steps);
    if (ticks.length <= most) return ticks;
  }
  return [round(from), round(to)];
}
