import { expect, test } from "vitest";
import { marksOf } from "./marks.ts";

const plain = (text: string) => ({ text, strong: false, word: null });

test("strong stretches and linked words are taken out of a text, and the rest stays", () => {
  expect(marksOf("A **log** is a [list](word:log) of commands.")).toEqual([
    plain("A "),
    { text: "log", strong: true, word: null },
    plain(" is a "),
    { text: "list", strong: false, word: "log" },
    plain(" of commands."),
  ]);
  expect(marksOf("2 * 3 [x]")).toEqual([plain("2 * 3 [x]")]);
  expect(marksOf("")).toEqual([]);
});
