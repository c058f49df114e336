import { describe, expect, test } from "vitest";
import { dice } from "../check/fuzz/acts.ts";
import { applyAct } from "../world/act.ts";
import { ms, play, setupOf } from "../world/fixtures.ts";
import { hashWorld } from "../world/hash.ts";
import { crowdedSetup, explore, goTo, here, livelySetup, operatedSetup, replayed, type Seen } from "./fixtures.ts";
import { History } from "./history.ts";

// A machine that is busy with other things may take its time.
const seeds = Array.from({ length: 12 }, (_, i) => i);
const setups = [livelySetup, crowdedSetup, operatedSetup];

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const roll = dice(seed);
  return items
    .map((item) => ({ item, at: roll(1e9) }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

describe("every moment can be had again", () => {
  test("the recording in a new history gives the same states at the same places, the same index, the same end", () => {
    for (const setupFor of setups)
      for (const seed of seeds) {
        const history = new History(setupFor(seed));
        const seen = explore(history, seed, 40);
        const again = replayed(history);
        expect(here(again)).toEqual(seen.at(-1));
        expect(again.current.index).toEqual(history.current.index);
      }
  });

  test("visiting any event from anywhere gives the state that was there", () => {
    for (const setupFor of setups)
      for (const seed of seeds) {
        const history = new History(setupFor(seed));
        const seen = explore(history, seed, 40);
        for (const place of shuffled(seen, seed)) {
          goTo(history, place);
          expect(here(history)).toEqual(place);
        }
      }
  });

  test("seeking any time from anywhere gives the state of a run that went straight there", () => {
    for (const seed of seeds) {
      const history = new History(livelySetup(seed));
      explore(history, seed, 40);
      const roll = dice(seed + 1000);
      for (let i = 0; i < 12; i++) {
        const to = roll(history.current.end.at);
        history.seek(to);
        const straight = new History(history.setup, history.current.actions);
        straight.advance(to);
        expect(here(history)).toEqual(here(straight));
        expect(history.world.now).toBe(to);
      }
    }
  });

  test("time and order in its instant lead to any event again", () => {
    for (const setupFor of setups)
      for (const seed of seeds.slice(0, 3)) {
        const history = new History(setupFor(seed));
        const last = explore(history, seed, 40).at(-1)!.event;
        const places = Array.from({ length: last + 1 }, (_, event) => {
          history.visit(event);
          return { ...here(history), order: history.order };
        });
        expect(places[0]!.order ?? 0).toBe(0);
        for (const { order, ...place } of shuffled(places, seed).slice(0, 40)) {
          if (order === undefined) history.seek(place.at);
          else history.seekWithin(place.at, order);
          expect({ ...here(history), order: history.order }).toEqual({ ...place, order });
        }
      }
  });

  test("the history runs exactly what the world would without it", () => {
    const it = play(livelySetup(4, 5));
    const history = new History(livelySetup(4, 5));
    for (const at of [100, 300, 700, 1500].map((n) => n * ms)) {
      it.until(at);
      history.advance(at);
      applyAct(it.world, { do: "load", perSecond: at / ms / 10 }, it.onlookers);
      history.act({ do: "load", perSecond: at / ms / 10 });
    }
    expect(history.hash()).toBe(hashWorld(it.world));
  });

  test("seeking goes to the place after every event of that instant", () => {
    const history = new History(setupOf());
    history.act({ do: "timeout", server: 1 });
    history.seek(11 * ms);
    // The two requests for votes arrive together.
    expect([2, 3].map((id) => history.world.machines[id]!.raft.votedFor)).toEqual([1, 1]);
    history.seek(11 * ms - 1);
    expect([2, 3].map((id) => history.world.machines[id]!.raft.votedFor)).toEqual([0, 0]);
    history.seek(0);
    expect(history.world.machines[1]!.raft.term).toBe(1);
  });
});

describe("step by step", () => {
  test("forward and back are inverse", () => {
    for (const setupFor of setups)
      for (const seed of seeds) {
        const history = new History(setupFor(seed));
        explore(history, seed, 25);
        const last = history.place.event;
        const roll = dice(seed);
        for (let i = 0; i < 6; i++) {
          history.visit(1 + roll(last - 2));
          const place = here(history);
          expect(history.stepForward()).toBe(true);
          expect(history.place.event).toBe(place.event + 1);
          const next = here(history);
          expect(history.stepBack()).toBe(true);
          expect(here(history)).toEqual(place);
          history.stepForward();
          expect(here(history)).toEqual(next);
        }
      }
  });

  test("all the way back and forth passes the same places", () => {
    const history = new History(crowdedSetup(3));
    explore(history, 3, 12);
    history.visit(history.current.end.event);
    const back: Seen[] = [here(history)];
    while (history.stepBack()) back.push(here(history));
    const forth: Seen[] = [here(history)];
    while (history.place.event < back.length - 1) {
      history.stepForward();
      forth.push(here(history));
    }
    expect(forth).toEqual(back.reverse());
    expect(forth[0]).toMatchObject({ at: 0, event: 0 });
  });

  test("before the first event the clock goes back to the start, and no further", () => {
    const history = new History(setupOf());
    history.advance(20 * ms);
    expect(history.place).toEqual({ at: 20 * ms, event: 0 });
    expect([history.stepBack(), history.place, history.stepBack()]).toEqual([true, { at: 0, event: 0 }, false]);
  });

  test("visiting event 0 goes to the start, also when the clock alone has moved", () => {
    const history = new History(setupOf());
    history.advance(20 * ms);
    history.visit(0);
    expect(history.place).toEqual({ at: 0, event: 0 });
  });

  test("a step back after a pause undoes the last event", () => {
    const history = new History(setupOf({ mode: "manual" }));
    history.act({ do: "crash", server: 1 });
    history.advance(500 * ms);
    history.stepBack();
    expect(history.place).toEqual({ at: 0, event: 0 });
    expect(history.world.machines[1]!.status).toBe("up");
  });

  test("there is nothing ahead where nothing ever happens", () => {
    const history = new History(setupOf({ mode: "manual" }));
    expect(history.stepForward()).toBe(false);
    expect(history.nextAt()).toBe(Number.POSITIVE_INFINITY);
  });

  test("a budget of events ends a run early, and it can go on", () => {
    const history = new History(livelySetup(1));
    expect(history.advance(1000 * ms, 10)).toBe(false);
    expect(history.place.event).toBe(10);
    while (!history.advance(1000 * ms, 10));
    const straight = new History(livelySetup(1));
    straight.advance(1000 * ms);
    expect(here(history)).toEqual(here(straight));
  });
});

describe("long runs", () => {
  function long(): History {
    const history = new History(setupOf({ servers: 3 }));
    history.act({ do: "load", perSecond: 200 });
    // A small world, long enough for checkpoints to thin out: more than 1024 × 1024 events.
    while (history.current.spacing === 1024) history.advance(history.world.now + 60_000 * ms);
    return history;
  }

  test("checkpoints thin out evenly, and any moment can still be had", () => {
    const begun = process.cpuUsage();
    const history = long();
    const whole = process.cpuUsage(begun).user;
    const { checkpoints, spacing, end } = history.current;
    expect(spacing).toBe(2048);
    expect(checkpoints.length).toBeGreaterThan(500);
    expect(checkpoints.length).toBeLessThan(700);
    const gaps = checkpoints.slice(1).map(({ world }, i) => world.events - checkpoints[i]!.world.events);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2048);
    const last = here(history);
    const events = [5, 70_001, 500_000, end.event - 1];
    const hashes = events.map((event) => {
      history.visit(event);
      expect(history.place.event).toBe(event);
      return history.hash();
    });
    goTo(history, last);
    expect(here(history)).toEqual(last);
    for (const [i, event] of events.entries()) {
      history.visit(event);
      expect(history.hash()).toBe(hashes[i]);
    }
    const started = process.cpuUsage();
    history.visit(10);
    history.visit(end.event - 10);
    history.facts(end.event - 600, end.event - 590);
    // From the nearest checkpoint, not through the whole run: some thousandths of the work. On the processor, where
    // nobody else's work counts.
    expect(process.cpuUsage(started).user).toBeLessThan(whole / 4);
  });
});

test("a run that has stopped stays where it is", () => {
  const history = new History(
    setupOf({
      logs: [
        [1, 2],
        [2, 2],
      ],
    }),
  );
  expect(history.world.violation?.property).toBe("Log Matching");
  history.advance(5000 * ms);
  expect(history.place).toEqual({ at: 0, event: 0 });
  expect(history.act({ do: "crash", server: 1 })).toEqual({ refused: "the run has ended", branched: false });
});
