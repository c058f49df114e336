import { parseRecording } from "../format.ts";
import type { Recording } from "../recording.ts";

export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly notes: string;
  readonly bookmarks: readonly { readonly at: number; readonly label: string }[];
  readonly recording: Recording;
}
const text = JSON.stringify({
  format: "driftwood", version: 1, title: "First election", notes: "Five servers, no leader yet.", seed: 7, profile: "paper", servers: 5,
  network: { mode: "automatic", latencyMs: [10, 15], loss: 0, duplicate: 0 }, disk: { writeMs: [1, 3] },
  actions: [{ atMs: 0, do: "timer", server: "S3", leftMs: 20 }, { atMs: 200, do: "request", put: ["x", "1"] }],
  bookmarks: [], view: { atMs: 0, select: "", speed: 0.05, play: true }, endMs: 0,
});
const read = parseRecording(text);
if (!read.ok) throw new Error(`${read.problem.field}: ${read.problem.message}`);
export const presets: readonly Preset[] = [
  { id: "first-election", title: "First election", notes: "Five servers, no leader yet.", bookmarks: [], recording: { ...read.value, preset: "first-election" } },
];
