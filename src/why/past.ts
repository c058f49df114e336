import type { Causes } from "../history/causes/causes.ts";
import type { Work } from "../history/work.ts";
import { toldOf } from "./headline.ts";
import type { PastEvent } from "./types.ts";

/** Events further back are not followed. */
const back = 4000;

/** An event, its causes, their causes and so on, the newest first. `more`: there are others that were not followed. */
export function* pastOf(
  causes: Causes,
  event: number,
  most: number,
): Work<{ readonly events: readonly PastEvent[]; readonly more: boolean }> {
  const { events, more } = yield* causes.past(event, { most, back });
  return {
    more,
    events: events.map(({ row, causes: own, earlier }) => ({
      ...toldOf(row),
      by: row.trigger,
      causes: own.map((cause) => ({ event: cause.event, as: cause.as })),
      earlier: earlier.length > 0,
    })),
  };
}
