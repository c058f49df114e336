import { describe, expect, test } from "vitest";
import { crowdedSetup, livelySetup } from "../history/fixtures.ts";
import { History } from "../history/history.ts";
import type { Act } from "../world/acts.ts";
import { ms, put, request, setupOf } from "../world/fixtures.ts";
import * as faults from "./faults.ts";
import { file, lively, opened } from "./fixtures.ts";
import { frameOf } from "./frame.ts";
import type { Frame, Viewport } from "./protocol/frame.ts";
import { timelineOf } from "./timeline.ts";

const nothing: Viewport = { logFrom: 1, logCount: 0 };
const frame = (history: History, viewport = nothing): Frame => frameOf(history, viewport, faults);

/** S1 leads from 22 ms on. */
function led(servers = 3, acts: readonly Act[] = []): History {
  const history = new History(setupOf({ servers }));
  history.act({ do: "timeout", server: 1 });
  history.advance(100 * ms);
  for (const act of acts) history.act(act);
  return history;
}

/** Paths of what JSON cannot say. */
function unsafe(value: unknown, path = ""): string[] {
  if (typeof value === "number") return Number.isFinite(value) ? [] : [path];
  if (value === null || typeof value === "string" || typeof value === "boolean") return [];
  const proto = typeof value === "object" && Object.getPrototypeOf(value);
  if (proto !== Array.prototype && proto !== Object.prototype) return [path];
  return Object.entries(value as object).flatMap(([key, each]) => unsafe(each, `${path}.${key}`));
}

