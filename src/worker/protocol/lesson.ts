import type { Micros } from "../../base/units.ts";
import type { LessonGroup, Letter } from "../../lesson/lesson.ts";

/** A lesson in the list of all. */
export interface LessonCard {
  readonly id: string;
  /** Its place in the list, from 1. */
  readonly number: number;
  readonly group: LessonGroup;
  readonly minutes: number;
  readonly title: string;
  /** What it answers. */
  readonly asks: string;
  readonly steps: readonly LessonStepCard[];
  /** It is one of those for who has little time. */
  readonly short: boolean;
}
export interface LessonStepCard {
  readonly id: string;
  readonly title: string;
  /** The answer that the run gives; null: nothing is asked. */
  readonly right: Letter | null;
  /** What each wrong letter stands for: a name of `lesson/misconceptions`. */
  readonly wrong: Readonly<Partial<Record<Letter, string>>>;
}

/** The step of a lesson to which the run belongs. */
export interface LessonView {
  readonly id: string;
  /** Its place in the list, from 1, and how many there are. */
  readonly number: number;
  readonly of: number;
  readonly title: string;
  readonly sections: readonly string[];
  /** Counts from 1. */
  readonly step: number;
  readonly steps: readonly LessonStepCard[];
  /** When the step begins. */
  readonly at: Micros;
  /** The run was opened as the step has it: nobody had acted in it. */
  readonly fresh: boolean;
  readonly text: string;
  readonly tasks: readonly { readonly id: string; readonly says: string }[];
  readonly question: QuestionView | null;
  /** Not the step itself, but what would follow if this were the answer. */
  readonly counter: Letter | null;
  /** Up to there something is shown: time is to pass, to be seen; null: nothing is. */
  readonly goal: Micros | null;
  /** What was learnt, for the last step. */
  readonly card: string;
  /** The lesson that follows, null after the last. */
  readonly next: { readonly id: string; readonly title: string } | null;
}
export interface QuestionView {
  readonly asks: string;
  readonly right: Letter;
  /** A condition: where it comes true, the run has answered; at the latest `by` it has. */
  readonly until: string;
  readonly by: Micros;
  /** True where `until` has come true. */
  readonly happened: string;
  readonly answers: readonly AnswerView[];
}
export interface AnswerView {
  readonly letter: Letter;
  readonly says: string;
  /** What one will see if it is so. */
  readonly sees: string;
  /** Of a wrong one, what its own run shows; null: it has none. */
  readonly follows: string | null;
}

/** Where a condition of the step came true first. */
export interface Tick {
  readonly at: Micros;
  readonly event: number;
}
