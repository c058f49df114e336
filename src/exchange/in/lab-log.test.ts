import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readTexts, runText, type Text } from "./fixtures.ts";
import { labLog } from "./lab-log.ts";
import type { ToldRun } from "./told.ts";

const sample = readFileSync(join(import.meta.dirname, "samples", "lab-log.txt"), "utf8");
function told(texts: readonly (string | Text)[], offsets?: readonly number[], patterns?: string): ToldRun {
  const files = texts.map((text) => (typeof text === "string" ? { name: "", text } : text));
  const read = readTexts(labLog, files, offsets, patterns);
  if (!read.ok) throw new Error(read.problem.message);
  return read.value;
}

test("the sample, as a whole", async () => {
  await expect(runText(told([{ name: "lab-log.txt", text: sample }]))).toMatchFileSnapshot("golden/lab-log.txt");
});

test("times are tenths of a millisecond, and a little disorder is put right", () => {
  const run = told(["000100 VOTE S1 b\n000099 VOTE S0 a\n000100 VOTE S0 c"]);
  expect(run.events.map(({ at, text }) => [at, text])).toEqual([
    [0, "S0 a"],
    [100, "S1 b"],
    [100, "S0 c"],
  ]);
  expect(run.servers).toEqual([{ name: "S0" }, { name: "S1" }]);
});

test("several files are one run by their times, shifted as is asked", () => {
  const texts = ["000010 INFO S0 here", "000020 INFO S1 there"];
  expect(told(texts).events.map(({ text, at }) => [text, at])).toEqual([
    ["S0 here", 0],
    ["S1 there", 1000],
  ]);
  expect(told(texts, [5000, 0]).events.map(({ text, at, file }) => [text, at, file])).toEqual([
    ["S1 there", 0, 1],
    ["S0 here", 4000, 0],
  ]);
});

test("a new process in one file begins behind the one before, and it is said", () => {
  const run = told(["050000 INFO S0 one\n000001 INFO S0 two\n000011 INFO S0 three"]);
  expect(run.events.map(({ at }) => at)).toEqual([0, 0, 1000]);
  expect(run.unknown.join(" ")).toContain("The times fall back once");
});

test("a date before the time, topics of one's own and lines of no server", () => {
  const run = told(["2026/03/04 10:11:12 000001 ELEC S10 hello\n000002 TEST a test says\n000003 CLNT C1 asks"]);
  expect(run.events.map(({ server, topic, text }) => [server, topic, text])).toEqual([
    [1, "ELEC", "S10 hello"],
    [0, "TEST", "a test says"],
    [0, "CLNT", "C1 asks"],
  ]);
  expect(run.servers).toEqual([{ name: "S10" }]);
  expect(run.topics).toEqual(["CLNT", "TEST", "ELEC"]);
});

test("a receive is of the oldest open send that it does not contradict", () => {
  const patterns = `-> {server} req {term} => sends requestVote to {server}
<- {server} req {term} => receives requestVote from {server}
<- {server} req => receives requestVote from {server}`;
  const lines = ["S0 -> S1 req T1", "S0 -> S1 req T2", "S1 <- S0 req T2", "S1 <- S0 req", "S1 <- S0 req"];
  const run = told([lines.map((line, i) => `00000${i} VOTE ${line}`).join("\n")], undefined, patterns);
  expect(run.messages.map(({ sentIn, receivedIn, term }) => [sentIn, receivedIn, term])).toEqual([
    [0, 3, 1],
    [1, 2, 2],
    [null, 4, null],
  ]);
  expect(run.unknown.join(" ")).toContain("Which send a receive belongs to is not told");
});

test("wrong patterns are told with their place, and nothing is read with them", () => {
  expect(readTexts(labLog, [{ name: "", text: sample }], [0], "# mine\nwon => role king")).toEqual({
    ok: false,
    problem: {
      file: 0,
      line: 2,
      message: "The patterns, line 2, column 13: king is none of follower, preCandidate, candidate, leader.",
    },
  });
});

test("a text without a single line of the form is refused with an example", () => {
  expect(readTexts(labLog, [{ name: "", text: "hello\nTest (3A): x ...\n" }])).toMatchObject({
    ok: false,
    problem: { file: 0, line: 1 },
  });
});

test("more servers than there may be are skipped, with the reason", () => {
  const text = Array.from({ length: 70 }, (_, i) => `000001 INFO S${i} here`).join("\n");
  const run = told([text]);
  expect(run.servers).toHaveLength(64);
  expect(run.skipped[0]).toEqual({ file: 0, line: 65, text: "000001 INFO S64 here", why: "more than 64 servers" });
  expect(run.skipped).toHaveLength(6);
});

test("a log whose newest line comes first is read from its end", () => {
  const lines = ["010000 VOTE S1 asks", "030000 LEAD S1 leads", "050000 TERM S2 follows", "070000 TERM S3 follows"];
  const run = told([[...lines].reverse().join("\n")]);
  expect(run.events.map(({ at, server }) => [at, server])).toEqual([
    [0, 1],
    [2_000_000, 1],
    [4_000_000, 2],
    [6_000_000, 3],
  ]);
  expect(run.supposed).toEqual(["The newest line of the text stands first: it is read from its end."]);
  expect(run.unknown.join(" ")).not.toContain("fall back");
});
