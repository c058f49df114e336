import fc from "fast-check";
import { expect, test } from "vitest";
import { parseValue } from "./parse.ts";
import { mapOf, type Value, written } from "./value.ts";

function again(text: string): string {
  const read = parseValue(text);
  return read.ok ? written(read.value) : `${read.problem.at}: ${read.problem.message}`;
}

test.each([
  ["-12", "-12"],
  ['"a \\"b\\""', '"a \\"b\\""'],
  ["{2, 1, 1}", "{1, 2}"],
  ["<< >>", "<<>>"],
  ["(s2 :> 1 @@ s1 :> <<[term |-> 2, value |-> v1]>>)", "(s1 :> <<[term |-> 2, value |-> v1]>> @@ s2 :> 1)"],
  ["1 :> x @@ 2 :> y", "<<x, y>>"],
  ["a :> 1 @@ a :> 2", "(a :> 1)"],
  ["[b |-> TRUE, a |-> FALSE]", "[a |-> FALSE, b |-> TRUE]"],
  ["1..3", "{1, 2, 3}"],
  ["( [ mtype |-> A,\n  mterm |-> 2 ] :>\n    1 )", "([mterm |-> 2, mtype |-> A] :> 1)"],
])("%s is %s", (text, value) => expect(again(text)).toBe(value));

test.each([
  ["", "0: the value ends too early"],
  ["<<1, 2", "6: >> is missing"],
  ["[term 2]", "6: |-> is missing"],
  ["[1 |-> 2]", "1: the name of a field is missing"],
  ["1 2", "2: more stands behind the value"],
  ["1 @@ 2", /only functions can be joined/],
  ["a = b", /no value has "= b"/],
  ["(".repeat(5000), /more in each other/],
])("%s is refused: %s", (text, problem) => {
  if (typeof problem === "string") expect(again(text)).toBe(problem);
  else expect(again(text)).toMatch(problem);
});

test("every value is read as it is written", () => {
  const { value } = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.bigInt().map((number): Value => ({ kind: "number", text: String(number) })),
      fc.stringMatching(/^[ -~]{0,8}$/).map((text): Value => ({ kind: "text", text })),
      fc.stringMatching(/^[a-z]\w{0,5}$/).map((text): Value => ({ kind: "name", text })),
      fc.boolean().map((truth): Value => ({ kind: "truth", truth })),
      fc.array(tie("value"), { maxLength: 3 }).map((items): Value => ({ kind: "list", items })),
      fc.array(tie("value"), { maxLength: 3 }).map((items): Value => ({ kind: "set", items })),
      fc.array(fc.tuple(tie("value"), tie("value")), { maxLength: 3 }).map((pairs) => mapOf(pairs)),
    ),
  }));
  fc.assert(
    fc.property(value, (made) => {
      expect(again(written(made))).toBe(written(made));
    }),
  );
});
