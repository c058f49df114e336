import { type GroupId, type Micros, microsPerSecond } from "../../base/units.ts";
import type { History } from "../../history/history.ts";
import { type Came, comingTrue } from "../../history/until.ts";
import type { Work } from "../../history/work.ts";
import type { Condition } from "./condition.ts";
import { holds, needsFacts } from "./holds.ts";

/** So long beyond a recording's end a condition may still come true. */
export const grace: Micros = 60 * microsPerSecond;

/** Which of the conditions comes true first after the present place, not later than `until` nor after `events` events; null: none. */
export const firstTrue = (
  history: History,
  conditions: readonly Condition[],
  group: GroupId,
  until: Micros,
  events = Number.POSITIVE_INFINITY,
): Work<Came | null> =>
  comingTrue(history, {
    any: conditions.map((condition) => (world, facts) => holds(condition, { world, group, facts })),
    told: conditions.some(needsFacts),
    until,
    events,
  });

/** The first event after the present place at which the condition comes true, not later than `until`; null: none. */
export function* whenTrue(history: History, condition: Condition, group: GroupId, until: Micros): Work<number | null> {
  return (yield* firstTrue(history, [condition], group, until))?.event ?? null;
}
