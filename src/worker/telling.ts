import { failure, type Result, success } from "../base/result.ts";
import type { Micros } from "../base/units.ts";
import { bookmarksProblem } from "../scenario/format.ts";
import type { InputProblem, RecordedBookmark } from "../scenario/recording.ts";

interface Told {
  /** In the order of time. */
  readonly bookmarks: readonly RecordedBookmark[];
  /** From here on the steps tell of the branch that is shown. */
  readonly anew: boolean;
}

/**
 * Other steps for a run. `strayed`: from when on the branch that is shown is not the one that the steps before tell of,
 * or null. A step that is added there is told of what is seen now, and what others said of that time was said of the run
 * before.
 */
export function toldWith(
  steps: readonly RecordedBookmark[],
  before: readonly RecordedBookmark[],
  strayed: Micros | null,
): Result<Told, InputProblem> {
  const problem = bookmarksProblem(steps);
  if (problem !== null) return failure(problem);
  const isNew = ({ at }: RecordedBookmark): boolean => !before.some((old) => old.at === at);
  const isElsewhere = ({ at }: RecordedBookmark): boolean => strayed !== null && at >= strayed;
  const anew = steps.some((step) => isNew(step) && isElsewhere(step));
  const bookmarks = steps
    .toSorted((a, b) => a.at - b.at)
    .map((step) => (anew && isElsewhere(step) && !isNew(step) ? { before: "unchecked" as const, ...step } : step));
  return success({ bookmarks, anew });
}
