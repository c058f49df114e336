import type { GroupId } from "../base/units.ts";
import { sentence } from "../explain/sentence.ts";
import type { Causes } from "../history/causes/causes.ts";
import type { EventRow } from "../history/causes/stretch.ts";
import type { History } from "../history/history.ts";
import type { Work } from "../history/work.ts";
import type { Fact } from "../world/facts.ts";
import { said } from "./headline.ts";
import type { StoryStep } from "./types.ts";

/** What stories are put together from. */

/** So many events a story is looked for in, and so many steps it has. */
const eventsMost = 12_000;
export const stepsMost = 12;

/** Several of one kind in one event are one step each. */
export function stepOf({ at, event }: Pick<EventRow, "at" | "event">, kind: string, fact: Fact): StoryStep {
  return { at, event, kind, server: sentence(fact).server, sentence: said(fact) };
}

/** Goes through the events from `first` on, as far as the run is known, until `visit` says that it has seen enough. True: it ended before that for lack of patience. */
export function* through(
  { current }: History,
  causes: Causes,
  first: number,
  visit: (row: EventRow) => "enough" | "more",
): Work<boolean> {
  const last = Math.min(current.end.event, first + eventsMost);
  for (let event = Math.max(1, first); event <= last; event++) {
    const row = yield* causes.row(event);
    if (row === null) return false;
    if (visit(row) === "enough") return false;
  }
  return last < current.end.event;
}

/** The first event that may have happened at that time or later. */
export function eventAround({ current }: History, at: number): number {
  const checkpoint = current.checkpoints.findLast(({ world }) => world.now < at);
  return (checkpoint?.world.events ?? 0) + 1;
}

/** Facts of one group, or of none. */
export const ofGroup = (facts: readonly Fact[], group: GroupId): readonly Fact[] =>
  facts.filter((fact) => fact.group === undefined || fact.group === group);

/** The least needed kinds go first, the latest of each; of what stays nothing is out of order. */
export function shortened(
  steps: readonly StoryStep[],
  dispensable: readonly string[],
): { steps: StoryStep[]; cut: boolean } {
  const kept = [...steps];
  for (const kind of [...dispensable, ...new Set(steps.map((step) => step.kind))]) {
    while (kept.length > stepsMost) {
      const at = kept.findLastIndex((step, i) => step.kind === kind && i > 0 && i < kept.length - 1);
      if (at < 0) break;
      kept.splice(at, 1);
    }
  }
  return { steps: kept, cut: kept.length < steps.length };
}
