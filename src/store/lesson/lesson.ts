import type { StoreApi } from "zustand/vanilla";
import type { Micros } from "../../base/units.ts";
import type { Letter } from "../../lesson/lesson.ts";
import type { LessonView, Tick } from "../../worker/protocol/lesson.ts";
import type { InLesson } from "../in-lesson.ts";
import type { LabCommands, LabState } from "../lab.ts";
import { openedRun } from "../story.ts";
import {
  type Answer,
  beyond,
  isRevealed,
  nextWay,
  noBack,
  type Onward,
  type Phase,
  phaseOf,
  type Standing,
  spaceTakes,
} from "./course.ts";
import { answerLine, counterLine, followsLine, type Line, resultLine, stepLine, taskLine } from "./lines.ts";
import { type Progress, withAnswer, withLesson, withPassed } from "./progress.ts";

export interface LessonState {
  /** Null: no lesson is open. */
  readonly view: LessonView | null;
  readonly ticks: readonly (Tick | null)[];
  readonly answer: Answer | null;
  /** What the run has answered was told. */
  readonly revealed: boolean;
  readonly passed: boolean;
  /** What was said since the lesson was opened, the newest last. */
  readonly lines: readonly Line[];
  /** Nothing was done for a minute: who looks for what to do is shown it. */
  readonly stuck: boolean;
  /** Counts how often somebody was led to the question. */
  readonly calls: number;
}

export const noLesson: LessonState = {
  view: null,
  ticks: [],
  answer: null,
  revealed: false,
  passed: false,
  lines: [],
  stuck: false,
  calls: 0,
};

/** What the lesson needs of the page; a test brings its own. */
export interface Household {
  readonly store: StoreApi<LessonState>;
  readonly state: () => LabState;
  readonly listen: (listener: () => void) => () => void;
  readonly lab: Pick<LabCommands, "open" | "playTo" | "pause" | "seek" | "runUntil">;
  /** Null: the engine cannot answer now. */
  readonly ticks: () => Promise<{ readonly ticks: readonly (Tick | null)[] } | null>;
  /** The run as a file. */
  readonly save: () => Promise<string | null>;
  readonly progress: () => Progress;
  readonly note: (change: (known: Progress) => Progress) => void;
  readonly openList: () => void;
  /** Shows the place where the question stands. */
  readonly showQuestion: () => void;
}

export interface Lesson extends InLesson {
  /** It is an answer that can be given, or changed to, now. */
  offers(answer: Answer): boolean;
  answer(answer: Answer): void;
  /** Plays until the run has answered. */
  watch(): void;
  /** Enters the step again, and what does this task is done in it, to be seen. */
  show(task: string): void;
  /** What would follow from a wrong answer. */
  follow(letter: Letter): void;
  goTo(step: number): void;
  /** Beyond this step, whatever is left to do in it: who speaks to a room decides that. */
  onward(): void;
  phase(): Phase | null;
  stop(): void;
}

/** Milliseconds. */
const stuckAfter = 60_000;
const linesMost = 200;
/** What takes longer is shown in so many milliseconds of wall time. */
const shortSpan: Micros = 200_000;
const showMillis = 15_000;

/** What is kept of a step while its counter-example is looked at, or while it is entered again to be shown something. */
interface Left {
  readonly id: string;
  readonly step: number;
  readonly ticks: LessonState["ticks"];
  readonly answer: Answer | null;
  readonly run: string | null;
}

/** Null: no step is open, or nothing of it is shown yet. */
export function standingOf(
  { view, ticks, answer, passed }: LessonState,
  { frame, playing, until }: LabState,
): Standing | null {
  if (view === null || frame === null) return null;
  const goesTo = (moment: Micros | null | undefined): boolean => playing && until !== null && until === moment;
  return {
    ...{ view, ticks, answer, passed, at: frame.position.at },
    watching: goesTo(view.question?.by),
    showing: goesTo(view.goal),
    over: frame.violation !== null || frame.stopped !== null,
  };
}

