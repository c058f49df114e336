import type { LogIndex, Term } from "../base/units.ts";
import type { Causes } from "../history/causes/causes.ts";
import type { EventRow } from "../history/causes/stretch.ts";
import type { Work } from "../history/work.ts";
import { refName } from "../scenario/names.ts";
import { toldOf } from "./headline.ts";
import type { PastEvent } from "./types.ts";

/** Events further back are not followed. */
const back = 3000;

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
      ...broughtBy(row),
      earlier: earlier.length > 0,
    })),
  };
}

function broughtBy({ facts }: EventRow): Pick<PastEvent, "messages" | "entries"> {
  const messages: string[] = [];
  const entries: (readonly [index: LogIndex, term: Term])[] = [];
  for (const fact of facts) {
    if (fact.kind === "received") {
      messages.push(refName(fact.ref));
      if (fact.payload.type === "AppendEntries")
        for (const { index, term } of fact.payload.entries) entries.push([index, term]);
    } else if (fact.kind === "decided" && fact.decision.kind === "proposalAppended") {
      const { index, last, term } = fact.decision;
      for (let each = index; each <= last; each++) entries.push([each, term]);
    }
  }
  return { messages, entries };
}