describe("a frame", () => {
  test("is plain data: it survives the way to the page and any file", async () => {
    for (const seed of [1, 2, 3]) {
      const laboratory = await opened(file(lively(crowdedSetup(seed, 5), seed)));
      laboratory.look({ logFrom: 1, logCount: 50 });
      for (let event = 1; event < 60; event += 3) {
        const { frame: each, timeline } = await laboratory.visit(event);
        expect(unsafe({ each, timeline })).toEqual([]);
        expect(structuredClone(each)).toStrictEqual(each);
        expect(JSON.parse(JSON.stringify(each))).toStrictEqual(each);
      }
    }
  });

  test("says of each server what Figure 2 lists", () => {
    const history = led(3, [request(put("x", "1"), 1)]);
    history.advance(115 * ms);
    const [leader, follower] = frame(history).servers;
    expect(leader).toMatchObject({
      id: 1,
      role: "leader",
      term: 1,
      votedFor: 1,
      leader: 1,
      commitIndex: 0,
      lastApplied: 0,
      lastIndex: 1,
      electionDueAt: null,
      votes: null,
      progress: [
        { server: 2, next: 1, match: 0, outstanding: 1 },
        { server: 3, next: 1, match: 0, outstanding: 1 },
      ],
      doing: "leader of term 1",
      tail: [{ term: 1, text: "put x=1" }],
      store: [],
    });
    expect(leader!.heartbeatDueAt).toBeGreaterThan(history.world.now);
    expect(follower).toMatchObject({ role: "follower", progress: null, heartbeatDueAt: null, doing: "follower" });
    expect(follower!.electionDueAt).toBeGreaterThan(history.world.now);
  });

  test("shows the disk at work, and what waits for it", () => {
    const history = led(3, [request(put("x", "1"), 1)]);
    history.advance(110 * ms);
    // The leader's own write comes first; then the entry leaves for both followers.
    expect(frame(history).servers[0]).toMatchObject({
      disk: { lastIndex: 0, pending: 1, doneAt: 111 * ms, waiting: 2 },
    });
    history.advance(121 * ms);
    expect(frame(history).servers[1]).toMatchObject({ doing: "writing entry 1", disk: { pending: 1, waiting: 1 } });
  });

  test("shows a candidate's votes, and no timers where they stand still", () => {
    const history = new History(setupOf({ mode: "manual" }));
    history.act({ do: "timeout", server: 2 });
    history.advance(2 * ms);
    expect(frame(history).servers[1]).toMatchObject({
      votes: [{ server: 2, granted: true }],
      doing: "candidate, 1 vote",
      electionDueAt: null,
    });
    expect(frame(history).nextAt).toBeNull();
    expect(frame(history).messages).toMatchObject([{ dueAt: null }, { dueAt: null }]);
  });

  test("shows messages by kind, with their entries and what they say", () => {
    const history = led(3, [request(put("x", "1"), 2)]);
    history.advance(105 * ms);
    expect(frame(history).messages.find(({ kind }) => kind === "ClientRequest")).toMatchObject({
      id: "C>S2#1",
      from: 0,
      to: 2,
      term: 0,
      yes: null,
      sentAt: 100 * ms,
      arrivesAt: 110 * ms,
      lost: null,
      heartbeat: false,
    });
    history.advance(115 * ms);
    expect(frame(history).messages.find(({ kind }) => kind === "ClientReply")).toMatchObject({ yes: false });
    history.advance(140 * ms);
    const carrying = frame(history).messages.filter(({ entryTerms }) => entryTerms.length > 0);
    expect(carrying.map(({ to, entryTerms, heartbeat }) => [to, entryTerms, heartbeat])).toEqual([
      [2, [1], false],
      [3, [1], false],
    ]);
  });

  test("shows requests: open ones and the last that ended", () => {
    const history = led();
    for (let i = 0; i < 9; i++) {
      history.act(request(put("x", String(i)), 1));
      history.advance(history.world.now + 100 * ms);
    }
    history.act(request({ op: "get", key: "x" }, 1));
    const { requests } = frame(history);
    expect(requests.map(({ number, state }) => [number, state])).toEqual([
      ...[4, 5, 6, 7, 8, 9].map((number) => [number, "done"]),
      [10, "asking"],
    ]);
  });

  test("shows the store sorted by key, and not too much of it", () => {
    const history = led();
    for (let i = 99; i >= 10; i--) {
      history.act(request(put(`k${i}`, "v"), 1));
      history.advance(history.world.now + 70 * ms);
    }
    history.advance(history.world.now + 200 * ms);
    const [{ store }] = frame(history).servers as [Frame["servers"][number]];
    expect(store).toHaveLength(50);
    expect(store[0]).toEqual(["k10", "v"]);
    expect(store.map(([key]) => key)).toEqual(store.map(([key]) => key).sort());
  });

  test("names the violation and when it was", () => {
    const history = new History(
      setupOf({
        logs: [
          [1, 2],
          [2, 2],
        ],
      }),
    );
    expect(frame(history)).toMatchObject({ violation: { property: "Log Matching", at: 0 }, nextAt: null });
  });
});

describe("groups: who reaches whom both ways, directly or through others", () => {
  const groups = (...acts: Act[]) => frame(led(5, acts)).groups;
  test("one group while nothing is cut", () => expect(groups()).toEqual([[1, 2, 3, 4, 5]]));
  test("those of a partition", () => {
    expect(groups({ do: "partition", groups: [[4, 2]] })).toEqual([
      [1, 3, 5],
      [2, 4],
    ]);
    expect(groups({ do: "partition", groups: [[1], [2], [3], [4]] })).toEqual([[1], [2], [3], [4], [5]]);
  });
  test("a link that is down in one direction joins nobody", () => {
    const links = [2, 3, 4, 5].map((to) => [1, to] as const);
    expect(groups({ do: "cut", links })).toEqual([[1], [2, 3, 4, 5]]);
  });
  test("a bridge joins both sides", () => {
    const links = [1, 2].flatMap((a) => [4, 5].flatMap((b) => [[a, b] as const, [b, a] as const]));
    expect(groups({ do: "cut", links })).toEqual([[1, 2, 3, 4, 5]]);
    expect(frame(led(5, [{ do: "cut", links }])).cuts).toHaveLength(8);
  });
});

