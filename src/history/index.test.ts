import { describe, expect, test } from "vitest";
import { rules } from "../raft/rules/index.ts";
import type { Fact } from "../world/facts.ts";
import { ms, put, request, setupOf } from "../world/fixtures.ts";
import { createWorld, executeNext, nextEventAt } from "../world/world.ts";
import { crowdedSetup, explore, here, livelySetup } from "./fixtures.ts";
import { History } from "./history.ts";
import type { MarkKind } from "./marks.ts";

// A machine that is busy with other things may take its time.
/** Everything at known times: S1 leads at 22 ms, commits at 243 ms, is crashed at 500 ms … */
function story(): History {
  const history = new History(setupOf());
  history.act({ do: "timeout", server: 1 });
  history.advance(200 * ms);
  history.act(request(put("x", "1"), 1));
  history.advance(500 * ms);
  history.act({ do: "crash", server: 1 });
  history.advance(1000 * ms);
  history.act({ do: "restart", server: 1 });
  history.act({ do: "cut", links: [[1, 2]] });
  history.advance(1200 * ms);
  history.act({ do: "heal" });
  history.advance(1500 * ms);
  return history;
}

describe("marks", () => {
  test("elections, commits, crashes, cuts and what was done, with their times", () => {
    const { marks } = story().current.index;
    const said = marks.map(({ at, kind, server, value }) => [Math.floor(at / ms), kind, server, value]);
    const second = marks.filter(({ kind }) => kind === "election")[1]!;
    expect(said).toEqual([
      [0, "act", 1, 0],
      [22, "election", 1, 1],
      [200, "request", 1, 0],
      [232, "commit", 1, 1],
      [500, "crash", 1, 0],
      [Math.floor(second.at / ms), "election", second.server, second.value],
      [1000, "restart", 1, 0],
      [1000, "cut", 0, 0],
      [1200, "heal", 0, 0],
    ]);
    expect(second.at).toBeGreaterThan(650 * ms);
  });

  test("terms: from when on which was the highest", () => {
    const { terms } = story().current.index;
    expect(terms[0]).toEqual({ group: 1, from: 0, event: 1, term: 1 });
    expect(terms.map(({ term }) => term)).toEqual(terms.map((_, i) => i + 1));
  });

  test("ascend by event, and are noted once, however often one passes", () => {
    const history = story();
    const { marks } = structuredClone(history.current.index);
    for (const to of [0, 900, 100, 1500]) history.seek(to * ms);
    history.visit(3);
    history.seek(1500 * ms);
    expect(history.current.index.marks).toEqual(marks);
    expect(marks.map(({ event }) => event)).toEqual(marks.map(({ event }) => event).sort((a, b) => a - b));
  });

  test("an act that was impossible when its time came leaves no mark", () => {
    const crash = { do: "crash", server: 1 } as const;
    const history = new History(setupOf(), [
      { at: 1 * ms, act: crash },
      { at: 2 * ms, act: crash },
    ]);
    history.advance(5 * ms);
    expect(history.current.index.marks.map(({ at, kind }) => [at, kind])).toEqual([[1 * ms, "crash"]]);
  });
});

describe("jumping", () => {
  const kinds: readonly MarkKind[] = ["election", "commit", "crash", "restart", "cut", "heal", "request", "act"];

  for (const kind of kinds) {
    test(`goes to each ${kind} and back again, and not beyond`, () => {
      const history = story();
      const events = history.current.index.marks.flatMap((mark) => (mark.kind === kind ? [mark.event] : []));
      history.seek(0);
      history.visit(0);
      for (const event of events) {
        expect(history.jump(kind, 1, 0)).toBe(true);
        expect(history.place.event).toBe(event);
      }
      for (const event of events.slice(0, -1).reverse()) {
        expect(history.jump(kind, -1, 0)).toBe(true);
        expect(history.place.event).toBe(event);
      }
      const place = here(history);
      expect(history.jump(kind, -1, 0)).toBe(false);
      expect(here(history)).toEqual(place);
    });
  }

  test("back goes to the mark of the present event when the clock has moved on since", () => {
    const history = new History(setupOf({ mode: "manual" }));
    history.advance(50 * ms);
    history.act({ do: "crash", server: 1 });
    history.advance(200 * ms);
    expect(history.jump("crash", -1, 0)).toBe(true);
    expect(history.place).toEqual({ at: 50 * ms, event: 1 });
    expect(history.jump("crash", -1, 0)).toBe(false);
  });

  test("forward runs on beyond the end until it happens", () => {
    const history = story();
    history.act({ do: "crash", server: history.world.machines.find((m) => m?.raft.role === "leader")!.id });
    const { end } = history.current;
    expect(history.jump("election", 1, 10_000 * ms)).toBe(true);
    expect(history.place.event).toBeGreaterThan(end.event);
    expect(history.current.index.marks.at(-1)).toMatchObject({ kind: "election", event: history.place.event });
  });

  test("forward gives up after a while, stays where it was and leaves the run as it was", () => {
    const history = story();
    history.visit(20);
    const before = [here(history), history.current.end, structuredClone(history.current.index)];
    expect(history.jump("violation", 1, 2000 * ms)).toBe(false);
    expect([here(history), history.current.end, structuredClone(history.current.index)]).toEqual(before);
  });

  test("stays also between two simultaneous events, and between two events", () => {
    const history = new History(setupOf());
    history.act({ do: "timeout", server: 1 });
    history.advance(11 * ms);
    history.visit(3);
    expect(history.nextAt()).toBe(history.world.now);
    const between = here(history);
    expect(history.jump("crash", 1, 100 * ms)).toBe(false);
    expect(here(history)).toEqual(between);
    history.seek(15 * ms + 1);
    const later = here(history);
    expect(history.jump("crash", 1, 100 * ms)).toBe(false);
    expect(here(history)).toEqual(later);
  });

  test("forward finds recorded acts that were not reached yet", () => {
    const crash = { at: 700 * ms, act: { do: "crash", server: 2 } } as const;
    const history = new History(setupOf(), [crash], 900 * ms);
    expect(history.jump("crash", 1, 1000 * ms)).toBe(true);
    expect(history.place.at).toBe(700 * ms);
  });
});

