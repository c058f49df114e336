import { describe, expect, test } from "vitest";
import { type Vector, valueAt } from "../base/vector.ts";
import { votersOnly } from "../raft/configuration.ts";
import { command, logOf } from "../raft/fixtures.ts";
import { append, copyLog, logAfter, prefixHash, slice } from "../raft/log.ts";
import { profiles } from "../raft/options.ts";
import { createServer } from "../raft/server.ts";
import type { Server } from "../raft/types.ts";
import { elect, ms, put, request, setupOf, underWay } from "../world/fixtures.ts";
import type { Machine } from "../world/state/machine.ts";
import type { World } from "../world/types.ts";
import { stir, watched } from "./fixtures.ts";
import { copyGhost, type Ghost } from "./ghost.ts";
import { check, invariants } from "./watch.ts";

// A machine that is busy with other things may take its time.
describe("hand-made transitions: each property can fail", () => {
  /** A healthy world of three, S1 leading term 1 with a committed entry, and its checker. */
  function healthy() {
    const it = elect(watched(setupOf()), 1);
    it.act(request(put("x", "1"), 1));
    it.until(it.world.now + 200 * ms);
    expect(it.world.violation).toBeNull();
    expect(it.machine(2).raft).toMatchObject({ commitIndex: 1, lastApplied: 1 });
    return it;
  }
  const broke = (id: number, change: (server: Server, machine: Machine, world: World) => void) => {
    const it = healthy();
    change(it.machine(id).raft, it.machine(id), it.world);
    return check({ world: it.world, ghost: it.ghost, strict: false }, it.machine(id), null);
  };
  const another = (...terms: number[]) => {
    const log = logOf(...terms.slice(0, -1));
    append(log, { index: terms.length, term: terms.at(-1)!, command: command(4242), change: null });
    return log;
  };

  /** S3 as it comes back with another first entry than the others have. */
  const restarted = (term: number) => {
    const stored = { term, votedFor: 0, log: another(2), commitIndex: 0, configuration: votersOnly([1, 2, 3]) };
    return createServer(3, stored, profiles.paper, { now: 0, timeout: 1, drawn: 1 });
  };

  test("§5.1 a term that decreases", () => {
    expect(broke(2, (server) => (server.term = 0))).toMatchObject({
      property: "Terms only grow",
      section: "§5.1",
      server: 2,
      detail: "S2 went from term 1 back to term 0",
    });
  });

  test("§5.3 a commit index that decreases, or leaves the log", () => {
    const property = "What is committed stays";
    expect(broke(2, (server) => (server.commitIndex = 0))?.property).toBe(property);
    expect(broke(2, (server) => (server.commitIndex = 2))).toMatchObject({
      property,
      detail: "S2 has commit index 2 but only 1 entries",
    });
  });

  test("§5.3 a commit of another entry than was committed before", () => {
    const problem = broke(3, (server, machine) => {
      machine.raft = restarted(1);
      machine.restarts++;
      machine.raft.term = 2;
      machine.raft.commitIndex = 1;
      expect(server).not.toBe(machine.raft);
    });
    expect(problem).toMatchObject({
      property: "What is committed stays",
      detail: "S3 committed another entry 1 than a server before it",
    });
  });

  test("§5.2 a second leader of a term, also long after the first", () => {
    expect(broke(2, (server) => (server.role = "leader"))).toMatchObject({
      property: "Election Safety",
      detail: "S1 and S2 were both elected in term 1",
    });
    const later = broke(2, (server, _, world) => {
      world.machines[1]!.raft.role = "follower";
      world.machines[1]!.raft.term = 5;
      server.role = "leader";
    });
    expect(later?.property).toBe("Election Safety");
  });

  test("§5.3 a leader that changes or shortens its own log", () => {
    const property = "Leader Append-Only";
    expect(broke(1, (server) => (server.log = logOf()))?.property).toBe(property);
    expect(broke(1, (server) => (server.log = another(1)))?.property).toBe(property);
    expect(broke(1, (server) => (server.log = another(1, 1)))?.property).toBe(property);
  });

  test("§5.3 two entries of one index and term that differ, or differ before", () => {
    expect(broke(2, (server) => (server.log = another(1)))).toMatchObject({
      property: "Log Matching",
      detail: expect.stringContaining("both have an entry 1 of term 1"),
    });
    const before = broke(2, (server, _, world) => {
      const log = copyLog(world.machines[1]!.raft.log);
      append(log, { index: 2, term: 1, command: null, change: null });
      world.machines[1]!.raft.log = log;
      server.log = another(2, 1);
      append(server.log, { index: 3, term: 1, command: null, change: null });
    });
    expect(before?.property).toBe("Log Matching");
  });

  test("§5.4 a leader of a later term without a committed entry, or with another one", () => {
    const lead = (log: Server["log"]) => (server: Server) => {
      Object.assign(server, { role: "leader", term: 2, log, commitIndex: 1 });
    };
    expect(broke(2, lead(logOf()))).toMatchObject({
      property: "Leader Completeness",
      detail: "S2 leads term 2 without entry 1, which is committed",
    });
    expect(broke(2, lead(another(2)))?.property).toBe("Leader Completeness");
  });

  test("§5.4 a commit that a leader of a later term does not have", () => {
    const problem = broke(1, (server, machine, world) => {
      Object.assign(world.machines[3]!.raft, { role: "leader", term: 7 });
      append(server.log, { index: 2, term: 1, command: null, change: null });
      server.commitIndex = 2;
      expect(machine.id).toBe(1);
    });
    expect(problem).toMatchObject({
      property: "Leader Completeness",
      detail: "S3 leads term 7 without entry 2, which is committed",
    });
  });

  test("§5.4.3 another entry applied at an index where one was applied before", () => {
    const problem = broke(3, (_, machine) => {
      machine.raft = restarted(2);
      machine.restarts++;
      machine.raft.lastApplied = 1;
    });
    expect(problem).toMatchObject({
      property: "State Machine Safety",
      detail: "S3 applied another entry 1 than a server before it",
    });
  });
});

