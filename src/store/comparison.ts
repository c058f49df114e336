import type { Micros } from "../base/units.ts";
import { formatRecording, parseRecording } from "../scenario/format.ts";
import type { PairSide } from "../worker/protocol/pair.ts";
import { page } from "./page.ts";
import { lab, labState } from "./use-lab.ts";

/** The run goes on as one of two that were compared, from that moment. */
export function keepSide(side: PairSide, at: Micros): void {
  page.closeDialog();
  if ("branch" in side) {
    if (labState().timeline?.current !== side.branch) lab.switchBranch(side.branch);
    return lab.seek(at);
  }
  const read = parseRecording(side.file);
  if (!read.ok) return;
  const bookmarks = read.value.bookmarks.map(({ at: time, label }) => ({
    at: time,
    label,
    before: "unchecked" as const,
  }));
  const view = { at, select: "", speed: labState().pace.speed, play: false };
  lab.open({ from: "file", text: formatRecording({ ...read.value, bookmarks, view }) });
}
