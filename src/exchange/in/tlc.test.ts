import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readTexts, runText } from "./fixtures.ts";
import { itf } from "./itf.ts";
import { tlc } from "./tlc.ts";
import type { Importer, ToldRun } from "./told.ts";

const sample = (name: string): string => readFileSync(join(import.meta.dirname, "samples", name), "utf8");
const read = (importer: Importer, text: string) => readTexts(importer, [{ name: "", text }]);
function told(importer: Importer, text: string): ToldRun {
  const run = read(importer, text);
  if (!run.ok) throw new Error(`${run.problem.line}: ${run.problem.message}`);
  return run.value;
}

test.each([
  [tlc, "tlc.txt"],
  [tlc, "tlc-dump.json"],
  [tlc, "tlc-ccfraft.txt"],
  [itf, "itf.itf.json"],
])("the sample, as a whole: %o %s", async (importer, name) => {
  await expect(runText(told(importer, sample(name)))).toMatchFileSnapshot(`golden/${name.replace(/\..*/, "")}.txt`);
});

test("three ways to write a trace tell the same of every server", () => {
  const facts = (run: ToldRun) =>
    run.events.filter(({ says }) => Object.keys(says).length > 0).map(({ server, says, at }) => [server, says, at]);
  const one = facts(told(tlc, sample("tlc.txt")));
  expect(facts(told(tlc, sample("tlc-dump.json")))).toEqual(one);
  expect(facts(told(itf, sample("itf.itf.json")))).toEqual(one);
});

const state = (number: number, action: string, variables: Readonly<Record<string, string>>): string =>
  [
    `State ${number}: <${action}>`,
    ...Object.entries(variables).map(([name, value]) => `/\\ ${name} = ${value}`),
    "",
    "",
  ].join("\n");
const message = "[mtype |-> RequestVoteRequest, mterm |-> 2, msource |-> s1, mdest |-> s2]";
const texts = ({ events }: ToldRun): string[] => events.map(({ text }) => text);

describe("TLC's text", () => {
  test("servers that are numbers make functions that are sequences", () => {
    const run = told(tlc, state(1, "Initial predicate", { currentTerm: "<<1, 4>>", votedFor: "<<0, 2>>" }));
    expect(run.servers).toEqual([{ name: "1" }, { name: "2" }]);
    expect(run.events.map(({ says }) => says)).toEqual([
      { term: 1, vote: null },
      { term: 4, vote: 2 },
    ]);
  });
  test("a value that cannot be read is skipped with its line, and unknown from there on", () => {
    const run = told(
      tlc,
      state(1, "Initial predicate", { currentTerm: "(s1 :> 1)", commitIndex: "(s1 :> 3)" }) +
        state(2, "Next", { currentTerm: "(s1 :> 2)", commitIndex: "(s1 :>\n  ?)" }),
    );
    expect(run.skipped).toMatchObject([{ line: 8, why: expect.stringContaining("commitIndex cannot be read") }]);
    expect(run.events[1]?.says).toEqual({ term: 2, commit: null });
  });
  test("of two traces in one output the first is read, and it is said", () => {
    const one = state(1, "Initial predicate", { currentTerm: "(s1 :> 1)" });
    const run = told(tlc, one + one);
    expect(run.events).toHaveLength(1);
    expect(run.unknown.join(" ")).toContain("At line 4 a further trace begins");
  });
});

