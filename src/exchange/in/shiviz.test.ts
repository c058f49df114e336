import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readTexts, runText } from "./fixtures.ts";
import { shiviz } from "./shiviz.ts";
import type { ToldRun } from "./told.ts";

const sample = (name: string): string => readFileSync(join(import.meta.dirname, "samples", name), "utf8");
const read = (text: string, patterns?: string) => readTexts(shiviz, [{ name: "", text }], [0], patterns);
function told(text: string, patterns?: string): ToldRun {
  const run = read(text, patterns);
  if (!run.ok) throw new Error(run.problem.message);
  return run.value;
}
const arrows = ({ messages, events }: ToldRun): string[] =>
  messages.map(({ sentIn, receivedIn }) => `${events[sentIn ?? -1]?.text} > ${events[receivedIn ?? -1]?.text}`);

test.each(["shiviz", "shiviz-expression", "shiviz-disviz"])("the sample %s, as a whole", async (name) => {
  await expect(runText(told(sample(`${name}.log`)))).toMatchFileSnapshot(`golden/${name}.txt`);
});

describe("order", () => {
  test("an event stands behind all that its clock knows of, whatever the order of the lines", () => {
    const lines = ['b2\nb {"b":2,"a":1}', 'b1\nb {"b":1}', 'a1\na {"a":1}'];
    expect(told(lines.join("\n")).events.map(({ text }) => text)).toEqual(["b1", "a1", "b2"]);
  });
  test("clocks that know of each other's later events are said, and hang nothing", () => {
    const run = told('x\na {"a":1,"b":1}\ny\nb {"b":1,"a":1}');
    expect(run.events).toHaveLength(2);
    expect(run.unknown.join(" ")).toContain("One clock knows of what only comes later.");
  });
});

describe("the usual form", () => {
  const texts = (text: string) => told(text).events.map((event) => [event.text, event.line]);
  test("a file that begins with a clock tells the host first", () => {
    expect(texts('a {"a":1}\na1\nb {"b":1,"a":1}\nb1\n')).toEqual([
      ["a1", 1],
      ["b1", 3],
    ]);
  });
  test("a file whose first line is cut off does not, and says so", () => {
    const whole = 'a1\na {"a":1}\nb1\nb {"b":1,"a":1}\na2\na {"a":2}\n';
    const run = told(whole.slice(3));
    expect(run.events.map(({ text, line }) => [text, line])).toEqual([
      ["What happened is cut off.", 1],
      ["b1", 2],
      ["a2", 4],
    ]);
    expect([run.lines, run.understood]).toEqual([5, 5]);
    expect(run.supposed).toEqual([
      "The text begins and ends with a clock: each event is taken to stand before its clock, and the first one's is cut off.",
    ]);
    expect(told(whole).supposed).toBeUndefined();
  });
  test("what stands after a clock is nothing", () => {
    expect(texts('a1\na {"a":1} \nb1\nb {"b":1,"a":1}\t\n')).toEqual([
      ["a1", 1],
      ["b1", 3],
    ]);
  });
  test("an expression that is asked for is more than how the file begins", () => {
    const run = told('a {"a":1}\na1\nb {"b":1}\n', "(?<event>.*)\\n(?<host>\\S*) (?<clock>{.*})\\s*\n");
    expect(run.events.map((event) => event.text)).toEqual(["a1"]);
  });
});

describe("messages", () => {
  test("of two hosts that are heard of at once, the one that knew of the other is the sender", () => {
    const run = told('1\na {"a":1}\n2\nb {"a":1,"b":1}\n3\nc {"a":1,"b":1,"c":1}');
    expect(arrows(run)).toEqual(["1 > 2", "2 > 3"]);
  });
  test("where neither knew of the other, none is drawn, and it is said", () => {
    const run = told('1\na {"a":1}\n2\nb {"b":1}\n3\nc {"a":1,"b":1,"c":1}');
    expect(arrows(run)).toEqual([]);
    expect(run.unknown.join(" ")).toContain("One event hears of several hosts at once");
  });
  test("of an event that the log has not, the sender is known, not the moment", () => {
    const run = told('2\nb {"a":7,"b":1}');
    expect(run.servers.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(run.messages).toMatchObject([{ from: 1, to: 2, sentIn: null, receivedIn: 0 }]);
  });
});

test.each([
  ['x\na {"b":1}', "its clock has no part for a itself"],
  ['x\na {"a":1.5}', "its clock has no whole number for a"],
  ['x\na {"a":}', "its clock is not a JSON object"],
  ['ok\na {"a":1}\nx\na {"a":1,"b":1}', "its host has another event 1"],
  ['ok\na {"a":1,"b":2}\nx\na {"a":2,"b":1}', "its clock is behind that of the event before it on its host"],
  ['ok\na {"a":1}\nx', "no host and clock come after it"],
])("%j is skipped with its reason", (text, why) => {
  const run = read(`first\nz {"z":1}\n${text}`);
  expect(run.ok && run.value.skipped.map((line) => [line.text, line.why])).toEqual([["x", why]]);
});

describe("expressions", () => {
  test("the user's reads a log that has none; it is more than the file's", () => {
    const log = 'client1 "sent" {"client1":1}\nserver "received" {"server":1, "client1":1}\n';
    const expression = '(?<host>\\w+) "(?<event>.*)" (?<clock>\\{.*\\})\n';
    expect(arrows(told(log, expression))).toEqual(["sent > received"]);
    expect(arrows(told(`(?<event>.*)\\n(?<host>\\S*) (?<clock>{.*})\n\n${log}`, expression))).toEqual([
      "sent > received",
    ]);
  });
  test.each([
    ["(?<event>.*) (?<clock>{.*})", "The file, line 1, the expression has no group called host."],
    ["(?<host>a)(?=b)", "The file, line 1, column 11: of brackets with a ? only (?<name>…) and (?:…) can be read."],
    ["(?<host>a)\\1", "The file, line 1, column 11: references to groups cannot be read."],
  ])("%s is refused with its place", (expression, message) => {
    expect(read(`${expression}\n\nx\na {"a":1}`)).toEqual({ ok: false, problem: { file: 0, line: 1, message } });
  });
  test("one that would take a backtracking engine for ever does not", () => {
    const expression = "(?<event>(a+)+)(?<host>b)(?<clock>{.*})";
    expect(read(`${expression}\n\n${"a".repeat(5000)}\n`)).toMatchObject({ ok: false });
  });
});

test("a text without clocks is refused with an example", () => {
  expect(read("hello\nworld\n")).toMatchObject({ ok: false });
  expect(read("")).toMatchObject({ ok: false });
});
