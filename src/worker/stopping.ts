import type { GroupId, Micros } from "../base/units.ts";
import type { History } from "../history/history.ts";
import { finish } from "../history/work.ts";
import { parseCondition } from "../scenario/condition/parse.ts";
import { firstTrue } from "../scenario/condition/until.ts";

/** More conditions are not watched, and time is not let pass by more events at once. */
const stopsMost = 8;
const eventsAtOnce = 100;

/**
 * Runs forward to time `to`, or until `enough`. The first of the conditions that comes true ends it, right after the event
 * that made it so; its text, or null. What is no condition never comes true.
 */
export function advanceUntil(
  history: History,
  to: Micros,
  { stops, group }: { readonly stops: readonly string[]; readonly group: GroupId },
  enough: () => boolean,
): string | null {
  const watched = stops.slice(0, stopsMost).flatMap((text) => {
    const read = parseCondition(text);
    return read.ok ? [{ text, condition: read.value }] : [];
  });
  const conditions = watched.map(({ condition }) => condition);
  for (;;) {
    const came = finish(firstTrue(history, conditions, group, to, eventsAtOnce));
    if (came !== null) {
      history.visit(came.event);
      return watched[came.which]!.text;
    }
    if (history.advance(to, eventsAtOnce) || enough()) return null;
  }
}
