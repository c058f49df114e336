import { parseEDNString } from "edn-data";
import { expect, test } from "vitest";
import { operationsOf } from "../../world/operations.ts";
import type { ClientOperation } from "../../world/state/clients.ts";
import { expectGolden, historyOf, livelyRun, longRun, recordingOf, storyFile, write } from "./fixtures.ts";

interface Op {
  readonly type: "invoke" | "ok" | "fail" | "info";
  readonly f: string;
  readonly value: unknown;
  readonly time: number;
  readonly process: number;
  readonly index: number;
  readonly error?: unknown;
}
const readEdn = (text: string): Op[] =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => parseEDNString(line, { mapAs: "object", keywordAs: "string" }) as unknown as Op);

/** What a history must be: indices from 0, times that do not go back, and processes that wait for what they asked. */
function problems(ops: readonly Op[]): readonly string[] {
  const found: string[] = [];
  const asked = new Map<number, Op | "gone">();
  let time = 0;
  ops.forEach((op, place) => {
    const open = asked.get(op.process);
    if (op.index !== place || op.time < time) found.push(`out of order: ${JSON.stringify(op)}`);
    time = op.time;
    if (op.type === "invoke") {
      if (open !== undefined) found.push(`asks while it waits: ${JSON.stringify(op)}`);
      asked.set(op.process, op);
    } else if (open === undefined || open === "gone" || open.f !== op.f)
      found.push(`ends nothing: ${JSON.stringify(op)}`);
    else if (op.type === "info") asked.set(op.process, "gone");
    else asked.delete(op.process);
  });
  return found;
}
const count = (ops: readonly Op[], type: Op["type"]): number => ops.filter((op) => op.type === type).length;
const outcomes = (operations: readonly ClientOperation[], outcome: ClientOperation["outcome"]): number =>
  operations.filter((each) => each.outcome === outcome).length;

/** Several operations at once, some of every kind, one of which nobody answers. */
const mixed = () =>
  historyOf(
    recordingOf({
      ...storyFile,
      actions: [
        { atMs: 0, do: "timeout", server: "S1" },
        { atMs: 50, do: "request", put: ["x", 'a "b"\\ ü'], server: "S1" },
        { atMs: 51, do: "request", put: ["x", "2"], server: "S1" },
        { atMs: 120, do: "request", cas: ["x", "2", "3"], server: "S1" },
        { atMs: 170, do: "request", cas: ["x", "2", "4"], server: "S1" },
        { atMs: 220, do: "request", increment: ["n", 5], server: "S1" },
        { atMs: 270, do: "request", get: "x", server: "S1" },
        { atMs: 320, do: "request", delete: "x", server: "S1" },
        {
          atMs: 370,
          do: "cut",
          links: [
            ["S1", "S2"],
            ["S1", "S3"],
          ],
        },
        { atMs: 371, do: "request", put: ["x", "lost"], server: "S1" },
      ],
      endMs: 6000,
    }),
  );

test("jepsen: an EDN reader reads the history, and every operation is in it", async () => {
  const ops = readEdn(await expectGolden("jepsen"));
  expect(problems(ops)).toEqual([]);
  expect(ops.map(({ type, f, value }) => [type, f, value])).toEqual([
    ["invoke", "write", "the end"],
    ["ok", "write", "the end"],
    ["invoke", "read", null],
    ["ok", "read", "the end"],
  ]);
});

test("jepsen: operations of every kind, several keys, unknown outcomes", () => {
  const run = mixed();
  const ops = readEdn(write("jepsen", run).text);
  const operations = operationsOf(run.world);
  expect(problems(ops)).toEqual([]);
  expect(count(ops, "invoke")).toBe(operations.length);
  expect(count(ops, "info")).toBe(outcomes(operations, "unknown"));
  expect(count(ops, "info")).toBe(1);
  const ended = ops.filter(({ type }) => type !== "invoke").map(({ type, f, value }) => [type, f, value]);
  expect(ended).toEqual(
    expect.arrayContaining([
      ["ok", "write", ["x", 'a "b"\\ ü']],
      ["ok", "cas", ["x", ["2", "3"]]],
      ["fail", "cas", ["x", ["2", "4"]]],
      ["ok", "add", ["n", 5]],
      ["ok", "read", ["x", "3"]],
      ["ok", "write", ["x", null]],
      ["info", "write", ["x", "lost"]],
    ]),
  );
});

test("jepsen, elle: processes wait for what they asked, whatever the run", () => {
  for (const run of [longRun(), livelyRun(1), livelyRun(2)]) {
    const ops = readEdn(write("jepsen", run).text);
    expect(problems(ops)).toEqual([]);
    const operations = operationsOf(run.world);
    expect(count(ops, "invoke")).toBe(operations.length);
    const transactions: Op[] = JSON.parse(write("elle", run).text);
    expect(problems(transactions)).toEqual([]);
    expect(count(transactions, "ok")).toBe(outcomes(operations, "ok"));
  }
});

