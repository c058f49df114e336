import type { RunFile } from "../scenario/presets/preset.ts";
import type { Recording } from "../scenario/recording.ts";
import type { Misconception } from "./misconceptions.ts";

/**
 * A lesson is data: runs, steps, tasks, questions, and a table of its words. Everything that it shows is done by the
 * engine; everything that it ticks is a condition (`scenario/condition`) on the engine's state.
 */
export interface Lesson {
  /** Its name in links and in what the device remembers: "split-votes". */
  readonly id: string;
  readonly group: LessonGroup;
  readonly minutes: number;
  /** Where it comes from: "§5.2" of the paper, "D 9.3" of the dissertation. */
  readonly sections: readonly string[];
  readonly steps: readonly LessonStep[];
  readonly words: LessonWords;
}

export const lessonGroups = ["one-log", "safe", "disks-and-members", "in-production"] as const;
export type LessonGroup = (typeof lessonGroups)[number];

export interface LessonStep {
  readonly id: string;
  /** What is on the page when the step is entered, at its `view.at`; always the same, however one comes. */
  readonly recording: Recording;
  /** Conditions that hold as the step is entered: what its text says of the run. */
  readonly holds: readonly string[];
  readonly tasks: readonly LessonTask[];
  /** Time does not go on before it is answered. */
  readonly question: LessonQuestion | null;
}

/** Ticked the moment its condition comes true after the step was entered; it stays ticked until the step is entered again. */
export interface LessonTask {
  readonly id: string;
  /** A condition; where it holds as the step is entered, it has to cease first. */
  readonly when: string;
  /** One way to do it, from the step's beginning: "show me". */
  readonly show: Doing;
}

/** What is done to a run: acts in the file's form, `afterMs` (virtual milliseconds) after the step's beginning. */
export interface Doing {
  readonly acts: readonly LessonAct[];
  /** How long the run then goes on, from the step's beginning. */
  readonly untilMs: number;
}
export type LessonAct = { readonly afterMs: number } & Omit<NonNullable<RunFile["actions"]>[number], "atMs">;

export const letters = ["A", "B", "C", "D"] as const;
export type Letter = (typeof letters)[number];

export interface LessonQuestion {
  readonly id: string;
  readonly right: Letter;
  /** A condition: the run that answers goes on until it comes true, at most `withinMs`. */
  readonly until: string;
  readonly withinMs: number;
  /** Conditions that hold when `until` has come true: what `happened` says. */
  readonly holds: readonly string[];
  /** In their order; `right` has none of these two, every other has both. */
  readonly answers: readonly LessonAnswer[];
}
export interface LessonAnswer {
  readonly letter: Letter;
  readonly misconception: Misconception | null;
  readonly counter: CounterExample | null;
}

/**
 * What would follow if that answer were right, or shows that it is not: from the same moment, by the same engine, on a
 * branch or with rules off.
 */
export interface CounterExample extends Doing {
  /** Rules that are off in it: names of bug switches. */
  readonly off: readonly string[];
  /** Comes true by `untilMs`. */
  readonly shows: string;
  /** Conditions that hold at its end: what `follows` says. */
  readonly holds: readonly string[];
}

/** Everything that is read, in one language; the keys are the lesson's own. Markdown's `**` and `[word](word:term)` are understood. */
export interface LessonWords {
  readonly title: string;
  /** What it answers, as somebody asks who does not know yet. */
  readonly asks: string;
  readonly steps: Readonly<Record<string, StepWords>>;
  /** The "whole picture" card at the end: what was learnt, and how it fits with the rest. */
  readonly card: string;
}
export interface StepWords {
  readonly title: string;
  /** At most three sentences; all of them true of the moment at which the step is entered. */
  readonly text: string;
  readonly tasks: Readonly<Record<string, string>>;
  readonly question?: QuestionWords;
}
export interface QuestionWords {
  readonly asks: string;
  readonly answers: Readonly<Partial<Record<Letter, AnswerWords>>>;
  /** What the run has shown: true where `until` has come true. */
  readonly happened: string;
}
export interface AnswerWords {
  readonly says: string;
  /** What one will see if it is so. */
  readonly sees: string;
  /** Of a wrong answer, beside its counter-example: what this shows; true at its end. */
  readonly follows?: string;
}
