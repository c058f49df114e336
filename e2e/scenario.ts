import { History } from "../src/history/history.ts";
import { type RecordingJson, readRecording } from "../src/scenario/format.ts";
import { encodeLink } from "../src/scenario/link.ts";
import type { RecordedView, Recording } from "../src/scenario/recording.ts";

/** A recording as a file has it, but for what every file has. */
export type Scenario = Partial<Omit<RecordingJson, "format" | "version">>;

export const fileJson = (scenario: Scenario) => ({ format: "driftwood", version: 1, ...scenario });

export function recordingOf(scenario: Scenario): Recording {
  const read = readRecording(fileJson(scenario));
  if (!read.ok) throw new Error(`${read.problem.field}: ${read.problem.message}`);
  return read.value;
}

/** The engine without a page: the same run, here in Node. */
export function historyOf(recording: Recording): History {
  const history = new History(recording.setup, recording.actions, recording.end);
  history.seek(recording.end);
  return history;
}

/** State hash of the run at a time in microseconds. */
export function hashAt(history: History, at: number): string {
  history.seek(at);
  return history.hash();
}

/** The fragment of a link to the scenario's moment. */
export function encodeScenario(scenario: Scenario): Promise<string> {
  const recording = recordingOf(scenario);
  return encodeAt(recording, recording.view ?? { at: 0, select: "", speed: 0.05, play: false });
}

/** The fragment of a link to a moment of the run. */
export function encodeAt(recording: Recording, view: RecordedView): Promise<string> {
  return encodeLink(recording, view, hashAt(historyOf(recording), recording.end));
}

/**
 * Five servers of which S1 soon leads term 1, stopped 420 ms into the run while a heartbeat is under way to S2, S3, S4 and S5: long links, so that messages are
 * under way at any time. `changes` go over it.
 */
export const steady = (changes: Scenario = {}): Scenario => ({
  title: "A steady cluster",
  seed: 5,
  servers: 5,
  network: { mode: "automatic", latencyMs: [18, 30], loss: 0, duplicate: 0 },
  disk: { writeMs: [1, 3] },
  actions: [
    { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
    { atMs: 150, do: "request", put: ["x", "1"] },
  ],
  view: { atMs: 420, select: "", speed: 1, play: false },
  endMs: 420,
  ...changes,
});

/** Nine servers that play; links of half a second, each message in five twice: heartbeats pile up to 250 under way. */
export const crowded = (speed: number, select = ""): Scenario =>
  steady({
    servers: 9,
    options: {
      heartbeatMs: 50,
      retryMs: 100,
      maxEntriesPerMessage: 16,
      noOpOnElection: false,
      electionTimeoutMs: [4000, 8000],
    },
    network: { mode: "automatic", latencyMs: [450, 630], loss: 0, duplicate: 0.2 },
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 2000, do: "load", perSecond: 20 },
    ],
    view: { atMs: 6000, select, speed, play: true },
    endMs: 6000,
  });
