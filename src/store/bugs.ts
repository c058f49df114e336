import { type BugName, corrected, emptied, type ShownBug, shownBugs, withBugs } from "../scenario/bugs.ts";
import { formatRecording, parseRecording } from "../scenario/format.ts";
import { valueText } from "../scenario/option-kinds.ts";
import type { Recording } from "../scenario/recording.ts";
import { lab, session } from "./use-lab.ts";

/** Rules that can be switched off; loaded when somebody wants to. */

export { type BugName, type ShownBug, shownBugs };

/** "Pre-vote: yes, Reads: ReadIndex: a round of heartbeats"; "" if it needs nothing. */
export const needsText = ({ needs }: ShownBug): string =>
  needs.map(({ title, kind, value }) => `${title}: ${valueText(kind, value)}`).join(", ");

async function recordingNow(): Promise<Recording | null> {
  const text = await session.share("file");
  const read = text === null ? null : parseRecording(text);
  return read?.ok ? read.value : null;
}

const open = (recording: Recording): void => lab.open({ from: "file", text: formatRecording(recording) });
/** A run without these rules in which nothing has been done. */
export async function breakRules(names: readonly BugName[]): Promise<void> {
  const recording = await recordingNow();
  if (recording !== null) open(emptied({ ...withBugs(recording, names), title: "A run of your own" }));
}

/** The same acts with every rule on, at their end: what the correct algorithm makes of them. */
export async function tryCorrect(): Promise<void> {
  const recording = await recordingNow();
  if (recording === null) return;
  open({ ...corrected(recording), view: { at: recording.end, select: "", speed: 0.05, play: false } });
}
