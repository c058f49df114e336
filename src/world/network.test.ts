import { describe, expect, test } from "vitest";
import { requestVote, vote } from "../raft/fixtures.ts";
import { elect, leaders, ms, play, put, request, setupOf, toldOf, underWay } from "./fixtures.ts";
import { limits } from "./limits.ts";
import { cutLinks, findPacket, linkOf, progressOf, serverLinks, transmit } from "./network.ts";
import { createWorld } from "./world.ts";

const between = (servers = 3, link = {}) => createWorld(setupOf({ servers, link }));

describe("latency", () => {
  test("every message takes a time within the range, both ends included", () => {
    const world = between(3, { latencyMin: 3, latencyMax: 6 });
    for (let i = 0; i < 200; i++) transmit(world, vote({ from: 1, to: 2 }), null);
    const times = world.packets.map(({ arrivesAt }) => arrivesAt);
    expect([...new Set(times)].sort()).toEqual([3, 4, 5, 6]);
  });

  test("messages of one link may overtake each other", () => {
    const world = between(3, { latencyMin: 0, latencyMax: 100 });
    for (let i = 0; i < 20; i++) transmit(world, vote({ from: 1, to: 2 }), null);
    const order = world.packets.map(({ ref }) => ref.ordinal);
    expect(order).not.toEqual(order.toSorted((a, b) => a - b));
  });

  test("messages are ordered by (time, sequence): of two that arrive together the earlier one is first", () => {
    const it = play(setupOf({ servers: 3 }));
    transmit(it.world, requestVote({ from: 3, to: 1, term: 1 }), null);
    transmit(it.world, requestVote({ from: 2, to: 1, term: 1 }), null);
    it.until(10 * ms);
    expect(it.machine(1).raft.votedFor).toBe(3);
  });
});

describe("loss and duplication", () => {
  const rate = (settings: { loss?: number; duplicate?: number }) => {
    const world = between(2, settings);
    for (let i = 0; i < 3000; i++) transmit(world, vote({ from: 1, to: 2 }), null);
    const lost = world.packets.filter((packet) => packet.lost === "loss").length / 3000;
    const doubled = world.packets.filter(({ ref }) => ref.copy === 1).length / 3000;
    return { lost, doubled };
  };

  test("never, always, and as often as the link says", () => {
    expect(rate({})).toEqual({ lost: 0, doubled: 0 });
    expect(rate({ loss: 1_000_000, duplicate: 1_000_000 })).toEqual({ lost: 1, doubled: 0 });
    expect(rate({ loss: 200_000 }).lost).toBeCloseTo(0.2, 1);
    expect(rate({ duplicate: 300_000 }).doubled).toBeCloseTo(0.3, 1);
  });

  test("a lost message vanishes on its way, and never arrives", () => {
    const it = play(setupOf({ servers: 2, link: { loss: 1_000_000 } }));
    transmit(it.world, requestVote({ from: 2, to: 1, term: 1 }), it.onlookers.tell);
    it.until(20 * ms);
    const [lost] = toldOf(it, "lost");
    expect(lost).toMatchObject({ reason: "loss", ref: { from: 2, to: 1, ordinal: 1, copy: 0 } });
    expect(lost!.at).toBeGreaterThan(3 * ms);
    expect(lost!.at).toBeLessThan(8 * ms);
    expect(toldOf(it, "received")).toEqual([]);
    expect(it.machine(1).raft.term).toBe(0);
  });

  test("a doubled message arrives twice, each in its own time", () => {
    const it = play(setupOf({ servers: 2, link: { duplicate: 1_000_000, latencyMin: 0, latencyMax: 90 * ms } }));
    transmit(it.world, requestVote({ from: 2, to: 1, term: 1 }), it.onlookers.tell);
    it.until(90 * ms);
    const received = toldOf(it, "received").filter(({ ref }) => ref.from === 2);
    expect(received.map(({ ref }) => ref.copy).sort()).toEqual([0, 1]);
    expect(received[0]!.at).not.toBe(received[1]!.at);
  });

  test("the client's links are never lossy", () => {
    const world = between(3, { loss: 500_000, duplicate: 500_000 });
    expect(linkOf(world, 1, 2).settings.loss).toBe(500_000);
    for (const [from, to] of [
      [0, 2],
      [2, 0],
    ] as const)
      expect(linkOf(world, from, to).settings).toMatchObject({ loss: 0, duplicate: 0 });
  });

  test("only the newest losses are kept for drawing", () => {
    const it = play(setupOf({ servers: 2, link: { loss: 1_000_000 } })).until(5000 * ms);
    expect(toldOf(it, "lost").length).toBeGreaterThan(limits.lostKept);
    expect(it.world.lost).toHaveLength(limits.lostKept);
    expect(it.world.lost.at(-1)!.at).toBe(toldOf(it, "lost").at(-1)!.at);
  });
});

