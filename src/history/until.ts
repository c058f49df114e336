import type { Micros } from "../base/units.ts";
import type { Fact } from "../world/facts.ts";
import type { World } from "../world/types.ts";
import type { History } from "./history.ts";
import { copyMoment, executeOne, nextAt, type Observer, onlookersFor } from "./moment.ts";
import { eventsAPart, type Work } from "./work.ts";

export interface Wanted {
  /** Each is judged after every event, with what that event told (nothing unless `told`). */
  readonly any: readonly ((world: World, facts: readonly Fact[]) => boolean)[];
  readonly told: boolean;
  /** Nothing later is looked at. */
  readonly until: Micros;
  /** Nor more events than so many; without it, as many as come. */
  readonly events?: number;
}

/** An event, and which of what was wanted came true at it: of several the first. */
export interface Came {
  readonly event: number;
  readonly which: number;
}

/**
 * The first event after the present place at which any of it comes true: what holds already must have ceased before.
 * Looks ahead on a copy, so that a search that finds nothing leaves the run as it was. Null: nothing comes true.
 */
export function* comingTrue(
  history: History,
  { any, told, until, events = Number.POSITIVE_INFINITY }: Wanted,
): Work<Came | null> {
  if (any.length === 0) return null;
  const { world, ghosts, cursor, current } = history;
  const ahead = copyMoment({ world, ghosts, cursor, checked: true });
  const facts: Fact[] = [];
  const observer: Observer = { fact: told ? (fact) => facts.push(fact) : null, stepped: null, acted: null };
  const onlookers = onlookersFor(ahead, observer);
  const from = world.now;
  const last = world.events + events;
  const judged = (): boolean[] => any.map((holds) => holds(ahead.world, facts));
  let held = judged();
  for (let at = nextAt(ahead, current.actions); at <= until; at = nextAt(ahead, current.actions)) {
    if (at === Number.POSITIVE_INFINITY) return null;
    executeOne(ahead, current.actions, onlookers, observer);
    const now = judged();
    facts.length = 0;
    const which = now.findIndex((holds, at) => holds && !held[at]);
    if (which >= 0) return { event: ahead.world.events, which };
    if (ahead.world.events >= last) return null;
    held = now;
    if (ahead.world.events % eventsAPart === 0) yield { done: at - from, of: until - from };
  }
  return null;
}
