import type { GroupId, Micros } from "../../base/units.ts";
import type { Letter } from "../../lesson/lesson.ts";
import type { GameName } from "../../scenario/game-name.ts";
import type { Act } from "../../world/acts.ts";
import type { ActRow, Edit, Edited } from "./acts.ts";
import type { Again } from "./again.ts";
import type { OperationRow } from "./clients.ts";
import type { Diagram, DiagramAsk } from "./diagram.ts";
import type { Exploration } from "./exploration.ts";
import type { ExportAsk, Exported, ExportFormat } from "./export.ts";
import type { Catalogue } from "./faults.ts";
import type { FeedFilter, FeedRow } from "./feed.ts";
import type { Frame, Viewport } from "./frame.ts";
import type { GameScore } from "./game.ts";
import type { LessonCard, Tick } from "./lesson.ts";
import type { Metrics, MetricsAsk } from "./metrics.ts";
import type { OutlookView } from "./outlook.ts";
import type { Pair, PairMoment, PairSide } from "./pair.ts";
import type { Patch } from "./patch.ts";
import type { Bookmark, MarkKind, RunInfo, Timeline } from "./run.ts";
import type { RuleSheet, SheetAsk } from "./sheet.ts";
import type { ToldFile, ToldFormat } from "./told.ts";
import type { Verdict } from "./verdict.ts";
import type { About, Differences, PastEvent, Story, StoryAbout, Why } from "./why.ts";

/**
 * What crosses the thread. Plain JSON-safe data. Every request gets exactly one answer, in order but for `open`, which
 * is worked at beside the others; the page never waits for one before it paints.
 */

export type Source =
  | { readonly from: "preset"; readonly id: string }
  /** A step, counted from 1, as it begins; with what does one of its tasks (`show`), or what would follow from an answer (`counter`). */
  | {
      readonly from: "lesson";
      readonly id: string;
      readonly step: number;
      readonly show?: string;
      readonly counter?: Letter;
    }
  /** A run of the game (`scenario/game-name.ts`); round 0: every rule is on. */
  | { readonly from: "game"; readonly round: number; readonly as?: GameName["as"] }
  /** A text, and what its file is called: a recording, a link, or what another program wrote. */
  | { readonly from: "file"; readonly text: string; readonly name?: string }
  | ToldSource
  /** The fragment of a URL, without "#". */
  | { readonly from: "link"; readonly fragment: string };

/** What a run of ours is opened from. */
export type OwnSource = Exclude<Source, ToldSource>;

/**
 * What another program wrote, however much (`exchange/in`): several files are one run. Left out: `format`, it is
 * recognised; `offsets`, in milliseconds by file, none; `patterns`, those that come along.
 */
export interface ToldSource {
  readonly from: "told";
  readonly files: readonly ToldFile[];
  readonly format?: string;
  readonly offsets?: readonly number[];
  readonly patterns?: string;
  /** The files are those of `ToldInfo.reading`: they are not read again where only the offsets are others. */
  readonly reading?: number;
  /** The moment that is shown first. */
  readonly view?: { readonly at: Micros; readonly event: number };
}

/** What is wrong with something that came from outside: `field` is a path such as "actions[3].server". */
export interface InputProblem {
  readonly field: string;
  readonly message: string;
  /** Where in a file's text; both counted from 1. */
  readonly place?: { readonly line: number; readonly column: number };
}
export interface ViewState {
  readonly at: Micros;
  readonly select: string;
  readonly speed: number;
  /** Without it the first. */
  readonly group?: GroupId;
}
export interface Moved {
  readonly frame: Frame;
  /** null if it has not changed since the last one that was sent. */
  readonly timeline: Timeline | null;
}

