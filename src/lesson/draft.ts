import { words as glossary } from "../explain/glossary/words.ts";
import { bugNames } from "../raft/bugs/index.ts";
import { parseCondition } from "../scenario/condition/parse.ts";
import { readRecording } from "../scenario/format.ts";
import type { RunFile } from "../scenario/presets/preset.ts";
import type { Recording } from "../scenario/recording.ts";
import { formatVersion } from "../scenario/version.ts";
import {
  type CounterExample,
  type Doing,
  type Lesson,
  type LessonAnswer,
  type LessonGroup,
  type LessonQuestion,
  type LessonStep,
  type LessonTask,
  type LessonWords,
  type Letter,
  letters,
  type StepWords,
} from "./lesson.ts";
import { type Misconception, misconceptions } from "./misconceptions.ts";
import { performed } from "./performed.ts";

/** A lesson as it is written down, but for its words. */
export interface LessonDraft {
  readonly id: string;
  readonly group: LessonGroup;
  readonly minutes: number;
  readonly sections: readonly string[];
  readonly steps: readonly StepDraft[];
}
interface StepDraft {
  readonly id: string;
  /** Several steps may look at one run, each at its own moment. */
  readonly run: RunFile;
  readonly atMs: number;
  readonly holds: readonly string[];
  readonly tasks?: readonly LessonTask[];
  readonly question?: QuestionDraft;
}
interface QuestionDraft extends Omit<LessonQuestion, "answers"> {
  /** Every letter but the right one, up to the last. */
  readonly wrong: Readonly<Partial<Record<Letter, WrongAnswer>>>;
}
interface WrongAnswer {
  readonly misconception: Misconception;
  readonly counter: CounterExample;
}

/**
 * Goes through the readers of files and conditions, like everything that is opened; a draft that they refuse is a bug, and throws.
 * The steps are read when somebody wants them: all lessons together take a page half a second.
 */
export function lesson({ id, group, minutes, sections, steps: drafts }: LessonDraft, words: LessonWords): Lesson {
  const check = new Check(`lesson ${id}`);
  check.that(/^[a-z0-9-]{1,30}$/.test(id), "its id does not fit an address");
  check.text(words.title);
  check.text(words.asks);
  check.text(words.card);
  check.sameKeys(
    "steps",
    drafts.map((draft) => draft.id),
    words.steps,
  );
  const read = (): readonly LessonStep[] =>
    drafts.map((draft, place) =>
      stepOf(draft, words.title, words.steps[draft.id]!, new Check(`lesson ${id}, step ${place + 1} (${draft.id})`)),
    );
  let steps: readonly LessonStep[] | null = null;
  return {
    ...{ id, group, minutes, sections, words: unbroken(words) },
    get steps() {
      steps ??= read();
      return steps;
    },
  };
}

/** No line ends inside a row of terms, such as "1 1 2 2". */
function unbroken<Words>(words: Words): Words {
  if (typeof words === "string") return words.replace(/(?<=\d) (?=\d)/g, "\u00a0") as Words;
  const entries = Object.entries(words as object).map(([key, value]) => [key, unbroken(value)]);
  return Object.fromEntries(entries) as Words;
}

function stepOf(draft: StepDraft, title: string, words: StepWords, check: Check): LessonStep {
  const { id, run, atMs, holds, tasks = [], question } = draft;
  const recording = check.recording(title, run, atMs);
  check.text(words.title);
  check.text(words.text);
  check.that(sentences(words.text) <= 3, "its text has more than three sentences");
  check.that(holds.length > 0, "nothing holds of its text");
  holds.forEach(check.condition);
  check.sameKeys(
    "tasks",
    tasks.map((task) => task.id),
    words.tasks,
  );
  for (const task of tasks) {
    check.text(words.tasks[task.id]!);
    check.condition(task.when);
    check.doing(recording, task.show);
  }
  check.that((question === undefined) === (words.question === undefined), "a question needs its words, and they it");
  return { id, recording, holds, tasks, question: question ? questionOf(question, recording, words, check) : null };
}

function questionOf(draft: QuestionDraft, recording: Recording, words: StepWords, check: Check): LessonQuestion {
  const { wrong, ...question } = draft;
  const given = [question.right, ...(Object.keys(wrong) as Letter[])].sort();
  const { asks, answers: texts, happened } = words.question!;
  check.that(given.join("") === letters.slice(0, given.length).join(""), "its answers are not lettered from A on");
  check.sameKeys("answers", given, texts);
  check.text(asks);
  check.text(happened);
  check.condition(question.until);
  question.holds.forEach(check.condition);
  const answers = given.map((letter): LessonAnswer => {
    const { says, sees, follows } = texts[letter]!;
    const { misconception = null, counter = null } = wrong[letter] ?? {};
    check.text(says);
    check.text(sees);
    check.that((counter === null) === (follows === undefined), `answer ${letter}: what follows goes with its run`);
    if (follows !== undefined) check.text(follows);
    if (misconception !== null) check.that(misconception in misconceptions, `there is no ${misconception}`);
    if (counter !== null) {
      check.condition(counter.shows);
      counter.holds.forEach(check.condition);
      for (const name of counter.off) check.that((bugNames as readonly string[]).includes(name), `there is no ${name}`);
      check.doing(recording, counter);
    }
    return { letter, misconception, counter };
  });
  return { ...question, answers };
}

const sentences = (text: string): number => text.match(/[.?!](?=\s|$)/g)?.length ?? 0;

class Check {
  constructor(private readonly where: string) {}

  that(right: boolean, wrong: string): void {
    if (!right) throw new Error(`${this.where}: ${wrong}`);
  }

  sameKeys(what: string, ids: readonly string[], table: Readonly<Record<string, unknown>>): void {
    const [needed, there] = [ids.toSorted().join(), Object.keys(table).toSorted().join()];
    this.that(new Set(ids).size === ids.length, `two of its ${what} have one id`);
    this.that(needed === there, `words for ${what} ${there || "none"}, not ${needed || "none"}`);
  }

  /** Something to read, whose links lead to words of the glossary. */
  text(text: string): void {
    this.that(text.trim() === text && text.length > 0, `“${text}” is empty, or has blanks around it`);
    for (const [, to] of text.matchAll(/\]\(([^)]*)\)/g))
      this.that(
        glossary.some(({ id }) => `word:${id}` === to),
        `there is no ${to}`,
      );
  }

  readonly condition = (text: string): void => {
    const read = parseCondition(text);
    if (!read.ok) this.that(false, `“${text}”: ${read.problem.message}`);
  };

  doing(recording: Recording, doing: Doing): void {
    const times = doing.acts.map(({ afterMs }) => afterMs);
    this.that(
      times.every((time, at) => time >= (times[at - 1] ?? 0) && time <= doing.untilMs),
      "acts out of order",
    );
    performed(recording, doing);
  }

  /** Opens at the moment: time stands, what comes is hidden, and time is guided. */
  recording(title: string, { latencyMs, writeMs, speed = 0.05, ...run }: RunFile, atMs: number): Recording {
    const read = readRecording({
      ...{ format: "driftwood", version: formatVersion, title },
      ...(latencyMs && { network: { latencyMs } }),
      ...(writeMs && { disk: { writeMs } }),
      ...run,
      view: { atMs, select: "", speed, play: false, hide: true, guided: true },
    });
    if (read.ok) return read.value;
    throw new Error(`${this.where}: ${read.problem.field} ${read.problem.message}`);
  }
}
