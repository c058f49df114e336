import type { Micros } from "../../base/units.ts";
import type { Letter } from "../../lesson/lesson.ts";
import type { LessonView, Tick } from "../../worker/protocol/lesson.ts";

/** "unsure": no letter, which is an answer too. */
export type Answer = Letter | "unsure";

/** Where the learner stands in a step, as far as what to do next depends on it. */
export interface Standing {
  readonly view: LessonView;
  /** Of its tasks, and of its question last. */
  readonly ticks: readonly (Tick | null)[];
  readonly answer: Answer | null;
  /** All of it was done here before. */
  readonly passed: boolean;
  /** The moment that is shown. */
  readonly at: Micros;
  /** Time passes up to what the question asks for. */
  readonly watching: boolean;
  /** A task is being done, to be seen. */
  readonly showing: boolean;
  /** The run has ended: time cannot pass. */
  readonly over: boolean;
}

/**
 *                  a letter, or "not sure"        play            the run answers
 *      asking ─────────────────────────▶ answered ────▶ watching ────────────────▶ doing ───▶ done
 *      (no question: it begins with `doing`)    ◀──── pause              (no task: done at once)
 *
 *      a task that is shown:  doing ───▶ showing ───▶ doing or done
 *
 *      a wrong answer's own run:  following ───▶ followed, and back
 */
export type Phase = "asking" | "answered" | "watching" | "doing" | "showing" | "done" | "following" | "followed";

/** The run has answered, or time has passed in which it would have. */
export function isRevealed({ view: { question }, ticks, answer, at }: Standing): boolean {
  if (question === null) return true;
  return answer !== null && (ticks.at(-1) != null || at >= question.by);
}

function tasksLeft({ view: { tasks }, ticks }: Pick<Standing, "view" | "ticks">): number {
  return tasks.filter((_, place) => ticks[place] == null).length;
}

export function phaseOf(standing: Standing): Phase {
  const { view, answer, at, watching, showing, over } = standing;
  if (view.counter !== null) return over || at >= (view.goal ?? 0) ? "followed" : "following";
  if (view.question !== null && answer === null) return "asking";
  if (!isRevealed(standing)) return watching ? "watching" : "answered";
  if (tasksLeft(standing) === 0) return "done";
  return showing ? "showing" : "doing";
}

/** What a press of Next does. `arrive`: what is being played is there at once. `lessons`: the last step of the last lesson leads to the list of all. */
export type Onward = "ask" | "watch" | "arrive" | "back" | "step" | "lesson" | "lessons" | "none";

/** What Next does in each phase, and why it is not the next step; "": it is. */
const ways: Readonly<Record<Phase, { readonly does: Onward; readonly why: string }>> = {
  asking: { does: "ask", why: "first answer the question" },
  answered: { does: "watch", why: "answered; now play on" },
  watching: { does: "arrive", why: "the run answers" },
  doing: { does: "none", why: "" },
  showing: { does: "arrive", why: "it is being shown" },
  done: { does: "step", why: "" },
  following: { does: "arrive", why: "this is not the lesson’s run" },
  followed: { does: "back", why: "this is not the lesson’s run" },
};

export interface NextWay {
  readonly does: Onward;
  /** In a few words; "" where Next leads on. */
  readonly why: string;
}

export function nextWay(standing: Standing): NextWay {
  const phase = phaseOf(standing);
  if (phase === "done" || (standing.passed && standing.view.counter === null))
    return { does: beyond(standing.view), why: "" };
  if (phase !== "doing") return ways[phase];
  const left = tasksLeft(standing);
  return { does: "none", why: left === 1 ? "one task is left" : `${left} tasks are left` };
}

/** Where the step's end leads. */
export function beyond({ step, steps, next }: LessonView): Onward {
  if (step < steps.length) return "step";
  return next === null ? "lessons" : "lesson";
}

/** What Space does, where it is not simply time. */
export function spaceTakes(standing: Standing): "ask" | "watch" | null {
  const phase = phaseOf(standing);
  if (phase === "asking") return "ask";
  return phase === "answered" ? "watch" : null;
}

/** Why there is no way back; null: there is one. */
export const noBack = ({ view }: Pick<Standing, "view">): string | null =>
  view.counter === null && view.step === 1 ? "this is the first step" : null;
