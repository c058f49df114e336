import type { StoreApi } from "zustand/vanilla";
import type { GroupId, Micros } from "../base/units.ts";
import type { Exploration } from "../worker/protocol/exploration.ts";
import type { Catalogue } from "../worker/protocol/faults.ts";
import type { Frame, Viewport } from "../worker/protocol/frame.ts";
import type { InputProblem, Requests, Source } from "../worker/protocol/requests.ts";
import type { RunInfo } from "../worker/protocol/run.ts";
import type { Verdict } from "../worker/protocol/verdict.ts";
import type { Act } from "../world/acts.ts";
import type { Autosave } from "./autosave.ts";
import { createEngine, type Engine, type Outcome, type WorkerLike } from "./engine.ts";
import type { Clock, LabCommands, LabState, LabStatus, Notice } from "./lab.ts";
import { atStart, nextPlayback, type PlaybackEvent } from "./playback.ts";
import { createQueue } from "./queue.ts";
import { reuse } from "./reuse.ts";
import { readSelection, selectionText } from "./selection.ts";
import { clampSpeed, speedDefault } from "./speed.ts";
import { createVirtualClock } from "./virtual-clock.ts";

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
  history(ask: Requests["history"]["ask"]): Promise<Requests["history"]["answer"] | null>;
  faults(): Promise<Catalogue | null>;
  /** The fragment of a link to this moment, or the text of a file. Null if it cannot be had now. */
  share(as: "link" | "file"): Promise<string | null>;
  explore(): Promise<Exploration | null>;
  verdict(): Promise<Verdict | null>;
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
const notKept = "This run is not saved here: the browser does not allow it. Save a file or copy a link.";
/** An act is tried again after the worker's death this often: the one that kills it must not do so for ever. */
const triesMax = 2;

/** One finished write may lead to the next; so many at most. */
const writesInARow = 20;
/** When the first write that is under way is done; null if there is none or the run has ended. */
function nextWriteDone(frame: Frame | null): Micros | null {
  if (frame === null || frame.violation !== null || frame.stopped !== null) return null;
  const times = frame.servers.flatMap(({ disk }) => (disk.doneAt === null ? [] : [disk.doneAt]));
  return times.length === 0 ? null : Math.min(...times);
}

type Moved = Requests["advance"]["answer"];
type MovingKind = "advance" | "seek" | "visit" | "step" | "jump" | "branch" | "viewport";
interface WaitingAct {
  readonly act: Act;
  tries: number;
}

/**
 * One run on the page. Everything that moves the worker goes through one queue, one at a time, so that an act is
 * taken at the moment that the user sees; playing has at most one question in it.
 */
