import { parseRecording, writeRecording } from "./format.ts";
import type { Recording } from "./recording.ts";

/**
 * The run that `text`, a file, has kept, with its other branches, shown where `named` is: an address names one branch.
 * Null: what was kept is another run, or none of its branches is the one that is named.
 */
export function keptRun(named: Recording, text: string): Recording | null {
  const read = parseRecording(text);
  if (!read.ok || textOf(read.value) !== textOf(named)) return null;
  const kept = read.value;
  const wanted = actsOf(kept, named.actions);
  const lines = [kept.actions, ...kept.branches.map(({ actions }) => actions)].map((line) => actsOf(kept, line));
  // Two branches may have the same acts, where one has done nothing yet: then it is the one that was shown.
  const branch = lines[kept.branch] === wanted ? kept.branch : lines.indexOf(wanted);
  return branch < 0 ? null : { ...kept, view: named.view, branch };
}

/** All that a run begins with, and what is said of it. */
const textOf = (recording: Recording): string =>
  JSON.stringify(writeRecording({ ...recording, actions: [], branches: [], branch: 0, view: null, end: 0 }));

const actsOf = (recording: Recording, actions: Recording["actions"]): string =>
  JSON.stringify(writeRecording({ ...recording, actions, branches: [], branch: 0, view: null }).actions);
