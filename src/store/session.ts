import { createActor } from "xstate";
import type { StoreApi } from "zustand/vanilla";
import type { Micros } from "../base/units.ts";
import { microsPerMilli } from "../base/units.ts";
import type { Frame, InputProblem, Requests, RunInfo, Source, Viewport } from "../worker/protocol.ts";
import type { Act } from "../world/types.ts";
import type { Autosave } from "./autosave.ts";
import { createEngine, type Engine, type Outcome, type WorkerLike } from "./engine.ts";
import type { Clock, LabCommands, LabState, LabStatus, Notice } from "./lab.ts";
import { type PlaybackState, playbackMachine } from "./playback.ts";
import { reuse } from "./reuse.ts";
import { readSelection, selectionText } from "./selection.ts";
import { clampSpeed, speedDefault } from "./speed.ts";

/** What the session needs from the browser; a test brings its own. */
export interface Surroundings {
  readonly spawn: () => WorkerLike;
  readonly autosave: Autosave;
  /** Wall time in milliseconds: monotonic, and since 1970. */
  readonly now: () => number;
  readonly date: () => number;
}

export interface Session {
  readonly commands: LabCommands;
  readonly clock: Clock;
  /** Questions that change nothing. Null: refused, or the worker died. */
  feed(ask: Requests["feed"]["ask"]): Promise<Requests["feed"]["answer"] | null>;
  /** The fragment of a link to this moment, or the text of a file. Null if it cannot be had now. */
  share(as: "link" | "file"): Promise<string | null>;
  /** Starts the worker and opens `first`, or the first preset; call once. */
  begin(surroundings: Surroundings, first: Source | null): void;
  /** One animation frame at wall time `now`, in milliseconds. */
  tick(now: number): void;
  /** Writes the run to storage if it has changed since. */
  keep(): Promise<void>;
  /** From `failed`: one more try. */
  retry(): void;
  /** Opens the run's scenario again as it was at first. */
  restart(): void;
  notify(text: string, tone?: Notice["tone"]): void;
  /** Shows why something that came from outside was not opened. */
  refuse(problem: InputProblem): void;
  /** True while something that the user asked for is under way. */
  busy(): boolean;
  breakWorker(how: "throw" | "hang"): void;
}

export const emptyLab: LabState = {
  status: "starting",
  frame: null,
  timeline: null,
  info: null,
  playing: false,
  speed: speedDefault,
  selection: null,
  problem: null,
  notices: [],
  offer: null,
};

const firstPreset: Source = { from: "preset", id: "first-election" };
/** No more than this much wall time passes in one animation frame: after a sleep the run goes on where it was. */
const stepMax = 100;
/** An act is tried again after the worker's death this often: the one that kills it must not do so for ever. */
const triesMax = 2;

type Moved = Requests["advance"]["answer"];
interface WaitingAct {
  readonly act: Act;
  tries: number;
}

/**
 * One run on the page. Everything that moves the worker goes through one queue, one at a time, so that an act is
 * taken at the moment that the user sees; playing asks only while the queue is empty.
 */
