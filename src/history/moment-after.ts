import type { History } from "./history.ts";
import { executeOne, type Moment, nextAt, onlookersFor, unobserved } from "./moment.ts";
import { eventsAPart, type Work } from "./work.ts";

/** The moment right after that many events of the present branch, beside the one that is shown. */
export function* momentAfter(history: History, event: number): Work<Moment> {
  const { actions } = history.current;
  const moment = history.before(event + 1);
  const onlookers = onlookersFor(moment, unobserved);
  const from = moment.world.events;
  while (moment.world.events < event && nextAt(moment, actions) < Number.POSITIVE_INFINITY) {
    executeOne(moment, actions, onlookers, unobserved);
    if (moment.world.events % eventsAPart === 0) yield { done: moment.world.events - from, of: event - from };
  }
  return moment;
}