export function createSession(store: StoreApi<LabState>): Session {
  let engine: Engine | null = null;
  let surroundings: Surroundings | null = null;
  let playback = atStart;

  const time = createVirtualClock();
  const queue = createQueue((error) => notify(`Something went wrong: ${String(error)}`, "error"));
  /** The queue holds an advance of the playing clock, which nobody waits for. */
  let advancing = false;
  /** From what a dead worker's run is rebuilt. */
  let base: Source = firstPreset;
  /** What the user opened last. */
  let origin: Source = firstPreset;
  /** The user has changed something: worth keeping. */
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

  function turn(event: PlaybackEvent): void {
    playback = nextPlayback(playback, event);
    const { state } = playback;
    const status: LabStatus = state === "paused" || state === "playing" ? "ready" : state;
    patch({ status, playing: state === "playing" });
  }

  /** Queues a question to the worker, and what becomes of it. */
  function enqueue(work: (engine: Engine) => Promise<void>): void {
    queue.add(async () => {
      if (engine !== null) await work(engine);
    });
  }

  // ---- frames -------------------------------------------------------------------------------------------

  /** `jump`: the run is somewhere else now; otherwise it has only gone on. */
  function accept(moved: Moved, jump: boolean): void {
    const before = store.getState();
    const frame = reuse(before.frame, moved.frame);
    const timeline = moved.timeline === null ? before.timeline : reuse(before.timeline, moved.timeline);
    if (jump) time.jump(frame.position.at);
    else time.reach(frame.position.at, before.speed);
    if (frame !== before.frame || timeline !== before.timeline) patch({ frame, timeline });
    stopIfOver(before.frame, frame);
  }

  function stopIfOver(before: Frame | null, frame: Frame): void {
    const reason = frame.violation !== null ? frame.violation.property : frame.stopped;
    if (reason === null) return;
    turn({ type: "pause" });
    const known = before !== null && (before.violation?.property ?? before.stopped) === reason;
    if (known) return;
    notify(frame.violation === null ? `The run stops: ${reason}` : `Violated: ${reason}. The run stops here.`, "error");
  }

  function acceptOutcome<K extends MovingKind>(outcome: Outcome<K>, jump: boolean): void {
    if (outcome.kind === "answer") accept(outcome.answer, jump);
    else if (outcome.kind === "problem") notify(outcome.problem.message, "error");
  }

  // ---- opening ------------------------------------------------------------------------------------------

  /** True if the run is on the page; otherwise what was there is untouched. */
  async function openNow(running: Engine, source: Source): Promise<boolean> {
    const outcome = await running.ask("open", { source });
    if (outcome.kind === "problem") problem(outcome.problem);
    if (outcome.kind !== "answer") return false;
    const { info } = outcome.answer;
    if (source !== base) beginWithGroup(info.view?.group ?? 1);
    base = source;
    showOpened(info, outcome.answer);
    await goTo(running, info.view?.at ?? outcome.answer.frame.position.at);
    if (viewport !== null) acceptOutcome(await running.ask("viewport", viewport), false);
    return true;
  }

  /** Another run begins with the group that it asks for; one that is rebuilt goes on with the one that was shown. */
  function beginWithGroup(group: GroupId): void {
    if (viewport !== null) viewport = { ...viewport, group };
    else if (group > 1) viewport = { logFrom: 1, logCount: 0, group };
  }

  function showOpened(info: RunInfo, moved: Moved): void {
    const view = info.view;
    // What played before must not let time pass in the run that is here now: that one says itself whether it plays.
    turn({ type: "pause" });
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
    turn({ type: "opened", play: view?.play ?? source.from === "preset" });
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
      const outcome = await running.ask("act", { at: Math.floor(time.shown()), act: waiting.act });
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

  let remembering: "no" | "once" | "again" = "no";
  /**
   * Fetches the recording as it is now: what a new worker would be given. Asked past the queue: the worker answers
   * in order. A call while one is under way makes it fetch again.
   */
  async function remember(): Promise<void> {
    if (engine === null || store.getState().frame === null) return;
    if (remembering !== "no") {
      remembering = "again";
      return;
    }
    do {
      remembering = "once";
      const outcome = await engine.ask("share", { as: "save", view: viewNow() });
      if (outcome.kind === "answer") base = { from: "file", text: outcome.answer.text };
    } while (wantsAgain());
    remembering = "no";
  }
  const wantsAgain = () => remembering === "again";

  function viewNow() {
    const { selection, speed, frame } = store.getState();
    const view = { at: Math.floor(time.shown()), select: selectionText(selection), speed };
    return frame !== null && frame.group > 1 ? { ...view, group: frame.group } : view;
  }

  async function keep(): Promise<void> {
    const { info, status } = store.getState();
    if (!touched || status !== "ready" || surroundings === null || time.shown() === keptAt) return;
    keptAt = time.shown();
    await remember();
    if (base.from !== "file" || base.text === keptText) return;
    keptText = base.text;
    const kept = await surroundings.autosave.save(info?.title ?? "", base.text, surroundings.date());
    if (!kept && !told) notify(notKept, "error");
    told = !kept;
  }

  // ---- death and return ---------------------------------------------------------------------------------

  function onDeath(reason: string): void {
    queue.clear();
    advancing = false;
    remembering = "no";
    turn({ type: "died", at: surroundings?.now() ?? 0 });
    if (playback.state === "failed") notify(`The engine stopped again: ${reason}.`, "error");
    else rebuild(`Your run is restored. The engine had stopped: ${reason}.`);
  }

  function rebuild(news: string): void {
    const moment = Math.floor(time.shown());
    const { selection, speed } = store.getState();
    engine?.start();
    enqueue(async (running) => {
      const restored = await openNow(running, base);
      if (!restored && !(await openNow(running, firstPreset))) return;
      if (restored) await returnTo(running, moment, { selection, speed });
      turn({ type: "rebuilt" });
      notify(news, "error");
    });
    for (const waiting of [...acts]) {
      acts.delete(waiting);
      if (waiting.tries < triesMax) enqueueAct(waiting);
    }
  }

  async function returnTo(running: Engine, moment: Micros, look: Pick<LabState, "selection" | "speed">): Promise<void> {
    touched = base.from === "file";
    patch(look);
    await goTo(running, moment);
  }

  // ---- time ---------------------------------------------------------------------------------------------

  function tick(now: number): void {
    const { playing, speed, frame } = store.getState();
    if (!playing || frame === null) return time.note(now);
    if (frame.nextAt === null) return standStill();
    if (time.pass(now, speed, frame.nextAt) && !advancing) advance();
  }

  function advance(): void {
    advancing = true;
    enqueue(async (running) => {
      acceptOutcome(await running.ask("advance", { to: time.goal() }), false);
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
      const to = Math.floor(time.shown());
      if (frame !== null && frame.position.at < to) acceptOutcome(await running.ask("advance", { to }), false);
    });
  }

  // ---- commands -----------------------------------------------------------------------------------------

  const seek = queue.newest<Micros>(async (to) => {
    if (engine !== null) acceptOutcome(await engine.ask("seek", { to }), true);
  });
  // What is looked at now: a run that was opened since it was asked for may begin with another group.
  const show = queue.newest<Viewport>(async (view) => {
    if (engine !== null) acceptOutcome(await engine.ask("viewport", viewport ?? view), false);
  });

  function look(at: Partial<Viewport>): void {
    viewport = { logFrom: 1, logCount: 0, ...viewport, ...at };
    show(viewport);
  }

  const jumpNames = { 1: "later", [-1]: "earlier" } as const;

  const commands: LabCommands = {
    open: (source) => enqueue((running) => openChosen(running, source)),
    act: (act) => enqueueAct({ act, tries: 0 }),
    play() {
      const frame = store.getState().frame;
      if (frame === null) return;
      if (frame.violation !== null || frame.stopped !== null)
        return notify("The run has stopped here. Step back, or act in the past.");
      turn({ type: "play" });
    },
    pause() {
      if (!store.getState().playing) return;
      turn({ type: "pause" });
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
        acceptOutcome(outcome, true);
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
    go(branch, event) {
      commands.pause();
      enqueue(async (running) => {
        if (store.getState().frame?.branch !== branch) acceptOutcome(await running.ask("branch", { branch }), true);
        acceptOutcome(await running.ask("visit", { event }), true);
      });
    },
    finishWrites: () =>
      enqueue(async (running) => {
        for (let tries = 0; tries < writesInARow; tries++) {
          const to = nextWriteDone(store.getState().frame);
          if (to === null) return;
          acceptOutcome(await running.ask("advance", { to }), true);
        }
      }),
    select: (selection) => patch({ selection }),
    showLogs: (from, count) => look({ logFrom: from, logCount: count }),
    showGroup: (group) => look({ group }),
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
    clock: time.shown,
    tick,
    keep,
    async feed(ask) {
      const outcome = await engine?.ask("feed", ask);
      return outcome?.kind === "answer" ? outcome.answer : null;
    },
    async explore() {
      const outcome = await engine?.ask("explore", {});
      return outcome?.kind === "answer" ? outcome.answer : null;
    },
    async history(ask) {
      const outcome = await engine?.ask("history", ask);
      return outcome?.kind === "answer" ? outcome.answer : null;
    },
    async verdict() {
      const outcome = await engine?.ask("verdict", {});
      return outcome?.kind === "answer" ? outcome.answer : null;
    },
    async faults() {
      const outcome = await engine?.ask("faults", {});
      return outcome?.kind === "answer" ? outcome.answer : null;
    },
    async share(as) {
      const outcome = await engine?.ask("share", { as, view: viewNow() });
      return outcome?.kind === "answer" ? outcome.answer.text : null;
    },
    begin(given, first) {
      surroundings = given;
      engine = createEngine(given.spawn, onDeath, given.now);
      engine.start();
      commands.open(first ?? firstPreset);
      void offerEarlier(given.autosave);
    },
    notify,
    refuse: problem,
    restart: () => commands.open(origin),
    retry() {
      turn({ type: "retry" });
      rebuild("Your run is restored.");
    },
    busy: () => queue.size() > (advancing ? 1 : 0) || (engine?.waiting("advance") ?? 0) > 0,
    breakWorker: (how) => void engine?.ask("break", { how }),
  };
}