export interface Requests {
  /** Makes a run ready beside the one that is shown, which goes on answering; a problem if the source is not valid. */
  open: {
    /** `kept`: a file; where it has the run that the source names, it is opened with all its branches, and `kept` is true. */
    ask: { readonly source: Source; readonly kept?: string };
    answer: { readonly run: number; readonly kept: boolean };
  };
  /** Shows a run that was opened, once, instead of the one before. */
  enter: { ask: { readonly run: number }; answer: Moved & { readonly info: RunInfo } };
  /**
   * Runs forward (never back) to time `to`, or as far as it gets in a slice of some milliseconds; stops at a violation,
   * and where one of `stops` (conditions, at most `stopsMost`) comes true: the frame says which.
   */
  advance: { ask: { readonly to: Micros; readonly stops?: readonly string[] }; answer: Moved };
  seek: { ask: { readonly to: Micros }; answer: Moved };
  /** To a position of the feed. */
  visit: { ask: { readonly event: number }; answer: Moved };
  step: { ask: { readonly direction: 1 | -1 }; answer: Moved };
  jump: { ask: { readonly mark: MarkKind; readonly direction: 1 | -1 }; answer: Moved & { readonly found: boolean } };
  /** Acting in the past branches. */
  act: {
    ask: { readonly at: Micros; readonly act: Act };
    answer: Moved & { readonly branched: boolean; readonly refused: string | null };
  };
  /** What was done on the branch that is shown, as far as it is known. */
  acts: { ask: Record<never, never>; answer: { readonly rows: readonly ActRow[] } };
  /** One of these changed or taken out: another branch, which is shown then. */
  edit: { ask: Edit; answer: Moved & Edited };
  /** Other steps for the run, in any order; a problem where a file could not hold them. */
  steps: { ask: { readonly steps: readonly Bookmark[] }; answer: Moved & { readonly steps: readonly Bookmark[] } };
  branch: { ask: { readonly branch: number }; answer: Moved };
  /** Another name for a branch, "" for none; null: it is forgotten (never the first), and where it is shown, its parent is. */
  amend: { ask: { readonly branch: number; readonly label: string | null }; answer: Moved };
  viewport: { ask: Viewport; answer: Moved };
  /**
   * Newest first, from the present position (or `before`) back. `from`: the oldest event that was looked at, where the
   * next question goes on (`before: from`). `more`: there may be older rows, also where this answer has none.
   */
  feed: {
    ask: { readonly filter: FeedFilter; readonly before: number | null; readonly limit: number };
    answer: { readonly rows: readonly FeedRow[]; readonly from: number; readonly more: boolean };
  };
  /** The run in words, up to the moment that is shown: every event that fits (`events`), or for a bug report (`markdown`). */
  report: {
    ask: {
      readonly as: "events" | "markdown";
      readonly filter: FeedFilter;
      /** The address of the page, without "#". */
      readonly page: string;
      readonly view: ViewState;
    };
    answer: { readonly text: string };
  };
  /**
   * `link`: the fragment, for somebody else. `address`: for this page, "" where it would be too long. `file`:
   * *.raft.json. `save`: as `file`, with every branch.
   */
  share: {
    ask: { readonly as: "link" | "address" | "file" | "save"; readonly view: ViewState };
    answer: { readonly text: string };
  };
  /** A stretch of the present branch in another program's format, whole once it has been made; it moves nothing. A problem where there is no such format. */
  export: { ask: ExportAsk; answer: Exported };
  formats: { ask: Record<never, never>; answer: { readonly formats: readonly ExportFormat[] } };
  /** What may happen next, and where one has been: for a manual network. */
  explore: { ask: Record<never, never>; answer: Exploration };
  /** The rules that a server follows, how often it has, and what it did by them in the last event. */
  sheet: { ask: SheetAsk; answer: RuleSheet };
  /** A stretch of the present branch as a space-time diagram, as far as it has been run. */
  diagram: { ask: DiagramAsk; answer: Diagram };
  /** A stretch of the present branch as a monitoring system would show it, as far as it has been run. */
  metrics: { ask: MetricsAsk; answer: Metrics };
  /** What is watched; and where a property broke, what broke it. */
  verdict: { ask: Record<never, never>; answer: Verdict };
  /**
   * The clients' history up to the present moment, or to the end of the branch: rows in the order of their calls, at
   * most 5,000. `from`: how many to pass over; negative: counted from the last. The thread `linearize.ts` takes them as they are.
   */
  history: {
    ask: { readonly until: "now" | "end"; readonly from: number; readonly limit: number };
    answer: { readonly rows: readonly OperationRow[]; readonly from: number; readonly total: number };
  };
  /** The run that is shown beside another one with the same acts, a file, both up to that time. */
  again: { ask: { readonly file: string; readonly until: Micros; readonly group: GroupId }; answer: Again };
  /** Why something is as it is at the present place; null: it is not there, or nothing has happened to it. */
  why: { ask: { readonly about: About }; answer: { readonly why: Why | null } };
  /** What led to an event, and to that, and so on: the newest first, at most `most` (200). */
  causes: {
    ask: { readonly event: number; readonly most: number };
    answer: { readonly events: readonly PastEvent[]; readonly more: boolean };
  };
  /** How something came about, in a dozen steps at most; null: there is no such thing. */
  story: { ask: { readonly about: StoryAbout }; answer: { readonly story: Story | null } };
  /** Where two branches differ first, and in what: at that time, or (null) each at its own end. */
  compare: {
    ask: { readonly branch: number; readonly other: number; readonly at: Micros | null };
    answer: Differences;
  };
  /** All that can come of the present moment in so many steps (1 … 6), whatever happens in which order. */
  outlook: { ask: { readonly steps: number }; answer: OutlookView };
  /** One of these ways, by its place, on a branch of its own; refused: why it cannot be. */
  take: { ask: { readonly way: number }; answer: Moved & { readonly refused: string | null } };
  /** Two runs side by side, beside the run that is shown; those that were looked at before are forgotten. */
  pair: {
    ask: { readonly left: PairSide; readonly right: PairSide; readonly group: GroupId };
    answer: Pair;
  };
  /** These two at a time, or one step after or before it; null: none are looked at. */
  both: {
    ask: { readonly at: Micros; readonly step: 1 | 0 | -1 };
    answer: { readonly moment: PairMoment | null };
  };
  /**
   * Runs on to where a condition (`scenario/condition`) comes true, looking at most `within` ahead; where it holds
   * already, it must first cease. Not found: nothing has moved. A problem with a place: the condition's text is wrong there.
   */
  until: {
    ask: { readonly condition: string; readonly group: GroupId; readonly within: Micros };
    answer: Moved & { readonly found: boolean };
  };
  /** Every lesson, in its order. */
  lessons: { ask: Record<never, never>; answer: { readonly lessons: readonly LessonCard[] } };
  /**
   * Of the step to which the run belongs: where each of its tasks came true since it began, on this branch and up to this
   * moment or one that was asked about before; then the same of its question's run. Of a counter-example: what it shows.
   */
  ticks: { ask: Record<never, never>; answer: { readonly ticks: readonly (Tick | null)[] } };
  /** Of a run of the game: what was tried on this branch up to this moment, and what came of it. Null: it is none. */
  game: { ask: Record<never, never>; answer: { readonly score: GameScore | null } };
  /** Every fault that there is, as data for forms. */
  faults: { ask: Record<never, never>; answer: Catalogue };
  /** Every format of other programs that can be read. */
  readable: { ask: Record<never, never>; answer: { readonly formats: readonly ToldFormat[] } };
  /** For tests of the supervisor. */
  break: { ask: { readonly how: "throw" | "hang" }; answer: Record<string, never> };
}
export type RequestKind = keyof Requests;
export type Request = {
  [K in RequestKind]: { readonly id: number; readonly kind: K } & Requests[K]["ask"];
}[RequestKind];
export type ToWorker =
  | Request
  /** The request of that id need not be answered any more, except for saying so. One that is done by then stays done. */
  | { readonly kind: "cancel"; readonly id: number };
export type FromWorker =
  | { readonly kind: "answer"; readonly id: number; readonly answer: Requests[RequestKind]["answer"] }
  /** An answer to `advance` or `viewport`: what its frame and timeline have become since the answer before that had a frame. */
  | { readonly kind: "changed"; readonly id: number; readonly frame: Patch; readonly timeline: Patch }
  | { readonly kind: "problem"; readonly id: number; readonly problem: InputProblem }
  /** It was told to stop, and has left everything as it was. */
  | { readonly kind: "cancelled"; readonly id: number }
  /**
   * Of a request that takes long, several times a second: `done` of `of`, in whatever it counts. `silent`: then nothing may
   * come for so many milliseconds, and all is well.
   */
  | {
      readonly kind: "progress";
      readonly id: number;
      readonly done: number;
      readonly of: number;
      readonly silent?: number;
    }
  /** Every 250 ms of wall time while alive. */
  | { readonly kind: "alive" };
