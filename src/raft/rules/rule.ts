/** What a bug puts in the place of a rule: its name, and what it changes in one sentence. */
export interface Instead {
  readonly bug: string;
  readonly changed: string;
}

/** Stands at every rule where one is replaced and nobody shall know which. */
export const veil: Instead = { bug: "", changed: "" };

/** One guard or formula of the algorithm, with the place where it is stated. The engine asks the table, never itself. */
export interface Rule<Arguments extends readonly unknown[], Answer> {
  readonly title: string;
  /** Section or figure of the extended paper, or of the dissertation ("D 9.6"). */
  readonly section: string;
  /** The rule in one sentence. */
  readonly text: string;
  readonly ask: (...asked: Arguments) => Answer;
  /** What answers in its place; null: the rule answers itself. */
  readonly replacedBy: Instead | null;
}

export const rule = <Arguments extends readonly unknown[], Answer>(
  title: string,
  section: string,
  text: string,
  ask: (...asked: Arguments) => Answer,
): Rule<Arguments, Answer> => ({ title, section, text, ask, replacedBy: null });
