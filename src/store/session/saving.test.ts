import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { draw } from "../../base/random.ts";
import type { Saved } from "./autosave.ts";
import { quiet, setUp } from "./fixtures.ts";

describe("keeping", () => {
  test("nothing is kept until the user changes something; then what is kept can be restored", async () => {
    const lab = setUp();
    await quiet();
    await lab.session.keep();
    expect(lab.slots.size).toBe(0);
    lab.session.commands.act({ do: "crash", server: 3 });
    await quiet();
    await lab.session.keep();
    expect(lab.slots.size).toBe(1);

    const later = setUp({ read: async (slot) => lab.slots.get(slot) });
    await quiet();
    expect(later.state().offer).toEqual({ title: "Metronome", savedAt: 1000 });
    later.session.commands.restore(true);
    await quiet();
    expect(later.worker().acts).toEqual(["crash"]);
    expect(later.state().offer).toBeNull();
  });

  test("a browser that keeps nothing is told about once", async () => {
    const lab = setUp({ write: () => Promise.reject(new Error("full")) });
    await quiet();
    for (const at of [1, 2]) {
      lab.session.commands.act({ do: "heal" });
      lab.session.commands.seek(at);
      await quiet();
      await lab.session.keep();
    }
    expect(lab.state().notices.filter((n) => n.text.includes("not saved"))).toHaveLength(1);
  });
});

describe("while time stands", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
  afterEach(() => void vi.useRealTimers());
  const pass = (millis: number) => vi.advanceTimersByTimeAsync(millis);

  /** A paused run, each of whose writings takes `takes` milliseconds. */
  async function paused(takes = 0) {
    let failing = false;
    const writes: string[] = [];
    const slots = new Map<string, Saved>();
    const lab = setUp({
      write: (slot, saved) =>
        new Promise((resolve, reject) => {
          writes.push(saved.text);
          setTimeout(() => (failing ? reject(new Error("full")) : resolve(void slots.set(slot, saved))), takes);
        }),
    });
    await pass(0);
    lab.session.commands.pause();
    await pass(0);
    const newest = () => [...slots.values()].sort((a, b) => b.number - a.number)[0];
    const kept = (): number => JSON.parse(newest()?.text ?? '{ "acts": [] }').acts.length;
    const act = () => lab.session.commands.act({ do: "heal" });
    const fail = (does: boolean) => {
      failing = does;
    };
    return { ...lab, act, kept, writes, fail };
  }

  test("every act is in storage within a second, though no time passes", async () => {
    const { act, kept, session, writes } = await paused();
    const before = session.clock();
    for (const gap of [0, 0, 40, 700, 3, 3, 250, 250, 250, 1200, 90, 490, 510, 0, 999, 1, 20, 20, 20, 400, 5, 0]) {
      await pass(gap);
      act();
    }
    await pass(1000);
    expect(kept()).toBe(22);
    expect(session.clock()).toBe(before);
    expect(writes.length).toBeLessThan(14);
  });

  test("at any moment what is not in storage was done within the last second, or while storage wrote", async () => {
    for (const [seed, takes] of [0, 5, 80, 400].entries()) {
      const { act, kept } = await paused(takes);
      const done: number[] = [];
      for (let now = 0; now < 10_000; now += 50) {
        if (draw(seed, 1, now) % 8 === 0) {
          act();
          done.push(now);
        }
        await pass(50);
        const due = done.filter((at) => at <= now - 1000 - takes).length;
        expect(kept()).toBeGreaterThanOrEqual(due);
      }
    }
  });

  test("the first of several acts is written at once, those that follow it within half a second", async () => {
    const { act, kept } = await paused();
    act();
    await pass(1);
    expect(kept()).toBe(1);
    for (let done = 2; done <= 40; done++) {
      act();
      await pass(100);
      expect(kept()).toBeGreaterThanOrEqual(done - 5);
    }
  });

  test("storage that is slow is written once at a time, and has everything in the end", async () => {
    const { act, kept, writes } = await paused(3000);
    for (let done = 1; done <= 20; done++) {
      act();
      await pass(200);
    }
    expect(writes.length).toBeLessThanOrEqual(2);
    await pass(7000);
    expect(kept()).toBe(20);
  });

  test("what storage refused is written again when the page next looks", async () => {
    const { act, kept, fail, session, state } = await paused();
    fail(true);
    act();
    await pass(1000);
    expect(kept()).toBe(0);
    fail(false);
    void session.keep();
    await pass(0);
    expect(kept()).toBe(1);
    expect(state().notices.filter((n) => n.text.includes("not saved"))).toHaveLength(1);
  });

  test("a page that is left writes what it knows without asking the worker first", async () => {
    const { act, writes, session, worker } = await paused();
    act();
    await pass(1);
    act();
    await pass(1);
    expect(writes).toHaveLength(1);
    worker().held = true;
    session.leave();
    await pass(0);
    expect(writes.map((text) => JSON.parse(text).acts.length)).toEqual([1, 2]);
  });

  test("where the run is now goes with it when the page next looks, and nothing where it stayed", async () => {
    const { act, writes, session } = await paused();
    act();
    await pass(1000);
    session.commands.seek(70_000);
    await pass(0);
    for (const _ of [1, 2]) {
      void session.keep();
      await pass(1000);
    }
    expect(writes.map((text) => JSON.parse(text).at)).toEqual([0, 70_000]);
  });

  test("after the worker's death what was done is still kept", async () => {
    const { act, kept, worker } = await paused();
    for (let done = 1; done <= 3; done++) act();
    await pass(0);
    worker().onerror?.({ message: "boom" });
    await pass(1000);
    expect([worker().acts.length, kept()]).toEqual([3, 3]);
    act();
    await pass(1000);
    expect(kept()).toBe(4);
  });
});
