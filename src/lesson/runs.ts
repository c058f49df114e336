import { type LessonName, lessonName, readLessonName } from "../scenario/lesson-name.ts";
import { didYouMean } from "../scenario/nearest.ts";
import type { Recording } from "../scenario/recording.ts";
import type { Lesson, LessonStep } from "./lesson.ts";
import { lessons } from "./lessons/index.ts";
import { performed } from "./performed.ts";

/** Steps of lessons by their names, as runs. */

const named = (id: string): Lesson | undefined => lessons.find((lesson) => lesson.id === id);

interface Found {
  readonly lesson: Lesson;
  readonly step: LessonStep;
}
/** Null: there is none of that name. */
export function found({ id, step: place }: LessonName): Found | null {
  const lesson = named(id);
  const step = lesson?.steps[place - 1];
  return lesson === undefined || step === undefined ? null : { lesson, step };
}

/** What that wrong answer's own run is made of; null: it has none. */
export const counterOf = ({ question }: LessonStep, letter: string) =>
  question?.answers.find((answer) => answer.letter === letter)?.counter ?? null;

/** The run of that name; null: there is none. `show`: with what does that task. */
export function lessonRun(name: LessonName, show?: string): Recording | null {
  const step = found(name)?.step;
  if (step === undefined) return null;
  const run = runOf(step, name.counter, show);
  return run && { ...run, preset: lessonName(name) };
}

/** The step's run, or instead of it the one of that answer, or the one in which that task is done. */
export function runOf(step: LessonStep, letter: string | null, show: string | undefined): Recording | null {
  if (letter !== null) {
    const counter = counterOf(step, letter);
    return counter && performed(step.recording, counter, counter.off);
  }
  const task = step.tasks.find(({ id }) => id === show);
  return task === undefined ? step.recording : performed(step.recording, task.show);
}

/** Why there is no such step. */
export function noLesson(text: string): string {
  const id = /^lesson=([^&]*)/.exec(text)?.[1] ?? text;
  const lesson = named(id);
  if (lesson === undefined) {
    const ids = lessons.map((each) => each.id);
    const byTitle = lessons.map((each) => [each.words.title.toLowerCase().replace(/[^a-z0-9]/g, ""), each.id]);
    return `there is no lesson "${id}"${didYouMean(id, ids, Object.fromEntries(byTitle))}`;
  }
  const name = readLessonName(text);
  return name !== null && found(name) !== null
    ? `step ${name.step} of the lesson "${id}" has no run for the answer ${name.counter}`
    : `the lesson "${id}" has the steps 1 to ${lesson.steps.length}`;
}

/** What is judged of the run: the step as it begins, and the conditions in the order of `ticks`. */
export function judgedIn(
  name: LessonName,
): { readonly begins: Recording; readonly conditions: readonly string[] } | null {
  const at = found(name);
  if (at === null) return null;
  const { tasks, question } = at.step;
  if (name.counter !== null) {
    const counter = counterOf(at.step, name.counter);
    const begins = counter && performed(at.step.recording, { acts: [], untilMs: 0 }, counter.off);
    return counter && begins && { begins, conditions: [counter.shows] };
  }
  const answered = question === null ? [] : [question.until];
  return { begins: at.step.recording, conditions: [...tasks.map(({ when }) => when), ...answered] };
}
