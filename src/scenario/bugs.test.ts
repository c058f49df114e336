import { describe, expect, test } from "vitest";
import { bugNames, bugOf } from "../raft/bugs/index.ts";
import { corrected, emptied, shownBugs, withBugs } from "./bugs.ts";
import { formatRecording, parseRecording } from "./format.ts";
import { presets } from "./presets/index.ts";
import type { Recording } from "./recording.ts";

const recording = presets.find(({ id }) => id === "first-election")!.recording;
/** As the page would open it. */
function reopened(changed: Recording): Recording {
  const read = parseRecording(formatRecording(changed));
  if (!read.ok) throw new Error(`${read.problem.field}: ${read.problem.message}`);
  return read.value;
}

describe("rules that can be switched off", () => {
  test("every one is listed once, with what it changes and where the rule is stated", () => {
    const all = shownBugs.flatMap(({ bugs }) => bugs);
    expect(all.map(({ name }) => name).sort()).toEqual([...bugNames].sort());
    for (const { changed, section } of all) {
      expect(changed).toMatch(/\.$/);
      expect(section).not.toBe("");
    }
  });

  test("what a bug needs is set along, and said", () => {
    const read = shownBugs.flatMap(({ bugs }) => bugs).find(({ name }) => name === "read-no-quorum")!;
    expect(read.needs.map(({ title, value }) => [title, value])).toEqual([["Reads", "safe"]]);
    expect(reopened(withBugs(recording, ["read-no-quorum"])).setup.raft.reads).toBe("safe");
  });
});

describe("the same run, broken", () => {
  test("keeps the acts, and drops what was said of the correct run", () => {
    const broken = reopened(withBugs(recording, ["double-vote", "commit-old-term"]));
    expect(broken.setup.bugs).toEqual([bugOf("double-vote"), bugOf("commit-old-term")]);
    expect(broken.actions).toEqual(recording.actions);
    expect([broken.notes, broken.preset, broken.bookmarks]).toEqual(["", "", []]);
  });

  test("with as many voters as show it", () => {
    const small = { ...recording, setup: { ...recording.setup, servers: recording.setup.servers.slice(0, 2) } };
    for (const name of bugNames)
      expect(reopened(emptied(withBugs(small, [name]))).setup.servers.length).toBe(Math.max(2, bugOf(name).servers));
  });

  test("and repaired: no rule is off, the acts are the same", () => {
    const again = reopened(corrected(withBugs(recording, ["double-vote"])));
    expect(again.setup.bugs).toEqual([]);
    expect(again.actions).toEqual(recording.actions);
  });
});
