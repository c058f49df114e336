import { describe, expect, test } from "vitest";
import { History } from "../../history/history.ts";
import { formatRecording, parseRecording } from "../format.ts";
import { decodeLink, encodeLink } from "../link.ts";
import type { Recording } from "../recording.ts";
import { engineVersion } from "../version.ts";
import { presets } from "./index.ts";
import type { Preset } from "./preset.ts";

const historyOf = ({ setup, actions, end }: Recording): History => new History(setup, actions, end);

/** Runs to the end. */
function finalHash(recording: Recording): string {
  const history = historyOf(recording);
  history.seek(recording.end);
  expect(history.world.now).toBe(recording.end);
  return history.hash();
}

test("there are at least fourteen, each with an id and a title of its own", () => {
  expect(presets.length).toBeGreaterThanOrEqual(14);
  expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length);
  expect(new Set(presets.map(({ title }) => title)).size).toBe(presets.length);
});

test("the first thing that a newcomer sees is the first step of a first election, and what comes is hidden", () => {
  const [first] = presets;
  expect(first?.id).toBe("first-election");
  expect(first?.recording.view).toMatchObject({ at: 0, play: false, hide: true, guided: true });
});

describe.each(presets.map((preset): [string, Preset] => [preset.id, preset]))("%s", (_id, preset) => {
  const { recording, bookmarks } = preset;

  test("has a paragraph, bookmarks in order, and a place to begin", () => {
    expect(preset.notes.length).toBeGreaterThan(100);
    expect(bookmarks.length).toBeGreaterThanOrEqual(3);
    expect(bookmarks.map(({ at }) => at)).toEqual(bookmarks.map(({ at }) => at).toSorted((a, b) => a - b));
    expect(recording.bookmarks).toEqual(bookmarks.map(({ at, label }) => ({ at, label })));
    expect(bookmarks.every(({ at, label }) => at <= recording.end && label.endsWith("."))).toBe(true);
    expect(recording.view).toMatchObject({ at: bookmarks[0]?.at, play: false });
    expect(recording.preset).toBe(preset.id);
  });

  test("comes back from a file and from a link", async () => {
    expect(parseRecording(formatRecording(recording))).toEqual({ ok: true, value: recording });
    const hash = finalHash(recording);
    const link = await decodeLink(await encodeLink(recording, recording.view!, hash));
    expect(link).toEqual({ ok: true, value: { recording, hash, engine: engineVersion } });
  });

  test.each(bookmarks.map(({ label, at, claim }) => ({ label, at, claim })))("$label", ({ at, claim }) => {
    const history = historyOf(recording);
    history.seek(at);
    expect(history.world.now).toBe(at);
    expect(claim(history.world)).toBeNull();
  });

  test("no claim holds of a world that has not begun, but one that says so", () => {
    const blank = historyOf(recording);
    const late = bookmarks.filter(({ at }) => at > 0);
    expect(late.filter(({ claim }) => claim(blank.world) === null).map(({ label }) => label)).toEqual([]);
  });

  test("every action did something, and no property broke", () => {
    const history = historyOf(recording);
    history.seek(recording.end);
    const ignored = history
      .facts(1, history.place.event)
      .filter((fact) => fact.kind === "acted" && fact.ignored !== null);
    expect(ignored).toEqual([]);
    expect(history.world.violation).toBeNull();
    expect(history.world.stopped).toBeNull();
  });

  test("ends in the same state whenever and however it is run", () => {
    const hash = finalHash(recording);
    const wandering = historyOf(recording);
    wandering.seek(recording.end);
    wandering.seek(0);
    for (const { at } of bookmarks) wandering.seek(at);
    wandering.seek(recording.end);
    expect(wandering.hash()).toBe(hash);
    expect(finalHash(recording)).toBe(hash);
  });
});
