import { expect, test } from "vitest";
import { History } from "../history/history.ts";
import { finish } from "../history/work.ts";
import { presets } from "../scenario/presets/index.ts";
import type { Recording } from "../scenario/recording.ts";
import { againOf, type Claims } from "./again.ts";

const preset = (id: string) => presets.find((each) => each.id === id)!;
const claimsOf =
  (id: string): Claims =>
  (at, label) =>
    preset(id).bookmarks.find((bookmark) => bookmark.at === at && bookmark.label === label)?.claim ?? null;
const compared = (here: Recording, there: Recording) =>
  finish(againOf(here, there, { until: here.end, group: 1 }, claimsOf(here.preset)));

test.each(["figure-8", "leader-crash", "minority-partition"])(
  "%s again as it is: the same outcome, the history's, and every sentence holds",
  (id) => {
    const { recording } = preset(id);
    const { here, there, acts, bookmarks } = compared(recording, recording);
    expect(there).toEqual(here);
    expect(bookmarks).toEqual(recording.bookmarks);
    expect(acts.length).toBe(recording.actions.length);
    const history = new History(recording.setup, recording.actions, recording.end);
    history.advance(recording.end);
    const { marks, terms } = history.current.index;
    expect(here.terms).toEqual(terms.map(({ from, term }) => ({ from, term })));
    expect(here.elections.map(({ at }) => at)).toEqual(
      marks.filter(({ kind }) => kind === "election").map(({ at }) => at),
    );
    expect(here).toMatchObject({ end: recording.end, stopped: null, impossible: [] });
  },
);

test("with another seed no sentence is stated that is not true there, and one that nobody can check is said so", () => {
  const { recording } = preset("first-election");
  const mine = { at: 10_000, label: "Mine." };
  const there = { ...recording, setup: { ...recording.setup, seed: 4242 }, bookmarks: [mine, ...recording.bookmarks] };
  const { bookmarks } = compared(recording, there);
  expect(bookmarks).toContainEqual({ ...mine, before: "unchecked" });
  const history = new History(there.setup, there.actions, there.end);
  for (const { at, label, before } of bookmarks.filter((each) => each.label !== mine.label)) {
    history.seek(at);
    const holds = claimsOf("first-election")(at, label)!(history.world) === null;
    expect(before).toBe(holds ? undefined : "false");
  }
});

test("without a leader: from the start to the first one, and from when a majority is in a later term", () => {
  const { recording } = preset("leader-crash");
  const { here } = compared(recording, recording);
  expect(here.leaderless[0]).toEqual({ from: 0, to: here.elections[0]!.at });
  expect(here.leaderless.every(({ from, to }) => from < to && to <= here.end)).toBe(true);
  expect(here.leaderless.length).toBeGreaterThan(1);
});
