import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { vote } from "../raft/fixtures.ts";
import type { Act } from "./acts.ts";
import { elect, ms, play, put, request, setupOf } from "./fixtures.ts";
import { hashWorld } from "./hash.ts";
import { transmit } from "./network.ts";
import { noOperations } from "./operations.ts";
import type { LinkSettings } from "./state/setup.ts";
import type { World } from "./types.ts";
import { copyWorld, createWorld, executeNext, nextEventAt, nobody } from "./world.ts";

// A machine that is busy with other things may take its time.
const lively = { latencyMin: 5 * ms, latencyMax: 25 * ms, loss: 50_000, duplicate: 50_000 };
const acts: readonly (readonly [number, Act])[] = [
  [100 * ms, { do: "load", perSecond: 30 }],
  [900 * ms, { do: "crash", server: 2 }],
  [1400 * ms, { do: "cut", links: [[1, 3]] }],
  [1900 * ms, { do: "restart", server: 2 }],
  [2500 * ms, { do: "heal" }],
];
function lived(seed: number, upTo = 5000 * ms): World {
  const it = play(setupOf({ seed, servers: 5, link: lively }));
  for (const [at, act] of acts) it.until(at).act(act);
  return it.until(upTo).world;
}

describe("a run is a function of its set-up and its acts", () => {
  test("the same twice gives the same state", () => {
    expect(hashWorld(lived(3))).toBe(hashWorld(lived(3)));
  });

  test("another seed gives another run", () => {
    expect(hashWorld(lived(3))).not.toBe(hashWorld(lived(4)));
  });

  test("from where chance is drawn anew, the run is another one, and the same each time", () => {
    const reseeded = (seed: number, upTo: number): string => {
      const it = play(setupOf({ seed: 3, servers: 5, link: lively })).until(1000 * ms);
      it.act({ do: "load", perSecond: 30 });
      it.act({ do: "reseed", seed });
      return hashWorld(it.until(upTo).world);
    };
    expect(reseeded(8, 1000 * ms)).not.toBe(reseeded(9, 1000 * ms));
    expect(reseeded(8, 3000 * ms)).not.toBe(reseeded(9, 3000 * ms));
    expect(reseeded(8, 3000 * ms)).toBe(reseeded(8, 3000 * ms));
    expect(reseeded(3, 3000 * ms)).not.toBe(reseeded(8, 3000 * ms));
  });

  test("whether anybody listens makes no difference", () => {
    const heard = play(setupOf({ servers: 5, link: lively })).until(3000 * ms).world;
    const unheard = createWorld(setupOf({ servers: 5, link: lively }));
    while (nextEventAt(unheard) <= 3000 * ms) executeNext(unheard, nobody);
    expect([unheard.events, unheard.sequence]).toEqual([heard.events, heard.sequence]);
    unheard.now = heard.now;
    unheard.eventsAtNow = heard.eventsAtNow;
    expect(hashWorld(unheard)).toBe(hashWorld(heard));
  });

  test("how the time is sliced makes no difference", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2000 * ms), { maxLength: 12 }), (stops) => {
        const whole = play(setupOf({ servers: 3, link: lively })).until(2000 * ms);
        const sliced = play(setupOf({ servers: 3, link: lively }));
        for (const stop of stops.toSorted((a, b) => a - b)) sliced.until(stop);
        expect(hashWorld(sliced.until(2000 * ms).world)).toBe(hashWorld(whole.world));
      }),
      { numRuns: 40 },
    );
  });

  test("a copy goes on as the original would have, and neither disturbs the other", () => {
    const it = elect(play(setupOf({ servers: 5, link: lively })), 1);
    it.act({ do: "load", perSecond: 50 });
    it.until(700 * ms);
    const copy = copyWorld(it.world);
    const before = hashWorld(copy);
    it.act({ do: "crash", server: 1 });
    it.until(2000 * ms);
    expect(hashWorld(copy)).toBe(before);
    const again = copyWorld(copy);
    for (const world of [copy, again]) while (nextEventAt(world) <= 2000 * ms) executeNext(world, nobody);
    expect(hashWorld(again)).toBe(hashWorld(copy));
  });
});

