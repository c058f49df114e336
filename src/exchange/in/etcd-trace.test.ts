import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { finish } from "../../history/work.ts";
import { checksOf } from "./checks.ts";
import { etcdTrace } from "./etcd-trace.ts";
import { readTexts } from "./fixtures.ts";
import type { ToldRun } from "./told.ts";

const sample = readFileSync(join(import.meta.dirname, "samples/etcd-trace.ndjson"), "utf8");

function read(text: string): ToldRun {
  const run = readTexts(etcdTrace, [{ name: "trace.ndjson", text }]);
  if (!run.ok) throw new Error(run.problem.message);
  return run.value;
}

describe("a trace of three servers", () => {
  const run = read(sample);
  const known = run.servers.map((_, i) =>
    Object.assign({}, ...run.events.filter(({ server }) => server === i + 1).map(({ says }) => says)),
  );

  test("every line is read, and told times are kept", () => {
    expect([run.understood, run.lines, run.skipped]).toEqual([run.lines, sample.trim().split("\n").length, []]);
    expect(run.times).toBe("clock");
    expect(run.events[1]!.at).toBe(700);
  });

  test("every receipt has what was sent; what a server sends itself is no message", () => {
    const received = run.messages.filter(({ receivedIn }) => receivedIn !== null);
    expect(received.every(({ sentIn }) => sentIn !== null)).toBe(true);
    expect(run.messages.filter(({ from, to }) => from === to)).toEqual([]);
    expect(run.messages.filter(({ receivedIn }) => receivedIn === null).map(({ name, to }) => `${name} ${to}`)).toEqual(
      ["MsgApp 3", "MsgAppResp 1", "MsgHeartbeat 1"].map((each) => each.replace("MsgAppResp 1", "MsgAppResp 2")),
    );
  });

  test("what is known of each server at the end is its last state", () => {
    const configuration = { voters: [1, 2, 3], outgoing: [], learners: [] };
    expect(known).toMatchObject([
      { role: "follower", term: 1, vote: 2, commit: 1, last: 1, leader: null, configuration },
      { role: "leader", term: 1, vote: 2, commit: 1, last: 1, leader: 2, configuration },
      { role: "follower", term: 1, vote: 2, commit: 1, last: 1, leader: null, configuration },
    ]);
  });

  test("keeps every property", () => {
    expect(finish(checksOf(run)).map(({ result }) => result)).toEqual(Array(8).fill("held"));
  });

  test("messages that look alike arrive in the order in which they were sent", () => {
    const [beat] = sample
      .split("\n")
      .filter((line) => line.includes('"SendAppendEntriesRequest"') && line.includes("MsgHeartbeat"));
    const arrives = beat!.replace('"SendAppendEntriesRequest","nid":"2"', '"ReceiveAppendEntriesRequest","nid":"1"');
    const { messages } = read([beat, beat, arrives, beat, arrives].join("\n"));
    expect(messages.map(({ sentIn, receivedIn }) => [sentIn, receivedIn])).toEqual([
      [0, 2],
      [1, 4],
      [3, null],
    ]);
  });
});

test.each([
  ["hello", "it is no event of a trace"],
  ['{"tag":"trace"}', "it has no event"],
  ['{"tag":"trace","event":{"name":"Ready"}}', "its event names no server"],
  ['{"tag":"trace","event":{"name":"Ready","nid":"1"}}', "its event has no state of the server"],
  ['{"tag":"trace","event":{"name":"SendX","nid":"1","state":{}}}', "its event has no message"],
])("%s is skipped with the reason", (line, why) => {
  expect(read(`${sample}${line}\n`).skipped).toMatchObject([{ text: line, why }]);
});
