import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { finish } from "../../history/work.ts";
import { checksOf } from "./checks.ts";
import { faultsOf, readTexts, runText } from "./fixtures.ts";
import { rafttest } from "./rafttest.ts";
import type { Says, ToldRun } from "./told.ts";

const sample = readFileSync(join(import.meta.dirname, "samples", "rafttest.txt"), "utf8");
function told(text: string): ToldRun {
  const read = readTexts(rafttest, [{ name: "a.txt", text }]);
  if (!read.ok) throw new Error(read.problem.message);
  expect(faultsOf(read.value)).toEqual([]);
  return read.value;
}
const property = "Every command prints what the script expects";

test("the sample, as a whole", async () => {
  await expect(runText(told(sample))).toMatchFileSnapshot("golden/rafttest.txt");
});

describe("what the engine does with a script", () => {
  const run = told(sample);
  const known = (server: number): Says =>
    Object.assign({}, ...run.events.filter((event) => event.server === server).map(({ says }) => says));

  test("is known in full, server by server", () => {
    expect(run.servers.map(({ name }) => name)).toEqual(["1", "2", "3", "4"]);
    expect(known(2)).toMatchObject({ role: "leader", term: 2, leader: 2, vote: 2, commit: 6, applied: 6, last: 6 });
    expect(known(3)).toMatchObject({ role: "follower", leader: 2, commit: 6, last: 6, base: 4, lastTerm: 2 });
    expect(known(1).configuration).toEqual({ voters: [1, 2, 3], outgoing: [], learners: [4] });
  });
  test("has every message with both its ends, but for what is lost and what has nobody to receive it", () => {
    const open = run.messages.filter(({ receivedIn }) => receivedIn === null);
    expect(new Set(open.map(({ to }) => to))).toEqual(new Set([3, 4]));
    expect(run.messages.every(({ sentIn }) => sentIn !== null)).toBe(true);
    expect(run.events.filter(({ kind }) => kind === "fault").map(({ text }) => text)).toEqual([
      'dropped: 1->3 MsgApp Term:1 Log:1/3 Commit:3 Entries:[1/4 EntryNormal "put_x"]',
      "dropped: 1->3 MsgApp Term:1 Log:1/4 Commit:4",
    ]);
  });
  test("keeps Raft's properties, all of which are looked at, and prints what is expected", () => {
    expect(finish(checksOf(run)).map(({ result }) => result)).toEqual(Array(9).fill("held"));
    expect(run.checks).toEqual([
      { property, result: "held", text: "16 outputs are compared, line by line.", event: null },
    ]);
  });
});

test("the first output that is another one is named, at its event", () => {
  const line = '  1->2 MsgApp Term:1 Log:1/3 Commit:3 Entries:[1/4 EntryNormal "put_x"]';
  const run = told(sample.replace(line, line.replace("Commit:3", "Commit:2")));
  const { text, event, result } = run.checks![0]!;
  expect([result, text]).toEqual([
    "broken",
    `15 of 16 do. The first that does not is stabilize 1 2, at line 112: "${line.replace("Commit:3", "Commit:2")}" is expected, "${line}" is printed.`,
  ]);
  expect(run.events[event!]).toMatchObject({ server: 0, kind: "fault", line: 112 });
  expect(run.events[event!]?.text).toContain("stabilize 1 2: the file expects");
});

test("a script without outputs is carried out all the same", () => {
  const run = told("add-nodes 1 voters=(1) index=2\n----\n\ncampaign 1\n----\n\nstabilize\n----\n");
  expect(run.events.map(({ text }) => text.split(";")[0])).toEqual([
    "starts",
    "is told to campaign",
    "handles Ready: Lead:0 State:StateCandidate",
    "handles Ready: Lead:1 State:StateLeader",
    "handles Ready: HardState Term:1 Vote:1 Commit:3",
  ]);
  expect(run.checks).toMatchObject([{ result: "untold", text: "The script has no outputs." }]);
});

test("a command that cannot be carried out ends it there, with what comes after", () => {
  const at = sample.indexOf("compact 1 4");
  const run = told(`${sample.slice(0, at)}explode 1\n----\nok\n\n${sample.slice(at)}`);
  const line = sample.slice(0, at).split("\n").length;
  expect(run.skipped[0]).toEqual({
    ...{ file: 0, line, text: "explode 1" },
    why: `it cannot be carried out here: line ${line}: explode`,
  });
  expect(run.skipped[1]).toMatchObject({ text: "compact 1 4", why: "a command before it is not carried out" });
  expect(run.understood).toBe(line - 1);
  expect(run.checks?.[0]?.result).toBe("held");
});

test("where its servers cannot be had, what it expects is read instead, and it is said", () => {
  const run = told(sample.replace("index=2", "index=2 async-storage-writes=true"));
  expect(run.supposed).toEqual([
    "The engine of this page cannot carry it out (line 2: add-nodes async-storage-writes): what is shown is what the file expects.",
  ]);
  expect(run.checks).toBeUndefined();
  expect(run.messages.length).toBeGreaterThan(20);
});

test("a command that the engine refuses is named with its line", () => {
  const run = told(
    "add-nodes 1 voters=(1) index=2\n----\nok\n\nset-randomized-election-timeout 1 timeout=x\n----\nok\n",
  );
  expect(run.skipped).toMatchObject([{ line: 5, why: expect.stringContaining("(timeout=x)") }]);
});
