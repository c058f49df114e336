import { toMillis } from "../base/units.ts";
import { writeAction } from "../scenario/acts.ts";
import { type BugName, withBugs } from "../scenario/bugs.ts";
import { readRecording, writeRecording } from "../scenario/format.ts";
import type { Recording } from "../scenario/recording.ts";
import type { Doing } from "./lesson.ts";

/**
 * The run of a step in which this is done from its beginning on, instead of what its recording goes on with, up to
 * `untilMs` after it. `off`: rules that are off, from the run's own beginning. Throws where an act does not fit.
 */
export function performed(recording: Recording, { acts, untilMs }: Doing, off: readonly string[] = []): Recording {
  const start = recording.view?.at ?? 0;
  const from = toMillis(start);
  const read = readRecording({
    ...writeRecording(recording),
    actions: [
      ...recording.actions.filter(({ at }) => at <= start).map(writeAction),
      ...acts.map(({ afterMs, ...act }) => ({ atMs: from + afterMs, ...act })),
    ],
    endMs: from + untilMs,
  });
  if (!read.ok) throw new Error(`${read.problem.field} ${read.problem.message}`);
  return off.length === 0 ? read.value : withBugs(read.value, off as readonly BugName[]);
}
