import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { finish } from "../../../history/work.ts";
import { etcdLog } from "../../in/etcd-log.ts";
import { readTexts } from "../../in/fixtures.ts";
import type { ToldRun } from "../../in/told.ts";
import { toldWriters } from "./index.ts";

const text = readFileSync(join(import.meta.dirname, "../../in/samples/etcd-log.txt"), "utf8");
function told(log: string): ToldRun {
  const read = readTexts(etcdLog, [{ name: "etcd.log", text: log }]);
  if (!read.ok) throw new Error(read.problem.message);
  return read.value;
}
const run = told(text);
const all = { from: 0, to: Number.MAX_SAFE_INTEGER };
const write = (as: string, of = run, range = all) => finish(toldWriters[as]!(of, range));

test.each([
  ["csv", "told.csv"],
  ["mermaid", "told.mmd"],
  ["text", "told.txt"],
])("%s: a log of etcd, as far as it tells", async (as, file) => {
  const { text: written, cut } = write(as);
  expect(cut).toBe("");
  await expect(written).toMatchFileSnapshot(`../golden/${file}`);
});

test("only what happened in the stretch", () => {
  const [, first, second] = write("csv").text.split("\n");
  const at = Number(second!.split(",")[0]);
  expect(
    write("csv", run, { from: 0, to: at - 1 })
      .text.trimEnd()
      .split("\n")[1],
  ).toBe(first);
  expect(write("csv", run, { from: at, to: all.to }).text).not.toContain(`\n${first}\n`);
});

test("what a picture cannot hold is left out at its end, and said", () => {
  const many = told(
    Array.from({ length: 600 }, (_, i) => `1 [logterm: 1, index: 3] sent MsgVote request to 2 at term ${i + 2}`).join(
      "\n",
    ),
  );
  const { text: written, cut } = write("mermaid", many);
  expect(written.match(/-\)/g)).toHaveLength(500);
  expect(cut).toMatch(/what comes after .* is left out/);
});

test("names and texts that mean something to Mermaid do not", () => {
  const odd = { ...run, servers: run.servers.map((_, i) => ({ name: i === 0 ? "end; #1" : `s${i}` })) };
  expect(write("mermaid", odd).text).toContain("participant S1 as #101;nd#59; #35;1\n");
});
