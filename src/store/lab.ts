import type { GroupId, LogIndex, Micros, ServerId } from "../base/units.ts";
import type { Frame } from "../worker/protocol/frame.ts";
import type { InputProblem, RequestKind, Source } from "../worker/protocol/requests.ts";
import type { MarkKind, RunInfo, Timeline } from "../worker/protocol/run.ts";
import type { Act } from "../world/acts.ts";
import type { DirectedLink, MessageRef } from "../world/state/messages.ts";

/** What the user has picked. Messages are picked by id (`MessageView.id`). */
export type Selection =
  | { readonly kind: "server"; readonly id: ServerId }
  | { readonly kind: "message"; readonly id: string; readonly ref: MessageRef }
  | { readonly kind: "link"; readonly link: DirectedLink }
  | null;

/** `starting`: no frame yet. `restoring`: the worker died and the run is being rebuilt. `failed`: it died too often. */
export type LabStatus = "starting" | "ready" | "restoring" | "failed";

export interface Notice {
  readonly id: number;
  readonly tone: "info" | "error";
  readonly text: string;
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
  /** Virtual seconds per second: 0.001 … 100. */
  readonly speed: number;
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
  pause(): void;
  setSpeed(speed: number): void;
  seek(to: Micros): void;
  step(direction: 1 | -1): void;
  jump(kind: MarkKind, direction: 1 | -1): void;
  /** To the newest moment of this branch. */
  live(): void;
  /** To the state right after that event (a row of the feed). */
  visit(event: number): void;
  switchBranch(id: number): void;
  /** To the state after that event of that branch. */
  go(branch: number, event: number): void;
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
