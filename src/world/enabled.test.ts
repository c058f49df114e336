import { describe, expect, test } from "vitest";
import { applyAct } from "./act.ts";
import type { Act } from "./acts.ts";
import { type Enabled, enabledActs } from "./enabled.ts";
import { elect, ms, type Play, play, put, request, setupOf, underWay } from "./fixtures.ts";
import { shapeOf } from "./hash.ts";
import { copyWorld, nobody } from "./world.ts";

const byHand = (servers = 3): Play => play(setupOf({ servers, mode: "manual" }));
const doing = ({ act }: Enabled): string =>
  "message" in act
    ? `${act.do} ${act.message.from}>${act.message.to}`
    : `${act.do} ${"server" in act ? act.server : ""}`;
const names = (it: Play): string[] => enabledActs(it.world).map(doing);
/** Does it, and lets the disks finish. */
const then = (it: Play, act: Act): Play => {
  expect(it.act(act)).toBeNull();
  return it.until(it.world.now + 2 * ms);
};
const deliver = (it: Play, from: number, to: number): Play =>
  then(it, { do: "deliver", message: it.world.packets.find(({ ref }) => ref.from === from && ref.to === to)!.ref });

describe("what may happen next", () => {
  test("at the start: election timers, crashes, writes; no message, no heartbeat", () => {
    expect(names(byHand())).toEqual(
      [1, 2, 3].flatMap((id) => ["timeout", "crash", "pause", "request"].map((act) => `${act} ${id}`)),
    );
  });

  test("every message under way may be delivered, dropped, duplicated", () => {
    const it = then(byHand(), { do: "timeout", server: 1 });
    expect(names(it).slice(0, 6)).toEqual([
      "deliver 1>2",
      "drop 1>2",
      "duplicate 1>2",
      "deliver 1>3",
      "drop 1>3",
      "duplicate 1>3",
    ]);
  });

  test("a leader sends heartbeats and has no election timer; what is down can only come back", () => {
    const it = deliver(deliver(then(byHand(), { do: "timeout", server: 1 }), 1, 2), 2, 1);
    then(it, { do: "crash", server: 3 });
    expect(names(it).filter((name) => !name.includes(">"))).toEqual([
      "heartbeat 1",
      "crash 1",
      "pause 1",
      "request 1",
      "timeout 2",
      "crash 2",
      "pause 2",
      "request 2",
      "restart 3",
      "request 3",
    ]);
  });

  test("each group has its timers, the machine crashes once", () => {
    const it = play(setupOf({ servers: 2, groups: 2, mode: "manual" }));
    const acts = enabledActs(it.world).filter(({ server }) => server === 1);
    expect(acts.map(({ act }) => [act.do, "group" in act ? act.group : 0])).toEqual([
      ["timeout", 1],
      ["timeout", 2],
      ["crash", 0],
      ["pause", 0],
      ["request", 0],
    ]);
  });

  test("is never refused", () => {
    const it = elect(play(setupOf({ servers: 3 })), 2);
    it.act({ do: "network", mode: "manual" });
    it.act(request(put("x", "1"), 2));
    it.act({ do: "heartbeat", server: 2 });
    const acts = enabledActs(it.world);
    expect(acts.length).toBeGreaterThan(20);
    for (const { act } of acts) expect(applyAct(copyWorld(it.world), act, nobody)).toBeNull();
  });
});

describe("the shape of a state", () => {
  const voted = (first: number, second: number): Play => {
    const it = then(byHand(), { do: "timeout", server: 1 });
    return deliver(deliver(it, 1, first), 1, second);
  };

  test("is the same where the order of independent steps was another one", () => {
    const [a, b] = [voted(2, 3), voted(3, 2)];
    expect(shapeOf(a.world)).toBe(shapeOf(b.world));
  });

  test("is the same however late it is", () => {
    const it = voted(2, 3);
    const before = shapeOf(it.world);
    it.until(it.world.now + 700 * ms);
    expect(shapeOf(it.world)).toBe(before);
  });

  test("is another one with a message more, a vote more, a server less", () => {
    const it = then(byHand(), { do: "timeout", server: 1 });
    const shapes = [shapeOf(it.world)];
    it.act({ do: "duplicate", message: underWay(it, "RequestVote")[0]!.ref });
    shapes.push(shapeOf(it.world));
    shapes.push(shapeOf(deliver(it, 1, 2).world));
    shapes.push(shapeOf(then(it, { do: "crash", server: 3 }).world));
    expect(new Set(shapes).size).toBe(4);
  });
});