describe("lost messages", () => {
  test("stay for a moment, with the place where they were lost", () => {
    const history = led(3);
    history.act({ do: "heartbeat", server: 1 });
    history.advance(103 * ms);
    history.act({ do: "cut", links: [[1, 2]] });
    history.advance(103 * ms);
    const [lost, ...others] = frame(history).lost;
    expect(others).toEqual([]);
    expect(lost).toMatchObject({ at: 103 * ms, message: { from: 1, to: 2, lost: "cut", heartbeat: true } });
    expect(lost!.where).toBeCloseTo(0.3);
    history.act({ do: "crash", server: 1 });
    const there = () => frame(history).lost.some(({ at }) => at === 103 * ms);
    history.advance(lost!.until);
    expect(there()).toBe(true);
    history.advance(lost!.until + 1);
    expect(there()).toBe(false);
  });

  test("are shown for twice the time of a flight, and are gone when their cut is healed", () => {
    const history = led(3);
    history.act({ do: "heartbeat", server: 1 });
    history.advance(103 * ms);
    history.act({ do: "cut", links: [[1, 2]] });
    history.advance(103 * ms);
    const [lost] = frame(history).lost;
    expect(lost!.until - lost!.at).toBe(2 * (lost!.message.arrivesAt - lost!.message.sentAt));
    history.act({ do: "heal" });
    expect(frame(history).lost).toEqual([]);
  });
});

describe("the viewport", () => {
  const long = (): History => {
    const history = led(3, [{ do: "load", perSecond: 50 }]);
    history.advance(2000 * ms);
    return history;
  };
  const cells = (viewport: Viewport) => {
    const [server] = frame(long(), viewport).servers;
    return { from: server!.cellsFrom, count: server!.cells.length, first: server!.cells[0]?.text };
  };

  test("says which entries come along", () => {
    expect(cells({ logFrom: 1, logCount: 5 })).toEqual({ from: 1, count: 5, first: "put x=1" });
    expect(cells({ logFrom: 31, logCount: 20 })).toEqual({ from: 31, count: 20, first: "put x=31" });
    expect(cells({ logFrom: 1, logCount: 0 })).toMatchObject({ count: 0 });
  });
  test("may reach beyond the log, or start before it", () => {
    expect(cells({ logFrom: 5000, logCount: 20 })).toMatchObject({ count: 0 });
    expect(cells({ logFrom: -3, logCount: 2 })).toMatchObject({ from: 1, count: 2 });
  });
  test("the tail comes along anyway", () => {
    const [{ tail, lastIndex }] = frame(long()).servers as [Frame["servers"][number]];
    expect(tail).toHaveLength(8);
    expect(tail.at(-1)!.text).toMatch(new RegExp(`=${lastIndex}$`));
  });
  test("a page cannot ask for too much", async () => {
    const laboratory = await opened(file('{"format":"driftwood","version":1}'));
    await laboratory.act({ at: 0, act: { do: "load", perSecond: 400 } });
    await laboratory.seek(3000 * ms);
    const { frame: seen } = laboratory.look({ logFrom: 1, logCount: 1_000_000 });
    expect(Math.max(...seen.servers.map(({ cells: { length } }) => length))).toBe(400);
  });
});

