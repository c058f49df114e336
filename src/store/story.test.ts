import { describe, expect, test } from "vitest";
import type { Frame } from "../worker/protocol/frame.ts";
import type { RunInfo, Timeline } from "../worker/protocol/run.ts";
import { followingSource, precedingSource, programmeOf } from "./playlist.ts";
import { emptyLab } from "./session/session.ts";
import {
  canGoBack,
  hidesWhatComes,
  nearStep,
  nextMove,
  noNext,
  shownUntil,
  stopsAtSteps,
  storyPlace,
  useStory,
} from "./story.ts";

const bookmarks = [
  { at: 10, label: "One." },
  { at: 20, label: "Two." },
  { at: 30, label: "Three." },
];
/** A run at `at`, which strayed from its story at `strayed`. */
function run(at: number, strayed: number | null = null, over: Partial<RunInfo> = {}) {
  const frame = { position: { at, event: 1 }, strayed } as Frame;
  const info = { bookmarks, preset: "a-story", view: null, play: [], ...over } as RunInfo;
  const timeline = { branches: [{ id: 0 }, { id: 1 }], current: strayed === null ? 0 : 1 } as unknown as Timeline;
  return { ...emptyLab, frame, info, timeline };
}

describe("where a run stands in its story", () => {
  test("exactly at a step, or so long after one", () => {
    expect(storyPlace(run(5))).toEqual({ kind: "before" });
    expect(storyPlace(run(20))).toEqual({ kind: "at", step: 1 });
    expect(storyPlace(run(25))).toEqual({ kind: "after", step: 1, after: 5 });
    expect(storyPlace(run(5, null, { bookmarks: [] }))).toEqual({ kind: "none" });
  });

  test("it has left it from the act on, at a step, too", () => {
    expect(storyPlace(run(20, 21))).toEqual({ kind: "at", step: 1 });
    expect(storyPlace(run(20, 20))).toEqual({ kind: "left", step: 1, at: 20 });
    expect(storyPlace(run(5, 1))).toEqual({ kind: "left", step: -1, at: 1 });
  });
});

describe("what Next does", () => {
  test("it plays to the step after this moment, and after the last opens another story", () => {
    expect(nextMove(run(0))).toEqual({ kind: "step", at: 10 });
    expect(nextMove(run(20))).toEqual({ kind: "step", at: 30 });
    expect(nextMove(run(30))).toEqual({ kind: "story" });
    expect(nextMove(run(30, null, { preset: "" }))).toEqual({ kind: "none" });
    expect(nextMove(run(30, null, { bookmarks: [] }))).toEqual({ kind: "none" });
  });

  test("it leads back to the story where that was left for another branch", () => {
    expect(nextMove(run(25, 22))).toEqual({ kind: "back", step: 1 });
    expect(nextMove(run(5, 1))).toEqual({ kind: "back", step: 0 });
    expect(nextMove(run(35, 22))).toEqual({ kind: "story" });
  });

  test("steps are found both ways", () => {
    expect(nearStep(run(20), -1)?.at).toBe(10);
    expect(nearStep(run(20), 1)?.at).toBe(30);
    expect(nearStep(run(10), -1)).toBeUndefined();
  });
});

describe("where several stories are told in turn", () => {
  const told = (at: number, preset: string) => run(at, null, { preset, play: ["first-election", "figure-8"] });
  test("the next one of the list follows the last step, and nothing follows the last one", async () => {
    expect(nextMove(told(20, "first-election"))).toEqual({ kind: "step", at: 30 });
    expect(nextMove(told(30, "first-election"))).toEqual({ kind: "story" });
    expect(nextMove(told(30, "figure-8"))).toEqual({ kind: "none" });
    expect(noNext(null, told(30, "figure-8"))).toBe("this is the last step of the last story");
    const list = "play=first-election,figure-8";
    expect(await followingSource(told(30, "first-election"))).toEqual({ from: "link", fragment: `figure-8&${list}` });
    expect(await followingSource(told(30, "figure-8"))).toBeNull();
    expect(await followingSource(run(30, null, { preset: "first-election" }))).toEqual({
      from: "preset",
      id: "leader-crash",
    });
  });

  test("back from a first step leads to the last step of the story before", async () => {
    expect([canGoBack(told(10, "figure-8")), canGoBack(told(10, "first-election"))]).toEqual([true, false]);
    expect(canGoBack(run(10))).toBe(false);
    expect(await precedingSource(told(10, "figure-8"))).toEqual({
      from: "link",
      fragment: "first-election@0.165000&play=first-election,figure-8",
    });
    expect(await precedingSource(told(10, "first-election"))).toBeNull();
  });

  test("the place in the list is said", () => {
    expect(programmeOf(told(10, "figure-8"))).toEqual({ ids: ["first-election", "figure-8"], at: 1 });
    expect(programmeOf(run(10))).toBeNull();
  });
});

test("what comes is hidden, and play stops at steps, where the run asks for it or the reader", () => {
  const view = { at: 0, select: "", speed: 1, play: false };
  const plain = { ...run(20, null, { view }), seen: 25 };
  const asking = { ...run(20, null, { view: { ...view, hide: true } }), seen: 25 };
  expect([hidesWhatComes(plain), stopsAtSteps(plain), shownUntil(plain)]).toEqual([
    false,
    false,
    Number.POSITIVE_INFINITY,
  ]);
  expect([hidesWhatComes(asking), stopsAtSteps(asking), shownUntil(asking)]).toEqual([true, true, 25]);
  useStory.setState({ hide: false, stop: true });
  expect([hidesWhatComes(asking), stopsAtSteps(asking)]).toEqual([false, true]);
  useStory.setState({ hide: null, stop: null });
});
