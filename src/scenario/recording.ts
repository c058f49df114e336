import type { GroupId, Micros } from "../base/units.ts";
import type { BranchRecord } from "../history/history.ts";
import type { ProfileName } from "../raft/options.ts";
import type { Action } from "../world/acts.ts";
import type { Setup } from "../world/state/setup.ts";

export interface RecordedBookmark {
  readonly at: Micros;
  /** One sentence that is true of that moment. */
  readonly label: string;
  /** It was said of the run before this one, which had other rules, options or acts, and is false here, or nobody has checked. */
  readonly before?: "unchecked" | "false";
  /** The condition by which its moment was found. */
  readonly when?: string;
}

/** A bookmark whose moment is not known yet, or that has none in this run: the first at which a condition holds. */
export type SoughtBookmark = Omit<RecordedBookmark, "at"> & { readonly when: string };

/** The state at a moment as one version of the engine has it. */
export interface Seen {
  readonly engine: number;
  /** 16 hex digits; the first 8 where an address said it. */
  readonly hash: string;
}

/** What the page shows when it opens the recording. */
export interface RecordedView {
  readonly at: Micros;
  /** After exactly so many events and acts of that instant, as `Action.order`; without it after all of them. */
  readonly order?: number;
  /** What its author saw there; without it nobody can tell whether it is the same. */
  readonly seen?: Seen;
  /** "S3", a message "S1>S3#4", a link "S1>S3", or "" for nothing. */
  readonly select: string;
  /** Virtual seconds per second, 0.001 … 100. */
  readonly speed: number;
  readonly play: boolean;
  /** The Raft group that is shown; without it the first. */
  readonly group?: GroupId;
  /** From here on it is not the run of which the bookmarks tell: somebody acted. */
  readonly strayed?: Micros;
  /** The line of acts that the bookmarks tell of, counted as `Recording.branch`; without it the recording's own. */
  readonly told?: number;
  /** What comes is not shown before time gets there. */
  readonly hide?: boolean;
  /** Time passes slowly where something is at stake, quickly where nothing happens. */
  readonly guided?: boolean;
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
  /** Found when the recording is opened (`sought.ts`). */
  readonly sought?: readonly SoughtBookmark[];
  readonly view: RecordedView | null;
  /** How far the run was explored. */
  readonly end: Micros;
  /**
   * Futures that were explored and left, in the order in which they were begun. `parent` 0 is the recording's own line,
   * n the n-th of this list; always an earlier one.
   */
  readonly branches: readonly BranchRecord[];
  /** The one that was open, counted in the same way. */
  readonly branch: number;
}

/** What is wrong with something that came from outside; `field` is a path such as "actions[3].server", "" for the whole. */
export interface InputProblem {
  readonly field: string;
  readonly message: string;
  /** What is wrong stands so many characters into the field, which is a text. */
  readonly within?: number;
  /** Where in the text, if there is one. */
  readonly place?: Place;
}

/** Both counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}
