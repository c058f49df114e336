import { expect, test } from "vitest";
import { operationsOf } from "../../world/operations.ts";
import { expectGolden, historyOf, presetRun, recordingOf, storyFile, storyRun, write } from "./fixtures.ts";

/** RFC 4180, read by hand. */
function rows(text: string): string[][] {
  const all: string[][] = [[]];
  const cells = /("(?:[^"]|"")*"|[^",\n]*)(,|\n|$)/y;
  while (cells.lastIndex < text.length) {
    const match = cells.exec(text);
    if (match === null) throw new Error(`not CSV at ${cells.lastIndex}`);
    const [, cell = "", end] = match;
    all.at(-1)!.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === "\n" && cells.lastIndex < text.length) all.push([]);
  }
  return all;
}

test("csv: every fact is a row, and every row has every column", async () => {
  const [head, ...body] = rows(await expectGolden("csv"));
  const run = storyRun();
  const facts = run.facts(1, run.place.event);
  expect(body.length).toBe(facts.length);
  expect(body.every((row) => row.length === head!.length)).toBe(true);
  expect(body.map((row) => [Number(row[0]), Number(row[1])])).toEqual(facts.map(({ at, event }) => [at, event]));
});

test("csv: a stretch has what happened in it", () => {
  const run = storyRun();
  const [, ...body] = rows(write("csv", run, { from: 60_000, to: 100_000 }).text);
  const facts = run.facts(1, run.place.event).filter(({ at }) => at >= 60_000 && at <= 100_000);
  expect(facts.length).toBeGreaterThan(5);
  expect(body.map((row) => [Number(row[0]), Number(row[1])])).toEqual(facts.map(({ at, event }) => [at, event]));
});

test("csv-operations: every operation is a row", async () => {
  const [head, ...body] = rows(await expectGolden("csv-operations"));
  expect(head!.length).toBe(18);
  expect(body.map((row) => row[0])).toEqual(operationsOf(storyRun().world).map(({ number }) => String(number)));
  const busy = presetRun("lossy-network");
  expect(rows(write("csv-operations", busy).text).length - 1).toBe(operationsOf(busy.world).length);
});

test("csv-operations: what a spreadsheet would take for a formula is text, and quotes are doubled", () => {
  const actions = [
    { atMs: 0, do: "timeout", server: "S1" },
    { atMs: 100, do: "request", put: ["=1+1", 'say "a, b"'], server: "S1" },
    { atMs: 110, do: "request", put: ["y", "-5"], server: "S1" },
  ];
  const { text } = write("csv-operations", historyOf(recordingOf({ ...storyFile, actions })));
  const [, first, second] = rows(text);
  expect([first![4], first![5]]).toEqual(["'=1+1", 'say "a, b"']);
  expect(second![5]).toBe("-5");
});
