import type { GroupId, LogIndex, Micros, ServerId, Term } from "../base/units.ts";
import type { Frame } from "../worker/protocol/frame.ts";
import type { InputProblem, RequestKind, Source } from "../worker/protocol/requests.ts";
import type { MarkKind, RunInfo, Timeline } from "../worker/protocol/run.ts";
import type { Act } from "../world/acts.ts";
import type { DirectedLink, MessageRef } from "../world/state/messages.ts";

/** What stands on the stage. Messages are picked by id (`MessageView.id`). */
export type Standing =
  | { readonly kind: "server"; readonly id: ServerId }
  | { readonly kind: "message"; readonly id: string; readonly ref: MessageRef }
  | { readonly kind: "link"; readonly link: DirectedLink };
/** What has a life that can be told: an entry of a log, a client's operation by its number, a term. */
export type Followed =
  | { readonly kind: "entry"; readonly index: LogIndex; readonly term: Term }
  | { readonly kind: "command"; readonly number: number }
  | { readonly kind: "term"; readonly term: Term };
/** What the user has picked. */
export type Selection = Standing | Followed | null;

/** `starting`: no frame yet. `restoring`: the worker died and the run is being rebuilt. `failed`: it died too often. */
export type LabStatus = "starting" | "ready" | "restoring" | "failed";

export interface Notice {
  readonly id: number;
  readonly tone: "info" | "error";
  readonly text: string;
  /** It tells of the run that is shown, and goes with it. */
  readonly ofRun?: true;
}

/** `guided`: slowly where something is at stake, quickly where nothing happens; `speed` rules where it is off, and in links. */
export interface Pace {
  readonly speed: number;
  readonly guided: boolean;
}

/** What is said of a saved run. `savedAt`: milliseconds since 1970. */
export interface Offer {
  readonly title: string;
  readonly savedAt: number;
}

/** What React renders from. Parts of `frame` and `timeline` keep their identity while they are equal. */
export interface LabState {
  readonly status: LabStatus;
  readonly frame: Frame | null;
  readonly timeline: Timeline | null;
  readonly info: RunInfo | null;
  readonly playing: boolean;
  /** Virtual seconds per second, 0.001 … 100: how fast time passes just now. */
  readonly speed: number;
  /** How fast it passes by itself. */
  readonly pace: Pace;
  /** Time runs up to this moment and stops there; null: it runs on. */
  readonly until: Micros | null;
  /** Conditions at which time stops wherever one comes true, in the order in which they were kept. */
  readonly stops: readonly string[];
  /** The latest moment of this run that was shown. */
  readonly seen: Micros;
  readonly selection: Selection;
  /** Why the last link or file was refused; the run goes on. */
  readonly problem: InputProblem | null;
  readonly notices: readonly Notice[];
  /** What takes long just now, and how much of it is done (0 … 1); null: nothing does. */
  readonly working: { readonly kind: RequestKind; readonly done: number } | null;
  /** An earlier run that can be restored, offered after a reload. */
  readonly offer: Offer | null;
}

/** What views may ask for. All return at once; the outcome arrives as state. */
export interface LabCommands {
  open(source: Source): void;
  /** Stops what takes long; everything stays as it was. */
  cancel(): void;
  act(act: Act): void;
  play(): void;
  /** Lets time pass up to `to`, in `millis` of wall time, or else at the run's own pace; `stop`: or until this condition comes true. */
  playTo(to: Micros, millis?: number, stop?: string): void;
  pause(): void;
  /** At this speed from here on, whatever happens. */
  setSpeed(speed: number): void;
  setGuided(guided: boolean): void;
  seek(to: Micros): void;
  step(direction: 1 | -1): void;
  jump(kind: MarkKind, direction: 1 | -1): void;
  /** To where the condition comes true, looking so far ahead at most; where it does not, nothing moves. */
  runUntil(condition: string, within: Micros): void;
  /** From now on time stops wherever the condition comes true, until it is forgotten. */
  keepStop(condition: string): void;
  forgetStop(condition: string): void;
  /** To the newest moment of this branch. */
  live(): void;
  /** To the state right after that event (a row of the feed). */
  visit(event: number): void;
  /** To the state after that event, with that message selected. */
  visitMessage(event: number, ref: MessageRef): void;
  switchBranch(id: number): void;
  /** To the state after that event of that branch. */
  go(branch: number, event: number): void;
  /** For a network in hand: to the state before the one that the run is in when its turn comes. Where it began it stays. */
  undo(): void;
  /** Lets every disk write that is under way finish: for a network in hand, where nothing else happens by itself. */
  finishWrites(): void;
  select(selection: Selection): void;
  showLogs(from: LogIndex, count: number): void;
  /** Which Raft group the servers, their logs and the feed are shown in. */
  showGroup(group: GroupId): void;
  dismissProblem(): void;
  dismissNotice(id: number): void;
  restore(accept: boolean): void;
}

/**
 * The page's own clock, for the animation loop only: the virtual time to draw now, in microseconds. Never beyond
 * `frame.nextAt`, so what is drawn from the frame is true.
 */
export type Clock = () => Micros;
