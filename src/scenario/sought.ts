import type { Micros } from "../base/units.ts";
import { executeOne, nextAt, type Observer, onlookersFor, startMoment } from "../history/moment.ts";
import { eventsAPart, type Work } from "../history/work.ts";
import type { Fact } from "../world/facts.ts";
import type { Condition } from "./condition/condition.ts";
import { holds, needsFacts } from "./condition/holds.ts";
import { parseCondition } from "./condition/parse.ts";
import { grace } from "./condition/until.ts";
import type { InputProblem, Recording } from "./recording.ts";

/** Bookmarks of which a file says when they are by a condition: `{ "when": "S3 leads and term >= 4", "label": … }`. */

/** What is wrong with the first one that is; `within` its condition stands what is not understood. */
export function soughtProblem(
  bookmarks: readonly { readonly atMs?: unknown; readonly when?: string }[],
): InputProblem | null {
  for (const [place, { atMs, when }] of bookmarks.entries()) {
    const field = `bookmarks[${place}]`;
    if (when === undefined && atMs === undefined)
      return { field, message: "expected a time, atMs, or a condition, when" };
    const read = when === undefined ? null : parseCondition(when);
    if (read !== null && !read.ok)
      return { field: `${field}.when`, message: read.problem.message, within: read.problem.from };
  }
  return null;
}

interface Sought {
  readonly condition: Condition;
  found: Micros | null;
}

/**
 * The recording with every bookmark that can be found at the first moment at which its condition holds, on the line of acts that
 * the bookmarks tell of; looked for until a minute after the end. What never comes true stays sought.
 */
export function* foundIn(recording: Recording): Work<Recording> {
  const { bookmarks, sought = [], view } = recording;
  if (sought.length === 0) return recording;
  const all = sought.map(({ when }): Sought => {
    const read = parseCondition(when);
    if (!read.ok) throw new Error(`a condition was not looked at: ${read.problem.message}`);
    return { condition: read.value, found: null };
  });
  const { sought: _, ...rest } = recording;
  const told = view?.told ?? 0;
  yield* looking(all, recording, told);
  const found = sought.flatMap((each, place) => {
    const at = all[place]!.found;
    return at === null ? [] : [{ at, ...each }];
  });
  const left = sought.filter((_each, place) => all[place]!.found === null);
  return {
    ...rest,
    bookmarks: [...bookmarks, ...found].toSorted((a, b) => a.at - b.at),
    ...(left.length > 0 && { sought: left }),
    end: told > 0 ? recording.end : Math.max(recording.end, ...found.map(({ at }) => at)),
  };
}

function* looking(all: readonly Sought[], { setup, actions, end, branches, view }: Recording, told: number): Work {
  const line = told === 0 ? { actions, end } : branches[told - 1]!;
  const group = view?.group ?? 1;
  const until = line.end + grace;
  const moment = startMoment(setup);
  const { world } = moment;
  const facts: Fact[] = [];
  const listens = all.some(({ condition }) => needsFacts(condition));
  const observer: Observer = { fact: listens ? (fact) => facts.push(fact) : null, stepped: null, acted: null };
  const onlookers = onlookersFor(moment, observer);
  let open = all;
  for (;;) {
    for (const each of open) if (holds(each.condition, { world, group, facts })) each.found = world.now;
    open = open.filter(({ found }) => found === null);
    facts.length = 0;
    if (open.length === 0 || nextAt(moment, line.actions) > until) return;
    executeOne(moment, line.actions, onlookers, observer);
    if (world.events % eventsAPart === 0) yield { done: world.now, of: until };
  }
}
