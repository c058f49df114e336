import { create } from "zustand";
import type { Letter } from "../lesson/lesson.ts";
import type { LessonView } from "../worker/protocol/lesson.ts";
import type { LabState } from "./lab.ts";
import type { Lesson } from "./lesson/lesson.ts";
import { plainText } from "./lesson/lines.ts";
import { theLesson } from "./lesson/use-lesson.ts";
import { page, usePage } from "./page.ts";
import { neighbourId, programmeOf } from "./playlist.ts";
import { canGoBack, goBack, nextMove, playToNextStep, stepsOf, storyPlace } from "./story.ts";
import { lab, labState, session } from "./use-lab.ts";

export type Counts = Readonly<Partial<Record<Letter, number>>>;

/** For a room: the picture large, one sentence, and what comes is asked before it is shown. */
interface Presenter {
  /** "What happens next?" stands there; the next press reveals it. */
  readonly asked: boolean;
  /** Nothing moves and no key does anything, until it is thawed. */
  readonly frozen: boolean;
  /** How many in the room hold which answer, as far as it was counted. */
  readonly counts: Counts;
  /** Digits that are typed are this letter's count. */
  readonly counting: Letter | null;
  /** The code of the link to this moment. */
  readonly card: "none" | "small" | "large";
  /** Milliseconds since 1970 when it began. */
  readonly since: number;
}
const fresh: Presenter = { asked: false, frozen: false, counts: {}, counting: null, card: "none", since: 0 };

export const usePresenter = create<Presenter>(() => fresh);

/** Gives time back; null: nobody holds it. */
let letGo: (() => void) | null = null;

export const presenter = {
  /** Once the page is shown so; the other way round for `end`. */
  begin(): void {
    lab.pause();
    usePresenter.setState({ ...fresh, since: Date.now() });
  },
  end(): void {
    presenter.thaw();
    page.present(false);
  },
  /** A press of the remote: asks, then reveals; while it plays there, goes there at once. */
  next(): void {
    const lesson = theLesson();
    if (lesson !== null) return nextInLesson(lesson);
    const state = labState();
    const { asked } = usePresenter.getState();
    const { kind } = nextMove(state);
    const asks = !asked && state.until === null && kind === "step";
    usePresenter.setState({ asked: asks });
    // A press too many must not take the picture away: only a list of stories goes on to the next one.
    if (kind === "story" && programmeOf(state) === null) return;
    if (asks) lab.pause();
    else playToNextStep(state);
  },
  /** Takes the question back, else goes to the step before. */
  back(): void {
    const { asked } = usePresenter.getState();
    usePresenter.setState(unasked);
    const lesson = theLesson();
    if (!asked && lesson !== null) lesson.back();
    else if (!asked && canGoBack(labState())) goBack(labState());
  },
  /** To a step, counted from 1. */
  jump(step: number): void {
    const { info } = labState();
    if (info?.lesson !== undefined) {
      if (step > info.lesson.steps.length) return;
      usePresenter.setState(unasked);
      return theLesson()?.goTo(step);
    }
    const at = stepsOf(labState())[step - 1]?.at;
    if (at === undefined) return;
    usePresenter.setState(unasked);
    lab.pause();
    lab.seek(at);
  },
  /** Hands are raised for this letter: digits that follow are how many. */
  count(letter: Letter): void {
    usePresenter.setState(({ counts }) => ({ counting: letter, counts: { ...counts, [letter]: 0 } }));
  },
  countDigit(digit: number): void {
    usePresenter.setState(({ counting, counts }) => {
      if (counting === null) return {};
      return { counts: { ...counts, [counting]: Math.min(countMost, (counts[counting] ?? 0) * 10 + digit) } };
    });
  },
  endCount: (): void => usePresenter.setState({ counting: null }),
  turnCard(): void {
    const next = { none: "small", small: "large", large: "none" } as const;
    usePresenter.setState(({ card }) => ({ card: next[card] }));
  },
  freeze(): void {
    letGo ??= session.holdTime();
    usePresenter.setState({ frozen: true });
  },
  thaw(): void {
    letGo?.();
    letGo = null;
    usePresenter.setState({ frozen: false });
  },
};

const unasked = { asked: false, counts: {}, counting: null } as const;
const countMost = 999;

/** First what the step says, then its question, then the run that answers; after that the next step. */
function nextInLesson(lesson: Lesson): void {
  const { asked } = usePresenter.getState();
  usePresenter.setState({ counting: null });
  switch (lesson.phase()) {
    case "asking":
      if (!asked) return usePresenter.setState({ asked: true });
      lesson.answer("unsure");
      return lesson.watch();
    case "answered":
      return lesson.watch();
    case "doing":
    case "done":
      usePresenter.setState(unasked);
      return lesson.onward();
    default:
      return lesson.next();
  }
}

/** What the notes of who speaks need to know, and nothing else: another window draws it. */
export interface Notes {
  readonly title: string;
  /** Counted from 1; 0: before the first, or there are none. */
  readonly step: number;
  readonly steps: number;
  /** Of the step that was reached; "" where there is none. */
  readonly said: string;
  /** What the next reveal says; "": it was the last. */
  readonly next: string;
  readonly asked: boolean;
  readonly since: number;
}

export function notesOf(state: LabState, { asked, since }: Pick<Presenter, "asked" | "since">): Notes {
  const lesson = state.info?.lesson;
  if (lesson !== undefined) return lessonNotes(lesson, { asked, since }, usePage.getState().told);
  const steps = stepsOf(state);
  const place = storyPlace(state);
  const step = "step" in place ? place.step : -1;
  return {
    ...{ title: state.info?.title ?? "", step: step + 1, steps: steps.length, asked, since },
    said: steps[step]?.label ?? "",
    next: steps[step + 1]?.label ?? (neighbourId(state, 1) === null ? "" : "The next scenario of the list."),
  };
}

/** `told`: the run has answered, and the room has seen it. */
function lessonNotes(
  { title, step, steps, text, question, next }: LessonView,
  { asked, since }: Pick<Notes, "asked" | "since">,
  told: boolean,
): Notes {
  const open = question !== null && !told ? question : null;
  const after = steps[step]?.title ?? (next === null ? "" : `The next lesson: ${next.title}`);
  return {
    ...{ title, step, steps: steps.length, asked: asked && open !== null, since },
    said: plainText(question !== null && asked && told ? question.happened : text),
    next: open === null ? after : plainText(`${open.asks} It is ${open.right}. ${open.happened}`),
  };
}
