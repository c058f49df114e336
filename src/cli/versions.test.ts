import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readExperiment } from "../experiment/format.ts";
import { readResults } from "../experiment/results.ts";
import { readAddress } from "../scenario/address.ts";
import { parseRecording } from "../scenario/format.ts";
import { readPayload } from "../scenario/link.ts";
import { presets } from "../scenario/presets/index.ts";
import { formatVersion } from "../scenario/version.ts";
import { keptText, readKept } from "../worker/foreign/file.ts";
import { readFuzz } from "./fuzz.ts";
import { readSearch } from "./stories.ts";

/** Files that have a version: the newest, and whether a text of any version is read. */
const formats: Readonly<Record<string, { readonly version: number; readonly isRead: (text: string) => boolean }>> = {
  driftwood: { version: formatVersion, isRead: (text) => parseRecording(text).ok },
  "driftwood-experiment": { version: 1, isRead: (text) => readExperiment(JSON.parse(text)).ok },
  "driftwood-fuzz": { version: 1, isRead: (text) => readFuzz(JSON.parse(text)) !== null },
  "driftwood-results": { version: 1, isRead: (text) => readResults(JSON.parse(text)) !== null },
  "driftwood-search": { version: 1, isRead: (text) => readSearch(JSON.parse(text)) !== null },
};

const src = join(import.meta.dirname, "..");
const folder = join(src, "scenario/samples/versions");
const sources = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  .map((file) => readFileSync(join(src, file), "utf8"));

test("every format that the source names is in the table, with the version that the source writes", () => {
  const named = sources.flatMap((text) =>
    [...text.matchAll(/\bformat: "(driftwood[\w-]*)"/g)].map(([, name]) => name!),
  );
  expect([...new Set(named)].sort()).toEqual(Object.keys(formats));
  const written = sources.flatMap((text) => [
    ...text.matchAll(/\bformat: "(driftwood-[\w-]+)"[,;]\s*(?:readonly )?version: (\d+)/g),
  ]);
  expect(written.length).toBeGreaterThan(4);
  for (const [, name = "", version] of written) expect([name, Number(version)]).toEqual([name, formats[name]?.version]);
});

test("of each version of each format there is a sample, and it is read", () => {
  const wanted = Object.entries(formats).flatMap(([name, { version }]) =>
    Array.from({ length: version }, (_, at) => `${name}-${at + 1}.json`),
  );
  expect(
    readdirSync(folder)
      .filter((file) => file.startsWith("driftwood"))
      .sort(),
  ).toEqual(wanted.sort());
  for (const file of wanted) {
    const text = readFileSync(join(folder, file), "utf8");
    const [, name = "", version] = /^(.*)-(\d+)\.json$/.exec(file) ?? [];
    expect(JSON.parse(text)).toMatchObject({ format: name, version: Number(version) });
    expect([file, formats[name]?.isRead(text)]).toEqual([file, true]);
  }
});

/** What names no format: addresses, and what the page keeps of a log. `since`: the first version there was. */
const others: readonly {
  readonly name: string;
  readonly since: number;
  readonly version: number;
  readonly ending: string;
  readonly versionOf: (text: string) => Promise<number>;
  readonly read: (text: string) => Promise<unknown>;
  readonly is: unknown;
}[] = [
  {
    ...{ name: "link", since: 1, version: formatVersion, ending: ".txt" },
    versionOf: async (text) => Number(text.split(".")[0]),
    read: async (text) => recordingAt(text),
    is: { setup: { seed: 3 }, actions: [{ at: 5000, act: { do: "crash", server: 1 } }], end: 400_000 },
  },
  {
    ...{ name: "address", since: 2, version: formatVersion, ending: ".txt" },
    versionOf: async (text) => {
      const payload = await readPayload(/\/([\w-]*)\./.exec(text)?.[1] ?? "");
      return payload.ok ? (payload.value as readonly number[])[0]! : 0;
    },
    read: async (text) => recordingAt(text),
    is: {
      preset: "first-election",
      actions: expect.arrayContaining([{ at: 400_000, act: { do: "crash", server: 2 } }]),
    },
  },
  {
    ...{ name: "told", since: 1, version: 1, ending: ".txt" },
    versionOf: async (text) => JSON.parse(text).version,
    read: async (text) => readKept(text),
    is: { from: "told", format: "describe-message", files: [{ name: "a.txt" }], view: { at: 0, event: 1 } },
  },
];
async function recordingAt(text: string): Promise<unknown> {
  const read = await readAddress(text, async (id) => presets.find((preset) => preset.id === id)?.recording ?? null);
  return read.ok ? read.value.recording : read.problem;
}

test.each(others)("of each version of a $name there is a sample, and it is read", async ({ name, ...format }) => {
  const { since, version, ending, versionOf, read, is } = format;
  const wanted = Array.from({ length: version - since + 1 }, (_, at) => `${name}-${since + at}${ending}`);
  expect(
    readdirSync(folder)
      .filter((file) => file.startsWith(`${name}-`))
      .sort(),
  ).toEqual(wanted);
  for (const file of wanted) {
    const text = readFileSync(join(folder, file), "utf8").trimEnd();
    expect(`${name}-${await versionOf(text)}${ending}`).toBe(file);
    expect(await read(text)).toMatchObject(is as object);
  }
});

test("what is kept of a log is written in the version of which there is a sample", async () => {
  const text = await keptText({ from: "told", files: [{ name: "a", content: "b" }] }, "etcd-log", { at: 0, event: 0 });
  expect(JSON.parse(text ?? "{}")).toMatchObject({ driftwood: "told", version: 1 });
});
