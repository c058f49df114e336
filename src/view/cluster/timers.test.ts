import { expect, test } from "vitest";
import type { Frame } from "../../worker/protocol/frame.ts";
import { leftWords, timersTold } from "./timers.ts";

const follower = { status: "up", role: "follower", member: "voter", electionDueAt: 30_000 };
const frame = (...servers: object[]): Frame =>
  ({ position: { at: 10_000 }, servers: servers.map((one, i) => ({ ...follower, id: i + 1, ...one })) }) as never;

test("timers are told while nobody leads, and who fires first stands out", () => {
  const told = timersTold(frame({}, { electionDueAt: 20_000 }, { status: "down" }), false);
  expect([...told]).toEqual([
    [1, { left: 20_000, first: false }],
    [2, { left: 10_000, first: true }],
  ]);
});

test("nothing is told of them while time runs, nor under a leader", () => {
  expect(timersTold(frame({}), true).size).toBe(0);
  expect(timersTold(frame({}, { role: "leader", electionDueAt: null }), false).size).toBe(0);
});

test("what is left is said in whole milliseconds, and is never less than nothing", () => {
  expect(leftWords(19_001)).toBe("20 ms left");
  expect(leftWords(-5)).toBe("0 ms left");
});
