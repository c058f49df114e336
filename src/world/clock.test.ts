import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { profiles } from "../raft/options.ts";
import { type Clock, changedClock, localTime, trueClock, trueTime } from "./clock.ts";
import { decided, elect, leaders, ms, play, setupOf } from "./fixtures.ts";

const sixHours = 6 * 3600 * 1_000_000;
const clocks: fc.Arbitrary<Clock> = fc.record({
  since: fc.nat(sixHours),
  shown: fc.integer({ min: -sixHours, max: 2 * sixHours }),
  drift: fc.integer({ min: -900_000, max: 1_000_000 }),
});
const times = fc.nat(sixHours);

describe("a clock", () => {
  test("that nobody has set shows true time", () => {
    fc.assert(fc.property(times, (at) => localTime(trueClock, at) === at && trueTime(trueClock, at) === at));
  });

  test("only goes forward, in whole microseconds", () => {
    fc.assert(
      fc.property(clocks, times, fc.nat(1000), (clock, at, later) => {
        const shown = localTime(clock, at);
        expect(Number.isSafeInteger(shown)).toBe(true);
        expect(localTime(clock, at + later)).toBeGreaterThanOrEqual(shown);
      }),
    );
  });

  test("is followed exactly: the true time of a local one is the first at which it shows that", () => {
    fc.assert(
      fc.property(clocks, times, fc.integer({ min: -1000, max: 60_000_000 }), (clock, at, ahead) => {
        const local = localTime(clock, at) + ahead;
        const due = trueTime(clock, local);
        expect(Number.isSafeInteger(due)).toBe(true);
        expect(localTime(clock, due)).toBeGreaterThanOrEqual(local);
        expect(localTime(clock, due - 1)).toBeLessThan(local);
      }),
      { numRuns: 1000 },
    );
  });

  test("shows the same before and after its pace changes, and what it is told to after it is set", () => {
    const slow = changedClock(trueClock, 1000, { drift: -100_000 });
    expect([1000, 2000].map((at) => localTime(slow, at))).toEqual([1000, 1900]);
    expect(localTime(changedClock(slow, 2000, { jump: -5000 }), 2010)).toBe(1900 - 5000 + 9);
    expect(localTime(changedClock(slow, 2000, { offset: 70, drift: 0 }), 2010)).toBe(2080);
  });
});

describe("timers go by the server's own clock", () => {
  test("a follower whose clock runs at half speed waits twice as long for its leader", () => {
    const due = (drift: number) => {
      const it = play(setupOf());
      it.act({ do: "clock", server: 1, drift });
      it.act({ do: "crash", server: 2 });
      it.act({ do: "crash", server: 3 });
      const { timeout } = it.machine(1).raft;
      return {
        timeout,
        at: it.untilTold((told) => told.kind === "decided" && told.decision.kind === "electionStarted").at,
      };
    };
    expect(due(0)).toMatchObject({ at: due(0).timeout });
    expect(due(-500_000)).toMatchObject({ at: 2 * due(0).timeout });
  });

  test("a leader whose clock is fast sends heartbeats more often than it means to", () => {
    const it = elect(play(setupOf()), 1);
    it.act({ do: "clock", server: 1, drift: 1_000_000 });
    const since = it.world.now;
    it.until(since + 500 * ms);
    const beats = decided(it, "heartbeatSent").length;
    expect(beats).toBeGreaterThanOrEqual(20);
    expect(leaders(it)).toEqual([1]);
  });

  test("a jump ahead lets a timer fire at once; a jump back puts it off", () => {
    const it = elect(play(setupOf()), 1);
    it.act({ do: "clock", server: 2, jump: 400 * ms });
    const { at } = it.untilTold((told) => told.kind === "decided" && told.decision.kind === "electionStarted");
    expect(at).toBe(it.world.now);
    const back = play(setupOf());
    const { timeout } = back.machine(1).raft;
    for (const server of [1, 2, 3]) back.act({ do: "clock", server, jump: -1000 * ms });
    back.until(timeout + 900 * ms);
    expect(decided(back, "electionStarted")).toEqual([]);
  });

  test("a server that restarts starts by its clock as it stands", () => {
    const it = play(
      setupOf({ raft: { ...profiles.paper, electionTimeoutMin: 200 * ms, electionTimeoutMax: 200 * ms } }),
    );
    it.act({ do: "clock", server: 1, offset: -700 * ms, drift: -500_000 });
    it.act({ do: "crash", server: 1 });
    it.until(100 * ms).act({ do: "restart", server: 1 });
    expect(it.machine(1).raft.timerSince).toBe(-650 * ms);
  });
});
