import { type Micros, microsPerMilli } from "../base/units.ts";
import type { Work } from "../history/work.ts";
import type { Lesson, LessonQuestion, LessonStep, Letter, QuestionWords } from "../lesson/lesson.ts";
import { lessons } from "../lesson/lessons/index.ts";
import { shortPath } from "../lesson/path.ts";
import { counterOf, found, runOf } from "../lesson/runs.ts";
import { readLessonName } from "../scenario/lesson-name.ts";
import type { Recording } from "../scenario/recording.ts";
import type { LessonCard, LessonStepCard, LessonView, QuestionView } from "./protocol/lesson.ts";

/** What the page is told of lessons. */

/** Every lesson in little. To read one takes some milliseconds. */
export function* lessonCards(): Work<readonly LessonCard[]> {
  const cards: LessonCard[] = [];
  for (const lesson of lessons) {
    const { id, group, minutes, words } = lesson;
    const steps = stepCards(lesson);
    cards.push({
      ...{ id, number: cards.length + 1, group, minutes, title: words.title, asks: words.asks },
      ...{ steps, short: shortPath.includes(id) },
    });
    yield { done: cards.length, of: lessons.length };
  }
  return cards;
}

/** When a step begins. */
const startOf = ({ recording }: LessonStep): Micros => recording.view?.at ?? 0;

const stepCards = ({ steps, words }: Pick<Lesson, "steps" | "words">): readonly LessonStepCard[] =>
  steps.map(({ id, question }) => ({
    ...{ id, title: words.steps[id]!.title, right: question?.right ?? null },
    wrong: Object.fromEntries(
      (question?.answers ?? []).flatMap(({ letter, misconception }) =>
        misconception === null ? [] : [[letter, misconception] as const],
      ),
    ),
  }));

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
