import { expect, test } from "vitest";
import type { Frame } from "../worker/protocol/frame.ts";
import type { RunInfo } from "../worker/protocol/run.ts";
import { readSeen, seenIn } from "./seen.ts";

const state = (preset: string, at: number, steps = [100, 200]) => ({
  info: { preset, bookmarks: steps.map((step) => ({ at: step, label: "" })) } as unknown as RunInfo,
  frame: { position: { at, event: 0 } } as Frame,
});

test("a scenario is seen once its last step is reached", () => {
  expect(seenIn(state("figure-8", 199))).toBeNull();
  expect(seenIn(state("figure-8", 200))).toBe("figure-8");
  expect(seenIn(state("", 200))).toBeNull();
  expect(seenIn(state("figure-8", 200, []))).toBeNull();
  expect(seenIn({ info: null, frame: null })).toBeNull();
});

test("what storage holds is not trusted", () => {
  expect(readSeen(null)).toEqual([]);
  expect(readSeen("{")).toEqual([]);
  expect(readSeen("{}")).toEqual([]);
  expect(readSeen('["a",7,"b"]')).toEqual(["a", "b"]);
});
