import type { StoreApi } from "zustand/vanilla";
import type { FeedFilter } from "../../worker/protocol/feed.ts";
import type { InputProblem, Requests, Source } from "../../worker/protocol/requests.ts";
import type { Clock, LabCommands, LabState, Offer } from "../lab.ts";
import { clampSpeed, speedDefault } from "../speed.ts";
import { createActing } from "./acting.ts";
import { type Asks, createAsks, type Ground, type Question } from "./asks.ts";
import { createEarlier } from "./earlier.ts";
import { createEditing, type Editing } from "./editing.ts";
import type { WorkerLike } from "./engine.ts";
import { nextLife, unborn } from "./life.ts";
import { createLooking } from "./looking.ts";
import { createNotices, type Notices } from "./notices.ts";
import { createOpening, firstPreset } from "./opening.ts";
import { viewNow } from "./place.ts";
import { createPlayback, type Playback } from "./playback.ts";
import { createReturning } from "./returning.ts";
import { createSaving, type Saving, type Storehouse } from "./saving.ts";
import { createTravel } from "./travel.ts";
import { createVirtualClock, type Run, selfWinding } from "./virtual-clock.ts";

/** What the session needs from the browser; a test brings its own. */
export interface Surroundings extends Storehouse {
  readonly spawn: () => WorkerLike;
  /** Wall time in milliseconds, monotonic. */
  readonly now: () => number;
  /** Another run is going to be opened; it is there, or (`there` false) will not be. */
  readonly leaving?: () => void;
  readonly opened?: (source: Source, there: boolean) => void;
  /** Whether the reader wants time to be guided in every run; null: no choice was made. */
  readonly guided?: () => boolean | null;
}

/** Each question changes nothing, and is answered by null where it was refused or the worker died. */
interface Questions {
  readonly feed: Question<"feed">;
  readonly history: Question<"history">;
  readonly faults: () => Promise<Requests["faults"]["answer"] | null>;
  readonly lessons: Question<"lessons">;
  readonly ticks: Question<"ticks">;
  readonly game: Question<"game">;
  readonly readable: Question<"readable">;
  readonly explore: () => Promise<Requests["explore"]["answer"] | null>;
  readonly again: Question<"again">;
  readonly pair: Question<"pair">;
  readonly both: Question<"both">;
  readonly outlook: Question<"outlook">;
  readonly verdict: () => Promise<Requests["verdict"]["answer"] | null>;
  readonly sheet: Question<"sheet">;
  readonly why: Question<"why">;
  readonly causes: Question<"causes">;
  readonly story: Question<"story">;
  readonly diagram: Question<"diagram">;
  readonly metrics: Question<"metrics">;
  readonly export: Question<"export">;
  readonly formats: Question<"formats">;
  /** The fragment of a link to this moment, or the text of a file; of `save` with every branch. */
  readonly share: (as: "link" | "file" | "save") => Promise<string | null>;
  /** The run in words; what the filter lets through. */
  readonly report: (as: "events" | "markdown", filter: FeedFilter, page: string) => Promise<string | null>;
  /** The fragment that this page's own address shall have, "" for none; null if the worker cannot answer now. */
  readonly address: () => Promise<string | null>;
}

/** What is known before the engine has said a word. */
export interface Known {
  /** The run that was held when the page was loaded again is the one to open. */
  readonly returning?: boolean;
  /** The page was loaded again: what is kept of the run that is opened comes back with it. */
  readonly again?: boolean;
  /** What the engine will answer for the first preset: it is shown at once. */
  readonly foreseen?: Requests["enter"]["answer"] | null;
  /** What was noted of the last run that was saved: its row is there at once, and pushes nothing down later. */
  readonly offer?: Offer | null;
}

export interface Session
  extends Questions,
    Pick<Notices, "notify">,
    Editing,
    Pick<Playback, "tick" | "wait" | "holdTime">,
    Pick<Saving, "keep" | "hold" | "leave"> {
  readonly commands: LabCommands;
  readonly clock: Clock;
  /** Starts the worker and opens `first`, or the first preset. Call once. */
  begin(surroundings: Surroundings, first: Source | null, known?: Known): void;
  /** From `failed`: one more try. */
  retry(): void;
  /** What the user opened last. */
  origin(): Source;
  /** Opens the run's scenario again as it was at first. */
  restart(): void;
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
  pace: { speed: speedDefault, guided: false },
  until: null,
  stops: [],
  seen: 0,
  selection: null,
  problem: null,
  notices: [],
  working: null,
  offer: null,
};

