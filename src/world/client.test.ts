import { describe, expect, test } from "vitest";
import { profiles } from "../raft/options.ts";
import type { Act } from "./acts.ts";
import { clientDueAt } from "./client.ts";
import { elect, ms, play, put, request, setupOf, toldOf, underWay } from "./fixtures.ts";
import { emptyStore, execute, kvCommand } from "./kv.ts";
import { asksAgainAfter, defaultClients, limits } from "./limits.ts";
import { operationsOf } from "./operations.ts";
import { copyWorld } from "./world.ts";

const led = (servers = 3) => elect(play(setupOf({ servers })), 1);

describe("a request", () => {
  test("§8 goes to the leader, and is answered when it is committed and applied there", () => {
    const it = led();
    const asked = it.world.now;
    it.act(request(put("x", "1"), 1));
    it.until(asked + 100 * ms);
    expect(toldOf(it, "requestAnswered")).toMatchObject([{ request: 1, value: null, server: 1 }]);
    // To the leader, its disk, to a follower, its disk, back, to the client.
    expect(toldOf(it, "requestAnswered")[0]!.at - asked).toBe((10 + 1 + 10 + 1 + 10 + 10) * ms);
    expect(it.world.clients).toMatchObject({ open: [], asked: 1 });
    expect(it.world.clients.each[1]!.leaders).toEqual([0, 1]);
    expect(it.world.clients.ended).toMatchObject([{ number: 1, state: "done", redirects: 0 }]);
  });

  test("answers carry the value that was read or replaced", () => {
    const it = led();
    const ask = (act: ReturnType<typeof request>) => {
      it.act(act);
      it.until(it.world.now + 100 * ms);
      return toldOf(it, "requestAnswered").at(-1)!.value;
    };
    expect([
      ask(request({ op: "get", key: "x" })),
      ask(request(put("x", "1"))),
      ask(request(put("x", "2"))),
      ask(request({ op: "get", key: "x" })),
      ask(request({ op: "delete", key: "x" })),
      ask(request({ op: "get", key: "x" })),
    ]).toEqual([null, null, "1", "2", "2", null]);
  });

  test("§8 a follower sends the client on to the leader it knows", () => {
    const it = led();
    it.act(request(put("x", "1"), 3));
    it.until(it.world.now + 200 * ms);
    expect(toldOf(it, "requestRedirected")).toMatchObject([{ request: 1, from: 3, to: 1 }]);
    expect(toldOf(it, "requestAnswered")).toMatchObject([{ server: 1 }]);
    expect(it.world.clients.ended[0]).toMatchObject({ redirects: 1, state: "done" });
  });

  test("without a server it goes to the leader that the client last heard of", () => {
    const it = led();
    it.act(request(put("x", "1"), 1));
    it.until(it.world.now + 100 * ms);
    it.act(request(put("x", "2")));
    expect(underWay(it, "ClientRequest").map(({ payload }) => payload.to)).toEqual([1]);
  });

  test("where nobody knows a leader the client asks the next server after a while", () => {
    const it = play(setupOf({ servers: 3 }));
    it.act(request(put("x", "1"), 2));
    it.until(25 * ms);
    expect(it.world.clients.open).toMatchObject([{ server: 3, retryAt: 20 * ms + asksAgainAfter }]);
    it.act({ do: "timeout", server: 1 });
    it.until(300 * ms);
    const asked = toldOf(it, "sent").flatMap(({ payload }) => (payload.type === "ClientRequest" ? [payload.to] : []));
    expect(asked).toEqual([2, 3, 1]);
    expect(toldOf(it, "requestAnswered")).toHaveLength(1);
  });

  test("after S3 comes S1", () => {
    const it = play(setupOf({ servers: 3 }));
    it.act(request(put("x", "1"), 3));
    it.until(25 * ms);
    expect(it.world.clients.open).toMatchObject([{ server: 1 }]);
  });

  test("§8 without an answer it gives up: the outcome is unknown, and it is not repeated", () => {
    const it = led();
    it.act({ do: "partition", groups: [[1]] });
    const asked = it.world.now;
    it.act(request(put("x", "1"), 1));
    it.until(asked + defaultClients.givesUpAfter);
    expect(toldOf(it, "requestGivenUp")).toMatchObject([{ at: asked + defaultClients.givesUpAfter, request: 1 }]);
    expect(it.world.clients).toMatchObject({ open: [], each: [undefined, { leaders: [0, 0] }] });
    expect(it.world.clients.ended).toMatchObject([{ state: "unknown", until: asked + defaultClients.givesUpAfter }]);
    const asks = toldOf(it, "sent").filter(({ payload }) => payload.type === "ClientRequest");
    expect(asks).toHaveLength(1);
  });

  test("§8 a leader that lost its term answers nobody for what it took before", () => {
    const it = led(3);
    it.act({ do: "partition", groups: [[1]] });
    it.act(request(put("x", "lost"), 1));
    it.until(it.world.now + 1000 * ms);
    expect(it.machine(1).pledges).toHaveLength(1);
    it.act({ do: "heal" });
    it.until(it.world.now + 300 * ms);
    expect(it.machine(1).pledges).toEqual([]);
    expect(toldOf(it, "requestAnswered")).toEqual([]);
  });

  test("a late answer to a request that was given up changes nothing", () => {
    const it = led();
    it.act(request(put("x", "1"), 1));
    it.untilTold((told) => told.kind === "sent" && told.payload.type === "ClientReply");
    const [reply] = underWay(it, "ClientReply");
    it.act({ do: "delay", message: reply!.ref, by: 3000 * ms });
    it.until(it.world.now + 3500 * ms);
    expect(toldOf(it, "requestGivenUp")).toHaveLength(1);
    expect(toldOf(it, "requestAnswered")).toEqual([]);
    expect(it.world.clients.each[1]!.leaders[1]).toBe(1);
  });

  test("to a server that is down it is lost, and given up", () => {
    const it = led();
    it.act({ do: "crash", server: 2 });
    it.act(request(put("x", "1"), 2));
    it.until(it.world.now + defaultClients.givesUpAfter);
    expect(toldOf(it, "lost").filter(({ payload }) => payload.type === "ClientRequest")).toHaveLength(1);
    expect(toldOf(it, "requestGivenUp")).toHaveLength(1);
  });

  test("only the newest ended requests are remembered", () => {
    const it = led();
    it.act({ do: "load", perSecond: 50 });
    it.until(it.world.now + 2000 * ms);
    expect(it.world.clients.ended).toHaveLength(limits.requestsKept);
    expect(it.world.clients.ended.at(-1)!.number).toBeGreaterThan(80);
  });
});

