import type { History } from "../history/history.ts";
import { copyMoment, executeOne, type Moment, nextAt, onlookersFor, unobserved } from "../history/moment.ts";
import { eventsAPart, type Work } from "../history/work.ts";

/** The moment right after that many events, beside the one that is shown. */
export function* momentAfter({ current }: History, event: number): Work<Moment> {
  const { checkpoints, actions } = current;
  const checkpoint = checkpoints.findLast(({ world }) => world.events <= event) ?? checkpoints[0]!;
  const moment = copyMoment(checkpoint);
  const onlookers = onlookersFor(moment, unobserved);
  const from = moment.world.events;
  while (moment.world.events < event && nextAt(moment, actions) < Number.POSITIVE_INFINITY) {
    executeOne(moment, actions, onlookers, unobserved);
    if (moment.world.events % eventsAPart === 0) yield { done: moment.world.events - from, of: event - from };
  }
  return moment;
}
