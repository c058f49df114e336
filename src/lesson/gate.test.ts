import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { History } from "../history/history.ts";
import { hashAtEntry, problemsOf } from "./gate.ts";
import { entryHashes } from "./hashes.ts";
import type { Lesson, LessonStep } from "./lesson.ts";
import { lessons } from "./lessons/index.ts";
import { type Misconception, misconceptions } from "./misconceptions.ts";

describe("every lesson", () => {
  test.each(lessons.map((lesson): [string, Lesson] => [lesson.id, lesson]))(
    "%s keeps what it promises",
    (_, lesson) => {
      expect(problemsOf(lesson)).toEqual([]);
    },
  );

  test("has a name and a title of its own, and a file of that name", () => {
    expect(new Set(lessons.map(({ words }) => words.title)).size).toBe(lessons.length);
    const files = readdirSync(new URL("lessons", import.meta.url)).filter((file) => file !== "index.ts");
    expect(lessons.map(({ id }) => `${id}.ts`).toSorted()).toEqual(files.toSorted());
    expect(Object.keys(entryHashes)).toEqual(lessons.map(({ id }) => id));
  });

  test("has its prose in its table only", () => {
    for (const { id } of lessons) {
      const text = readFileSync(new URL(`lessons/${id}.ts`, import.meta.url), "utf8");
      const data = text.slice(0, text.search(/^ {2}\{\n {4}title: /m));
      expect(data.length, id).toBeLessThan(text.length - 1000);
      const strings = [...data.matchAll(/"((?:[^"\\\n]|\\.)*)"/g)].map(([, said = ""]) => said);
      const { sections, steps } = lessons.find((lesson) => lesson.id === id)!;
      const known = [...sections, ...steps.flatMap(conditionsOf)];
      expect(strings.filter((said) => / /.test(said) && !known.includes(said))).toEqual([]);
    }
  });

  test("every misconception is met by one", () => {
    const met = lessons.flatMap(({ steps }) =>
      steps.flatMap(({ question }) => question?.answers.flatMap(({ misconception }) => misconception ?? []) ?? []),
    );
    const unmet = (Object.keys(misconceptions) as Misconception[]).filter((each) => !met.includes(each));
    expect(unmet).toEqual([]);
  });
});

const conditionsOf = ({ holds, tasks, question }: LessonStep): string[] => [
  ...holds,
  ...tasks.map(({ when }) => when),
  ...(question === null ? [] : [question.until, ...question.holds]),
  ...(question?.answers.flatMap(({ counter }) => (counter === null ? [] : [counter.shows, ...counter.holds])) ?? []),
];

describe("the gate", () => {
  const [lesson] = lessons as [Lesson];
  const [first, second] = lesson.steps as [LessonStep, LessonStep];
  const problems = (changed: Partial<Lesson>): readonly string[] => problemsOf({ ...lesson, ...changed });

  test("names a section that there is not, and a lesson without an act", () => {
    expect(problems({ sections: ["§5.9", "Figure 14", "D 3.11"] })).toHaveLength(3);
    expect(problems({ steps: [first] })).toEqual([`${lesson.id}: all its tasks are done by letting time go on`]);
  });

  test("names a text that is not so, and a state that is another", () => {
    const other = { ...first, holds: ["leader", "S1 votes"] };
    const found = problems({ steps: [other, lesson.steps[2]!] });
    expect(found.join()).toContain("as it is entered, “leader” does not hold");
    expect(found.join()).toContain("“S1 votes” is about what happens");
    expect(found.join()).toContain("step 2 (leading): it is entered at ");
  });

  test("names tasks that nothing does, that doing nothing does, or that are done already", () => {
    const { tasks } = lesson.steps[2]!;
    const tried = (when: string): string =>
      problems({ steps: [{ ...lesson.steps[2]!, tasks: [{ ...tasks[0]!, when }] }] }).join();
    expect(tried("S5 down")).toContain("is not done by what is shown");
    expect(tried("S1 sending = 4")).toContain("is done by letting time go on");
    expect(tried("leader")).toContain("is done as the step is entered");
  });

  test("names answers that do not come, and runs that do not show what they should", () => {
    const question = second.question!;
    const tried = (changed: Partial<typeof question>): string =>
      problems({ steps: [{ ...second, question: { ...question, ...changed } }] }).join();
    expect(tried({ until: "S2 leads" })).toContain("“S2 leads” does not come true within 100 ms");
    expect(tried({ holds: ["term = 2"] })).toContain("when the run has answered, “term = 2” does not hold");
    const answers = question.answers.map((answer) => ({
      ...answer,
      counter: answer.counter && { ...answer.counter, shows: "violation" },
    }));
    expect(tried({ answers })).toContain("answer A: “violation” does not come true");
  });

  test("every step is entered at the same bits, by way of any other moment", () => {
    for (const step of lesson.steps) {
      const { setup, actions, end, view } = step.recording;
      const history = new History(setup, actions, end);
      history.seek(view!.at + 400_000);
      history.seek(view!.at);
      expect(history.hash()).toBe(hashAtEntry(step));
    }
  });
});
