import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { finish } from "../../history/work.ts";
import { checksOf } from "./checks.ts";
import { readTexts } from "./fixtures.ts";
import { raftRs } from "./raft-rs.ts";
import type { ToldEvent, ToldRun } from "./told.ts";

const sample = readFileSync(join(import.meta.dirname, "samples/raft-rs.log"), "utf8");
function told(text: string): ToldRun {
  const run = readTexts(raftRs, [{ name: "tikv.log", text }]);
  if (!run.ok) throw new Error(run.problem.message);
  return run.value;
}
const said = (events: readonly ToldEvent[], server: number) =>
  Object.assign({}, ...events.filter((event) => event.server === server).map(({ says }) => says));

describe("a log of TiKV", () => {
  const run = told(sample);
  test("of its regions the one of which most is told is read, and it is said", () => {
    expect(run.servers.map(({ name }) => name)).toEqual(["11", "12", "13"]);
    expect(run.supposed).toEqual(["Region 7 is read, of which most is told; another is not."]);
    expect(run.skipped.map(({ line, why }) => [line, why])).toEqual([
      [1, "it is no line of raft-rs that is known here"],
      [17, "of region 8"],
    ]);
    expect([run.lines, run.understood]).toEqual([23, 21]);
  });
  test("every request for a vote that arrives is found where it was sent, pre-votes too", () => {
    const texts = run.messages.map(({ name, from, to, term, yes, sentIn, receivedIn }) =>
      [
        ...[name, `${from}>${to}`, `t${term ?? "?"}`, ...(yes === null ? [] : [yes ? "yes" : "no"])],
        ...[...(sentIn === null ? ["not sent"] : []), ...(receivedIn === null ? ["not received"] : [])],
      ].join(" "),
    );
    expect(texts).toEqual([
      "MsgRequestPreVote 1>2 t6",
      "MsgRequestPreVote 1>3 t6 not received",
      "MsgRequestPreVoteResponse 2>1 t? yes",
      "MsgRequestVote 1>2 t6",
      "MsgRequestVote 1>3 t6 not received",
      "MsgRequestVoteResponse 2>1 t6 yes",
      "MsgSnapshot 1>3 t?",
    ]);
  });
  test("what is known at the end", () => {
    expect(said(run.events, 1)).toMatchObject({ role: "leader", term: 6, vote: 1, leader: 1, commit: 21 });
    expect(said(run.events, 2)).toMatchObject({ role: "follower", term: 6, vote: 1, last: 20, lastTerm: 5 });
    expect(said(run.events, 3)).toMatchObject({ term: 6, commit: 21, base: 21, baseTerm: 6 });
    expect(said(run.events, 1).configuration).toEqual({ voters: [1, 2, 3], outgoing: [], learners: [] });
    expect(finish(checksOf(run)).filter(({ result }) => result === "broken")).toEqual([]);
  });
});

describe("slog's other forms", () => {
  const facts = (text: string) => told(text).events.map(({ says }) => says);
  const wanted = [{ role: "candidate", term: 6, vote: 1, leader: 0 }];
  test("as a terminal shows it", () => {
    expect(facts("May 01 10:00:00.123 INFO became candidate at term 6, term: 6, raft_id: 1")).toEqual(wanted);
    const asks =
      "May 01 10:00:00.124 INFO broadcasting vote request, to: [2, 3], log_index: 4, log_term: 2, term: 6, type: MsgRequestVote, raft_id: 1";
    expect(told(asks).messages.map(({ from, to, term }) => [from, to, term])).toEqual([
      [1, 2, 6],
      [1, 3, 6],
    ]);
  });
  test("as JSON", () => {
    const line = { msg: "became candidate at term 6", level: "INFO", ts: "2024-05-01T10:00:00Z", term: 6, raft_id: 1 };
    expect(facts(JSON.stringify(line))).toEqual(wanted);
  });
});

test("a line without a number that it should have is skipped", () => {
  const run = told(
    `${sample}[2024/05/01 10:00:07.000 +00:00] [INFO] [raft.rs:391] [newRaft] [term=6] [raft_id=11] [region_id=7]\n`,
  );
  expect(run.skipped.map(({ line }) => line)).toContain(24);
});

test("a text without a line of it says so", () => {
  expect(readTexts(raftRs, [{ name: "", text: "hello\n" }])).toMatchObject({
    ok: false,
    problem: { message: "No line of it is one that raft-rs logs." },
  });
});
