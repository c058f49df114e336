import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { finish } from "../../history/work.ts";
import { checksOf } from "./checks.ts";
import { etcdLog } from "./etcd-log.ts";
import { readTexts } from "./fixtures.ts";
import type { ToldEvent, ToldRun } from "./told.ts";

const sample = readFileSync(join(import.meta.dirname, "samples/etcd-log.txt"), "utf8");

function read(texts: readonly string[], offsets?: readonly number[]): ToldRun {
  const run = readTexts(
    etcdLog,
    texts.map((text, i) => ({ name: `s${i + 1}.log`, text })),
    offsets,
  );
  if (!run.ok) throw new Error(run.problem.message);
  return run.value;
}
const messagesOf = ({ messages }: ToldRun): string[] =>
  messages.map(
    ({ name, from, to, term, yes, sentIn, receivedIn }) =>
      `${name} ${from}>${to} t${term ?? "?"}${yes === null ? "" : yes ? " yes" : " no"}${sentIn === null ? " not sent" : ""}${receivedIn === null ? " not received" : ""}`,
  );
const said = (events: readonly ToldEvent[], server: number) =>
  Object.assign({}, ...events.filter((event) => event.server === server).map(({ says }) => says));

describe("a log of three servers", () => {
  const run = read([sample]);

  test("servers are named as etcd names them", () => {
    expect(run.servers.map(({ name }) => name)).toEqual(["8211f1d0f64f3269", "91bc3c398fb3c146", "fd422379fda50e48"]);
    expect(run.times).toBe("clock");
    expect([run.lines, run.understood]).toEqual([54, 53]);
    expect(run.skipped).toMatchObject([{ file: 0, line: 13, why: "it is no line of etcd/raft" }]);
  });

  test("every vote that is asked for is found where it arrives, its answer too", () => {
    expect(messagesOf(run)).toEqual([
      "MsgVote 1>2 t2",
      "MsgVote 1>3 t2",
      "MsgVote 3>1 t2 not received",
      "MsgVote 3>2 t2",
      "MsgVoteResp 2>1 t2 yes",
      "MsgVoteResp 2>3 t2 no",
      "MsgVoteResp 3>1 t2 no not received",
      "MsgTimeoutNow 1>2 t?",
      "MsgVote 2>1 t3 not received",
      "MsgVote 2>3 t3",
      "MsgVoteResp 3>2 t3 yes",
      "MsgSnap 2>3 t?",
    ]);
  });

  test("what is known of each server at the end", () => {
    expect(said(run.events, 2)).toMatchObject({ role: "leader", term: 3, leader: 2, vote: 2, commit: 60, last: null });
    expect(said(run.events, 3)).toMatchObject({ role: "follower", term: 3, vote: 2, leader: 0, last: 55, base: 55 });
    expect(said(run.events, 1)).toMatchObject({ role: "leader", configuration: { voters: [1, 2, 3] } });
  });
});

const candidate = (time: string, to = "2"): string =>
  `raft${time} INFO: 1 became candidate at term 2\nraft${time} INFO: 1 [logterm: 1, index: 3] sent MsgVote request to ${to} at term 2\n`;
const voter = (time: string): string =>
  `${time} I | raft: 2 [logterm: 1, index: 3, vote: 0] cast MsgVote for 1 [logterm: 1, index: 3] at term 2\n`;

