import type { Micros } from "../base/units.ts";
import type { History } from "../history/history.ts";
import type { Work } from "../history/work.ts";
import type { RecordedView, Recording } from "../scenario/recording.ts";

/**
 * How far to run before the recording's moment is shown: up to the end of the branch, but not beyond a moment that lies
 * within the end's instant. Nobody has been there, and who acts at that moment does not act in the past.
 */
export function beforeMoment(end: Micros, { view, branch }: Recording, on: number): Micros {
  return branch === on && view?.order !== undefined && view.at === end ? end - 1 : end;
}

/** To the moment that the recording asks for, in a run that is known up to its end. */
export const showing = (history: History, view: RecordedView | null): Work =>
  view?.order === undefined ? history.seeking(view?.at ?? 0) : history.seekingWithin(view.at, view.order);
