import type { Micros } from "../base/units.ts";
import type { ProfileName } from "../raft/options.ts";
import type { Action, Setup } from "../world/types.ts";

export interface RecordedBookmark {
  readonly at: Micros;
  /** One sentence that is true of that moment. */
  readonly label: string;
}

/** What the page shows when it opens the recording. */
export interface RecordedView {
  readonly at: Micros;
  /** "S3", a message "S1>S3#4", a link "S1>S3", or "" for nothing. */
  readonly select: string;
  /** Virtual seconds per second, 0.001 … 100. */
  readonly speed: number;
  readonly play: boolean;
}

/** A future that was explored and left, kept so that one can return to it. */
export interface RecordedBranch {
  readonly label: string;
  /** The branch that it left: its place in `Recording.branches`, always a smaller one, or -1 for the recording's own line. */
  readonly parent: number;
  /** When it left. */
  readonly from: Micros;
  /** How many of its parent's actions it shares: those before it left. */
  readonly shared: number;
  /** Its own actions, after the shared ones. */
  readonly actions: readonly Action[];
  readonly end: Micros;
}

/**
 * Everything a run is a function of (`setup`, `actions`), and what people say about it. Times are microseconds;
 * `format.ts` has the file, `link.ts` the URL.
 */
export interface Recording {
  readonly title: string;
  /** Markdown. */
  readonly notes: string;
  /** Id of the preset that it began as, "" for none. */
  readonly preset: string;
  /** The options in `setup.raft` are this profile's but for those that were overridden. */
  readonly profile: ProfileName;
  readonly setup: Setup;
  /** Ascending in time. */
  readonly actions: readonly Action[];
  readonly bookmarks: readonly RecordedBookmark[];
  readonly view: RecordedView | null;
  /** How far the run was explored. */
  readonly end: Micros;
  readonly branches: readonly RecordedBranch[];
}

/** What is wrong with something that came from outside; `field` is a path such as "actions[3].server", "" for the whole. */
export interface InputProblem {
  readonly field: string;
  readonly message: string;
}

/** All actions of branch `index` (a place in `recording.branches`) from the start of the run; -1 is the recording's own line. */
export function actionsOfBranch(recording: Recording, index: number): readonly Action[] {
  const branch = recording.branches[index];
  if (branch === undefined) return recording.actions;
  return [...actionsOfBranch(recording, branch.parent).slice(0, branch.shared), ...branch.actions];
}