describe("facts", () => {
  /** What a listener hears who listens from the start. */
  function heard(history: History, last: number): Fact[] {
    const whole = new History(history.setup, history.current.actions, history.current.reach);
    whole.visit(last);
    return [...whole.facts(1, last)];
  }

  test("are the same whatever the stretches in which one asks, and wherever one stands", () => {
    for (const seed of [1, 2, 3]) {
      const history = new History(crowdedSetup(seed));
      explore(history, seed, 40);
      const last = history.place.event;
      const all = heard(history, last);
      expect(new Set(all.map(({ event }) => event)).size).toBeGreaterThan(last / 2);
      for (const stretch of [1, 7, 50, last]) {
        history.visit(stretch % last);
        const parts: Fact[] = [];
        for (let first = 1; first <= last; first += stretch)
          parts.push(...history.facts(first, Math.min(last, first + stretch - 1)));
        expect(parts).toEqual(all);
      }
      const backwards: Fact[] = [];
      for (let end = last; end >= 1; end -= 13) backwards.unshift(...history.facts(Math.max(1, end - 12), end));
      expect(backwards).toEqual(all);
    }
  });

  test("are what the world tells whoever listens to it", () => {
    const setup = livelySetup(9);
    const history = new History(setup);
    history.advance(1500 * ms);
    const told: unknown[] = [];
    const world = createWorld(setup);
    const tell = (happening: object) => told.push({ ...happening, at: world.now, event: world.events });
    while (nextEventAt(world) <= 1500 * ms) executeNext(world, { tell, rules, watch: null, audit: null });
    expect(history.facts(1, history.place.event)).toEqual(told);
  });

  test("asking changes nothing", () => {
    const history = new History(livelySetup(3));
    explore(history, 3, 20);
    const before = [here(history), structuredClone(history.current.index), history.current.end];
    history.facts(1, history.place.event);
    history.facts(5, 5);
    expect([here(history), structuredClone(history.current.index), history.current.end]).toEqual(before);
  });

  test("of one branch are not those of another", () => {
    const history = story();
    history.seek(300 * ms);
    const { event } = history.place;
    history.facts(event + 1, event + 1);
    history.act({ do: "pause", server: 3 });
    expect(history.facts(event + 1, event + 1)[0]).toMatchObject({ kind: "acted", act: { do: "pause" } });
    history.switchTo(0);
    history.seek(1500 * ms);
    expect(history.facts(event + 1, event + 1)[0]).not.toMatchObject({ kind: "acted" });
  });

  test("are all there, also where a stretch holds very many", () => {
    const history = new History(setupOf({ servers: 9 }));
    history.act({ do: "timeout", server: 1 });
    history.act({ do: "load", perSecond: 100 });
    history.advance(20_000 * ms);
    const last = history.place.event;
    expect(last).toBeGreaterThan(20_000);
    const facts = history.facts(1, last);
    expect(facts.length).toBeGreaterThan(50_000);
    expect(facts.at(-1)!.event).toBe(last);
    expect(history.facts(last - 20, last).at(-1)!.event).toBe(last);
  });

  test("end where the run ends so far: what comes next may still be changed", () => {
    const history = new History(setupOf());
    history.advance(100 * ms);
    const { event } = history.place;
    expect(history.facts(event + 1, event + 50)).toEqual([]);
    history.act({ do: "crash", server: 2 });
    expect(history.facts(event + 1, event + 50)).toMatchObject([{ kind: "acted" }, { kind: "crashed" }]);
  });
});