describe("load", () => {
  test("so many writes per second, from now on, until it is stopped", () => {
    const it = led();
    it.act({ do: "load", perSecond: 20 });
    it.until(it.world.now + 2000 * ms);
    expect(toldOf(it, "requestAsked")).toHaveLength(41);
    it.act({ do: "load", perSecond: 0 });
    it.until(it.world.now + 1000 * ms);
    expect(toldOf(it, "requestAsked")).toHaveLength(41);
    expect(it.machine(1).raft.commitIndex).toBe(41);
    expect(clientDueAt(it.world)).toBe(Number.POSITIVE_INFINITY);
  });

  test("writes x, y and z in turn, each a new value", () => {
    const it = led();
    it.act({ do: "load", perSecond: 100 });
    it.until(it.world.now + 55 * ms);
    const asked = toldOf(it, "requestAsked").map(({ operation }) => operation);
    expect(asked).toEqual([put("x", "1"), put("y", "2"), put("z", "3"), put("x", "4"), put("y", "5"), put("z", "6")]);
  });
});

describe("loads of several clients", () => {
  const loaded = (order: Partial<Extract<Act, { do: "load" }>>) => {
    const it = led();
    it.act({ do: "load", perSecond: 40, ...order });
    it.until(it.world.now + 1500 * ms);
    return operationsOf(it.world);
  };

  test("an open loop asks at its rate, each client in turn", () => {
    const operations = loaded({ clients: 3 });
    expect(operations).toHaveLength(61);
    expect(operations.slice(0, 4).map(({ client }) => client)).toEqual([1, 2, 3, 1]);
  });

  test("a closed loop asks once it is answered, and not more often than its rate", () => {
    for (const rate of [40, 1000]) {
      const operations = loaded({ clients: 2, mode: "closed", perSecond: rate });
      const ofFirst = operations.filter(({ client }) => client === 1);
      const ends = ofFirst.slice(0, -1).map(({ endedAt }) => endedAt!);
      expect(ofFirst.slice(1).every(({ calledAt }, i) => calledAt >= ends[i]!)).toBe(true);
      expect(operations.length).toBeLessThanOrEqual(rate === 40 ? 62 : 80);
      expect(operations.length).toBeGreaterThan(40);
    }
  });

  test("so many reads in a hundred, of so many keys, and every value is written once", () => {
    const operations = loaded({ clients: 3, reads: 60, keys: 2, perSecond: 200 });
    const reads = operations.filter(({ operation }) => operation.op === "get").length;
    expect(reads / operations.length).toBeGreaterThan(0.5);
    expect(reads / operations.length).toBeLessThan(0.7);
    expect(new Set(operations.map(({ operation }) => operation.key))).toEqual(new Set(["x", "y"]));
    const written = operations.flatMap(({ operation }) => (operation.op === "put" ? [operation.value] : []));
    expect(new Set(written).size).toBe(written.length);
  });
});

