import { describe, expect, test } from "vitest";
import { readAddress } from "../scenario/address.ts";
import { presets } from "../scenario/presets/index.ts";
import { Laboratory } from "./laboratory.ts";
import type { FeedFilter } from "./protocol/feed.ts";
import type { OwnSource } from "./protocol/requests.ts";

const usual: FeedFilter = { servers: [], kinds: [], routine: false };
const page = "https://example.org/driftwood/";

async function opened(source: OwnSource): Promise<Laboratory> {
  const laboratory = new Laboratory();
  const ready = await laboratory.open(source);
  if (!ready.ok) throw new Error(ready.problem.message);
  laboratory.enter(ready.value.run);
  return laboratory;
}

const viewAt = (at: number) => ({ at, select: "", speed: 0.02 });

describe("the events as text", () => {
  test("are the feed's rows up to the moment that is shown, oldest first, with time and section", async () => {
    const laboratory = await opened({ from: "preset", id: "figure-8" });
    await laboratory.seek(390_000);
    for (const filter of [usual, { ...usual, words: "voted s5", routine: true }]) {
      const { rows } = await laboratory.feed({ filter, before: null, limit: 5000 });
      const { text } = await laboratory.report({ as: "events", filter, page, view: viewAt(390_000) });
      const lines = rows.map(
        ({ position, text: said, section }) =>
          `${(position.at / 1e6).toFixed(6).padStart(12)} s  ${said}${section === "" ? "" : ` (${section})`}\n`,
      );
      expect(lines.length).toBeGreaterThan(5);
      expect(text).toBe(lines.reverse().join(""));
    }
  });
});

describe("the bug report", () => {
  test("has a link to the moment, what differs, the servers, the last events and the state", async () => {
    const laboratory = await opened({ from: "preset", id: "figure-8" });
    await laboratory.seek(390_000);
    await laboratory.act({ at: 390_000, act: { do: "crash", server: 2 } });
    const { text } = await laboratory.report({ as: "markdown", filter: usual, page, view: viewAt(390_000) });
    const url = /\[Open this moment in Driftwood\]\(<https:\/\/example\.org\/driftwood\/#([^>]+)>\)/.exec(text)?.[1];
    const scenario = async (id: string) => presets.find((preset) => preset.id === id)?.recording ?? null;
    const read = await readAddress(url ?? "", scenario);
    expect(read.ok && read.value.recording.view?.at).toBe(390_000);
    expect(read.ok && read.value.recording.actions.at(-1)).toMatchObject({ act: { do: "crash", server: 2 } });
    expect(text).toMatch(/^### .*, at 0\.390 s\n/);
    expect(text).toMatch(/\n\| S2 \| down \| \d+ \|/);
    expect(text).toContain("**The last 30 events**");
    expect(
      text
        .trimEnd()
        .split("\n")
        .filter((line) => /^ +\d+\.\d{6} s {2}/.test(line)),
    ).toHaveLength(30);
    const json = /```json\n(.*)\n```/.exec(text)?.[1] ?? "{}";
    const frame = laboratory.look({ logFrom: 1, logCount: 0 }).frame;
    expect(JSON.parse(json)).toMatchObject({ hash: frame.hash, atMs: 390, servers: { S2: { status: "down" } } });
    expect(text).not.toContain("What differs");
  });

  test("names options that are not the profile's, options of one server, and rules that are off", async () => {
    const recording = JSON.stringify({
      format: "driftwood",
      version: 1,
      seed: 1,
      servers: [{ id: "S1", options: { electionTimeoutMs: [900, 1000] } }, { id: "S2" }, { id: "S3" }],
      options: { preVote: true },
      bugs: ["log-length-only"],
      actions: [{ atMs: 10, do: "request", put: ["k", "``` is a fence"] }],
      endMs: 500,
    });
    const laboratory = await opened({ from: "file", text: recording });
    await laboratory.seek(500_000);
    const { text } = await laboratory.report({ as: "markdown", filter: usual, page, view: viewAt(500_000) });
    expect(text).toContain("- Pre-vote: yes (the profile has no)");
    expect(text).toMatch(/\n- .*: 900.*1,?000.* on S1 \(the run has /);
    expect(text).toMatch(/\n- A rule is switched off: .+ \(`log-length-only`\)/);
    // A fence that is longer than any in what clients wrote.
    expect(text.match(/^````\w*$/gm)).toHaveLength(4);
  });
});