describe("cut links", () => {
  test("a cut takes down one direction only", () => {
    const it = play(setupOf());
    it.act({ do: "cut", links: [[1, 2]] });
    expect(cutLinks(it.world)).toEqual([[1, 2]]);
    for (const [from, to] of serverLinks(it.world)) transmit(it.world, vote({ from, to }), it.onlookers.tell);
    it.until(10 * ms);
    expect(toldOf(it, "lost")).toMatchObject([{ reason: "cut", ref: { from: 1, to: 2 } }]);
    expect(toldOf(it, "received")).toHaveLength(5);
  });

  test("what is under way on a link that is cut is lost there and then, where it is", () => {
    const it = play(setupOf());
    for (const to of [2, 3]) transmit(it.world, vote({ from: 1, to }), it.onlookers.tell);
    it.until(4 * ms).act({ do: "cut", links: [[1, 2]] });
    it.until(10 * ms);
    expect(toldOf(it, "lost")).toMatchObject([{ at: 4 * ms, reason: "cut", ref: { from: 1, to: 2 } }]);
    const { packet, at } = it.world.lost[0]!;
    expect(progressOf(packet, at)).toBeCloseTo(0.4);
    expect(toldOf(it, "received")).toMatchObject([{ ref: { from: 1, to: 3 } }]);
  });

  test("mended links carry again; what was lost stays lost", () => {
    const it = play(setupOf());
    it.act({ do: "cut", links: [[1, 2]] });
    transmit(it.world, vote({ from: 1, to: 2 }), it.onlookers.tell);
    it.act({ do: "mend", links: [[1, 2]] });
    transmit(it.world, vote({ from: 1, to: 2 }), it.onlookers.tell);
    it.until(10 * ms);
    expect(toldOf(it, "received").map(({ ref }) => ref.ordinal)).toEqual([2]);
  });
});

describe("partitions derive from links", () => {
  test("links between groups go down, links within a group go up; who is in no group is in one more", () => {
    const it = play(setupOf({ servers: 5 }));
    it.act({ do: "cut", links: [[1, 2]] });
    it.act({ do: "partition", groups: [[1, 2], [3]] });
    const up = serverLinks(it.world).filter(([from, to]) => linkOf(it.world, from, to).up);
    expect(up).toEqual([
      [1, 2],
      [2, 1],
      [4, 5],
      [5, 4],
    ]);
  });

  test("heal brings every link up", () => {
    const it = play(setupOf({ servers: 4 }));
    it.act({ do: "partition", groups: [[1], [2, 3]] });
    it.act({ do: "cut", links: [[2, 3]] });
    it.act({ do: "heal" });
    expect(cutLinks(it.world)).toEqual([]);
  });

  test("messages under way within a group are not touched by a partition", () => {
    const it = play(setupOf({ servers: 4 }));
    for (const to of [2, 3]) transmit(it.world, vote({ from: 1, to }), it.onlookers.tell);
    it.until(5 * ms).act({ do: "partition", groups: [[1, 2]] });
    it.until(10 * ms);
    expect(toldOf(it, "received").map(({ ref }) => ref.to)).toEqual([2]);
    expect(toldOf(it, "lost")).toMatchObject([{ at: 5 * ms, ref: { to: 3 } }]);
  });

  test("§5.2 a leader in the minority stays; the majority elects another of a higher term; healing ends it", () => {
    const it = elect(play(setupOf({ servers: 5 })), 1);
    it.act({ do: "partition", groups: [[1, 2]] });
    it.until(1500 * ms);
    expect(leaders(it)).toHaveLength(2);
    it.act({ do: "heal" });
    it.until(1700 * ms);
    expect(leaders(it)).toHaveLength(1);
    expect(it.machine(1).raft.role).toBe("follower");
  });
});

