import type { Micros, ServerId } from "../base/units.ts";
import type { Branch, History } from "./history.ts";
import {
  copyMoment,
  executeOne,
  lastCheckpoint,
  type Moment,
  nextAt,
  type Observer,
  onlookersFor,
  unobserved,
} from "./moment.ts";
import { eventsAPart, type Work } from "./work.ts";

/** Something that is not promised, and did not hold. */
export interface Unkept {
  readonly detail: string;
  readonly server: ServerId;
  readonly at: Micros;
  readonly event: number;
}

/** How far a run was looked through. Goes on from there, as long as the run does. */
export interface Look {
  readonly branch: Branch;
  readonly moment: Moment;
  /** By the property's name: when it first did not hold. */
  readonly found: Map<string, Unkept>;
}

/**
 * Runs a copy of the run's last `most` events once more, to see which of the properties that nobody promises do not hold
 * there; the run itself does not look, so it costs nothing until somebody asks.
 */
export function* lookForUnkept(history: History, known: Look | null, most: number): Work<Look> {
  const { current, world } = history;
  const continues = known?.branch === current && known.moment.world.events <= world.events;
  const look = continues ? known : newLook(current, world.events - most);
  const { moment, found } = look;
  const observer: Observer = {
    ...unobserved,
    unpromised({ property, detail, server }) {
      if (found.has(property)) return;
      found.set(property, { detail, server, at: moment.world.now, event: moment.world.events });
    },
  };
  const onlookers = onlookersFor(moment, observer);
  const start = moment.world.events;
  while (moment.world.events < world.events && nextAt(moment, current.actions) < Number.POSITIVE_INFINITY) {
    executeOne(moment, current.actions, onlookers, observer);
    const done = moment.world.events - start;
    if (done % eventsAPart === 0) yield { done, of: world.events - start };
  }
  return look;
}

function newLook(branch: Branch, from: number): Look {
  const start = lastCheckpoint(branch.checkpoints, ({ world: { events } }) => events <= from);
  return { branch, moment: copyMoment(start), found: new Map() };
}
