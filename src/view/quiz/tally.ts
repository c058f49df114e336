import { decodePredictions } from "../../lesson/code.ts";
import type { Letter } from "../../lesson/lesson.ts";
import { type Misconception, misconceptions } from "../../lesson/misconceptions.ts";
import type { LessonCard, LessonStepCard } from "../../worker/protocol/lesson.ts";

/** One question of a lesson, and how many of a class said what. */
export interface QuestionTally {
  readonly lesson: LessonCard;
  readonly step: LessonStepCard;
  readonly counts: Readonly<Partial<Record<Letter | "unsure", number>>>;
}
export interface ClassTally {
  readonly codes: number;
  /** Of lines that are no code: which, from 1, and why. */
  readonly wrong: readonly { readonly line: number; readonly why: string }[];
  /** Those that somebody answered, in the order of the lessons. */
  readonly questions: readonly QuestionTally[];
  /** The most frequent first. */
  readonly held: readonly { readonly misconception: string; readonly count: number }[];
}

const questionsOf = ({ steps }: LessonCard): readonly LessonStepCard[] => steps.filter(({ right }) => right !== null);

/** A code in each line, blank lines apart. */
export function tallyOf(text: string, cards: readonly LessonCard[]): ClassTally {
  const lines = text
    .split("\n")
    .map((line, at) => ({ line: at + 1, read: line.trim() === "" ? null : decodePredictions(line) }));
  const good = lines.flatMap(({ read }) => (read?.ok ? [read.value] : []));
  const wrong = lines.flatMap(({ line, read }) => (read?.ok === false ? [{ line, why: read.problem }] : []));
  const held = new Map<string, number>();
  const questions = cards.flatMap((lesson) =>
    questionsOf(lesson).flatMap((step, at): QuestionTally[] => {
      const counts: Partial<Record<Letter | "unsure", number>> = {};
      for (const all of good) {
        const said = all.find(({ number }) => number === lesson.number)?.answers[at] ?? null;
        if (said === null) continue;
        counts[said] = (counts[said] ?? 0) + 1;
        const name = said === "unsure" ? undefined : step.wrong[said];
        if (name !== undefined) held.set(name, (held.get(name) ?? 0) + 1);
      }
      return Object.keys(counts).length === 0 ? [] : [{ lesson, step, counts }];
    }),
  );
  const ranked = [...held].map(([name, count]) => ({ misconception: misconceptions[name as Misconception], count }));
  return { codes: good.length, wrong, questions, held: ranked.toSorted((a, b) => b.count - a.count) };
}
