import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ccf } from "./ccf.ts";
import { readTexts, runText } from "./fixtures.ts";
import type { ToldRun } from "./told.ts";

const sample = readFileSync(join(import.meta.dirname, "samples", "ccf.ndjson"), "utf8");
function told(...texts: string[]): ToldRun {
  const read = readTexts(
    ccf,
    texts.map((text) => ({ name: "", text })),
  );
  if (!read.ok) throw new Error(read.problem.message);
  return read.value;
}

test("the sample, as a whole", async () => {
  await expect(runText(told(sample))).toMatchFileSnapshot("golden/ccf.txt");
});

test("a file a node is the same run, put together by the numbers of its lines", () => {
  const lines = sample.trim().split("\n");
  const of = (node: string): string => lines.filter((line) => line.includes(`"node_id":"${node}"`)).join("\n");
  const [one, several] = [told(sample), told(of("2"), of("1"))];
  expect(several.events.map(({ text }) => text)).toEqual(one.events.map(({ text }) => text));
  expect(several.messages).toEqual(one.messages);
});

test("lines of a real node have no frame", () => {
  const run = told(
    '{"function":"become_leader","state":{"node_id":"ab","leadership_state":"Leader","current_view":2,"last_idx":0,"commit_idx":0}}',
  );
  expect(run.servers).toEqual([{ name: "ab" }]);
  expect(run.events[0]?.says).toEqual({ role: "leader", term: 2, last: 0, commit: 0 });
});

test("values that are no numbers are not told; a state that is none of Raft's is unknown", () => {
  const run = told(
    '{"function":"x","state":{"node_id":"0","leadership_state":"None","current_view":-1,"last_idx":1.5}}',
  );
  expect(run.events[0]?.says).toEqual({ role: null });
});

test("what holds no line of the form is refused", () => {
  expect(readTexts(ccf, [{ name: "", text: '{"a":1}\n' }])).toMatchObject({ ok: false, problem: { line: 1 } });
});