describe("messages", () => {
  const stepped = (messages: string, action: string, after: string, term = 1): ToldRun =>
    told(
      tlc,
      state(1, "Initial predicate", { messages, currentTerm: "(s1 :> 1 @@ s2 :> 1)" }) +
        state(2, action, { messages: after, currentTerm: `(s1 :> 1 @@ s2 :> ${term})` }),
    );
  test("one that is new was sent by its source", () => {
    const run = stepped("<<>>", "Next", `(${message} :> 1)`);
    expect(run.messages).toMatchObject([{ from: 1, to: 2, kind: "requestVote", term: 2, sentIn: 2, receivedIn: null }]);
  });
  test("one that leaves as its receiver changes was received, where it was sent is not told", () => {
    const run = stepped(`(${message} :> 1)`, "Next", "<<>>", 2);
    expect(run.messages).toMatchObject([{ from: 1, to: 2, sentIn: null, receivedIn: 2 }]);
  });
  test("one that leaves while nothing else changes is nobody's, unless the step is named", () => {
    expect(texts(stepped(`(${message} :> 1)`, "Next", "<<>>"))[2]).toBe(
      "State 2: RequestVoteRequest from s1 to s2 is gone: received without effect, or lost",
    );
    expect(texts(stepped(`(${message} :> 1)`, "DropMessage", "<<>>"))[2]).toBe(
      "DropMessage: RequestVoteRequest from s1 to s2 is lost",
    );
    expect(texts(stepped(`(${message} :> 1)`, "DropStaleResponse(s2)", "<<>>"))[2]).toBe(
      "DropStaleResponse(s2): receives RequestVoteRequest from s1",
    );
  });
  test("a second one is a copy where the step says so, and may be one where it is not named", () => {
    expect(texts(stepped(`(${message} :> 1)`, "Next", `(${message} :> 2)`))[2]).toContain("sent again, or doubled");
    expect(stepped(`(${message} :> 1)`, "DuplicateMessage", `(${message} :> 2)`).messages).toEqual([]);
    expect(stepped(`(${message} :> 1)`, "RequestVote", `(${message} :> 2)`).messages).toHaveLength(1);
  });
  test("of another form are not told, and it is said", () => {
    for (const [before, after] of [
      ["(s1 :> <<>>)", "(s1 :> <<1>>)"],
      ["{}", "{[from |-> s1]}"],
      ["7", "8"],
    ]) {
      const run = stepped(before!, "Next", after!);
      expect(run.tells).toEqual(["term"]);
      expect(run.unknown.join(" ")).toContain("Messages are not told");
    }
  });
  test.each(["{}", "<<>>", "(s1 :> <<>> @@ s2 :> <<>>)"])("of ccfraft, in each of its networks: %s", (none) => {
    const one = message.replaceAll(/\bm(?=type|term|source|dest)/g, "");
    const some = none === "{}" ? `{${one}}` : none === "<<>>" ? `(${one} :> 1)` : `(s1 :> <<>> @@ s2 :> <<${one}>>)`;
    const run = stepped(none, "RequestVote(s1,s2)", some);
    expect(run.messages).toMatchObject([{ from: 1, to: 2, kind: "requestVote", term: 2, sentIn: 2, receivedIn: null }]);
    expect(stepped(some, "RcvUpdateTerm(s2)", none, 2).messages).toMatchObject([{ from: 1, to: 2, receivedIn: 2 }]);
  });
});

describe("CCF's specification", () => {
  const run = told(tlc, sample("tlc-ccfraft.txt"));
  test("roles are told, and a node that takes no part has none", () => {
    expect(run.events.slice(0, 2).map(({ says }) => says.role)).toEqual(["leader", null]);
    expect(run.events.find(({ text }) => text.startsWith("RcvUpdateTerm"))?.says).toMatchObject({ role: "follower" });
  });
  test("members are those of the current configuration, and of the one that is not committed yet", () => {
    expect(run.events.flatMap(({ says }) => (says.configuration === undefined ? [] : [says.configuration]))).toEqual([
      { voters: [1], outgoing: [], learners: [] },
      null,
      { voters: [1, 2], outgoing: [1], learners: [] },
    ]);
  });
  test("messages arrive from its queues", () => {
    expect(run.messages).toMatchObject([
      { kind: "appendEntries", from: 1, to: 2, term: 2, entryCount: 1 },
      { kind: "appendEntriesReply", from: 2, to: 1, yes: false, receivedIn: null },
    ]);
    expect(run.messages[0]?.receivedIn).not.toBeNull();
  });
});

describe("ITF", () => {
  const trace = (variables: object): string => JSON.stringify({ "#meta": {}, vars: [], states: [variables] });
  test("a record with the fields tag and value stays one, but where a case is meant", () => {
    const run = told(
      itf,
      trace({
        currentTerm: { "#map": [["s1", { "#bigint": "1" }]] },
        state: { "#map": [["s1", { tag: "Leader", value: { "#tup": [] } }]] },
        votedFor: { "#map": [["s1", { tag: "Some", value: "s1" }]] },
        log: { "#map": [["s1", [{ term: 1, value: { tag: "x", value: 2 } }]]] },
      }),
    );
    expect(run.events[0]?.says).toMatchObject({
      role: "leader",
      vote: 1,
      log: { from: 1, entries: [{ term: 1, text: '[tag |-> "x", value |-> 2]' }] },
    });
  });
  test("a number keeps its digits, and one that is too large is unknown", () => {
    const run = told(itf, trace({ currentTerm: { "#map": [["s1", { "#bigint": "9007199254740993" }]] } }));
    expect(run.events[0]?.says).toEqual({ term: null });
  });
  test("without a variable of raft.tla it is refused, with those that there are", () => {
    expect(read(itf, trace({ bank: "E" }))).toMatchObject({
      ok: false,
      problem: { message: expect.stringContaining("There are bank; wanted is one of currentTerm") },
    });
  });
  test("what is cut off is told with its line", () => {
    expect(read(itf, '{"vars":[],\n"states":[\n{"currentTerm":')).toEqual({
      ok: false,
      problem: { file: 0, line: 3, message: "This is not JSON: the text ends too early." },
    });
  });
});
