import { failure, type Result, success } from "../base/result.ts";
import { type Letter, letters } from "./lesson.ts";

/**
 * What a learner predicted, as a text to hand in: `dw1-1bb-2cb-4u…-k7`. For each lesson with an answer its number and a
 * sign for each of its questions: a letter, "u" for not sure, "x" for no answer. Two signs at the end tell typing errors.
 * It is no proof: whoever reads this can write one.
 */
export interface Predictions {
  /** The lesson's place in the list, from 1. */
  readonly number: number;
  /** In the order of its questions; null: not answered. */
  readonly answers: readonly (Letter | "unsure" | null)[];
}

const mark = "dw1";
const pattern = /^(\d{1,2})([a-dux]+)$/;

export function encodePredictions(all: readonly Predictions[]): string {
  const parts = all
    .filter(({ answers }) => answers.some((answer) => answer !== null))
    .map(({ number, answers }) => `${number}${answers.map(signOf).join("")}`);
  const body = [mark, ...parts].join("-");
  return `${body}-${checkOf(body)}`;
}

/** The problem is a sentence. */
export function decodePredictions(code: string): Result<readonly Predictions[], string> {
  const text = code.trim().toLowerCase();
  const at = text.lastIndexOf("-");
  const [body, check] = [text.slice(0, at), text.slice(at + 1)];
  const [first, ...parts] = body.split("-");
  if (first !== mark) return failure(`A code begins with ${mark}-.`);
  if (check !== checkOf(body)) return failure("A sign of the code is wrong or missing.");
  const read = parts.map((part) => pattern.exec(part));
  if (read.includes(null)) return failure("The code was made by another version of the page.");
  return success(read.map((found) => ({ number: Number(found![1]), answers: [...found![2]!].map(answerOf) })));
}

function signOf(answer: Letter | "unsure" | null): string {
  if (answer === null) return "x";
  return answer === "unsure" ? "u" : answer.toLowerCase();
}

function answerOf(sign: string): Letter | "unsure" | null {
  if (sign === "u") return "unsure";
  return letters.find((letter) => letter.toLowerCase() === sign) ?? null;
}

/** Of 1,296 values: one wrong sign, or two that changed places, is seen. */
function checkOf(body: string): string {
  let sum = 0;
  for (const sign of body) sum = (sum * 37 + sign.charCodeAt(0)) % 1291;
  return sum.toString(36).padStart(2, "0");
}
