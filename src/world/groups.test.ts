import { describe, expect, test } from "vitest";
import { vote } from "../raft/fixtures.ts";
import { profiles } from "../raft/options.ts";
import { decided, ms, type Play, play, put, request, setupOf, toldOf, underWay } from "./fixtures.ts";
import { hashWorld } from "./hash.ts";
import { transmit } from "./network.ts";
import { groupOfKey, replicaOf } from "./replicas.ts";
import { copyWorld, executeNext, nextEventAt, nobody } from "./world.ts";

/** Two groups over three machines: S1 leads the first, S2 the second. */
function two(over: Parameters<typeof setupOf>[0] = {}): Play {
  const it = play(setupOf({ groups: 2, ...over }));
  it.act({ do: "timeout", server: 1 });
  it.act({ do: "timeout", server: 2, group: 2 });
  it.until(60 * ms);
  return it;
}
const leadersOf = ({ world }: Play, group: number) =>
  world.machines.flatMap((m) => (m.group === group && m.status === "up" && m.raft.role === "leader" ? [m.id] : []));

describe("several groups over the same machines", () => {
  test("each elects its own leader, in its own term, and knows nothing of the other", () => {
    const it = two();
    expect([1, 2].map((group) => leadersOf(it, group))).toEqual([[1], [2]]);
    it.act({ do: "timeout", server: 3, group: 2 });
    it.until(120 * ms);
    expect([1, 2].map((group) => leadersOf(it, group))).toEqual([[1], [3]]);
    expect([1, 2].map((group) => replicaOf(it.world, 1, group)!.raft.term)).toEqual([1, 2]);
  });

  test("a key belongs to one group, and the client remembers a leader for each", () => {
    expect(["x", "y", "z", "xy"].map((key) => groupOfKey(key, 2))).toEqual([1, 2, 1, 2]);
    const it = two();
    it.act(request(put("x", "1")));
    it.act(request(put("y", "2")));
    it.until(it.world.now + 300 * ms);
    const stores = [1, 2].map((group) => [...replicaOf(it.world, 3, group)!.store.data]);
    expect(stores).toEqual([[["x", "1"]], [["y", "2"]]]);
    expect(it.world.clients.each[1]!.leaders).toEqual([0, 1, 2]);
    expect(toldOf(it, "requestAnswered").map(({ server, group }) => [server, group])).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  test("a crash, a pause and a restart hit a machine, with every group on it", () => {
    const it = two();
    it.act({ do: "crash", server: 1 });
    expect([1, 2].map((group) => replicaOf(it.world, 1, group)!.status)).toEqual(["down", "down"]);
    it.act({ do: "restart", server: 1 });
    it.act({ do: "pause", server: 2 });
    expect([1, 2].map((group) => replicaOf(it.world, 2, group)!.status)).toEqual(["paused", "paused"]);
    it.act({ do: "resume", server: 2 });
    it.act({ do: "clock", server: 2, offset: 5 * ms });
    expect(replicaOf(it.world, 2, 1)!.clock).toEqual(replicaOf(it.world, 2, 2)!.clock);
  });

  test("their messages share a link: its ordinals, and what happens when it is cut", () => {
    const it = play(setupOf({ groups: 2 }));
    transmit(it.world, vote({ from: 1, to: 2 }), null);
    transmit(it.world, vote({ from: 1, to: 2 }), null, { id: 1, group: 2 });
    expect(underWay(it, "RequestVoteReply").map(({ ref, group }) => [ref.ordinal, group])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    it.act({ do: "cut", links: [[1, 2]] });
    expect(it.world.packets.map(({ lost }) => lost)).toEqual(["cut", "cut"]);
  });

  test("their writes share a disk, which does one at a time", () => {
    const it = play(setupOf({ groups: 2, disk: { writeMin: 10 * ms, writeMax: 10 * ms } }));
    it.act({ do: "timeout", server: 1 });
    it.act({ do: "timeout", server: 1, group: 2 });
    const written = () => toldOf(it, "diskWritten").filter(({ server }) => server === 1);
    it.until(25 * ms);
    expect(written().map(({ at, group }) => [at, group])).toEqual([
      [10 * ms, 1],
      [20 * ms, 2],
    ]);
    expect(replicaOf(it.world, 1, 1)!.disk.started).toBe(2);
  });

  test("an act says which group it concerns; there is no group beyond the last", () => {
    const it = two();
    expect(it.act({ do: "heartbeat", server: 1, group: 2 })).toBe("S1 is not a leader");
    expect(it.act({ do: "heartbeat", server: 2, group: 2 })).toBeNull();
    expect(it.act({ do: "forget", server: 2, group: 3 })).toBe("there is no group 3");
    it.act(request(put("y", "1")));
    it.until(it.world.now + 200 * ms);
    it.act({ do: "members", server: 2, group: 2, changes: [{ type: "remove", server: 3 }], transition: "auto" });
    it.until(it.world.now + 300 * ms);
    expect([1, 2].map((group) => replicaOf(it.world, 1, group)!.raft.configuration.voters)).toEqual([
      [1, 2, 3],
      [1, 2],
    ]);
  });

  test("what is told names the group, and nothing does where there is only one", () => {
    expect(decided(two(), "electionWon")).toHaveLength(2);
    expect(toldOf(two(), "decided").every(({ group }) => group === 1 || group === 2)).toBe(true);
    const alone = play(setupOf());
    alone.act({ do: "timeout", server: 1 });
    alone.until(60 * ms);
    expect(alone.told.every((told) => !("group" in told))).toBe(true);
  });

  test("a copy goes on as the original would have", () => {
    const it = two({ link: { latencyMin: 2 * ms, latencyMax: 30 * ms, loss: 50_000, duplicate: 50_000 } });
    it.act({ do: "load", perSecond: 50 });
    it.act({ do: "clock", server: 3, drift: -200_000, jump: 40 * ms });
    const copy = copyWorld(it.world);
    it.until(2000 * ms);
    while (nextEventAt(copy) <= 2000 * ms) executeNext(copy, nobody);
    copy.now = it.world.now;
    copy.eventsAtNow = it.world.eventsAtNow;
    expect(hashWorld(copy)).toBe(hashWorld(it.world));
    replicaOf(copy, 3, 2)!.clock = { since: 0, shown: 1, drift: 0 };
    expect(hashWorld(copy)).not.toBe(hashWorld(it.world));
  });
});

describe("options of one server alone", () => {
  test("hold for that server, in all groups, beside those of the run", () => {
    const setup = setupOf({ groups: 2, raft: { ...profiles.etcd, electionTimeoutMin: 200 * ms } });
    const own = { preVote: true, electionTimeoutMin: 100 * ms, electionTimeoutMax: 100 * ms };
    const it = play({
      ...setup,
      servers: setup.servers.map((each) => (each.id === 2 ? { ...each, options: own } : each)),
    });
    expect([1, 2].map((group) => replicaOf(it.world, 2, group)!.raft.timeout)).toEqual([100 * ms, 100 * ms]);
    expect(replicaOf(it.world, 1)!.options).toBe(it.world.setup.raft);
    it.until(100 * ms);
    expect([1, 2].map((group) => replicaOf(it.world, 2, group)!.raft.role)).toEqual(["preCandidate", "preCandidate"]);
  });
});

describe("a corrupt entry", () => {
  /** The first group has no entries, the second two. */
  function stored(): Play {
    const it = two();
    for (const value of ["1", "2"]) {
      it.act(request(put("y", value)));
      it.until(it.world.now + 150 * ms);
    }
    return it;
  }

  test("is one group's, and keeps the machine from starting with all of them", () => {
    const it = stored();
    expect(it.act({ do: "corruptEntry", server: 3, found: "staysDown" })).toBe("S3 has no entries on its disk");
    expect(it.act({ do: "corruptEntry", server: 3, found: "staysDown", group: 3 })).toBe("there is no group 3");
    expect(it.act({ do: "corruptEntry", server: 3, index: 1, found: "staysDown", group: 2 })).toBeNull();
    expect([1, 2].map((group) => replicaOf(it.world, 3, group)!.disk.corrupt?.index)).toEqual([undefined, 1]);
    it.act({ do: "crash", server: 3 });
    expect(it.act({ do: "restart", server: 3 })).toBe("S3 does not start: entry 1 on its disk fails its checksum");
    it.act({ do: "mendDisk", server: 3 });
    expect(it.act({ do: "restart", server: 3 })).toBeNull();
    expect([1, 2].map((group) => replicaOf(it.world, 3, group)!.status)).toEqual(["up", "up"]);
  });

  test("may cost that group's log alone", () => {
    const it = stored();
    it.act({ do: "corruptEntry", server: 3, index: 2, found: "truncates", group: 2 });
    it.act({ do: "crash", server: 3 });
    it.act({ do: "restart", server: 3 });
    expect(toldOf(it, "diskTrouble")).toMatchObject([{ server: 3, what: "discarded", index: 2, group: 2 }]);
    expect(it.world.outside).toBe("S3 discarded entries that it had stored");
  });
});