describe("settings", () => {
  test("of all links or of some; they hold for what is sent from then on", () => {
    const it = play(setupOf());
    const slow = { latencyMin: 500 * ms, latencyMax: 500 * ms, loss: 0, duplicate: 0, bandwidth: null };
    transmit(it.world, vote({ from: 1, to: 2 }), null);
    it.act({ do: "network", link: slow, links: [[1, 2]] });
    transmit(it.world, vote({ from: 1, to: 2 }), null);
    transmit(it.world, vote({ from: 2, to: 1 }), null);
    expect(underWay(it, "RequestVoteReply").map(({ arrivesAt }) => arrivesAt)).toEqual([10 * ms, 10 * ms, 500 * ms]);
    it.act({ do: "network", link: { ...slow, loss: 1_000_000 } });
    expect(linkOf(it.world, 3, 2).settings.loss).toBe(1_000_000);
    expect(linkOf(it.world, 0, 2).settings).toMatchObject({ latencyMin: 500 * ms, loss: 0 });
  });
});

describe("manual network: you are the network", () => {
  const manual = (servers = 3) => {
    const it = play(setupOf({ servers, mode: "manual" }));
    it.act({ do: "timeout", server: 1 });
    return it.until(1 * ms);
  };
  const ref = (from: number, to: number, ordinal = 1, copy = 0) => ({ from, to, ordinal, copy });

  test("nothing moves by itself but the disk", () => {
    const it = play(setupOf({ mode: "manual" }));
    it.act({ do: "timeout", server: 1 });
    it.until(3600_000 * ms);
    expect(toldOf(it, "diskWritten")).toHaveLength(1);
    expect(underWay(it, "RequestVote")).toHaveLength(2);
    expect([toldOf(it, "received"), toldOf(it, "lost")]).toEqual([[], []]);
    expect(it.machine(2).raft).toMatchObject({ term: 0, role: "follower" });
    expect(it.world.events).toBe(2);
  });

  test("deliver: it arrives now", () => {
    const it = manual();
    it.act({ do: "deliver", message: ref(1, 3) });
    expect(it.machine(3).raft.votedFor).toBe(1);
    expect(it.machine(2).raft.votedFor).toBe(0);
    expect(findPacket(it.world, ref(1, 3))).toBeUndefined();
  });

  test("deliver to a server that is down loses the message", () => {
    const it = manual();
    it.act({ do: "crash", server: 3 });
    it.act({ do: "deliver", message: ref(1, 3) });
    expect(toldOf(it, "lost")).toMatchObject([{ reason: "down" }]);
  });

  test("drop: it is gone", () => {
    const it = manual();
    it.act({ do: "drop", message: ref(1, 3) });
    expect(toldOf(it, "lost")).toMatchObject([{ reason: "dropped", ref: ref(1, 3) }]);
    expect(it.act({ do: "deliver", message: ref(1, 3) })).toBe("that message is not under way");
  });

  test("duplicate: each copy has its own name and its own fate", () => {
    const it = manual();
    it.act({ do: "duplicate", message: ref(1, 3) });
    it.act({ do: "duplicate", message: ref(1, 3) });
    expect(toldOf(it, "duplicated").map(({ copy }) => copy.copy)).toEqual([1, 2]);
    it.act({ do: "deliver", message: ref(1, 3, 1, 2) });
    it.act({ do: "drop", message: ref(1, 3, 1, 1) });
    expect(findPacket(it.world, ref(1, 3))).toBeDefined();
    expect(toldOf(it, "received")).toMatchObject([{ ref: ref(1, 3, 1, 2) }]);
  });

  test("duplicate: a name is never used twice", () => {
    const it = manual();
    it.act({ do: "duplicate", message: ref(1, 3) });
    it.act({ do: "deliver", message: ref(1, 3, 1, 1) });
    it.act({ do: "duplicate", message: ref(1, 3) });
    expect(toldOf(it, "duplicated").map(({ copy }) => copy.copy)).toEqual([1, 2]);
  });

  test("the whole of an election and a write, message by message", () => {
    const it = manual();
    it.act({ do: "deliver", message: ref(1, 2) });
    it.until(2 * ms).act({ do: "deliver", message: ref(2, 1) });
    expect(leaders(it)).toEqual([1]);
    it.act(request(put("x", "1"), 1));
    it.act({ do: "deliver", message: ref(0, 1) });
    it.until(3 * ms);
    const [, entries] = underWay(it, "AppendEntries").filter(({ ref: { to } }) => to === 2);
    it.act({ do: "deliver", message: entries!.ref });
    it.until(4 * ms).act({ do: "deliver", message: ref(2, 1, 2) });
    expect(it.machine(1).raft.commitIndex).toBe(1);
    expect([...it.machine(1).store.data]).toEqual([["x", "1"]]);
    expect(underWay(it, "ClientReply")).toHaveLength(1);
  });

  test("§5.2 a heartbeat is sent on demand", () => {
    const it = elect(play(setupOf()), 1);
    it.act({ do: "network", mode: "manual" });
    const { sent } = linkOf(it.world, 1, 2);
    it.act({ do: "heartbeat", server: 1 });
    expect(linkOf(it.world, 1, 2).sent).toBe(sent + 1);
  });

  test("from automatic to manual whatever is under way stops; back again it goes on with what was left of its way", () => {
    const it = play(setupOf());
    transmit(it.world, vote({ from: 1, to: 2 }), it.onlookers.tell);
    it.until(4 * ms).act({ do: "network", mode: "manual" });
    it.until(500 * ms);
    expect(toldOf(it, "received")).toEqual([]);
    it.act({ do: "network", mode: "automatic" });
    it.until(520 * ms);
    expect(toldOf(it, "received")).toHaveLength(1);
  });

  test("an hour of manual stepping does not end in elections all at once", () => {
    const it = play(setupOf({ mode: "manual", servers: 5 })).until(3600_000 * ms);
    it.act({ do: "network", mode: "automatic" });
    const started = it.world.now;
    const election = it.untilTold((told) => told.kind === "decided" && told.decision.kind === "electionStarted", 4e9);
    expect(election.at - started).toBeGreaterThanOrEqual(it.world.setup.raft.electionTimeoutMin);
  });

  test("a message that is lost cannot be touched any more", () => {
    const it = play(setupOf({ servers: 2, link: { loss: 1_000_000 } }));
    transmit(it.world, vote({ from: 1, to: 2 }), null);
    for (const what of ["deliver", "drop", "duplicate"] as const)
      expect(it.act({ do: what, message: ref(1, 2) })).toBe("that message is lost already");
    expect(it.act({ do: "delay", message: ref(1, 2), by: 5 })).toBe("that message is lost already");
  });

  test("a message can be copied only so often", () => {
    const it = manual();
    for (let i = 0; i < limits.copies; i++) expect(it.act({ do: "duplicate", message: ref(1, 3) })).toBeNull();
    expect(it.act({ do: "duplicate", message: ref(1, 3) })).toBe("there are too many copies of it");
  });
});

