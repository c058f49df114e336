import { expect, test } from "vitest";
import { lessons } from "./lessons/index.ts";
import { publishedMean, quiz, quizWords } from "./quiz.ts";

test("each of the eight questions has its words, and its right answer is among three or four", () => {
  expect(quiz).toHaveLength(8);
  expect(Object.keys(quizWords)).toEqual(quiz.map(({ id }) => id));
  for (const { id, right } of quiz) {
    const letters = Object.keys(quizWords[id]!.answers);
    expect(letters).toContain(right);
    expect(letters.length).toBeGreaterThanOrEqual(3);
  }
});

test("a question that has a lesson names a step of it that asks", () => {
  for (const { lesson } of quiz) {
    const own = lesson && lessons.find(({ id }) => id === lesson.id);
    if (lesson === null) continue;
    expect(own, lesson.id).toBeDefined();
    expect(own!.steps.find(({ id }) => id === lesson.step)?.question, `${lesson.id} ${lesson.step}`).toBeTruthy();
  }
});

test("of the first question's logs just the right one has terms that fall", () => {
  const falls = Object.entries(quizWords["one-log"]!.answers)
    .filter(([, log]) => log!.split(" ").some((term, at, all) => at > 0 && Number(term) < Number(all[at - 1])))
    .map(([letter]) => letter);
  expect(falls).toEqual([quiz[0]!.right]);
});

test("of the third question's logs just the right one can stand beside the leader's", () => {
  const leader = [1, 1, 3, 3, 3, 5];
  const possible = Object.entries(quizWords["possible-logs"]!.answers)
    .filter(([, text]) => {
      const log = text!.split(" ").map(Number);
      const rises = log.every((term, at) => at === 0 || term >= log[at - 1]!);
      // Log Matching, figure 3: the same term at one index means the same entries up to it.
      const shared = log.findLastIndex((term, at) => term === leader[at]);
      return rises && log.slice(0, shared + 1).every((term, at) => term === leader[at]);
    })
    .map(([letter]) => letter);
  expect(possible).toEqual([quiz[2]!.right]);
});

test("the published mean is that of the whole quiz", () => {
  expect(publishedMean).toBe(Math.round((100 * 25.72) / 60));
});
