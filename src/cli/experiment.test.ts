import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { experiment } from "./experiment.ts";
import { fuzz } from "./fuzz.ts";
import { merge } from "./merge.ts";
import { search } from "./search.ts";

const folder = mkdtempSync(join(tmpdir(), "driftwood-"));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

/** What a command prints, and its exit code. */
async function said(command: () => Promise<number>): Promise<{ code: number; text: string }> {
  let text = "";
  const log = vi.spyOn(console, "log").mockImplementation((line: string) => {
    text += `${line}\n`;
  });
  const out = vi.spyOn(process.stdout, "write").mockImplementation((more) => {
    text += String(more);
    return true;
  });
  const error = vi.spyOn(console, "error").mockImplementation(() => {});
  try {
    return { code: await command(), text };
  } finally {
    for (const spy of [log, out, error]) spy.mockRestore();
  }
}

describe("an experiment in parts", () => {
  const own = ["preset:pre-vote-return", "--runs", "4"];
  beforeAll(async () => {
    for (const part of [1, 2, 3])
      await experiment([...own, "--jobs", "1", "--shard", `${part}/3`, "--json", "-o", at(`${part}.json`)]);
  });

  test("is merged to what one process prints, with one thread and with two", async () => {
    const merged = await said(() => merge([at("1.json"), at("2.json"), at("3.json"), at("2.json")]));
    const [one, two] = [
      await said(() => experiment([...own, "--jobs", "1"])),
      await said(() => experiment([...own, "--jobs", "2"])),
    ];
    expect(merged).toEqual(one);
    expect(two).toEqual(one);
    expect(one.code).toBe(0);
    expect(one.text).toMatch(/^A server that comes back\./);
  });

  test("says that a part is missing, and refuses what was cut off", async () => {
    expect((await said(() => merge([at("1.json"), at("3.json")]))).code).toBe(3);
    writeFileSync(at("cut.json"), readFileSync(at("1.json"), "utf8").slice(0, 200));
    await expect(merge([at("cut.json")])).rejects.toThrow("was it cut off? Run that part again");
    await expect(merge([])).rejects.toThrow("at least one FILE");
  });

  test("as a table with a line for each run", async () => {
    const { text } = await said(() => merge([at("1.json"), at("2.json"), at("3.json"), "--csv"]));
    expect(text.trim().split("\r\n").length).toBe(9);
  });

  test("what is wrong with the command line is said", async () => {
    await expect(experiment(["preset:figure-61"])).rejects.toThrow("did you mean figure-16?");
    await expect(experiment([...own, "--shard", "4/3"])).rejects.toThrow("expected a part such as 2/8");
    await expect(experiment([])).rejects.toThrow("exactly one FILE");
  });
});

test("fuzzing in parts is the whole, and nothing is counted twice", async () => {
  const own = ["--runs", "6", "--seed", "40", "--jobs", "1", "--json"];
  for (const part of [1, 2]) {
    const { text } = await said(() => fuzz([...own, "--shard", `${part}/2`]));
    writeFileSync(at(`fuzz-${part}.json`), text);
  }
  writeFileSync(at("fuzz.json"), (await said(() => fuzz(own))).text);
  const merged = await said(() => merge([at("fuzz-1.json"), at("fuzz-2.json"), at("fuzz-1.json")]));
  const whole = await said(() => merge([at("fuzz.json")]));
  expect(merged).toEqual(whole);
  expect(merged.text).toMatch(/^6 of 6 schedules from seed 40, no violation/);
  const half = await said(() => merge([at("fuzz-2.json")]));
  expect([half.code, half.text.includes("missing: 1/2")]).toEqual([3, true]);
  await expect(merge([at("fuzz.json"), at("fuzz-1.json")])).rejects.toThrow("do not belong together");
});

test("stories of a search in parts: the first of each, and the shortest of all", async () => {
  const own = ["--bug", "double-vote", "--stories", "3000", "--json"];
  for (const part of [1, 2]) {
    const { text } = await said(() => search([...own, "--shard", `${part}/2`]));
    writeFileSync(at(`search-${part}.json`), text);
  }
  const parts = [1, 2].map((part) => JSON.parse(readFileSync(at(`search-${part}.json`), "utf8")).parts[0]);
  expect(parts.map(({ found }) => found.number % 2)).toEqual([1, 0]);
  const { code, text } = await said(() => merge([at("search-1.json"), at("search-2.json")]));
  expect(code).toBe(0);
  expect(text).toContain(`${Math.min(...parts.map(({ found }) => found.acts))} actions`);
});