/** One run on the page: its parts, and what they hear of each other. */
export function createSession(store: StoreApi<LabState>): Session {
  let surroundings: Surroundings | null = null;
  const outside = (): Surroundings => {
    if (surroundings === null) throw new Error("the session has not begun");
    return surroundings;
  };
  const time = selfWinding(createVirtualClock(), () => runOf(store.getState(), outside().now));
  const ground: Ground = { store, time, notices: createNotices(store) };
  const thread = { spawn: () => outside().spawn(), now: () => outside().now(), onDeath };
  const asks = createAsks(ground, thread, (before, frame) => playback.look(before, frame));
  const playback = createPlayback(ground, asks, thread.now);
  const saving = createSaving(ground, asks, outside, firstPreset);
  const acting = createActing(ground, asks, saving.changed);
  const editing = createEditing(ground, asks, playback.pause, saving.changed);
  const looking = createLooking(asks);
  const earlier = createEarlier(store);
  function opened(source: Source, there: boolean): void {
    if (there) turn({ type: "opened" });
    outside().opened?.(source, there);
  }
  const opening = createOpening(ground, {
    asks,
    playback,
    looking,
    saving,
    earlier,
    opened,
    guidedChoice: () => outside().guided?.() ?? null,
  });
  const bringBack = createReturning(ground, asks, saving, opening);
  const travel = createTravel(ground, asks, playback.pause, saving.changed);
  const { notify, dismiss } = ground.notices;

  let life = unborn;
  function turn(event: Parameters<typeof nextLife>[1]): void {
    life = nextLife(life, event);
    store.setState({ status: life.status });
  }

  function onDeath(reason: string): void {
    asks.clear();
    playback.forget();
    turn({ type: "died", at: outside().now() });
    if (life.status === "failed") notify(`The engine stopped again: ${reason}.`, "error");
    else rebuild(`Your run is restored. The engine had stopped: ${reason}.`);
  }

  function rebuild(news: string): void {
    bringBack(() => {
      turn({ type: "restored" });
      notify(news, "error");
    });
    acting.again();
  }

  function open(source: Source): void {
    outside().leaving?.();
    opening.open(source);
  }

  /** What is kept is offered only where it is another run than the one that the address names. */
  async function openAgain(autosave: Storehouse["autosave"], first: Source): Promise<void> {
    const kept = await earlier.take(autosave);
    if (kept?.from !== "file") return opening.open(first);
    opening.openKept(first, kept.text, () => void earlier.offer(autosave, null));
  }

  const setStops = (change: (stops: LabState["stops"]) => LabState["stops"]): void =>
    store.setState(({ stops }) => ({ stops: change(stops) }));

  const commands: LabCommands = {
    ...travel,
    open,
    cancel() {
      const { working } = store.getState();
      if (working !== null) asks.cancel(working.kind);
    },
    restore: (accepted) => void earlier.answered(accepted).then((source) => source !== null && open(source)),
    act: acting.act,
    play: playback.play,
    pause: playback.pause,
    playTo: playback.playTo,
    setSpeed: (speed) => playback.setPace({ speed: clampSpeed(speed), guided: false }),
    setGuided: (guided) => playback.setPace({ speed: store.getState().pace.speed, guided }),
    keepStop: (condition) => setStops((stops) => [...stops.filter((each) => each !== condition), condition].slice(-8)),
    forgetStop: (condition) => setStops((stops) => stops.filter((each) => each !== condition)),
    select: (selection) => store.setState({ selection }),
    showLogs: (logFrom, logCount) => looking.look({ logFrom, logCount }),
    showGroup: (group) => looking.look({ group }),
    dismissProblem: () => store.setState({ problem: null }),
    dismissNotice: dismiss,
  };

  return {
    commands,
    clock: time.shown,
    tick: playback.tick,
    wait: playback.wait,
    holdTime: playback.holdTime,
    keep: saving.keep,
    hold: saving.hold,
    leave: saving.leave,
    ...editing,
    ...questionsOf(ground, asks),
    begin(given, first, { returning = false, again = false, foreseen = null, offer = null } = {}) {
      surroundings = given;
      asks.start();
      if (first === null && !returning && foreseen !== null) opening.foresee(foreseen);
      if (returning) return void earlier.take(given.autosave).then((run) => opening.open(run ?? first ?? firstPreset));
      if (again && first !== null) return void openAgain(given.autosave, first);
      opening.open(first ?? firstPreset);
      void earlier.offer(given.autosave, offer);
    },
    notify,
    refuse: opening.refuse,
    origin: opening.origin,
    restart: () => open(opening.origin()),
    retry() {
      turn({ type: "retry" });
      rebuild("Your run is restored.");
    },
    busy: () => asks.queued() > (playback.advancing() ? 1 : 0) || asks.unanswered() > 0,
    breakWorker: (how) => void asks.ask("break", { how }),
  };
}

function runOf({ playing, speed, frame, until }: LabState, now: () => number): Run | null {
  if (!playing || frame === null) return null;
  const limit = Math.min(frame.nextAt ?? Number.POSITIVE_INFINITY, until ?? Number.POSITIVE_INFINITY);
  return Number.isFinite(limit) ? { now: now(), speed, limit } : null;
}

function questionsOf({ store, time }: Ground, { question, ask }: Asks): Questions {
  const [explore, verdict, faults, share, report] = [
    question("explore"),
    question("verdict"),
    question("faults"),
    question("share"),
    question("report"),
  ];
  return {
    feed: question("feed"),
    history: question("history"),
    lessons: question("lessons"),
    ticks: question("ticks"),
    game: question("game"),
    readable: question("readable"),
    again: question("again"),
    pair: question("pair"),
    both: question("both"),
    outlook: question("outlook"),
    sheet: question("sheet"),
    why: question("why"),
    causes: question("causes"),
    story: question("story"),
    diagram: question("diagram"),
    metrics: question("metrics"),
    export: question("export"),
    formats: question("formats"),
    explore: () => explore({}),
    verdict: () => verdict({}),
    faults: () => faults({}),
    async address() {
      const outcome = await ask("share", { as: "address", view: viewNow(store.getState(), time) });
      return outcome.kind === "answer" ? outcome.answer.text : null;
    },
    report: async (as, filter, page) =>
      (await report({ as, filter, page, view: viewNow(store.getState(), time) }))?.text ?? null,
    share: async (as) => (await share({ as, view: viewNow(store.getState(), time) }))?.text ?? null,
  };
}
