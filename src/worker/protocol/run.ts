import type { GroupId, Micros, ServerId, Term } from "../../base/units.ts";
import type { Mark as Found, MarkKind } from "../../history/marks.ts";
import type { GameView } from "./game.ts";
import type { LessonView } from "./lesson.ts";
import type { ToldInfo } from "./told.ts";

/** The run as a whole. */

export type { MarkKind };
export interface Mark extends Pick<Found, "at" | "event" | "kind" | "server" | "group"> {
  /** Short: "S4 leads term 3" (", group 2" where there are several), "S1 crashed", "cut". */
  readonly label: string;
  /** Which of the branch's acts it is, counted from 0; left out where it is none: a nemesis struck, or an event came. */
  readonly act?: number;
}
export interface BranchView {
  readonly id: number;
  readonly label: string;
  /** The branch that it left, and where; -1 and 0 for the first. */
  readonly parent: number;
  readonly from: Micros;
  readonly end: Micros;
}
export interface Bookmark {
  readonly at: Micros;
  readonly label: string;
  /** It was said of the run before this one, with other rules, options or acts: it is false here, or nobody has checked. */
  readonly before?: "unchecked" | "false";
  /** The condition by which its moment was found. */
  readonly when?: string;
}
export interface Timeline {
  /** Highest term of any server in the group that is shown, from each time on; ascending. */
  readonly terms: readonly { readonly from: Micros; readonly term: Term }[];
  /** Marks thin out where there are more than the page can draw: commits and requests beyond 600, all others beyond 2000. */
  readonly marks: readonly Mark[];
  readonly branches: readonly BranchView[];
  readonly current: number;
  readonly end: Micros;
}
export interface BugView {
  readonly name: string;
  readonly title: string;
}
/** An option that differs: `run`: from what the run has, or the run's profile. */
export interface OwnOption {
  readonly title: string;
  readonly here: string;
  readonly run: string;
}
export interface RunInfo {
  readonly title: string;
  readonly notes: string;
  /** "as in the Raft paper, 5 servers"; "…, 2 groups" where there are several; "…, seed 7" in what is no preset. */
  readonly summary: string;
  /** In what the run's options differ from its profile's (`run`), in words. */
  readonly differs: readonly OwnOption[];
  /** What they give up that production refuses, in sentences. */
  readonly givesUp: readonly string[];
  /** Servers that follow other options than the run's: what each is called, and what it is here and in the run, in words. */
  readonly ownOptions: readonly { readonly server: ServerId; readonly options: readonly OwnOption[] }[];
  /** Preset id, "" if the run is the user's own. */
  readonly preset: string;
  readonly bookmarks: readonly Bookmark[];
  /** Those of which the condition never comes true in this run; left out: none. */
  readonly sought?: readonly Omit<Bookmark, "at">[];
  /** What the link or file asks the page to show. */
  readonly view: {
    readonly at: Micros;
    readonly select: string;
    readonly speed: number;
    readonly play: boolean;
    /** Without it the first. */
    readonly group?: GroupId;
    /** What comes is not shown before time gets there. */
    readonly hide?: boolean;
    readonly guided?: boolean;
  } | null;
  /** Rules that are switched off: with any of them this is not Raft. In a round of the game the one that is to be found is left out. */
  readonly bugs: readonly BugView[];
  /** Set if the recording ends in another state than its author saw: made by another version. */
  readonly mismatch: string | null;
  /** Ids of the presets that are told one after the other, this one among them; empty: it was opened alone. */
  readonly play: readonly string[];
  /** It belongs to a step of a lesson. */
  readonly lesson?: LessonView;
  /** It is a run of the game. */
  readonly game?: GameView;
  /** Another program told of it. */
  readonly told?: ToldInfo;
}