test("elle: every operation is a transaction of reads and writes", async () => {
  const golden: Op[] = JSON.parse(await expectGolden("elle"));
  expect(golden.map(({ type, value }) => [type, value])).toEqual([
    ["invoke", [["w", "x", "the end"]]],
    ["ok", [["w", "x", "the end"]]],
    ["invoke", [["r", "x", null]]],
    ["ok", [["r", "x", "the end"]]],
  ]);
  const { text, cut } = write("elle", mixed());
  const ops: Op[] = JSON.parse(text);
  expect(ops.filter(({ type }) => type === "ok").map(({ value }) => value)).toEqual(
    expect.arrayContaining([
      [
        ["r", "x", "2"],
        ["w", "x", "3"],
      ],
      [["r", "x", "3"]],
      [["w", "n", "5"]],
    ]),
  );
  expect(cut).toBe(
    "Elle tells writes of a key apart by their values, and deletes not at all: x has some that are alike.",
  );
});

test("a stretch says that reads may tell of what came before", () => {
  for (const name of ["jepsen", "elle"])
    expect(write(name, mixed(), { from: 200_000, to: 6_000_000 }).cut).toMatch(
      /^What was called before 0\.200000 s is left out, and reads may tell of it\./,
    );
});

interface Picture {
  readonly Partitions: readonly {
    readonly History: readonly { ClientId: number; Start: number; End: number; Description: string }[];
    readonly PartialLinearizations: readonly (readonly { Index: number; StateDescription: string }[])[];
    readonly Largest: Readonly<Record<string, number>>;
  }[];
  readonly Annotations: readonly {
    Tag: string;
    Start: number;
    End: number;
    Description: string;
    Annotation: boolean;
  }[];
}

/** What its visualization.go makes: every index is one, and Largest names the longest order that has it. */
function drawn({ Partitions, Annotations }: Picture): readonly string[] {
  const found: string[] = [];
  for (const { History, PartialLinearizations, Largest } of Partitions) {
    for (const { Start, End, Description } of History)
      if (!(Start <= End) || Description === "") found.push("operation");
    for (const steps of PartialLinearizations)
      for (const { Index, StateDescription } of steps)
        if (History[Index] === undefined || StateDescription === "") found.push(`step ${Index}`);
    for (const [index, which] of Object.entries(Largest))
      if (!PartialLinearizations[which]?.some(({ Index }) => Index === Number(index))) found.push(`largest ${index}`);
  }
  for (const { Start, End, Annotation, Tag } of Annotations)
    if (!(Start <= End) || !Annotation || Tag === "") found.push("annotation");
  return found;
}

test("porcupine: keys apart, with an order that explains them, leaders and faults beside", async () => {
  const picture: Picture = JSON.parse(await expectGolden("porcupine"));
  expect(drawn(picture)).toEqual([]);
  const [x] = picture.Partitions;
  expect(x!.History.map(({ Description }) => Description)).toEqual(["put x=the end is done", "x is the end"]);
  expect(x!.PartialLinearizations).toEqual([
    [
      { Index: 0, StateDescription: "x = the end" },
      { Index: 1, StateDescription: "x = the end" },
    ],
  ]);
  const beside = picture.Annotations.map(({ Tag, Start, End, Description }) => [Tag, Start, End, Description]);
  expect(beside).toEqual(
    expect.arrayContaining([
      ["S1", 22_000_000, 200_000_000, "leader of term 1"],
      ["S3", 160_000_000, 190_000_000, "down"],
      ["Acts", 60_000_000, 60_000_000, "act: cut S1→S2"],
    ]),
  );
});

test("porcupine: clients do one thing after the other, whatever the run", () => {
  for (const run of [mixed(), longRun(), livelyRun(1), livelyRun(2)]) {
    const picture: Picture = JSON.parse(write("porcupine", run).text);
    expect(drawn(picture)).toEqual([]);
    const all = picture.Partitions.flatMap(({ History }) => History);
    const unfailed = operationsOf(run.world).filter(({ outcome }) => outcome !== "failed");
    expect(all).toHaveLength(unfailed.length);
    const sorted = all.toSorted((a, b) => a.ClientId - b.ClientId || a.Start - b.Start);
    const overlaps = sorted.filter(
      (each, i) => sorted[i - 1]?.ClientId === each.ClientId && sorted[i - 1]!.End > each.Start,
    );
    expect(overlaps).toEqual([]);
  }
});