describe("however long the run", () => {
  test("a frame is no bigger, and a timeline neither", () => {
    const history = led(5, [{ do: "load", perSecond: 40 }]);
    const sizes = [5, 300].map((seconds) => {
      history.advance(seconds * 1000 * ms);
      return JSON.stringify(frame(history, { logFrom: 1, logCount: 20 })).length;
    });
    expect(history.world.machines[1]!.raft.log.last).toBeGreaterThan(10_000);
    expect(sizes[1]! / sizes[0]!).toBeLessThan(1.4);
    const { marks } = timelineOf(history);
    expect(marks.length).toBeLessThanOrEqual(610);
    expect(marks.map(({ event }) => event)).toEqual(marks.map(({ event }) => event).sort((a, b) => a - b));
  });

  test("marks thin out, but never elections, crashes and cuts", () => {
    const history = led(3, [{ do: "load", perSecond: 100 }]);
    for (let i = 0; i < 12; i++) {
      history.act({ do: i % 2 ? "restart" : "crash", server: 3 });
      history.act(i % 2 ? { do: "heal" } : { do: "cut", links: [[1, 2]] });
      history.advance(history.world.now + 3000 * ms);
    }
    const { marks: all } = history.current.index;
    const rare = (kind: string) => kind !== "commit" && kind !== "request";
    const { marks, terms, end } = timelineOf(history);
    expect(all.length).toBeGreaterThan(800);
    expect(marks.length).toBeLessThan(all.length);
    expect(marks.filter(({ kind }) => rare(kind)).length).toBe(all.filter(({ kind }) => rare(kind)).length);
    expect(terms[0]).toEqual({ from: 0, term: 1 });
    expect(end).toBe(history.world.now);
  });
});

test("a frame of a moment that was restored is the same", () => {
  const history = new History(livelySetup(4));
  history.advance(900 * ms);
  const straight = frame(history, { logFrom: 1, logCount: 9 });
  history.seek(100 * ms);
  history.seek(900 * ms);
  expect(frame(history, { logFrom: 1, logCount: 9 })).toEqual(straight);
});

describe("several Raft groups over the same machines", () => {
  /** S1 leads group 1, S2 group 2. */
  function both(): History {
    const history = new History(setupOf({ groups: 2 }));
    history.act({ do: "timeout", server: 1 });
    history.act({ do: "timeout", server: 2, group: 2 });
    history.advance(100 * ms);
    return history;
  }

  test("a frame shows the group that the page looks at, and of every server which groups it leads", () => {
    const roles = (group: number) => frame(both(), { ...nothing, group }).servers.map(({ role }) => role);
    expect(roles(1)).toEqual(["leader", "follower", "follower"]);
    expect(roles(2)).toEqual(["follower", "leader", "follower"]);
    expect(frame(both(), { ...nothing, group: 2 }).servers.map(({ leads }) => leads)).toEqual([[1], [2], []]);
    expect(frame(both())).toMatchObject({ group: 1, groupCount: 2 });
    expect(frame(both(), { ...nothing, group: 9 })).toMatchObject({ group: 2, groupCount: 2 });
    expect(frame(led(), { ...nothing, group: 2 })).toMatchObject({ group: 1, groupCount: 1 });
  });

  test("messages and requests say whose they are; all of them are there", () => {
    const history = both();
    history.act(request(put("x", "1"), 1));
    history.act(request(put("y", "1"), 2));
    const { messages, requests } = frame(history);
    expect(messages.flatMap(({ kind, group }) => (kind === "ClientRequest" ? [group] : []))).toEqual([1, 2]);
    expect(requests.map(({ group }) => group)).toEqual([1, 2]);
  });

  test("the timeline has the terms of the group that is shown, and marks that name theirs", () => {
    const history = both();
    history.act({ do: "timeout", server: 3, group: 2 });
    history.advance(200 * ms);
    expect(timelineOf(history, 1).terms.map(({ term }) => term)).toEqual([1]);
    expect(timelineOf(history, 2).terms.map(({ term }) => term)).toEqual([1, 2]);
    const elections = timelineOf(history, 1).marks.filter(({ kind }) => kind === "election");
    expect(elections.map(({ label }) => label)).toEqual([
      "S1 leads term 1, group 1",
      "S2 leads term 1, group 2",
      "S3 leads term 2, group 2",
    ]);
  });
});

test("timers are due in true time, however the server's own clock goes", () => {
  const history = new History(setupOf());
  const due = () => frame(history).servers[0]!.electionDueAt!;
  const right = due();
  history.act({ do: "clock", server: 1, drift: -500_000, offset: -70 * ms });
  expect(due()).toBe(2 * (right + 70 * ms));
  history.act({ do: "clock", server: 1, offset: 0, drift: 0 });
  expect(due()).toBe(right);
});
