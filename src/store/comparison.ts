import type { Micros } from "../base/units.ts";
import { formatRecording, parseRecording } from "../scenario/format.ts";
import { type Compared, page } from "./page.ts";
import { openedRun } from "./story.ts";
import { lab, labState, session } from "./use-lab.ts";

/**
 * The run goes on as one of two that were compared, from that moment: there it can be acted in. What comes of that can be compared with
 * the other side again (`actions/run.ts`).
 */
export async function goOnWith(both: readonly [Compared, Compared], place: 0 | 1, at: Micros): Promise<void> {
  const { side } = both[place];
  const other = both[1 - place]!;
  page.closeDialog();
  if ("branch" in side) {
    page.keep({ place, other, run: openedRun(labState()) });
    if (labState().timeline?.current !== side.branch) lab.switchBranch(side.branch);
    lab.seek(at);
  } else {
    const kept = await asFile(other);
    if (!openAt(side.file, at)) return;
    page.keep(kept === null ? null : { place, other: kept, run: null });
  }
  session.notify("Act here. “Compare again” (Shift+A) sets what comes of it beside the other side.");
}

/** What can be looked at from another run, too; null: it is a branch that is not shown. */
async function asFile(compared: Compared): Promise<Compared | null> {
  const { side } = compared;
  if ("file" in side) return compared;
  const file = labState().timeline?.current === side.branch ? await session.share("file") : null;
  return file === null ? null : { ...compared, side: { file } };
}

function openAt(file: string, at: Micros): boolean {
  const read = parseRecording(file);
  if (!read.ok) return false;
  const bookmarks = read.value.bookmarks.map(({ at: time, label }) => ({
    at: time,
    label,
    before: "unchecked" as const,
  }));
  const view = { at, select: "", speed: labState().pace.speed, play: false };
  lab.open({ from: "file", text: formatRecording({ ...read.value, bookmarks, view }) });
  return true;
}