/** Follows the step to which the run belongs. What does not depend on React and on the browser is here. */
export function createLesson(house: Household): Lesson {
  const { store, state, lab } = house;
  const get = store.getState;
  let opened: unknown = null;
  let left: Left | null = null;
  let lineKey = 0;

  // ---- what is said ----

  function say(kind: Line["kind"], ...texts: readonly string[]): void {
    const added = texts.filter((text) => text !== "").map((text) => ({ key: ++lineKey, kind, text }));
    if (added.length > 0) store.setState(({ lines }) => ({ lines: [...lines, ...added].slice(-linesMost) }));
  }

  // ---- where one stands ----

  const standing = (): Standing | null => standingOf(get(), state());

  function settle(): void {
    const now = standing();
    if (now === null) return;
    const { view, answer, ticks } = now;
    const step = view.steps[view.step - 1]!;
    if (!get().revealed && view.counter === null && view.question !== null && isRevealed(now)) {
      store.setState({ revealed: true });
      if (answer !== null) house.note((known) => withAnswer(known, view.id, step.id, answer));
      say("result", resultLine(view, ticks.at(-1) != null));
    }
    const phase = phaseOf(now);
    if (phase === "followed" && !get().revealed && ticks[0] != null) {
      store.setState({ revealed: true });
      say("counter", followsLine(view));
    }
    if (phase === "done" && !house.progress().lessons[view.id]?.passed.includes(step.id))
      house.note((known) => withPassed(known, view.id, step.id));
  }

  function remember(): void {
    const { view, answer, ticks } = get();
    if (view === null || view.counter !== null) return;
    house.note((known) => ({ ...known, now: { id: view.id, step: view.step, answer, ticks: [...ticks] } }));
  }

  // ---- another run is there ----

  function noteOpened(): void {
    const { info, frame, status } = state();
    const run = openedRun({ info });
    if (info === null || frame === null || status === "starting" || run === opened) return;
    const wasLesson = get().view;
    opened = run;
    if (info.lesson === undefined) {
      left = null;
      if (wasLesson !== null) store.setState(noLesson);
      return;
    }
    enter(info.lesson, wasLesson, status === "restoring");
  }

  function enter(view: LessonView, was: LessonView | null, restoring: boolean): void {
    const same = was?.id === view.id && was.step === view.step && was.counter === view.counter;
    if (restoring && same) return store.setState({ view });
    const known = house.progress();
    const id = view.steps[view.step - 1]!.id;
    const passed = known.lessons[view.id]?.passed.includes(id) ?? false;
    const kept = keptOf(view, known);
    if (view.counter === null) left = null;
    const lines = was?.id === view.id ? get().lines : [];
    const { ticks, answer } = kept ?? { ticks: [], answer: null };
    store.setState({ ...noLesson, calls: get().calls, view, ticks, answer, passed, lines });
    if (view.counter !== null) say("counter", counterLine(view));
    else {
      if (kept === null) say("step", stepLine(view));
      // What was told before is not told again.
      const now = standing();
      if (kept !== null && now !== null) store.setState({ revealed: view.question !== null && isRevealed(now) });
      house.note((all) => ({ ...withLesson(all, view.id, () => ({ step: view.step })), last: view.id }));
      remember();
    }
    if (view.goal !== null && atStart(view)) play(view.goal, view.goal - view.at);
  }

  /** At the run's own pace; what would take long then, in a time that one has patience for. */
  function play(goal: Micros, span: Micros): void {
    lab.playTo(goal, span > shortSpan ? showMillis : undefined);
  }

  /** The step as it begins, and nobody has acted. */
  function atStart({ at, fresh }: LessonView): boolean {
    const { frame } = state();
    return fresh && frame !== null && frame.position.at === at && frame.strayed === null;
  }

  /** What was done in the step before, where it is not entered anew. */
  function keptOf(view: LessonView, { now }: Progress): Pick<Left, "ticks" | "answer"> | null {
    if (view.counter !== null) return null;
    if (left?.id === view.id && left.step === view.step) return left;
    if (now === null || now.id !== view.id || now.step !== view.step || atStart(view)) return null;
    return now;
  }

  // ---- ticks ----

  let asking = false;
  const placeNow = (): string => {
    const { frame, status } = state();
    return `${status === "ready"} ${frame?.branch} ${frame?.position.event}`;
  };
  let judged = "";

  async function judge(): Promise<void> {
    const { view, ticks } = get();
    const place = placeNow();
    const count = view === null ? 0 : conditionsOf(view);
    const open = count > 0 && (ticks.length < count || ticks.includes(null));
    if (asking || !open || state().status !== "ready" || place === judged) return;
    asking = true;
    const run = openedRun(state());
    const answer = await house.ticks();
    asking = false;
    if (answer !== null && openedRun(state()) === run && run === opened) {
      judged = place;
      hear(answer.ticks);
    }
    if (placeNow() !== place || openedRun(state()) !== run) void judge();
  }

  function hear(heard: readonly (Tick | null)[]): void {
    const { view, ticks: known } = get();
    if (view === null || heard.length === 0) return;
    const ticks = heard.map((tick, place) => known[place] ?? tick);
    const fresh = ticks.flatMap((tick, place) => (tick !== null && known[place] == null ? [place] : []));
    if (fresh.length === 0 && known.length === ticks.length) return;
    store.setState({ ticks });
    const tasks = view.counter === null ? view.tasks.length : 0;
    const done = ticks.slice(0, tasks).filter((tick) => tick !== null).length;
    say("task", ...fresh.filter((place) => place < tasks).map((place) => taskLine(view, place, done)));
    remember();
    settle();
    wait();
  }

  // ---- nothing is done for long ----

  let timer: ReturnType<typeof setTimeout> | null = null;
  function wait(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (get().stuck) store.setState({ stuck: false });
    const now = standing();
    if (now === null || state().playing) return;
    if (phaseOf(now) !== "doing") return;
    timer = setTimeout(() => store.setState({ stuck: true }), stuckAfter);
  }
  let doing = "";
  function note(): void {
    noteOpened();
    void judge();
    settle();
    const { frame, playing } = state();
    const now = `${frame?.branch} ${frame?.position.event} ${playing} ${get().view?.step}`;
    if (now === doing) return;
    doing = now;
    wait();
  }

  // ---- what can be asked for ----

  function watch(): void {
    const { view } = get();
    if (view?.question != null) lab.playTo(view.question.by, undefined, view.question.until);
  }

  /** What is being played is there at once. */
  function arrive(): void {
    const now = standing();
    if (now === null) return;
    const { question, goal, at } = now.view;
    lab.pause();
    if (phaseOf(now) !== "watching") lab.seek(goal ?? at);
    else if (question !== null) lab.runUntil(question.until, Math.max(0, question.by - now.at));
  }

  function ask(): void {
    house.showQuestion();
    store.setState(({ calls }) => ({ calls: calls + 1 }));
  }

  const goTo = (step: number): void => {
    const { view } = get();
    left = null;
    if (view !== null) lab.open({ from: "lesson", id: view.id, step });
  };

  function offers(answer: Answer): boolean {
    const now = standing();
    if (now?.view.question == null || now.view.counter !== null || isRevealed(now)) return false;
    return answer === "unsure" || now.view.question.answers.some(({ letter }) => letter === answer);
  }

  function backToLesson(): void {
    const { view } = get();
    if (view === null) return;
    if (left?.run != null) return lab.open({ from: "file", text: left.run });
    // Who comes by an address, or has loaded the page again, finds the step as it begins, and what was done in it.
    const { now } = house.progress();
    goTo(view.step);
    if (now?.id === view.id && now.step === view.step) left = { ...now, run: null };
  }

  function next(): void {
    const now = standing();
    if (now === null) return;
    go(nextWay(now).does, now.view);
  }

  function go(onward: Onward, view: LessonView): void {
    switch (onward) {
      case "ask":
        return ask();
      case "watch":
        return watch();
      case "arrive":
        return arrive();
      case "back":
        return backToLesson();
      case "step":
        return goTo(view.step + 1);
      case "lesson":
        return lab.open({ from: "lesson", id: view.next!.id, step: 1 });
      case "lessons":
        return house.openList();
      case "none":
        return;
    }
  }

  // What is opened comes in two parts: first what it is, then its moment.
  let due = false;
  let ended = false;
  function soon(): void {
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      if (!ended) note();
    });
  }
  const unlisten = house.listen(soon);
  soon();

  return {
    takes(wish) {
      const now = standing();
      const takes = now && spaceTakes(now);
      if (takes === "ask") ask();
      else if (takes === "watch" && wish === "play") watch();
      return takes === "ask" || (takes === "watch" && wish === "play");
    },
    next,
    back() {
      const { view } = get();
      if (view?.counter != null) backToLesson();
      else if (view !== null && view.step > 1) goTo(view.step - 1);
    },
    again: () => goTo(get().view?.step ?? 1),
    noNext() {
      const now = standing();
      if (now === null) return "the engine is starting";
      const { does, why } = nextWay(now);
      return does === "none" ? why : null;
    },
    noBack: () => {
      const now = standing();
      return now === null ? "the engine is starting" : noBack(now);
    },
    offers,
    answer(answer) {
      const now = standing();
      if (now === null || !offers(answer)) return;
      store.setState({ answer });
      say("answer", answerLine(now.view, answer));
      remember();
      settle();
    },
    watch,
    show(task) {
      const { view, ticks, answer } = get();
      if (view === null) return;
      left = { id: view.id, step: view.step, ticks, answer, run: null };
      lab.open({ from: "lesson", id: view.id, step: view.step, show: task });
    },
    follow(letter) {
      const { view, ticks, answer } = get();
      if (view === null) return;
      void house.save().then((run) => {
        if (get().view !== view) return;
        left = { id: view.id, step: view.step, ticks, answer, run };
        lab.open({ from: "lesson", id: view.id, step: view.step, counter: letter });
      });
    },
    goTo,
    onward() {
      const { view } = get();
      if (view !== null) go(beyond(view), view);
    },
    phase() {
      const now = standing();
      return now && phaseOf(now);
    },
    stop() {
      ended = true;
      unlisten();
      if (timer !== null) clearTimeout(timer);
      store.setState(noLesson);
    },
  };
}

const conditionsOf = ({ tasks, question, counter }: LessonView): number =>
  counter === null ? tasks.length + (question === null ? 0 : 1) : 1;
