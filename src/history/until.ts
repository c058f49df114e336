import type { Micros } from "../base/units.ts";
import type { Fact } from "../world/facts.ts";
import type { World } from "../world/types.ts";
import type { History } from "./history.ts";
import { copyMoment, executeOne, nextAt, type Observer, onlookersFor } from "./moment.ts";
import { eventsAPart, type Work } from "./work.ts";

export interface Wanted {
  /** Judged after every event, with what that event told (nothing unless `told`). */
  readonly holds: (world: World, facts: readonly Fact[]) => boolean;
  readonly told: boolean;
  /** Nothing later is looked at. */
  readonly until: Micros;
  /** Nor more events than so many; without it, as many as come. */
  readonly events?: number;
}

/**
 * The first event after the present place at which it comes true: where it holds already, it must have ceased before.
 * Looks ahead on a copy, so that a search that finds nothing leaves the run as it was. Null: it does not come true.
 */
export function* comingTrue(
  history: History,
  { holds, told, until, events = Number.POSITIVE_INFINITY }: Wanted,
): Work<number | null> {
  const { world, ghosts, cursor, current } = history;
  const ahead = copyMoment({ world, ghosts, cursor, checked: true });
  const facts: Fact[] = [];
  const observer: Observer = { fact: told ? (fact) => facts.push(fact) : null, stepped: null, acted: null };
  const onlookers = onlookersFor(ahead, observer);
  const from = world.now;
  const last = world.events + events;
  let held = holds(ahead.world, facts);
  for (let at = nextAt(ahead, current.actions); at <= until; at = nextAt(ahead, current.actions)) {
    if (at === Number.POSITIVE_INFINITY) return null;
    executeOne(ahead, current.actions, onlookers, observer);
    const now = holds(ahead.world, facts);
    facts.length = 0;
    if (now && !held) return ahead.world.events;
    if (ahead.world.events >= last) return null;
    held = now;
    if (ahead.world.events % eventsAPart === 0) yield { done: at - from, of: until - from };
  }
  return null;
}
