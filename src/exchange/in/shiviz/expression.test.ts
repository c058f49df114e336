import fc from "fast-check";
import { expect, test } from "vitest";
import { readExpression } from "./expression.ts";
import { matchOf } from "./machine.ts";

function groups(source: string, text: string): Record<string, string> | null {
  const read = readExpression(source);
  if (!read.ok) throw new Error(read.problem.message);
  const match = matchOf(read.value, text);
  return match === null ? null : Object.fromEntries(match);
}

/**
 * Expressions that both engines read. What is repeated is never empty: there a backtracking engine ends a repetition
 * that ours, as others without backtracking, goes on with.
 */
const letter = fc.constantFrom("a", "b", ".", "[ab]", "[^a]", "\\w", "c", "\\s", "\\d");
const edge = fc.constantFrom("\\b", "\\B", "^", "$");
const some = fc.constantFrom("+", "+?", "{2}", "{1,2}", "{2,}?");
const any = fc.constantFrom("*", "*?", "?", "??", "{0,2}", "{0,}?");
const { whole: tree } = fc.letrec<{ solid: string; whole: string }>((tie) => ({
  solid: fc.oneof(
    { depthSize: "small" },
    letter,
    fc.tuple(tie("solid"), tie("whole")).map(([one, other]) => one + other),
    fc.tuple(tie("solid"), tie("solid")).map(([one, other]) => `(?:${one}|${other})`),
    fc.tuple(tie("solid"), some).map(([one, times]) => `(${one})${times}`),
  ),
  whole: fc.oneof(
    { depthSize: "small" },
    tie("solid"),
    edge,
    fc.tuple(tie("whole"), tie("whole")).map(([one, other]) => `(?:${one}|${other})`),
    fc.tuple(tie("whole"), tie("solid")).map(([one, other]) => one + other),
    fc.tuple(tie("solid"), any).map(([one, times]) => `(?:${one})${times}`),
  ),
}));

test("finds what the engine of the language finds", () => {
  fc.assert(
    fc.property(tree, tree, fc.stringMatching(/^[abc 1]{0,12}$/), (one, other, text) => {
      const source = `(?<x>${one})(?<y>${other})`;
      const theirs = new RegExp(source, "m").exec(text);
      const ours = groups(source, text);
      expect(ours).toEqual(theirs === null ? null : { x: theirs.groups?.["x"], y: theirs.groups?.["y"] });
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ["(", 1],
  ["a)", 2],
  ["[a", 1],
  ["a\\", 2],
  ["*a", 1],
  ["(?!a)", 1],
  ["\\k<a>", 1],
  ["(?<a>x)(?<a>y)", 8],
  ["a{3,2}", 2],
  ["a{500}", 2],
  ["(a\\n|b)", 2],
  ["(a\\n)*", 1],
  ["((((((a{100}){100}){100}){100}){100}){100})", 1],
  ["a\\p{L}", 2],
])("%s is refused at column %i", (source, column) => {
  expect(readExpression(source)).toMatchObject({ ok: false, problem: { column } });
});

test("a { that counts nothing stands for itself", () => {
  expect(groups("(?<clock>{.*})", 'x {"a":1}')).toEqual({ clock: '{"a":1}' });
});