describe("the clients' history", () => {
  test("keeps every operation from call to answer, whatever the client has forgotten", () => {
    const it = led();
    it.act({ do: "load", perSecond: 50 });
    it.until(it.world.now + 2000 * ms);
    const operations = operationsOf(it.world);
    expect(operations).toHaveLength(101);
    expect(operations[0]).toMatchObject({ number: 1, outcome: "ok", called: 1, server: 1, index: 1 });
    expect(operations[0]!.endedAt! - operations[0]!.calledAt).toBe(42 * ms);
    expect(operations.at(-1)).toMatchObject({ number: 101, outcome: "open", returned: null, endedAt: null });
  });

  test("tells what nobody took from what nobody knows", () => {
    const it = play(setupOf({ servers: 3 }));
    it.act({
      do: "network",
      mode: "automatic",
      link: { ...it.world.setup.link, latencyMin: 400 * ms, latencyMax: 400 * ms },
    });
    it.act({ do: "partition", groups: [[1], [2], [3]] });
    it.act(request(put("x", "1"), 2));
    it.until(3000 * ms);
    it.act({ do: "crash", server: 2 });
    it.act(request(put("x", "2"), 2));
    it.until(6000 * ms);
    expect(operationsOf(it.world).map(({ outcome }) => outcome)).toEqual(["unknown", "unknown"]);
    const nobodyLeads = play(
      setupOf({
        servers: 3,
        raft: { ...profiles.paper, electionTimeoutMin: 9000 * ms, electionTimeoutMax: 9000 * ms },
      }),
    );
    nobodyLeads.act(request(put("x", "1"), 2));
    nobodyLeads.until(2050 * ms);
    expect(operationsOf(nobodyLeads.world)).toMatchObject([{ outcome: "failed" }]);
  });

  test("D 6.4 a read that came before the leader had committed an entry of its term is answered after that", () => {
    const it = led();
    it.act({ do: "request", operation: { op: "get", key: "x" }, server: 1, read: "index" });
    it.until(it.world.now + 200 * ms);
    expect(operationsOf(it.world)).toMatchObject([{ outcome: "open" }]);
    it.act(request(put("x", "1"), 1));
    it.until(it.world.now + 200 * ms);
    expect(operationsOf(it.world)).toMatchObject([{ outcome: "ok", value: "1" }, { outcome: "ok" }]);
  });

  test("reads say how they were served, as the options or the request have it", () => {
    const it = led();
    // A leader serves no read before an entry of its own term is committed (D 6.4).
    it.act(request(put("x", "1"), 1));
    it.until(it.world.now + 200 * ms);
    for (const read of ["stale", "index", "lease", "log"] as const) {
      it.act({ do: "request", operation: { op: "get", key: "x" }, server: 1, read });
      it.until(it.world.now + 200 * ms);
    }
    it.act(request({ op: "get", key: "x" }, 1));
    it.until(it.world.now + 200 * ms);
    expect(operationsOf(it.world).map(({ read, outcome, value }) => [read, outcome, value])).toEqual(
      [null, "stale", "index", "lease", "log", "log"].map((read) => [read, "ok", read && "1"]),
    );
  });
});

describe("the key-value store", () => {
  test("equal contents have equal digests, however they came about", () => {
    const [a, b] = [emptyStore(), emptyStore()];
    for (const operation of [put("x", "1"), put("y", "2"), put("x", "3")]) execute(a, operation);
    for (const operation of [put("z", "9"), put("x", "3"), { op: "delete", key: "z" } as const, put("y", "2")])
      execute(b, operation);
    expect([...a.data].sort()).toEqual([...b.data].sort());
    expect(a.digest).toBe(b.digest);
    execute(a, put("y", "3"));
    expect(a.digest).not.toBe(b.digest);
  });

  test("deleting what is not there changes nothing", () => {
    const store = emptyStore();
    expect(execute(store, { op: "delete", key: "x" })).toBeNull();
    expect([store.data.size, store.digest]).toEqual([0, 0]);
  });

  test("copies are independent, whichever side writes", () => {
    const it = led();
    it.act(request(put("x", "1"), 1));
    it.until(it.world.now + 100 * ms);
    const copy = copyWorld(it.world);
    execute(it.machine(1).store, put("x", "2"));
    execute(copy.machines[1]!.store, put("y", "3"));
    expect([...it.machine(1).store.data]).toEqual([["x", "2"]]);
    expect([...copy.machines[1]!.store.data]).toEqual([
      ["x", "1"],
      ["y", "3"],
    ]);
  });

  test("commands are told apart by operation, key, value and request", () => {
    const commands = [
      kvCommand(put("x", "1"), 1),
      kvCommand(put("x", "1"), 2),
      kvCommand(put("x", "2"), 1),
      kvCommand(put("y", "1"), 1),
      kvCommand({ op: "get", key: "x" }, 1),
      kvCommand({ op: "delete", key: "x" }, 1),
    ];
    expect(new Set(commands.map(({ digest }) => digest)).size).toBe(commands.length);
  });
});
