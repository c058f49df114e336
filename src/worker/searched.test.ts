import { describe, expect, test } from "vitest";
import { Search } from "../check/search/search.ts";
import { History } from "../history/history.ts";
import { type BugName, bugOf } from "../raft/bugs/index.ts";
import { corrected } from "../scenario/bugs.ts";
import { formatRecording, parseRecording } from "../scenario/format.ts";
import { recordingOfFound } from "../scenario/found.ts";
import type { Recording } from "../scenario/recording.ts";
import { searchedSetup } from "./searched.ts";

function found(name: BugName): Recording {
  const search = new Search(searchedSetup([name], 0));
  for (let work = 0; work < 40_000 && search.found === null; work += 500) search.advance(500);
  if (search.found === null) throw new Error(search.coverage);
  return recordingOfFound(search.found);
}
function ended(recording: Recording): History {
  const read = parseRecording(formatRecording(recording));
  if (!read.ok) throw new Error(`${read.problem.field}: ${read.problem.message}`);
  const history = new History(read.value.setup, read.value.actions, read.value.end);
  history.advance(read.value.end);
  return history;
}

describe.each(["vote-half", "no-log-check"] as const)("what a search finds: %s", (name) => {
  const recording = found(name);

  test("is an ordinary recording that breaks the property at its end, with a moment marked for each step", () => {
    expect(bugOf(name).breaks).toContain(ended(recording).world.violation?.property);
    expect(recording.bookmarks.length).toBeGreaterThan(1);
    expect(recording.view?.at).toBe(recording.bookmarks[0]?.at);
  });

  test("needs every act: without any one of them nothing breaks", () => {
    for (const left of recording.actions) {
      const actions = recording.actions.filter((action) => action !== left);
      expect(ended({ ...recording, actions }).world.violation).toBeNull();
    }
  });

  test("breaks nothing once the rule is on again", () => {
    expect(ended(corrected(recording)).world.violation).toBeNull();
  });
});

describe("what is searched", () => {
  test("the smallest cluster that shows the bug, in a network that waits, with what the bug needs", () => {
    const setup = searchedSetup(["read-no-quorum"], 0);
    expect([setup.servers.length, setup.mode, setup.raft.reads]).toEqual([3, "manual", "safe"]);
  });

  test("the correct algorithm where no rule is off", () => {
    const setup = searchedSetup([], 0);
    expect([setup.servers.length, setup.bugs]).toEqual([3, []]);
  });
});
