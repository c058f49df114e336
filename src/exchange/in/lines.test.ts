import fc from "fast-check";
import { expect, test } from "vitest";
import { linesInto, longestLine } from "./lines.ts";

const linesOf = (pieces: readonly string[]): string[] => {
  const got: string[] = [];
  const lines = linesInto((line, number) => {
    expect(number).toBe(got.length + 1);
    got.push(line);
  });
  for (const piece of pieces) lines.piece(piece);
  lines.end();
  expect(lines.count).toBe(got.length);
  return got;
};

test("a text in pieces has the lines of the whole", () => {
  const character = fc.constantFrom("a", "b", "\n", "\r");
  fc.assert(
    fc.property(fc.array(fc.string({ unit: character, maxLength: 8 })), (pieces) => {
      expect(linesOf(pieces)).toEqual(linesOf([pieces.join("")]));
    }),
  );
});

test("lines end with both ends, and the last one may have none", () => {
  expect(linesOf(["a\r\nb\n\nc"])).toEqual(["a", "b", "", "c"]);
  expect(linesOf(["a\n"])).toEqual(["a"]);
  expect(linesOf([""])).toEqual([]);
});

test("a line that is too long is cut, and the next one is whole", () => {
  const got: number[] = [];
  const lines = linesInto((line) => got.push(line.length));
  for (const piece of ["x".repeat(longestLine), "yy", "zz\nnext\n"]) lines.piece(piece);
  lines.end();
  expect(got).toEqual([longestLine, 4]);
  expect(lines.cut).toBe(1);
});