describe("§7 compacted logs hide nothing that can still be seen", () => {
  /** Three servers with two committed entries, of which all have compacted the first. */
  function compacted() {
    const it = elect(watched(setupOf()), 1);
    it.act(request(put("x", "1"), 1));
    it.until(it.world.now + 200 * ms);
    for (const server of [1, 2, 3]) expect(it.act({ do: "compact", server })).toBeNull();
    it.act(request(put("x", "2"), 1));
    it.until(it.world.now + 200 * ms);
    expect(it.machine(2).raft).toMatchObject({ log: { base: 1 }, commitIndex: 2, lastApplied: 2 });
    return it;
  }
  const broke = (id: number, change: (server: Server) => void) => {
    const it = compacted();
    change(it.machine(id).raft);
    return check({ world: it.world, ghost: it.ghost, strict: false }, it.machine(id), null);
  };
  const logFrom = (hash: number, ...terms: readonly number[]) => {
    const log = logAfter(1, 1, hash);
    for (const term of terms) append(log, { index: log.last + 1, term, command: command(4242), change: null });
    return log;
  };
  const rightHash = compacted().machine(1).raft.log.baseHash;

  test("compacting breaks nothing, however far", () => {
    const it = compacted();
    for (const server of [1, 2, 3]) it.act({ do: "compact", server });
    it.act({ do: "timeout", server: 2 });
    it.until(it.world.now + 500 * ms);
    expect(it.world.machines.filter(Boolean).map(({ raft }) => raft.log.base)).toEqual([2, 2, 2]);
    expect(it.world.violation).toBeNull();
  });

  test("a snapshot that stands for other entries than were committed", () => {
    const snapshot = (hash: number) => (server: Server) => {
      server.log = logAfter(2, 1, hash);
    };
    const right = compacted().machine(1).raft.log;
    expect(broke(2, snapshot(prefixHash(right, 2)))).toBeNull();
    expect(broke(2, snapshot(1))?.property).toBe("Log Matching");
  });

  test("entries after a snapshot that differ, or that are there no more", () => {
    expect(broke(2, (server) => (server.log = logFrom(rightHash, 1)))?.property).toBe("Log Matching");
    expect(broke(2, (server) => (server.log = logFrom(rightHash, 2)))?.property).toBe("What is committed stays");
    expect(broke(2, (server) => (server.log = logFrom(rightHash)))?.property).toBe("What is committed stays");
    expect(broke(1, (server) => (server.log = logFrom(rightHash)))?.property).toBe("Leader Append-Only");
  });

  test("a new leader whose log lacks, after its snapshot, what is committed", () => {
    const lead = (log: Server["log"]) => (server: Server) => {
      Object.assign(server, { role: "leader", term: 2, log });
    };
    expect(broke(2, lead(logFrom(rightHash)))?.property).toBe("Leader Completeness");
    expect(broke(2, lead(logFrom(rightHash, 2)))?.property).toBe("Leader Completeness");
    expect(broke(2, (server) => Object.assign(server, { role: "leader", term: 2 }))).toBeNull();
  });
});

