import { type Micros, microsPerMilli } from "../base/units.ts";
import type { Lesson, LessonQuestion, LessonStep, Letter, QuestionWords } from "../lesson/lesson.ts";
import { lessons } from "../lesson/lessons/index.ts";
import { shortPath } from "../lesson/path.ts";
import { performed } from "../lesson/performed.ts";
import { type LessonName, lessonName, readLessonName } from "../scenario/lesson-name.ts";
import { didYouMean } from "../scenario/nearest.ts";
import type { Recording } from "../scenario/recording.ts";
import type { LessonCard, LessonStepCard, LessonView, QuestionView } from "./protocol/lesson.ts";

/** Steps of lessons as runs, and what the page is told of them. */

const named = (id: string): Lesson | undefined => lessons.find((lesson) => lesson.id === id);

interface Found {
  readonly lesson: Lesson;
  readonly step: LessonStep;
}
function found({ id, step: place }: LessonName): Found | null {
  const lesson = named(id);
  const step = lesson?.steps[place - 1];
  return lesson === undefined || step === undefined ? null : { lesson, step };
}

const counterOf = ({ question }: LessonStep, letter: string) =>
  question?.answers.find((answer) => answer.letter === letter)?.counter ?? null;

/** When a step begins. */
const startOf = ({ recording }: LessonStep): Micros => recording.view?.at ?? 0;

/** The run of that name; null: there is none. `show`: with what does that task. */
export function lessonRun(name: LessonName, show?: string): Recording | null {
  const step = found(name)?.step;
  if (step === undefined) return null;
  const run = runOf(step, name.counter, show);
  return run && { ...run, preset: lessonName(name) };
}

function runOf(step: LessonStep, letter: string | null, show: string | undefined): Recording | null {
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

// ---- in words -----------------------------------------------------------------------------------------------

export const lessonCards = (): readonly LessonCard[] =>
  lessons.map(({ id, group, minutes, words, ...lesson }, place) => ({
    ...{ id, number: place + 1, group, minutes, title: words.title, asks: words.asks },
    steps: stepCards({ ...lesson, words }),
    short: shortPath.includes(id),
  }));

const stepCards = ({ steps, words }: Pick<Lesson, "steps" | "words">): readonly LessonStepCard[] =>
  steps.map(({ id, question }) => ({ id, title: words.steps[id]!.title, right: question?.right ?? null }));

/** What the page shows beside a run; `show`: in which that task is done. Null: it is of no lesson that there is. */
export function lessonView({ preset, actions, branches }: Recording, show?: string): LessonView | null {
  const name = readLessonName(preset);
  const at = name && found(name);
  if (name === null || at === null) return null;
  const { lesson, step } = at;
  const words = lesson.words.steps[step.id]!;
  const counter = name.counter === null ? null : counterOf(step, name.counter);
  const shown = counter ?? step.tasks.find(({ id }) => id === show)?.show ?? null;
  const place = lessons.indexOf(lesson);
  const own = runOf(step, name.counter, show)?.actions;
  const next = lessons[place + 1];
  return {
    ...{ id: lesson.id, number: place + 1, of: lessons.length, title: lesson.words.title, sections: lesson.sections },
    ...{ step: name.step, steps: stepCards(lesson), at: startOf(step), text: words.text, card: lesson.words.card },
    fresh: branches.length === 0 && JSON.stringify(actions) === JSON.stringify(own),
    tasks: step.tasks.map(({ id }) => ({ id, says: words.tasks[id]! })),
    question: step.question && questionView(step.question, words.question!, startOf(step)),
    counter: name.counter as Letter | null,
    goal: shown && startOf(step) + shown.untilMs * microsPerMilli,
    next: next === undefined ? null : { id: next.id, title: next.words.title },
  };
}

const questionView = (
  { right, until, withinMs, answers }: LessonQuestion,
  words: QuestionWords,
  start: Micros,
): QuestionView => ({
  ...{ asks: words.asks, happened: words.happened, right, until, by: start + withinMs * microsPerMilli },
  answers: answers.map(({ letter }) => {
    const { says, sees, follows = null } = words.answers[letter]!;
    return { letter, says, sees, follows };
  }),
});
