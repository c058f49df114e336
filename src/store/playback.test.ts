import { describe, expect, test } from "vitest";
import { atStart, nextPlayback, type PlaybackEvent, restartsPerMinute } from "./playback.ts";

function stateAfter(...events: readonly PlaybackEvent[]): string {
  return events.reduce(nextPlayback, atStart).state;
}
const opened = { type: "opened", play: true } as const;
const died = (at: number): PlaybackEvent => ({ type: "died", at });

describe("playback", () => {
  test("starts, opens, plays and pauses", () => {
    expect(stateAfter()).toBe("starting");
    expect(stateAfter(opened)).toBe("playing");
    expect(stateAfter({ type: "opened", play: false })).toBe("paused");
    expect(stateAfter(opened, { type: "pause" })).toBe("paused");
    expect(stateAfter(opened, { type: "pause" }, { type: "play" })).toBe("playing");
  });

  test("another run is opened as it wants, whatever the last one did", () => {
    expect(stateAfter(opened, { type: "opened", play: false })).toBe("paused");
    expect(stateAfter(opened, { type: "pause" }, opened)).toBe("playing");
  });

  test("nothing plays before a run is there", () => {
    expect(stateAfter({ type: "play" })).toBe("starting");
  });

  test("a death from any state leads to a rebuilt, paused run", () => {
    expect(stateAfter(died(0))).toBe("restoring");
    expect(stateAfter(opened, died(0))).toBe("restoring");
    expect(stateAfter(opened, died(0), { type: "play" })).toBe("restoring");
    expect(stateAfter(opened, died(0), { type: "rebuilt" })).toBe("paused");
  });

  test("more deaths than allowed within a minute fail; a retry starts the count anew", () => {
    const deaths = Array.from({ length: restartsPerMinute }, (_, i) => died(i * 1000));
    expect(stateAfter(opened, ...deaths)).toBe("restoring");
    expect(stateAfter(opened, ...deaths, died(59_000))).toBe("failed");
    expect(stateAfter(opened, ...deaths, died(59_000), { type: "retry" }, died(59_500))).toBe("restoring");
  });

  test("what does not concern a state leaves it as it is", () => {
    const failed = Array.from({ length: restartsPerMinute + 1 }, () => died(0));
    for (const type of ["play", "pause", "rebuilt"] as const) expect(stateAfter(...failed, { type })).toBe("failed");
    expect(stateAfter(...failed, opened)).toBe("failed");
    expect(stateAfter(...failed, died(100_000))).toBe("failed");
    expect(stateAfter(opened, { type: "retry" })).toBe("playing");
  });

  test("deaths that are more than a minute apart are forgotten", () => {
    const deaths = Array.from({ length: 10 }, (_, i) => died(i * 30_000));
    expect(stateAfter(opened, ...deaths)).toBe("restoring");
  });
});