export function createSession(store: StoreApi<LabState>): Session {
  let engine: Engine | null = null;
  let surroundings: Surroundings | null = null;
  const playback = createActor(playbackMachine);

  /** The virtual time that is drawn, and the one that playing has come to; drawn <= wanted. */
  let drawn = 0;
  let wanted = 0;
  let lastTick = 0;
  /** From what a dead worker's run is rebuilt, and whether the user has changed anything in it. */
  let base: Source = firstPreset;
  /** What the user opened last. */
  let origin: Source = firstPreset;
  let touched = false;
  let keptAt = -1;
  let keptText = "";
  let told = false;
  let viewport: Viewport | null = null;
  let earlier: string | null = null;

  // ---- state for React ----------------------------------------------------------------------------------

  function patch(part: Partial<LabState>): void {
    store.setState(part);
  }

  let noticeId = 0;
  function notify(text: string, tone: Notice["tone"] = "info"): void {
    const notice = { id: ++noticeId, tone, text };
    const others = store.getState().notices.filter((n) => n.text !== text);
    patch({ notices: [...others, notice].slice(-3) });
  }

  function problem(found: InputProblem): void {
    patch({ problem: found });
  }

  playback.subscribe((snapshot) => {
    const state: PlaybackState = snapshot.value;
    const status: LabStatus = state === "paused" || state === "playing" ? "ready" : state;
    patch({ status, playing: state === "playing" });
  });

  // ---- the queue ----------------------------------------------------------------------------------------

  let tail: Promise<void> = Promise.resolve();
  let queued = 0;
  let epoch = 0;
  /** The queue holds an advance of the playing clock, which nobody waits for. */
  let advancing = false;

  /** Runs `work` after everything before it; not at all if the worker dies first. */
  function enqueue(work: (engine: Engine) => Promise<void>): void {
    const born = epoch;
    queued += 1;
    tail = tail.then(async () => {
      if (born === epoch && engine !== null) await work(engine);
      if (born === epoch) queued -= 1;
    });
  }

  function clearQueue(): void {
    epoch += 1;
    queued = 0;
    advancing = false;
    tail = Promise.resolve();
  }

  /** Like `enqueue`, but calls that wait together become one, with the newest argument. */
  function newestOnly<T>(work: (engine: Engine, argument: T) => Promise<void>): (argument: T) => void {
    let next: { readonly argument: T } | null = null;
    return (argument) => {
      const waits = next !== null;
      next = { argument };
      if (waits) return;
      const take = async (running: Engine) => {
        const taken = next;
        next = null;
        if (taken !== null) await work(running, taken.argument);
      };
      enqueue(take);
      pendingResets.add(() => {
        next = null;
      });
    };
  }
  /** Forget what waited when the queue was cleared. */
  const pendingResets = new Set<() => void>();

  // ---- frames -------------------------------------------------------------------------------------------

  function accept(moved: Moved, jump: boolean): void {
    const before = store.getState();
    const frame = reuse(before.frame, moved.frame);
    const timeline = moved.timeline === null ? before.timeline : reuse(before.timeline, moved.timeline);
    drawn = jump ? frame.position.at : Math.max(drawn, frame.position.at);
    wanted = jump ? drawn : Math.min(Math.max(wanted, drawn), drawn + stepMax * microsPerMilli * before.speed);
    if (frame !== before.frame || timeline !== before.timeline) patch({ frame, timeline });
    stopIfOver(before.frame, frame);
  }

  function stopIfOver(before: Frame | null, frame: Frame): void {
    const reason = frame.violation !== null ? frame.violation.property : frame.stopped;
    if (reason === null) return;
    playback.send({ type: "pause" });
    const known = before !== null && (before.violation?.property ?? before.stopped) === reason;
    if (!known)
      notify(
        frame.violation !== null ? `Violated: ${reason}. The run stops here.` : `The run stops: ${reason}`,
        "error",
      );
  }

  function acceptOutcome(
    outcome: Outcome<"advance" | "seek" | "visit" | "step" | "branch" | "viewport">,
    jump: boolean,
  ): void {
    if (outcome.kind === "answer") accept(outcome.answer as Moved, jump);
    else if (outcome.kind === "problem") notify(outcome.problem.message, "error");
  }

  // ---- opening ------------------------------------------------------------------------------------------

  /** `chosen`: by the user; otherwise the page rebuilds what was there. True if the run is on the page. */
  async function openNow(running: Engine, source: Source): Promise<boolean> {
    const outcome = await running.ask("open", { source });
    if (outcome.kind === "problem") problem(outcome.problem);
    if (outcome.kind !== "answer") return false;
    const { info } = outcome.answer;
    base = source;
    earlierRunShown(info, outcome.answer);
    await goTo(running, info.view?.at ?? outcome.answer.frame.position.at);
    if (viewport !== null) acceptOutcome(await running.ask("viewport", viewport), false);
    return true;
  }

  function earlierRunShown(info: RunInfo, moved: Moved): void {
    const view = info.view;
    patch({
      info,
      problem: null,
      selection: view === null ? null : readSelection(view.select),
      speed: clampSpeed(view?.speed ?? speedDefault),
    });
    keptAt = -1;
    touched = false;
    accept(moved, true);
    if (info.mismatch !== null) notify(info.mismatch, "error");
  }

  async function goTo(running: Engine, to: Micros): Promise<void> {
    if (store.getState().frame?.position.at !== to) acceptOutcome(await running.ask("seek", { to }), true);
  }

  async function openChosen(running: Engine, source: Source): Promise<void> {
    const opened = await openNow(running, source);
    if (!opened && store.getState().frame === null && source !== firstPreset) return openInstead(running);
    if (!opened) return;
    origin = source;
    touched = source.from === "file" && source.text === earlier;
    const view = store.getState().info?.view;
    playback.send({ type: "opened", play: view?.play ?? source.from === "preset" });
  }

  /** The address asked for something that cannot be opened: the page starts as usual and still says why. */
  async function openInstead(running: Engine): Promise<void> {
    const { problem } = store.getState();
    await openChosen(running, firstPreset);
    patch({ problem });
  }

  // ---- acting -------------------------------------------------------------------------------------------

  const acts = new Set<WaitingAct>();

  function enqueueAct(waiting: WaitingAct): void {
    acts.add(waiting);
    enqueue(async (running) => {
      waiting.tries += 1;
      const outcome = await running.ask("act", { at: Math.floor(drawn), act: waiting.act });
      if (outcome.kind === "lost") return;
      acts.delete(waiting);
      if (outcome.kind === "problem") notify(outcome.problem.message, "error");
      else afterAct(outcome.answer);
    });
  }

  function afterAct(answer: Requests["act"]["answer"]): void {
    accept(answer, true);
    if (answer.refused !== null) return notify(answer.refused);
    touched = true;
    if (answer.branched) notify("New branch; the old future is kept");
    remember();
  }

  // ---- keeping ------------------------------------------------------------------------------------------

  let remembering = false;
  /** Fetches the recording as it is now: what a new worker would be given. Never queued behind the run. */
  async function remember(): Promise<void> {
    if (remembering || engine === null || store.getState().frame === null) return;
    remembering = true;
    const outcome = await engine.ask("share", { as: "save", view: viewNow() });
    remembering = false;
    if (outcome.kind === "answer") base = { from: "file", text: outcome.answer.text };
  }

  function viewNow() {
    const { selection, speed } = store.getState();
    return { at: Math.floor(drawn), select: selectionText(selection), speed };
  }

  async function keep(): Promise<void> {
    const { info, status } = store.getState();
    if (!touched || status !== "ready" || surroundings === null || drawn === keptAt) return;
    keptAt = drawn;
    await remember();
    if (base.from !== "file" || base.text === keptText) return;
    keptText = base.text;
    const kept = await surroundings.autosave.save(info?.title ?? "", base.text, surroundings.date());
    if (!kept && !told)
      notify("This run is not saved here: the browser does not allow it. Save a file or copy a link.", "error");
    told = !kept;
  }

  // ---- death and return ---------------------------------------------------------------------------------

  function onDeath(reason: string): void {
    clearQueue();
    for (const reset of pendingResets) reset();
    remembering = false;
    playback.send({ type: "died", at: surroundings?.now() ?? 0 });
    if (playback.getSnapshot().value === "restoring")
      rebuild(`Your run is restored. The engine had stopped: ${reason}.`);
    else notify(`The engine stopped again: ${reason}.`, "error");
  }

  function rebuild(news: string): void {
    const moment = Math.floor(drawn);
    const { selection, speed } = store.getState();
    engine?.start();
    enqueue(async (running) => {
      const source = base;
      const opened = (await openNow(running, source)) || (await openNow(running, firstPreset));
      if (!opened) return;
      base = source;
      touched = true;
      patch({ selection, speed });
      await goTo(running, moment);
      playback.send({ type: "rebuilt" });
      notify(news, "error");
    });
    for (const waiting of [...acts]) {
      acts.delete(waiting);
      if (waiting.tries < triesMax) enqueueAct(waiting);
    }
  }

  // ---- time ---------------------------------------------------------------------------------------------

  function tick(now: number): void {
    const passed = Math.min(Math.max(now - lastTick, 0), stepMax);
    lastTick = now;
    const { playing, speed, frame } = store.getState();
    if (!playing || frame === null) return;
    if (frame.nextAt === null) return standStill();
    wanted += passed * microsPerMilli * speed;
    drawn = Math.max(drawn, Math.min(wanted, frame.nextAt));
    if (wanted >= frame.nextAt && !advancing) advance();
  }

  function advance(): void {
    advancing = true;
    enqueue(async (running) => {
      acceptOutcome(await running.ask("advance", { to: Math.floor(wanted) }), false);
      advancing = false;
    });
  }

  function standStill(): void {
    commands.pause();
    notify("Nothing will happen by itself here: deliver a message, fire a timer, or send a request.");
  }

  /** Brings the worker to the time that is drawn, so that questions about "now" mean the same to both. */
  function settle(): void {
    enqueue(async (running) => {
      const frame = store.getState().frame;
      if (frame === null || frame.position.at >= Math.floor(drawn)) return;
      acceptOutcome(await running.ask("advance", { to: Math.floor(drawn) }), false);
    });
  }

  // ---- commands -----------------------------------------------------------------------------------------

  const seek = newestOnly<Micros>(async (running, to) => acceptOutcome(await running.ask("seek", { to }), true));
  const show = newestOnly<Viewport>(async (running, view) => {
    viewport = view;
    acceptOutcome(await running.ask("viewport", view), false);
  });

  const jumpNames = { 1: "later", [-1]: "earlier" } as const;

  const commands: LabCommands = {
    open: (source) => enqueue((running) => openChosen(running, source)),
    act: (act) => enqueueAct({ act, tries: 0 }),
    play() {
      const frame = store.getState().frame;
      if (frame === null) return;
      if (frame.violation !== null || frame.stopped !== null)
        return notify("The run has stopped here. Step back, or act in the past.");
      playback.send({ type: "play" });
    },
    pause() {
      if (!store.getState().playing) return;
      playback.send({ type: "pause" });
      settle();
    },
    setSpeed: (speed) => patch({ speed: clampSpeed(speed) }),
    seek: (to) => seek(Math.max(0, Math.round(to))),
    step(direction) {
      commands.pause();
      enqueue(async (running) => acceptOutcome(await running.ask("step", { direction }), true));
    },
    jump(kind, direction) {
      commands.pause();
      enqueue(async (running) => {
        const outcome = await running.ask("jump", { mark: kind, direction });
        acceptOutcome(outcome as Outcome<"seek">, true);
        if (outcome.kind === "answer" && !outcome.answer.found)
          notify(`There is no ${jumpNames[direction]} ${kind} nearby.`);
      });
    },
    live() {
      enqueue(async (running) => {
        const end = store.getState().frame?.end.at;
        if (end !== undefined) acceptOutcome(await running.ask("seek", { to: end }), true);
      });
    },
    visit(event) {
      commands.pause();
      enqueue(async (running) => acceptOutcome(await running.ask("visit", { event }), true));
    },
    switchBranch(id) {
      enqueue(async (running) => {
        acceptOutcome(await running.ask("branch", { branch: id }), true);
        touched = true;
        remember();
      });
    },
    select: (selection) => patch({ selection }),
    showLogs: (from, count) => show({ logFrom: from, logCount: count }),
    dismissProblem: () => patch({ problem: null }),
    dismissNotice: (id) => patch({ notices: store.getState().notices.filter((n) => n.id !== id) }),
    restore(accepted) {
      patch({ offer: null });
      if (accepted && earlier !== null) commands.open({ from: "file", text: earlier });
    },
  };

  async function offerEarlier(autosave: Autosave): Promise<void> {
    const saved = await autosave.load();
    if (saved === null) return;
    earlier = saved.text;
    patch({ offer: { title: saved.title, savedAt: saved.savedAt } });
  }

  return {
    commands,
    clock: () => drawn,
    tick,
    keep,
    async feed(ask) {
      const outcome = await engine?.ask("feed", ask);
      return outcome?.kind === "answer" ? outcome.answer : null;
    },
    async share(as) {
      const outcome = await engine?.ask("share", { as, view: viewNow() });
      return outcome?.kind === "answer" ? outcome.answer.text : null;
    },
    begin(given, first) {
      surroundings = given;
      playback.start();
      engine = createEngine(given.spawn, onDeath, given.now);
      engine.start();
      commands.open(first ?? firstPreset);
      void offerEarlier(given.autosave);
    },
    notify,
    refuse: problem,
    restart: () => commands.open(origin),
    retry() {
      playback.send({ type: "retry" });
      rebuild("Your run is restored.");
    },
    busy: () => queued > (advancing ? 1 : 0) || (engine?.waiting("advance") ?? 0) > 0,
    breakWorker: (how) => void engine?.ask("break", { how }),
  };
}