describe("files of several servers", () => {
  const files = [voter("2024-05-01 10:00:00"), candidate("2024/05/01 10:00:00")];
  test("are merged by time; within one time, a message is sent before it arrives", () => {
    const run = read(files);
    expect(run.events.map(({ file }) => file)).toEqual([1, 1, 0]);
    expect(messagesOf(run)).toEqual(["MsgVote 1>2 t2", "MsgVoteResp 2>1 t2 yes not received"]);
  });
  test("with a file's times shifted, and with clocks that differ", () => {
    const run = read(files, [-1_000_000, 0]);
    expect(run.events.map(({ at, file }) => [at, file])).toEqual([
      [0, 0],
      [1_000_000, 1],
      [1_000_000, 1],
    ]);
    expect(run.unknown.at(-1)).toBe(
      "One receipt stands before what was sent: the clocks differ. Shift a file's times.",
    );
  });
  test("without times, in the order of causes", () => {
    const lines = files.map((text) => text.replaceAll(/^.*?(?=[12] [[b])/gm, ""));
    const run = read(lines);
    expect(run.times).toBe("order");
    expect(run.events.map(({ at, file }) => [at, file])).toEqual([
      [0, 1],
      [1000, 1],
      [2000, 0],
    ]);
  });
  test("one after another in one file are merged, too", () => {
    const run = read([voter("2024-05-01 10:00:01") + candidate("2024/05/01 10:00:00")]);
    expect(run.events.map(({ line }) => line)).toEqual([2, 3, 1]);
  });
});

describe("a log whose newest line comes first", () => {
  const turned = (text: string): string => text.trimEnd().split("\n").reverse().join("\n");
  const facts = ({ events, messages, servers }: ToldRun) => ({
    events: events.map(({ at, server, text, says, receives }) => ({ at, server, text, says, receives })),
    messages,
    servers,
  });
  test("is read from its end, tells the same, and says so", () => {
    const run = read([turned(sample)]);
    expect(facts(run)).toEqual(facts(read([sample])));
    expect(run.supposed).toEqual(["The newest line of s1.log stands first: it is read from its end."]);
    expect(read([sample]).supposed).toBeUndefined();
    expect(finish(checksOf(run)).filter(({ result }) => result === "broken")).toEqual([]);
  });
  test("beside one whose newest line comes last", () => {
    const lines = sample.trimEnd().split("\n");
    const [one, other] = [lines.slice(0, 20).join("\n"), lines.slice(20).join("\n")];
    const run = read([one, turned(other)]);
    expect(facts(run)).toEqual(facts(read([one, other])));
    expect(run.supposed).toEqual(["The newest line of s2.log stands first: it is read from its end."]);
  });
  test("is not one whose clock was set back", () => {
    const at = (seconds: number, term: number) =>
      `raft2024/05/01 10:00:0${seconds} INFO: 1 became follower at term ${term}`;
    const run = read([[at(5, 2), at(6, 3), at(2, 4), at(3, 5)].join("\n")]);
    expect(run.supposed).toBeUndefined();
    expect(run.events.map(({ says }) => says.term)).toEqual([2, 3, 4, 5]);
    expect(run.unknown.at(-1)).toContain("A clock goes back");
  });
});

test("a release that prints members in decimal", () => {
  const run = read(["8e9e05c52164694d switched to configuration voters=(10276657743932975437)"]);
  expect(run.servers).toEqual([{ name: "8e9e05c52164694d" }]);
  expect(run.events[0]?.says.configuration?.voters).toEqual([1]);
});

test("a server that starts names its voters, where no line has told all members", () => {
  const starts = "newRaft 1 [peers: [1,2], term: 1, commit: 0, applied: 0, lastindex: 0, lastterm: 0]";
  const members = (text: string) => read([text]).events.map(({ says }) => says.configuration);
  expect(members(starts)).toEqual([{ voters: [1, 2], outgoing: [], learners: [] }]);
  expect(members(`1 switched to configuration voters=(1 2) learners=(3)\n${starts}`)).toEqual([
    { voters: [1, 2], outgoing: [], learners: [3] },
    undefined,
  ]);
});

test("a vote is of one term, and not known of the next before it is told", () => {
  const run = read(["1 became candidate at term 2\n1 became follower at term 3\n"]);
  expect(run.events.map(({ says }) => says.vote)).toEqual([1, null]);
});

test("more servers than a run can have are skipped, with the reason", () => {
  const run = read([Array.from({ length: 70 }, (_, i) => `${i + 1} became follower at term 1`).join("\n")]);
  expect(run.servers.length).toBe(64);
  expect(run.skipped.length).toBe(6);
  expect(run.skipped[0]?.why).toBe("it names more than 64 servers");
});

test("a text without a line of it says so", () => {
  expect(readTexts(etcdLog, [{ name: "", text: "hello\n" }])).toEqual({
    ok: false,
    problem: { file: 0, line: 1, message: "No line of it is one that etcd/raft logs." },
  });
});
