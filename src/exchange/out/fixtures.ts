import { expect } from "vitest";
import { explore, livelySetup, operatedSetup } from "../../history/fixtures.ts";
import { History } from "../../history/history.ts";
import { finish } from "../../history/work.ts";
import { parseRecording } from "../../scenario/format.ts";
import { presets } from "../../scenario/presets/index.ts";
import type { Recording } from "../../scenario/recording.ts";
import type { Exporter, Range, Written } from "./exporter.ts";
import { exporters } from "./index.ts";

/** Runs and golden samples for the tests of what goes out. */

/** An election, a write, a message to a cut link, a crash and a restart: short enough to be read in any format. */
const story = {
  format: "driftwood",
  version: 1,
  title: "A write, a crash",
  seed: 7,
  servers: 3,
  network: { latencyMs: [10, 10] },
  disk: { writeMs: [1, 1] },
  actions: [
    { atMs: 0, do: "timeout", server: "S1" },
    { atMs: 60, do: "cut", links: [["S1", "S2"]] },
    { atMs: 65, do: "request", put: ["x", "the end"], server: "S1" },
    { atMs: 95, do: "mend", links: [["S1", "S2"]] },
    { atMs: 120, do: "request", get: "x", server: "S1" },
    { atMs: 160, do: "crash", server: "S3" },
    { atMs: 190, do: "restart", server: "S3" },
  ],
  endMs: 200,
};

export function recordingOf(file: object): Recording {
  const read = parseRecording(JSON.stringify(file));
  if (!read.ok) throw new Error(`${read.problem.field}: ${read.problem.message}`);
  return read.value;
}
export const storyFile = story;

export function historyOf({ setup, actions, end }: Pick<Recording, "setup" | "actions" | "end">): History {
  const history = new History(setup, actions, end);
  history.seek(end);
  return history;
}
export const storyRun = (): History => historyOf(recordingOf(story));

export function presetRun(id: string): History {
  const preset = presets.find((each) => each.id === id);
  if (preset === undefined) throw new Error(`no preset ${id}`);
  return historyOf(preset.recording);
}

/** Random acts on a network that loses and doubles, with pauses, crashes and changes of membership. */
export function livelyRun(seed: number): History {
  const history = new History(seed % 2 === 0 ? livelySetup(seed) : operatedSetup(seed));
  explore(history, seed, 25);
  return history;
}
/** Longer than some formats take: a load of requests for a second. */
export const longRun = (): History =>
  historyOf(recordingOf({ ...storyFile, actions: [{ atMs: 0, do: "load", perSecond: 200 }], endMs: 1000 }));

export const all: Range = { from: 0, to: Number.MAX_SAFE_INTEGER };

function named(name: string): Exporter {
  const found = exporters.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no exporter ${name}`);
  return found;
}

export const write = (name: string, run: History, range = all): Written => finish(named(name).write(run, range));

/** The story in that format is what stands in `golden/NAME…`; `vitest run -u` writes it anew, for who knows why it changed. */
export async function expectGolden(name: string): Promise<string> {
  const { text, cut } = write(name, storyRun());
  expect(cut).toBe("");
  const { ending } = named(name);
  const file = ending.startsWith(`.${name}.`) ? ending.slice(1) : `${name}${ending}`;
  await expect(text).toMatchFileSnapshot(`golden/${file}`);
  return text;
}
