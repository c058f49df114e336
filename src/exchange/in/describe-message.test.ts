import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { finish } from "../../history/work.ts";
import { checksOf } from "./checks.ts";
import { describeMessage } from "./describe-message.ts";
import { readTexts } from "./fixtures.ts";
import type { ToldRun } from "./told.ts";

const sample = readFileSync(join(import.meta.dirname, "samples/describe-message.txt"), "utf8");

function read(text: string): ToldRun {
  const run = readTexts(describeMessage, [{ name: "a.txt", text }]);
  if (!run.ok) throw new Error(run.problem.message);
  return run.value;
}
const messagesOf = ({ messages }: ToldRun): string[] =>
  messages.map(({ name, from, to, term, entryCount, yes, sentIn, receivedIn }) =>
    [
      `${name} ${from}>${to} t${term}`,
      ...(entryCount > 0 ? [`${entryCount} entries`] : []),
      ...(yes === null ? [] : [yes ? "yes" : "no"]),
      ...(sentIn === null ? ["not sent"] : []),
      ...(receivedIn === null ? ["not received"] : []),
    ].join(" "),
  );

describe("what an interaction test prints", () => {
  const run = read(sample);

  test("messages are sent where they are ready, and arrive where they are received", () => {
    expect(messagesOf(run)).toEqual([
      "MsgVote 2>1 t1",
      "MsgVoteResp 1>2 t1 yes",
      "MsgApp 2>1 t1 2 entries",
      "MsgAppResp 1>2 t1 yes",
      "MsgApp 2>1 t1 not received",
    ]);
    expect(run.events.at(-1)).toMatchObject({ kind: "fault", text: "dropped: 2->1 MsgApp Term:1 Log:1/6 Commit:6" });
  });

  test("states, logs and configurations are told", () => {
    const said = (server: number) =>
      Object.assign({}, ...run.events.filter((event) => event.server === server).map(({ says }) => says));
    const log = { from: 6, entries: [{ term: 1, text: "put x" }] };
    const configuration = { voters: [1, 2], outgoing: [], learners: [] };
    expect(said(2)).toMatchObject({
      role: "leader",
      term: 1,
      vote: 2,
      leader: 2,
      commit: 6,
      applied: 6,
      log,
      configuration,
    });
    expect(said(1)).toMatchObject({ role: "follower", term: 1, vote: 2, leader: 2, commit: 4, last: 6, log });
  });

  test("what is no output of a server is skipped", () => {
    expect(run.skipped.map(({ line }) => line)).toEqual([1, 2, 3, 11, 12, 17, 18, 78]);
  });

  test("keeps Raft's properties as far as it tells of them", () => {
    const [leader, vote, term, commit] = finish(checksOf(run)).map(({ result }) => result);
    expect([leader, vote, term, commit]).toEqual(["held", "held", "held", "held"]);
  });
});

test("of lines alone, the first of two equal ones sends, and the second receives", () => {
  const line = "1->2 MsgHeartbeat Term:3 Log:0/0 Commit:7";
  expect(messagesOf(read([line, line, line].join("\n")))).toEqual([
    "MsgHeartbeat 1>2 t3",
    "MsgHeartbeat 1>2 t3 not received",
  ]);
});

test("a refusal, an entry, a snapshot, and a storage's thread", () => {
  const run = read(
    [
      "1->2 MsgAppResp Term:3 Log:2/9 Rejected (Hint: 7)",
      '1->2 MsgApp Term:3 Log:2/9 Commit:4 Entries:[3/10 EntryNormal "a"]',
      '1->AppendThread MsgStorageAppend Term:0 Log:0/0 Commit:2 Vote:1 Entries:[3/10 EntryNormal "a"] Responses:[',
      "  1->1 MsgAppResp Term:3 Log:0/10",
      "  2->1 MsgAppResp Term:3 Log:0/10",
      "]",
      "b->2 MsgSnap Term:3 Log:0/0",
    ].join("\n"),
  );
  expect(messagesOf(run)).toEqual([
    "MsgAppResp 1>2 t3 no not received",
    "MsgApp 1>2 t3 1 entries not received",
    "MsgSnap 3>2 t3 not received",
  ]);
  expect(run.servers.map(({ name }) => name)).toEqual(["1", "2", "b"]);
  expect(run.messages[0]?.fields).toEqual([
    ["logTerm", "2"],
    ["index", "9"],
    ["rejectHint", "7"],
  ]);
});