describe("the hash of a moment", () => {
  const changes: { readonly [what: string]: (world: World) => void } = {
    "the time": (world) => (world.now += 1),
    "a term": (world) => (world.machines[2]!.raft.term += 1),
    "a vote on disk": (world) => (world.machines[2]!.disk.votedFor = 3),
    "a role": (world) => (world.machines[2]!.raft.role = "candidate"),
    "a commit index": (world) => (world.machines[2]!.raft.commitIndex += 1),
    "a timer": (world) => (world.machines[2]!.raft.timeout += 1),
    "a status": (world) => (world.machines[2]!.status = "paused"),
    "a link": (world) => (world.links[1]![2]!.up = false),
    "how many messages a link has carried": (world) => (world.links[1]![2]!.sent += 1),
    "a message under way": (world) => world.packets.pop(),
    "a draw": (world) => (world.machines[2]!.raft.timeoutsDrawn += 1),
    "the load": (world) => (world.clients.load = { ...world.clients.load, perSecond: 9 }),
    "an open request": (world) => world.clients.open.pop(),
    "the network": (world) => (world.mode = "manual"),
    "the leader's knowledge": (world) => (world.machines[1]!.raft.progress[2]!.match += 1),
  };
  function moment(): World {
    const it = elect(play(setupOf()), 1);
    it.act(request(put("x", "1")));
    return it.world;
  }
  for (const [what, change] of Object.entries(changes)) {
    test(`shows a change of ${what}`, () => {
      const world = moment();
      const before = hashWorld(world);
      change(world);
      expect(hashWorld(world)).not.toBe(before);
    });
  }

  test("does not depend on what is kept for drawing and checking only", () => {
    const world = moment();
    const before = hashWorld(world);
    world.lost = [];
    world.clients.ended = [];
    world.clients.operations = noOperations();
    expect(hashWorld(world)).toBe(before);
  });
});

describe("random streams: one per link and purpose", () => {
  const noisy = setupOf({ servers: 3, seed: 11, link: { latencyMin: 1 * ms, latencyMax: 50 * ms, loss: 200_000 } });
  const fates = (quiet: boolean) => {
    const it = elect(play(noisy), 1);
    if (quiet) it.act({ do: "crash", server: 3 });
    it.act({ do: "load", perSecond: 40 });
    it.until(it.world.now + 400 * ms);
    return it.told.flatMap((each) =>
      (each.kind === "received" || each.kind === "lost") && each.ref.from === 1 && each.ref.to === 2 ? [each] : [],
    );
  };

  test("the n-th message of a link has the same latency and the same fate, whatever happens on other links", () => {
    const sent = (messages: ReturnType<typeof fates>) => new Map(messages.map(({ ref, kind }) => [ref.ordinal, kind]));
    const [all, fewer] = [sent(fates(false)), sent(fates(true))];
    const both = [...all].filter(([ordinal]) => fewer.has(ordinal));
    expect(both.length).toBeGreaterThan(10);
    expect(both.some(([, kind]) => kind === "lost")).toBe(true);
    for (const [ordinal, kind] of both) expect(fewer.get(ordinal)).toBe(kind);
  });

  /** When the messages of S1 to S2 would arrive, and which are lost or doubled. */
  const rolls = (link: Partial<LinkSettings>, others: number) => {
    const world = createWorld(setupOf({ seed: 5, link: { latencyMin: 0, latencyMax: 99 * ms, ...link } }));
    for (let i = 0; i < 60; i++) {
      transmit(world, vote({ from: 1, to: 2 }), null);
      for (let j = 0; j < others; j++) transmit(world, vote({ from: 1, to: 3 }), null);
    }
    const packets = world.packets.filter(({ ref }) => ref.to === 2).sort((a, b) => a.ref.ordinal - b.ref.ordinal);
    return {
      arrivals: packets.flatMap(({ ref, arrivesAt }) => (ref.copy === 0 ? [arrivesAt] : [])),
      lost: packets.flatMap(({ ref, lost }) => (lost === null ? [] : [ref.ordinal])),
      doubled: packets.flatMap(({ ref }) => (ref.copy > 0 ? [ref.ordinal] : [])),
    };
  };

  test("traffic on one link changes nothing on another", () => {
    const settings = { loss: 300_000, duplicate: 300_000 };
    expect(rolls(settings, 0)).toEqual(rolls(settings, 7));
    expect(rolls(settings, 0).lost.length).toBeGreaterThan(5);
    expect(rolls(settings, 0).doubled.length).toBeGreaterThan(5);
  });

  test("loss and duplication change no latency, and a higher loss only adds lost messages", () => {
    const [none, some, more] = [0, 200_000, 400_000].map((loss) => rolls({ loss, duplicate: loss }, 0));
    expect(some!.arrivals).toEqual(none!.arrivals);
    expect(more!.arrivals).toEqual(none!.arrivals);
    expect(more!.lost).toEqual(expect.arrayContaining(some!.lost));
    expect(more!.lost.length).toBeGreaterThan(some!.lost.length);
  });
});
