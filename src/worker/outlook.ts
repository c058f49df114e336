import type { GroupId, Micros } from "../base/units.ts";
import { choiceText } from "../explain/choices.ts";
import { who } from "../explain/words.ts";
import type { History } from "../history/history.ts";
import { type Outlook, type OutlookEnd, outlookOf } from "../history/outlook.ts";
import type { Work } from "../history/work.ts";
import type { Action } from "../world/acts.ts";
import type { OutlookView } from "./protocol/outlook.ts";

/** More take too long to look at. */
const stepsMost = 6;
const statesMost = 4000;
/** With more, nearly all orders are of timers that fire in vain. */
const timersMost = 1;

/** What was found, and what of the run it was found from. */
export interface Ways {
  readonly past: readonly Action[];
  readonly at: Micros;
  /** After so many events and acts of that instant. */
  readonly order: number;
  readonly rows: Outlook["rows"];
}

export function* lookAhead(
  history: History,
  group: GroupId,
  steps: number,
): Work<{ readonly view: OutlookView; readonly ways: Ways }> {
  const { world } = history;
  const past = history.current.actions.slice(0, history.cursor);
  const bounds = { group, steps: Math.min(stepsMost, steps), statesMost, timersMost, textOf: choiceText };
  const { rows, ...counts } = yield* outlookOf(history, bounds);
  const shown = rows.map(({ end, orders, texts }) => ({
    text: endText(end),
    bad: end.kind === "violates",
    orders,
    way: texts,
  }));
  return { view: { ...counts, rows: shown }, ways: { past, at: world.now, order: world.eventsAtNow, rows } };
}

/** Goes one of these ways, on a branch of its own. */
export function* goingWay(history: History, { past, at: from, order, rows }: Ways, way: number): Work {
  const { actions, at, end } = rows[way]!;
  yield* history.rewriting([...past, ...actions], from, endText(end), order);
  yield* history.seeking(at);
}

function endText(end: OutlookEnd): string {
  switch (end.kind) {
    case "leads":
      return `${who(end.server)} leads term ${end.term}`;
    case "commits":
      return `entry ${end.index} is committed`;
    case "violates":
      return `${end.property} breaks`;
  }
}
