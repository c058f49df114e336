import type { StoreApi } from "zustand/vanilla";
import type { Frame } from "../../worker/protocol/frame.ts";
import type { RequestKind, Requests } from "../../worker/protocol/requests.ts";
import type { LabState } from "../lab.ts";
import { createEngine, type Engine, type Outcome, type WorkerLike } from "./engine.ts";
import type { Notices } from "./notices.ts";
import { createQueue } from "./queue.ts";
import { reuse } from "./reuse.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** What the parts of a session share. */
export interface Ground {
  readonly store: StoreApi<LabState>;
  readonly time: VirtualClock;
  readonly notices: Notices;
}

type MovingKind = "advance" | "seek" | "visit" | "step" | "jump" | "until" | "branch" | "amend" | "take" | "viewport";
type Moved = Requests["advance"]["answer"];
/** `jump`: the run is somewhere else then; `on`: it has only gone on. */
type How = "jump" | "on";
type Work = (asks: Asks) => Promise<void>;

/** A question that changes nothing. Null: refused, or the worker died. */
export type Question<K extends RequestKind> = (ask: Requests[K]["ask"]) => Promise<Requests[K]["answer"] | null>;

export interface Asks {
  /** The first worker, or the next one after a death. */
  start(): void;
  /** Forgets what waits in the queue: the worker is dead. */
  clear(): void;
  /** Queues what moves the run, one after the other. */
  enqueue(work: Work): void;
  /** As `enqueue`, but calls that wait together become one, with the newest argument. */
  newest<T>(work: (asks: Asks, argument: T) => Promise<void>): (argument: T) => void;
  /** Asks at once, past the queue: the worker answers in the order in which it was asked. */
  ask: Engine["ask"];
  cancel: Engine["cancel"];
  /** Asks, and shows where the run is then. Work in the queue uses it. */
  move<K extends MovingKind>(kind: K, ask: Requests[K]["ask"], how: How): Promise<Outcome<K>>;
  show(moved: Moved, how: How): void;
  question<K extends RequestKind>(kind: K): Question<K>;
  /** What waits or is under way in the queue. */
  queued(): number;
  /** Questions without an answer, whatever they ask, but for `advance`. */
  unanswered(): number;
}

/** The worker as the page may use it: before `start`, and between a death and the next start, everything is lost. */
export interface Thread {
  readonly spawn: () => WorkerLike;
  /** Wall time in milliseconds, monotonic. */
  readonly now: () => number;
  readonly onDeath: (reason: string) => void;
}

/**
 * Everything that is asked of the worker. What moves it goes through one queue, one at a time, so that an act is taken
 * at the moment that the user sees. `onFrame` hears of each frame that is shown, after the state has it.
 */
export function createAsks(
  { store, time, notices }: Ground,
  { spawn, now, onDeath }: Thread,
  onFrame: (before: Frame | null, frame: Frame) => void,
): Asks {
  const engine = createEngine(spawn, onDeath, now, (working) => store.setState({ working }));
  const queue = createQueue((error) => notices.notify(`Something went wrong: ${String(error)}`, "error"));

  function show(moved: Moved, how: How): void {
    const before = store.getState();
    // What goes on comes with the parts of the frame before; what is opened may equal what no worker has said.
    const kept = how === "jump" ? reuse : <T>(_: unknown, next: T): T => next;
    const frame = kept(before.frame, moved.frame);
    const timeline = moved.timeline === null ? before.timeline : kept(before.timeline, moved.timeline);
    if (how === "jump") time.jump(frame.position.at);
    else time.reach(frame.position.at, before.speed);
    const seen = Math.max(before.seen, frame.position.at);
    if (frame !== before.frame || timeline !== before.timeline || seen !== before.seen)
      store.setState({ frame, timeline, seen });
    onFrame(before.frame, frame);
  }

  const asks: Asks = {
    start: engine.start,
    clear: queue.clear,
    enqueue: (work) => queue.add(() => work(asks)),
    newest: (work) => queue.newest((argument) => work(asks, argument)),
    ask: engine.ask,
    cancel: engine.cancel,
    async move(kind, ask, how) {
      const outcome = await engine.ask(kind, ask);
      if (outcome.kind === "answer") show(outcome.answer, how);
      else if (outcome.kind === "problem") notices.notify(outcome.problem.message, "error");
      return outcome;
    },
    show,
    question: (kind) => async (ask) => {
      const outcome = await engine.ask(kind, ask);
      if (outcome.kind === "problem") notices.notify(outcome.problem.message, "error");
      return outcome.kind === "answer" ? outcome.answer : null;
    },
    queued: queue.size,
    unanswered: () => engine.waiting("advance"),
  };
  return asks;
}
