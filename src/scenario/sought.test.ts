import { describe, expect, test } from "vitest";
import { finish } from "../history/work.ts";
import { parseRecording, readRecording, writeRecording } from "./format.ts";
import { decodeLink, encodeLink } from "./link.ts";
import type { Recording } from "./recording.ts";
import { foundIn } from "./sought.ts";
import { formatVersion } from "./version.ts";

/** S1 is elected at 23 ms in a cluster without chance; S3 crashes at 200 ms. */
const file = (bookmarks: readonly unknown[], changes: object = {}) => ({
  ...{ format: "driftwood", version: formatVersion, seed: 7, servers: 3 },
  ...{ network: { latencyMs: [10, 10] }, disk: { writeMs: [1, 1] }, bookmarks },
  actions: [
    { atMs: 0, do: "timeout", server: "S1" },
    { atMs: 200, do: "crash", server: "S3" },
  ],
  ...{ endMs: 300, ...changes },
});
function read(json: unknown): Recording {
  const recording = readRecording(json);
  if (!recording.ok) throw new Error(`${recording.problem.field}: ${recording.problem.message}`);
  return recording.value;
}
const found = (json: unknown): Recording => finish(foundIn(read(json)));

describe("bookmarks that are found by a condition", () => {
  test("stand at the first moment at which it holds, among the others by time; what never comes true stays sought", () => {
    const { bookmarks, sought } = found(
      file([
        { when: "S3 down", label: "S3 is down." },
        { atMs: 100, label: "In between." },
        { when: "S1 leads", label: "S1 leads." },
        { when: "S2 votes for S1", label: "S2 votes." },
        { when: "S2 leads", label: "Never." },
        { when: "running = 3", label: "From the start." },
      ]),
    );
    expect(bookmarks.map(({ at, label }) => [at, label])).toEqual([
      [0, "From the start."],
      [11_000, "S2 votes."],
      [22_000, "S1 leads."],
      [100_000, "In between."],
      [200_000, "S3 is down."],
    ]);
    expect(sought).toEqual([{ when: "S2 leads", label: "Never." }]);
  });

  test("are looked for until a minute after the end, and the run then reaches as far", () => {
    const { end, bookmarks } = found(file([{ when: "leader", label: "Another." }], { actions: [], endMs: 0 }));
    expect(bookmarks).toHaveLength(1);
    expect(end).toBe(bookmarks[0]!.at);
    expect(end).toBeGreaterThan(0);
  });

  test("come back from a file and from a link with their condition and their time, or sought as before", async () => {
    const recording = found(
      file([
        { when: "S1 leads", label: "Leads." },
        { when: "S2 leads", label: "Never." },
      ]),
    );
    expect(writeRecording(recording).bookmarks).toEqual([
      { atMs: 22, when: "S1 leads", label: "Leads." },
      { when: "S2 leads", label: "Never." },
    ]);
    expect(read(writeRecording(recording))).toEqual(recording);
    const view = { at: 0, select: "", speed: 1, play: false };
    const link = await decodeLink(await encodeLink(recording, view, ""));
    expect(link).toMatchObject({ ok: true, value: { recording: { ...recording, view } } });
  });

  test("are refused at the word that is not understood", () => {
    const text = JSON.stringify(
      file([
        { atMs: 1, label: "One." },
        { when: "S1 leads and S2 leds", label: "Two." },
      ]),
      null,
      1,
    );
    const refused = parseRecording(text);
    if (refused.ok) throw new Error("it was read");
    const { field, message, place } = refused.problem;
    expect([field, message]).toEqual(["bookmarks[1].when", "“leds” is not understood here: did you mean leads?"]);
    const lines = text.split("\n");
    expect(lines[place!.line - 1]!.slice(place!.column - 1)).toMatch(/^leds"/);
    expect(parseRecording(JSON.stringify(file([{ label: "When?" }])))).toMatchObject({
      problem: { field: "bookmarks[0]", message: "expected a time, atMs, or a condition, when" },
    });
  });
});
