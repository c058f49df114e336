import type { Micros } from "../base/units.ts";
import type { Recording } from "../scenario/recording.ts";
import type { Action } from "../world/acts.ts";

const same = (a: Action | undefined, b: Action | undefined): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b);

/** When the actions taken cease to be those that were told, in microseconds; null if they never do. */
export function strayedAt(told: readonly Action[], taken: readonly Action[]): Micros | null {
  const longer = told.length > taken.length ? told : taken;
  const first = longer.findIndex((_, place) => !same(told[place], taken[place]));
  return first < 0 ? null : earliest(told[first]?.at, taken[first]?.at);
}

function earliest(...times: readonly (Micros | null | undefined)[]): Micros | null {
  const known = times.filter((at) => at !== undefined && at !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** As `strayedAt`, of a recording that may have strayed before; looks again only where it can be different: each frame asks. */
export function createStraying({ actions, view }: Pick<Recording, "actions" | "view">) {
  let known: { readonly taken: readonly Action[]; readonly length: number; readonly at: Micros | null } | null = null;
  return (taken: readonly Action[]): Micros | null => {
    if (known?.taken !== taken || known.length !== taken.length)
      known = { taken, length: taken.length, at: earliest(strayedAt(actions, taken), view?.strayed) };
    return known.at;
  };
}