describe("messages in an automatic network", () => {
  const sent = () => {
    const it = play(setupOf());
    transmit(it.world, requestVote({ from: 2, to: 1, term: 1 }), it.onlookers.tell);
    transmit(it.world, requestVote({ from: 3, to: 1, term: 1 }), it.onlookers.tell);
    return it.until(2 * ms);
  };
  const first = { from: 2, to: 1, ordinal: 1, copy: 0 };

  test("delay: it arrives that much later, and others may overtake it", () => {
    const it = sent();
    it.act({ do: "delay", message: first, by: 3 * ms });
    it.until(20 * ms);
    expect(toldOf(it, "received").filter(({ ref }) => ref.to === 1)).toMatchObject([
      { at: 10 * ms, ref: { from: 3 } },
      { at: 13 * ms, ref: { from: 2 } },
    ]);
    expect(it.machine(1).raft.votedFor).toBe(3);
  });

  test("deliver: it arrives now, ahead of what would have come before it", () => {
    const it = sent();
    it.act({ do: "deliver", message: { ...first, from: 3 } });
    expect(it.machine(1).raft.votedFor).toBe(3);
    it.until(20 * ms);
    expect(toldOf(it, "received").filter(({ ref }) => ref.to === 1)).toHaveLength(2);
  });

  test("duplicate: the copy arrives with the original, after it", () => {
    const it = sent();
    it.act({ do: "duplicate", message: first });
    it.until(10 * ms);
    const received = toldOf(it, "received").filter(({ ref }) => ref.to === 1);
    expect(received.map(({ at, ref }) => [at, ref.from, ref.copy])).toEqual([
      [10 * ms, 2, 0],
      [10 * ms, 3, 0],
      [10 * ms, 2, 1],
    ]);
  });
});
