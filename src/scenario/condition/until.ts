import { type GroupId, type Micros, microsPerSecond } from "../../base/units.ts";
import type { History } from "../../history/history.ts";
import { comingTrue } from "../../history/until.ts";
import type { Work } from "../../history/work.ts";
import type { Condition } from "./condition.ts";
import { holds, needsFacts } from "./holds.ts";

/** So long beyond a recording's end a condition may still come true. */
export const grace: Micros = 60 * microsPerSecond;

/** The first event after the present place at which the condition comes true, nothing later than `until` nor after `events` events; null: none. */
export const whenTrue = (
  history: History,
  condition: Condition,
  group: GroupId,
  until: Micros,
  events = Number.POSITIVE_INFINITY,
): Work<number | null> =>
  comingTrue(history, {
    holds: (world, facts) => holds(condition, { world, group, facts }),
    told: needsFacts(condition),
    until,
    events,
  });