describe("what is no violation", () => {
  test("§5.4 a late candidate of an old term may win it after a later term has committed", () => {
    const it = watched(setupOf({ servers: 5 }));
    it.act({ do: "timeout", server: 1 });
    it.until(14 * ms).act({ do: "timer", server: 1, left: 5000 * ms });
    for (const { ref } of underWay(it, "RequestVoteReply")) it.act({ do: "delay", message: ref, by: 900 * ms });
    it.act({ do: "cut", links: [[5, 1]] });
    it.act({ do: "timeout", server: 5 });
    it.until(100 * ms).act(request(put("x", "1"), 5));
    it.until(300 * ms);
    expect(it.machine(5).raft).toMatchObject({ role: "leader", term: 2, commitIndex: 1 });
    it.until(930 * ms);
    expect(it.machine(1).raft).toMatchObject({ role: "leader", term: 1, commitIndex: 0 });
    expect(it.world.violation).toBeNull();
  });

  test("§5.4 a leader of an older term that lacks what a newer one commits", () => {
    const it = elect(watched(setupOf({ servers: 5 })), 1);
    it.act({ do: "partition", groups: [[1, 2]] });
    it.act({ do: "timeout", server: 4 });
    it.until(200 * ms);
    it.act(request(put("x", "1"), 4));
    it.until(400 * ms);
    expect([it.machine(1).raft.role, it.machine(4).raft.commitIndex]).toEqual(["leader", 1]);
    expect(it.world.violation).toBeNull();
  });

  test("§5.1 a restart that forgets a term which never reached the disk", () => {
    const it = watched(setupOf({ disk: { writeMin: 50 * ms, writeMax: 50 * ms } }));
    it.act({ do: "timeout", server: 1 });
    it.act({ do: "crash", server: 1 });
    it.act({ do: "restart", server: 1 });
    it.until(2000 * ms);
    expect(it.world.violation).toBeNull();
  });

  test("many random runs of the rules as they are", () => {
    for (let seed = 0; seed < 60; seed++) {
      const it = watched(setupOf({ seed, servers: 1 + (seed % 7), link: { latencyMin: 1 * ms, loss: 50_000 } }));
      stir(it, seed, 3000 * ms);
      expect(it.world.violation).toBeNull();
      expect(it.world.stopped).toBeNull();
    }
  });
});

test("the properties of Figure 3, and that terms and commit indices only grow", () => {
  expect(invariants.map(({ name }) => name)).toEqual([
    "Election Safety",
    "Leader Append-Only",
    "Log Matching",
    "Leader Completeness",
    "Terms only grow",
    "What is committed stays",
    "State Machine Safety",
  ]);
  for (const { section, text } of invariants) {
    expect(section).toMatch(/^§5\.\d(\.\d)?(, Figure 3)?$/);
    expect(text).toMatch(/^[A-Z].*[^.]\.$/);
  }
});

/** Everything that somebody who asks gets to know of it: lists may hold more than is theirs. */
function said(ghost: Ghost) {
  const { seen, leaders, committed, committedIn, applied, clients, ...rest } = ghost;
  const all = (vector: Vector) => Array.from({ length: vector.length }, (_, i) => valueAt(vector, i));
  const { states, executed, effects, ...asked } = clients;
  return structuredClone({
    ...rest,
    ...asked,
    vectors: [leaders, committed, committedIn, applied, states, executed, ...effects.values()].map(all),
    seen: seen.map((one) => one && { ...one, log: slice(one.log, one.log.base + 1, one.log.last) }),
  });
}

test("a copy of what the checker remembers is independent", () => {
  const it = elect(watched(setupOf()), 1);
  const copy = copyGhost(it.ghost);
  const before = said(copy);
  it.act(request(put("x", "1"), 1));
  it.until(it.world.now + 300 * ms);
  expect(it.ghost.committed.length).toBe(2);
  expect(said(it.ghost)).not.toEqual(before);
  expect(said(copy)).toEqual(before);
});
