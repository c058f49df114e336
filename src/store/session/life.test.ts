import { describe, expect, test } from "vitest";
import { type Life, nextLife, restartsPerMinute, unborn } from "./life.ts";

type LifeEvent = Parameters<typeof nextLife>[1];
const lifeAfter = (...events: readonly LifeEvent[]): Life => events.reduce(nextLife, unborn);
const statusAfter = (...events: readonly LifeEvent[]): string => lifeAfter(...events).status;

const opened = { type: "opened" } as const;
const restored = { type: "restored" } as const;
const retry = { type: "retry" } as const;
const died = (at: number): LifeEvent => ({ type: "died", at });
const deaths = Array.from({ length: restartsPerMinute }, (_, i) => died(i * 1000));

describe("the engine's life", () => {
  test("starts, and has a run", () => {
    expect(statusAfter()).toBe("starting");
    expect(statusAfter(opened)).toBe("ready");
    expect(statusAfter(opened, opened)).toBe("ready");
  });

  test("a death at any time leads to a run that is restored", () => {
    for (const before of [[], [opened], [opened, died(0)]]) {
      expect(statusAfter(...before, died(1))).toBe("restoring");
      expect(statusAfter(...before, died(1), restored)).toBe("ready");
    }
  });

  test("another run may be opened where the old one cannot be restored", () => {
    expect(statusAfter(opened, died(0), opened)).toBe("ready");
  });

  test("more deaths than allowed within a minute fail; a retry starts the count anew", () => {
    expect(statusAfter(opened, ...deaths)).toBe("restoring");
    expect(statusAfter(opened, ...deaths, died(59_000))).toBe("failed");
    expect(lifeAfter(opened, ...deaths, died(59_000), retry, died(59_500))).toEqual({
      status: "restoring",
      deaths: [59_500],
    });
  });

  test("deaths that are more than a minute apart are forgotten", () => {
    const seldom = Array.from({ length: 10 }, (_, i) => died(i * 30_000));
    expect(statusAfter(opened, ...seldom)).toBe("restoring");
  });

  test("what does not concern a state leaves it as it is", () => {
    const concerns = {
      starting: ["opened"],
      ready: [],
      restoring: ["restored", "opened"],
      failed: ["retry"],
    } as const;
    for (const [status, moving] of Object.entries(concerns)) {
      const life = { status, deaths: [] } as unknown as Life;
      const unmoved = [opened, restored, retry].filter(({ type }) => !(moving as readonly string[]).includes(type));
      for (const event of unmoved) expect(nextLife(life, event)).toBe(life);
    }
    const failed = lifeAfter(...deaths, died(3000));
    expect(nextLife(failed, died(100_000))).toBe(failed);
  });
});
