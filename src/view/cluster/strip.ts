import type { Term } from "../../base/units.ts";
import type { LogCell, ServerView } from "../../worker/protocol/server.ts";
import { termColour } from "../kit/term-fill.ts";

interface Strip {
  /** The newest entries, as many as there is room for. */
  readonly shown: readonly LogCell[];
  /** What stands before the first of them, in the place of one cell. */
  readonly before: "older" | "snapshot" | null;
}

/** The end of a log, in `room` cells. */
export function stripOf({ tail, lastIndex, base }: ServerView, room: number): Strip {
  const entries = lastIndex - base;
  const whole = entries === tail.length;
  if (base === 0 && whole && entries <= room) return { shown: tail, before: null };
  if (whole && entries < room) return { shown: tail, before: "snapshot" };
  const shown = room === 1 ? [] : tail.slice(-(room - 1));
  return { shown, before: shown.length > 0 ? "older" : base > 0 ? "snapshot" : null };
}

/** Cells side by side that look the same. */
export interface CellRun {
  /** Of the first of them; the others have its colour. */
  readonly term: Term;
  readonly committed: boolean;
  /** Its first cell, counted from 0, and how many there are. */
  readonly from: number;
  readonly count: number;
}

/** `committed`: so many of the cells, from the first on, are committed. */
export function runsOf(cells: readonly Pick<LogCell, "term">[], committed: number): readonly CellRun[] {
  const runs: CellRun[] = [];
  cells.forEach(({ term }, i) => {
    const last = runs.at(-1);
    const goesOn = last?.committed === i < committed && termColour(last.term) === termColour(term);
    if (goesOn) runs[runs.length - 1] = { ...last, count: last.count + 1 };
    else runs.push({ term, committed: i < committed, from: i, count: 1 });
  });
  return runs;
}
