import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { importRun } from "./import.ts";

const samples = join(import.meta.dirname, "../exchange/in/samples");
const log = join(samples, "etcd-log.txt");
let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "imports-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** The exit code, and what it says on standard output. */
async function outcome(...args: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
  const out = vi.spyOn(console, "log").mockImplementation(() => undefined);
  const code = await importRun(args);
  const text = out.mock.calls.map(([line]) => String(line)).join("\n");
  out.mockRestore();
  return { code, text };
}

test("says what is read, what is skipped and what holds", async () => {
  const { code, text } = await outcome(log);
  expect(code).toBe(0);
  expect(text).toContain("53 of 54 lines are read");
  expect(text).toContain("etcd-log.txt:13: it is no line of etcd/raft: {");
  expect(text).toContain("held:    At most one leader in a term (§5.2). 2 terms with a leader looked at.");
});

test("a broken promise is exit code 1, with its line", async () => {
  const file = join(folder, "two.log");
  await writeFile(file, "1 became leader at term 2\n2 became leader at term 2\n");
  const { code, text } = await outcome(file, "--json");
  expect(code).toBe(1);
  expect(JSON.parse(text)).toMatchObject({
    format: "etcd-log",
    servers: ["1", "2"],
    times: "order",
    checks: [{ result: "broken", line: 2, atMs: 1 }, ...Array(7).fill({})],
  });
});

test("several files are one run, and a file's times can be shifted", async () => {
  const lines = (await readFile(log, "utf8")).split("\n");
  const file = join(folder, "all.log");
  await writeFile(file, lines.filter((line) => line.includes('"msg":"fd') || line.includes('"msg": "fd')).join("\n"));
  const servers = JSON.parse((await outcome(log, file, "--json", "--shift=0,-86400000")).text);
  expect([servers.servers.length, servers.events > 53]).toEqual([3, true]);
  await expect(importRun([log, file, "--shift", "1"])).rejects.toThrow("expected milliseconds for each of the 2 files");
});

test("what cannot be read is said", async () => {
  const file = join(folder, "prose.txt");
  await writeFile(file, "hello\n");
  await expect(importRun([])).rejects.toThrow("import needs at least one FILE");
  await expect(importRun([file])).rejects.toThrow("no known format: there is etcd-log, etcd-trace");
  await expect(importRun([file, "--as", "etcd-log"])).rejects.toThrow("prose.txt:1: No line of it is one");
  await expect(importRun([file, "--as", "etcd-lag"])).rejects.toThrow("did you mean etcd-log?");
  await expect(importRun([join(folder, "none")])).rejects.toThrow("cannot read");
});
