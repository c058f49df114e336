import { expect, test } from "vitest";
import { parseRecording } from "./format.ts";
import { upgraded, upgraders } from "./upgrades.ts";
import { formatVersion } from "./version.ts";

const before = Array.from({ length: formatVersion - 1 }, (_, at) => at + 1);

test("from every version there is a way to the next, and no other", () => {
  expect(Object.keys(upgraders).map(Number)).toEqual(before);
});

test.each(before)("a file of version %i is read as one of this version", (version) => {
  const file = { format: "driftwood", seed: 3, actions: [{ atMs: 5, do: "crash", server: "S1" }] };
  const now = parseRecording(JSON.stringify({ ...file, version: formatVersion }));
  expect(now.ok).toBe(true);
  expect(parseRecording(JSON.stringify({ ...file, version }))).toEqual(now);
});

test("what is no file of an earlier version stays as it is", () => {
  for (const json of [null, 5, [], {}, { version: "1" }, { version: 0 }, { version: formatVersion + 1 }])
    expect(upgraded(json)).toEqual(json);
});
