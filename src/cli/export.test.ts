import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { exportRun } from "./export.ts";

/** What it puts on standard output. */
async function output(...args: readonly string[]): Promise<string> {
  const out = vi.spyOn(process.stdout, "write").mockImplementation(() => true);
  expect(await exportRun(args)).toBe(0);
  const text = out.mock.calls.map(([chunk]) => String(chunk)).join("");
  out.mockRestore();
  return text;
}

test("a run goes to standard output, to -, or into a file, with the same text", async () => {
  const args = ["preset:first-election", "--as", "csv", "--to", "500ms"];
  const folder = await mkdtemp(join(tmpdir(), "exports-"));
  try {
    const file = join(folder, "run.csv");
    const text = await output(...args);
    expect(text.split("\n").length).toBeGreaterThan(20);
    expect(await output(...args, "-o", "-")).toBe(text);
    expect(await output(...args, "-o", file)).toBe("");
    expect(await readFile(file, "utf8")).toBe(text);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("a stretch has its own events only", async () => {
  const rows = (await output("preset:first-election", "--as", "csv", "--from", "200ms", "--to", "300ms")).split("\n");
  const times = rows.slice(1, -1).map((row) => Number(row.split(",")[0]));
  expect(times.length).toBeGreaterThan(5);
  expect(times.every((at) => at >= 200_000 && at <= 300_000)).toBe(true);
});

test("what the words get wrong is said with the nearest right one", async () => {
  const run = "preset:first-election";
  await expect(exportRun([run, "--as", "csw"])).rejects.toThrow("did you mean csv?");
  await expect(exportRun([run])).rejects.toThrow("export needs --as NAME: there is mermaid");
  await expect(exportRun([run, "--as", "csv", "--from", "3s", "--to", "2s"])).rejects.toThrow(
    "--from 3s lies after 2s",
  );
  await expect(exportRun([run, "--as", "csv", "-o", "/nowhere/at/all"])).rejects.toThrow(
    "cannot write /nowhere/at/all",
  );
});
