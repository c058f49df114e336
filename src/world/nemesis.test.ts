import { describe, expect, test } from "vitest";
import type { Act, NemesisAct } from "./acts.ts";
import { elect, leaders, ms, play, setupOf, toldOf } from "./fixtures.ts";
import { hashWorld } from "./hash.ts";
import { limits } from "./limits.ts";
import { nemesesOf, nemesisSets } from "./nemeses.ts";
import { copyWorld, executeNext, nextEventAt, nobody } from "./world.ts";

const crashes: NemesisAct = {
  do: "nemesis",
  id: 1,
  fault: "crash",
  every: [200 * ms, 500 * ms],
  for: [50 * ms, 150 * ms],
  given: {},
};
const cuts: NemesisAct = { do: "nemesis", id: 2, fault: "isolate", every: [100 * ms, 300 * ms], given: { way: "in" } };

/** When a nemesis struck, and with what. */
function strikes(acts: readonly Act[], id: number, until = 5000 * ms) {
  const it = play(setupOf({ servers: 5 }));
  for (const act of acts) expect(it.act(act)).toBeNull();
  it.until(until);
  return toldOf(it, "acted").flatMap(({ at, act, by }) => (by === id ? [{ at, act }] : []));
}

describe("a nemesis", () => {
  test("strikes as often as said, for as long as said, with what was given", () => {
    const struck = strikes([crashes], 1);
    expect(struck.length).toBeGreaterThan(8);
    for (const [i, { at, act }] of struck.entries()) {
      const since = at - (struck[i - 1]?.at ?? 0);
      // It lets a strike go where nobody can be crashed; then two waits make one.
      expect(since).toBeGreaterThanOrEqual(200 * ms);
      expect(act).toMatchObject({ do: "crash" });
      if (act.do !== "crash") continue;
      expect(act.for).toBeGreaterThanOrEqual(50 * ms);
      expect(act.for).toBeLessThanOrEqual(150 * ms);
    }
    expect(new Set(struck.map(({ act }) => (act.do === "crash" ? act.server : 0))).size).toBeGreaterThan(2);
    expect(strikes([cuts], 2).every(({ act }) => act.do === "isolate" && act.way === "in")).toBe(true);
  });

  test("has chance of its own: without another one it strikes at the same times", () => {
    const alone = strikes([crashes], 1).map(({ at }) => at);
    const beside = strikes([cuts, crashes], 1).map(({ at }) => at);
    expect(beside).toEqual(alone);
  });

  test("that is after the leader hits whoever leads then, or its links, and waits while nobody does", () => {
    const lead = (fault: NemesisAct["fault"]) => {
      const it = elect(play(setupOf({ servers: 5 })), 1);
      it.act({ ...crashes, fault, aim: "leader", for: [600 * ms, 600 * ms] });
      let leader: number | undefined;
      const hits: [leader: number | undefined, act: Act][] = [];
      while (hits.length < 4 && it.world.now < 20_000 * ms) {
        const before = toldOf(it, "acted").length;
        leader = leaders(it).sort((a, b) => it.machine(b).raft.term - it.machine(a).raft.term)[0];
        executeNext(it.world, it.onlookers);
        for (const { act, by } of toldOf(it, "acted").slice(before)) if (by === 1) hits.push([leader, act]);
      }
      return hits;
    };
    const crashed = lead("crash");
    expect(crashed.length).toBe(4);
    expect(crashed.every(([leader, act]) => act.do === "crash" && act.server === leader)).toBe(true);
    const cut = lead("cut");
    expect(cut.length).toBeGreaterThan(1);
    const linksOf = (act: Act) => (act.do === "cut" ? act.links : []);
    expect(
      cut.every(([leader, act]) => linksOf(act).length === 8 && linksOf(act).every((ends) => ends.includes(leader!))),
    ).toBe(true);
    const it = play(setupOf({ servers: 3 }));
    expect(it.act({ ...crashes, fault: "ring", aim: "leader" })).toBe(
      "this fault hits no server that could be the leader",
    );
  });

  test("takes the place of one with its number; calm stops one, or all", () => {
    const it = play(setupOf({ servers: 5 }));
    it.act(crashes);
    it.act({ ...cuts, id: 1 });
    it.act({ ...crashes, id: 3 });
    expect(it.world.nemeses.map(({ act }) => [act.id, act.fault])).toEqual([
      [1, "isolate"],
      [3, "crash"],
    ]);
    expect(it.act({ do: "calm", id: 2 })).toBe("there is no nemesis 2");
    expect(it.act({ do: "calm", id: 1 })).toBeNull();
    expect(it.act({ do: "calm" })).toBeNull();
    expect(it.act({ do: "calm" })).toBe("there is no nemesis");
    expect(it.world.nemeses).toEqual([]);
  });

  test("rests while the network is manual", () => {
    const it = play(setupOf({ servers: 5, mode: "manual" }));
    it.act(crashes);
    it.until(5000 * ms);
    expect(toldOf(it, "crashed")).toEqual([]);
    it.act({ do: "network", mode: "automatic" });
    it.until(6000 * ms);
    expect(toldOf(it, "crashed").length).toBeGreaterThan(0);
  });

  test("there is a limit to their number, and whom they are after must exist", () => {
    const it = play(setupOf({ servers: 5 }));
    for (let id = 1; id <= limits.nemeses; id++) expect(it.act({ ...crashes, id })).toBeNull();
    expect(it.act({ ...crashes, id: 50 })).toBe(`there are ${limits.nemeses} nemeses already`);
    expect(it.act({ ...crashes, id: 1, given: { server: 9 } })).toBe("S9 does not exist");
  });

  test("a storm of them ends the run with a reason or not at all", () => {
    const it = play(setupOf({ servers: 9 }));
    it.act({ do: "load", perSecond: 100 });
    for (let id = 1; id <= limits.nemeses; id++)
      it.act({
        ...cuts,
        id,
        fault: "lose",
        every: [10 * ms, 10 * ms],
        given: { loss: 1 },
        for: [6000 * ms, 6000 * ms],
      });
    it.until(1000 * ms);
    expect(it.world.stopped ?? "goes on").toMatch(/goes on|more than/);
    expect(it.world.appointments.length).toBeLessThanOrEqual(limits.appointments + 1);
  });
});

describe("a run with nemeses is a function of its set-up and its acts", () => {
  test.each(nemesisSets)("%s: twice the same, and a copy goes on as the original would have", (name) => {
    const begun = (until: number) => {
      const it = elect(play(setupOf({ servers: 5, link: { latencyMin: 2 * ms, latencyMax: 20 * ms } })), 1);
      it.act({ do: "load", perSecond: 10 });
      for (const act of nemesesOf(name)) expect(it.act(act)).toBeNull();
      return it.until(until);
    };
    const whole = begun(4000 * ms);
    expect(toldOf(whole, "acted").some(({ by }) => by !== undefined)).toBe(true);
    const half = begun(2000 * ms).world;
    const copy = copyWorld(half);
    const before = hashWorld(copy);
    while (nextEventAt(half) <= 4000 * ms) executeNext(half, nobody);
    expect(hashWorld(copy)).toBe(before);
    while (nextEventAt(copy) <= 4000 * ms) executeNext(copy, nobody);
    for (const world of [half, copy])
      Object.assign(world, { now: whole.world.now, eventsAtNow: whole.world.eventsAtNow });
    expect([hashWorld(half), hashWorld(copy)]).toEqual([hashWorld(whole.world), hashWorld(whole.world)]);
  });
});
