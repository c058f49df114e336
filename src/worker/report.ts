import type { History } from "../history/history.ts";
import type { Work } from "../history/work.ts";
import { eventLine } from "../report/events.ts";
import { markdownOf, type Report } from "../report/markdown.ts";
import { promisesOf } from "../report/promises.ts";
import { stateOf } from "../report/state.ts";
import { told } from "./feed.ts";
import type { FeedFilter } from "./protocol/feed.ts";

const stretch = 512;
/** Lines of a text for the clipboard, and of a bug report. */
const linesMost = 20_000;
const linesReported = 30;

/** What happened up to the present place, as far as the filter lets it through: the last lines, oldest first. */
function* lines(
  history: History,
  filter: FeedFilter,
  most: number,
): Work<{ readonly lines: string[]; readonly whole: boolean }> {
  const found: string[] = [];
  const { event } = history.place;
  let last = event;
  while (last > 0 && found.length < most) {
    const first = Math.max(1, last - stretch + 1);
    const rows = [...told(yield* history.tracing(first, last), filter)];
    found.push(...rows.map((row) => eventLine(row.position, row)).reverse());
    last = first - 1;
    yield { done: event - last, of: event };
  }
  return { lines: found.slice(0, most).reverse(), whole: last === 0 && found.length <= most };
}

/** The story as text, as `headless --print events` has it. */
export function* eventsText(history: History, filter: FeedFilter): Work<string> {
  const { lines: all, whole } = yield* lines(history, filter, linesMost);
  return `${whole ? "" : "… what happened before is left out\n"}${all.join("\n")}\n`;
}

/** A bug report. */
export function* markdownText(
  history: History,
  filter: FeedFilter,
  about: Omit<Report, "events" | "state">,
): Work<string> {
  const { lines: events } = yield* lines(history, filter, linesReported);
  const state = yield* stateOf(history, promisesOf(history));
  return markdownOf({ ...about, events, state });
}
