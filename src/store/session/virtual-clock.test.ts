import { expect, test } from "vitest";
import { createVirtualClock } from "./virtual-clock.ts";

test("time passes at the speed, up to the limit; then the next frame is needed", () => {
  const clock = createVirtualClock();
  expect(clock.pass(16, 0.5, 10_000)).toBe(false);
  expect(clock.shown()).toBe(8000);
  expect(clock.pass(32, 0.5, 10_000)).toBe(true);
  expect(clock.shown()).toBe(10_000);
  expect(clock.goal()).toBe(16_000);
});

test("a frame that goes as far as the goal lets the clock go on from there", () => {
  const clock = createVirtualClock();
  clock.pass(16, 1, 1000);
  clock.reach(16_000, 1);
  expect(clock.shown()).toBe(16_000);
  expect(clock.pass(32, 1, 50_000)).toBe(false);
  expect(clock.shown()).toBe(32_000);
});

test("a worker that does not keep up is not chased for more than 100 ms of wall time", () => {
  const clock = createVirtualClock();
  for (let now = 16; now < 2000; now += 16) clock.pass(now, 1, 1000);
  clock.reach(2000, 1);
  expect(clock.goal()).toBe(102_000);
});

test("neither a sleep of eight hours nor a clock that goes back moves the run", () => {
  const clock = createVirtualClock();
  clock.pass(8 * 3_600_000, 1, 1e12);
  expect(clock.shown()).toBe(100_000);
  clock.pass(0, 1, 1e12);
  expect(clock.shown()).toBe(100_000);
});

test("time that is only noted does not pass", () => {
  const clock = createVirtualClock();
  clock.note(5000);
  clock.pass(5016, 1, 1e9);
  expect(clock.shown()).toBe(16_000);
});

test("a jump goes back and forth, a frame never back", () => {
  const clock = createVirtualClock();
  clock.jump(500);
  clock.reach(300, 1);
  expect(clock.shown()).toBe(500);
  clock.jump(100);
  expect([clock.shown(), clock.goal()]).toEqual([100, 100]);
});
