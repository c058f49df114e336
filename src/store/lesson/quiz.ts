import * as v from "valibot";
import { create } from "zustand";
import { letters } from "../../lesson/lesson.ts";
import { pageStorage } from "../page.ts";
import type { Answer } from "./course.ts";

const answers = v.record(v.string(), v.picklist([...letters, "unsure"]));
const schema = v.object({ first: v.nullable(answers), last: v.nullable(answers) });

/** By the question's id. */
export type QuizAnswers = Readonly<Record<string, Answer>>;
/** What was answered the first time, and the last time that it was not the first. On this device alone. */
export interface QuizKept {
  readonly first: QuizAnswers | null;
  readonly last: QuizAnswers | null;
}
const key = "driftwood-quiz";

export const useQuiz = create<QuizKept>(() => ({ first: null, last: null }));

export function recallQuiz(): void {
  try {
    useQuiz.setState(v.parse(schema, JSON.parse(pageStorage.getItem(key) ?? "")));
  } catch {
    // Nothing was noted, or something else stands there.
  }
}

export function noteQuiz(given: QuizAnswers): void {
  useQuiz.setState(({ first }) => (first === null ? { first: given } : { last: given }));
  pageStorage.setItem(key, JSON.stringify(useQuiz.getState()));
}
