import * as v from "valibot";
import { create } from "zustand";
import { letters } from "../../lesson/lesson.ts";
import type { LessonCard } from "../../worker/protocol/lesson.ts";
import { lessonsKey as key, page, pageStorage } from "../page.ts";
import type { Answer } from "./course.ts";

const answer = v.picklist([...letters, "unsure"]);
const tick = v.nullable(v.object({ at: v.number(), event: v.number() }));
const schema = v.object({
  lessons: v.record(
    v.string(),
    v.object({
      /** Where one was last, from 1. */
      step: v.number(),
      /** Ids of steps of which everything was done. */
      passed: v.array(v.string()),
      /** By the step's id: what was said first. */
      answers: v.record(v.string(), answer),
    }),
  ),
  /** The lesson that was open last. */
  last: v.nullable(v.string()),
  /** What is known of the step that is open, for a page that is loaded again. */
  now: v.nullable(v.object({ id: v.string(), step: v.number(), answer: v.nullable(answer), ticks: v.array(tick) })),
});

/** What this device remembers of lessons. Nothing of it is sent anywhere. */
export type Progress = v.InferOutput<typeof schema>;
export type LessonProgress = Progress["lessons"][string];

const nothing: Progress = { lessons: {}, last: null, now: null };

/** What was noted; nothing if nothing was, or something else stands there. */
export function readProgress(noted: string | null): Progress {
  try {
    return v.parse(schema, JSON.parse(noted ?? ""));
  } catch {
    return nothing;
  }
}

export const useProgress = create<Progress>(() => nothing);

/** What another page of this device has noted meanwhile is known then. */
export function recallProgress(): Progress {
  const known = readProgress(pageStorage.getItem(key));
  useProgress.setState(known);
  return known;
}

export function noteProgress(change: (known: Progress) => Progress): void {
  const next = change(recallProgress());
  useProgress.setState(next);
  pageStorage.setItem(key, JSON.stringify(next));
  page.lessonOpened();
}

const begun: LessonProgress = { step: 1, passed: [], answers: {} };

/** The same, with this lesson's part changed. */
export function withLesson(
  known: Progress,
  id: string,
  change: (own: LessonProgress) => Partial<LessonProgress>,
): Progress {
  const own = known.lessons[id] ?? begun;
  return { ...known, lessons: { ...known.lessons, [id]: { ...own, ...change(own) } } };
}

export const withPassed = (known: Progress, id: string, step: string): Progress =>
  withLesson(known, id, ({ passed }) => (passed.includes(step) ? {} : { passed: [...passed, step] }));

/** A prediction is made once. */
export const withAnswer = (known: Progress, id: string, step: string, said: Answer): Progress =>
  withLesson(known, id, ({ answers }) => ({ answers: { [step]: said, ...answers } }));

// ---- in sum -------------------------------------------------------------------------------------------------

export interface LessonStanding {
  readonly state: "new" | "begun" | "done";
  /** Where one would go on, from 1. */
  readonly step: number;
  /** Questions that were answered, and as the run did; null: none was. */
  readonly predicted: { readonly right: number; readonly of: number } | null;
}

export function standingIn({ id, steps }: LessonCard, { lessons }: Progress): LessonStanding {
  const own = lessons[id];
  if (own === undefined) return { state: "new", step: 1, predicted: null };
  const answered = steps.filter((step) => step.right !== null && own.answers[step.id] !== undefined);
  const right = answered.filter((step) => own.answers[step.id] === step.right).length;
  const done = steps.every((step) => own.passed.includes(step.id));
  return {
    state: done ? "done" : "begun",
    step: done ? 1 : Math.min(Math.max(1, own.step), steps.length),
    predicted: answered.length === 0 ? null : { right, of: answered.length },
  };
}

/** The lesson with which one goes on: the one that was open last, or the first that is not done. Null: all are. */
export function nextLesson(cards: readonly LessonCard[], progress: Progress): LessonCard | null {
  const open = cards.filter((card) => standingIn(card, progress).state !== "done");
  return open.find(({ id }) => id === progress.last) ?? open[0] ?? null;
}
