import { expect, test } from "vitest";
import { finish } from "../../history/work.ts";
import { encodePredictions } from "../../lesson/code.ts";
import { misconceptions } from "../../lesson/misconceptions.ts";
import { lessonCards } from "../../worker/lessons.ts";
import { tallyOf } from "./tally.ts";

const cards = finish(lessonCards());
const [first] = cards;
const asks = first!.steps.find(({ right }) => right !== null)!;
const [wrongLetter, name] = Object.entries(asks.wrong)[0] as ["A" | "B" | "C" | "D", keyof typeof misconceptions];
const codeOf = (answer: "A" | "B" | "C" | "D" | "unsure") => encodePredictions([{ number: 1, answers: [answer] }]);

test("a class is counted by question, and by what its wrong answers stand for", () => {
  const text = [codeOf(asks.right!), "", codeOf(wrongLetter), codeOf(wrongLetter), codeOf("unsure")].join("\n");
  const { codes, wrong, questions, held } = tallyOf(text, cards);
  expect([codes, wrong]).toEqual([4, []]);
  expect(questions).toHaveLength(1);
  expect(questions[0]!.step.id).toBe(asks.id);
  expect(questions[0]!.counts).toEqual({ [asks.right!]: 1, [wrongLetter]: 2, unsure: 1 });
  expect(held).toEqual([{ misconception: misconceptions[name], count: 2 }]);
});

test("a line that is no code is told by its number", () => {
  expect(tallyOf(`${codeOf("A")}\nhello`, cards)).toMatchObject({
    codes: 1,
    wrong: [{ line: 2, why: "A code begins with dw1-." }],
  });
});
