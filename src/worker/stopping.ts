import type { GroupId, Micros } from "../base/units.ts";
import type { History } from "../history/history.ts";
import { finish } from "../history/work.ts";
import { parseCondition } from "../scenario/condition/parse.ts";
import { whenTrue } from "../scenario/condition/until.ts";

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
  for (;;) {
    let first: { readonly event: number; readonly text: string } | null = null;
    for (const { text, condition } of watched) {
      const event = finish(whenTrue(history, condition, group, to, eventsAtOnce));
      if (event !== null && (first === null || event < first.event)) first = { event, text };
    }
    if (first !== null) {
      history.visit(first.event);
      return first.text;
    }
    if (history.advance(to, eventsAtOnce) || enough()) return null;
  }
}
