import type { LessonView } from "../../worker/protocol/lesson.ts";
import type { Answer } from "./course.ts";

/** What a lesson has said, for those who listen and for the transcript. */
export interface Line {
  readonly key: number;
  readonly kind: "step" | "task" | "answer" | "result" | "counter";
  readonly text: string;
}

/** A text without its signs: `**log**` and `[log](word:log)` as they are read out. */
export const plainText = (text: string): string => text.replaceAll("**", "").replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1");

const sentence = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);

export function stepLine({ step, steps, text, tasks, question }: LessonView): string {
  const parts = [
    `Step ${step} of ${steps.length}: ${sentence(steps[step - 1]?.title ?? "")}`,
    text,
    ...tasks.map(({ says }) => `Task: ${sentence(says)}`),
    ...(question === null ? [] : [`Before you go on: ${question.asks}`]),
  ];
  return plainText(parts.join(" "));
}

export function taskLine({ tasks }: LessonView, place: number, done: number): string {
  const words = sentence(tasks[place]?.says ?? "");
  return plainText(`Done: ${words} ${done} of ${tasks.length}.`);
}

export function answerLine({ question }: LessonView, answer: Answer): string {
  if (answer === "unsure") return "You are not sure. Now play on and see.";
  const own = question?.answers.find(({ letter }) => letter === answer);
  return own === undefined ? "" : plainText(`Your answer: ${answer}, ${sentence(own.says)} If it is so: ${own.sees}`);
}

export function resultLine({ question }: LessonView, came: boolean): string {
  if (question === null) return "";
  const right = question.answers.find(({ letter }) => letter === question.right);
  if (!came) return "In this run it has not come about.";
  return plainText(`What happened: ${question.right}, ${sentence(right?.says ?? "")} ${question.happened}`);
}

export function counterLine({ question, counter }: LessonView): string {
  const own = question?.answers.find(({ letter }) => letter === counter);
  return plainText(`What would follow if the answer were ${counter}: ${sentence(own?.says ?? "")}`);
}

export function followsLine({ question, counter }: LessonView): string {
  return plainText(question?.answers.find(({ letter }) => letter === counter)?.follows ?? "");
}
