import { describe, expect, test } from "vitest";
import { profiles, type RaftOptions } from "../raft/options.ts";
import { reloads } from "../raft/reload.ts";
import { elect, ms, type Play, play, put, setupOf, toldOf } from "./fixtures.ts";
import { hashWorld } from "./hash.ts";
import { operationsOf } from "./operations.ts";
import type { KvOperation } from "./state/commands.ts";
import { copyWorld } from "./world.ts";

const windowed: Partial<RaftOptions> = { flow: "window", maxInflightMessages: 2, noOpOnElection: true };
const asking = (operation: KvOperation) => ({ do: "request", operation, server: 1 }) as const;
const get = asking({ op: "get", key: "x" });
const led = (raft: Partial<RaftOptions> = {}, servers = 3): Play =>
  elect(play(setupOf({ servers, raft: { ...profiles.paper, ...raft } })), 1);

describe("an operator changes options while the run goes on", () => {
  test("a server that runs follows at once what it can, and the rest when it starts again", () => {
    const it = led();
    const asked = it.act({ do: "options", server: 2, options: { preVote: true, flow: "window" } });
    expect(asked).toBeNull();
    expect(it.machine(2)).toMatchObject({
      options: { preVote: true, flow: "oneAtATime" },
      atStart: { preVote: true, flow: "window" },
    });
    expect(it.machine(3).options).toBe(it.world.setup.raft);
    it.act({ do: "crash", server: 2 });
    it.act({ do: "restart", server: 2 });
    expect(it.machine(2)).toMatchObject({ options: { preVote: true, flow: "window" }, atStart: null });
    expect(toldOf(it, "optionsFollowed")).toMatchObject([
      { server: 2, options: { preVote: true }, later: { flow: "window" }, started: false },
      { server: 2, options: { flow: "window" }, later: {}, started: true },
    ]);
  });

  test("a server that is down reads all of them when it starts", () => {
    const it = led();
    it.act({ do: "crash", server: 2 });
    it.act({ do: "options", options: { asyncDisk: true, heartbeatInterval: 20 * ms } });
    expect(it.machine(2)).toMatchObject({ options: { asyncDisk: true, heartbeatInterval: 20 * ms }, atStart: null });
    expect(it.machine(1)).toMatchObject({ options: { asyncDisk: false }, atStart: { asyncDisk: true } });
    expect(it.world.options).toMatchObject({ asyncDisk: true, heartbeatInterval: 20 * ms });
  });

  test("what waits for a start can be taken back before", () => {
    const it = led();
    it.act({ do: "options", server: 2, options: { flow: "window" } });
    it.act({ do: "options", server: 2, options: { flow: "oneAtATime" } });
    expect(it.machine(2).atStart).toBeNull();
    expect(toldOf(it, "optionsFollowed").at(-1)).toMatchObject({ later: { flow: "oneAtATime" } });
  });

  test("what is so already is no change, and nothing is told of it", () => {
    const it = led();
    expect(it.act({ do: "options", options: { preVote: false } })).toBeNull();
    expect(toldOf(it, "optionsFollowed")).toEqual([]);
    expect(it.world.followed).toEqual([]);
  });

  test("all groups on a machine follow", () => {
    const it = play(setupOf({ groups: 2 }));
    it.act({ do: "options", server: 1, options: { preVote: true, asyncDisk: true } });
    const replicas = it.world.machines.filter((machine) => machine?.id === 1);
    expect(replicas.map(({ options }) => options.preVote)).toEqual([true, true]);
    it.act({ do: "crash", server: 1 });
    it.act({ do: "restart", server: 1 });
    expect(replicas.map(({ options }) => options.asyncDisk)).toEqual([true, true]);
    expect(toldOf(it, "optionsFollowed")).toHaveLength(2);
  });
});

describe("what is under way when an option changes", () => {
  test("an election timer keeps what it has drawn until it starts anew, and draws from the new range then", () => {
    const it = led();
    const { timeout, timerSince } = it.machine(2).raft;
    it.act({ do: "options", options: { electionTimeoutMin: 900 * ms, electionTimeoutMax: 1000 * ms } });
    expect(it.machine(2).raft).toMatchObject({ timeout, timerSince });
    it.until(it.world.now + 60 * ms);
    expect(it.machine(2).raft.timeout).toBeGreaterThanOrEqual(900 * ms);
  });

  test("so does one that etcd does not draw anew with every message", () => {
    const it = led({ timerResets: "everyChange" });
    it.act({ do: "options", server: 2, options: { electionTimeoutMin: 900 * ms, electionTimeoutMax: 1000 * ms } });
    const { timeout } = it.machine(2).raft;
    expect(timeout).toBeLessThan(900 * ms);
    it.until(it.world.now + 60 * ms);
    expect(it.machine(2).raft.timeout).toBeGreaterThanOrEqual(900 * ms);
  });

  test("a leader sends its next heartbeat so long after its last one", () => {
    const it = led();
    const { heartbeatSince } = it.machine(1).raft;
    it.act({ do: "options", server: 1, options: { heartbeatInterval: 20 * ms } });
    const beats = it.untilTold((told) => told.kind === "decided" && told.decision.kind === "heartbeatSent");
    expect(beats.at).toBe(Math.max(heartbeatSince + 20 * ms, beats.at));
    expect(it.machine(1).raft.heartbeatSince - heartbeatSince).toBe(20 * ms);
  });

  test("check-quorum that is switched on counts from then", () => {
    const it = led();
    it.until(it.world.now + 1000 * ms);
    for (const server of [2, 3]) it.act({ do: "crash", server });
    it.until(it.world.now + 500 * ms);
    const from = it.world.now;
    it.act({ do: "options", options: { checkQuorum: true } });
    expect(it.machine(1).raft).toMatchObject({ role: "leader", timerSince: from });
    it.until(from + 149 * ms);
    expect(it.machine(1).raft.role).toBe("leader");
    it.until(from + 301 * ms);
    expect(it.machine(1).raft.role).toBe("follower");
  });

  test("a wider window lets a leader go on that waited for room", () => {
    const it = led(windowed);
    it.until(it.world.now + 100 * ms);
    for (let n = 0; n < 4; n++) it.act(asking(put("x", String(n))));
    it.until(it.world.now + 12 * ms);
    expect(it.machine(1).raft.progress[2]).toMatchObject({ state: "replicate", paused: true });
    it.act({ do: "options", server: 1, options: { maxInflightMessages: 8 } });
    expect(it.machine(1).raft.progress[2]).toMatchObject({ paused: false });
    it.until(it.world.now + 200 * ms);
    expect(it.machine(2).store.data.get("x")).toBe("3");
  });

  test("who asks for pre-votes when they are switched off starts an election when its timer fires again, and says why", () => {
    const it = led({ preVote: true });
    for (const server of [2, 3]) it.act({ do: "cut", links: [[server, 1] as const, [1, server] as const] });
    it.act({ do: "timeout", server: 1 });
    it.act({
      do: "cut",
      links: [
        [2, 3],
        [3, 2],
      ],
    });
    it.until(it.world.now + 700 * ms);
    expect(it.machine(2).raft.role).toBe("preCandidate");
    it.act({ do: "options", options: { preVote: false } });
    const told = it.untilTold((each) => each.kind === "decided" && each.decision.kind === "electionStarted");
    expect(told).toMatchObject({ decision: { cause: "timer" } });
  });

  test("reads under way promise what the weaker of both ways does", () => {
    const it = led({ checkQuorum: true, reads: "log" });
    const promised = (): readonly (string | null)[] => operationsOf(it.world).map(({ read }) => read);
    it.act(get);
    it.act({ ...get, read: "log" });
    it.act({ do: "options", options: { reads: "lease" } });
    it.act(get);
    expect(promised()).toEqual(["lease", "log", "lease"]);
    it.act({ do: "options", options: { reads: "safe" } });
    it.act(get);
    expect(promised()).toEqual(["lease", "log", "lease", "index"]);
  });
});

describe("what cannot change is refused with a reason", () => {
  for (const [name, { takes, why, shared }] of Object.entries(reloads)) {
    const options = { [name]: profiles["etcd-server"][name as keyof RaftOptions] };
    test(`${name}: ${takes}${shared === undefined ? "" : ", for all alike"}`, () => {
      const it = led();
      const never = takes === "never" ? `${name} cannot change in a run: ${why}` : null;
      const alone = shared === undefined ? null : `no ${name} for one server alone: ${shared}`;
      expect(it.act({ do: "options", options })).toBe(never);
      expect(it.act({ do: "options", server: 2, options })).toBe(never ?? alone);
    });
  }

  test("a server that is not there", () => {
    expect(led().act({ do: "options", server: 9, options: { preVote: true } })).toBe("S9 does not exist");
  });
});

describe("the hash of a moment", () => {
  test("shows what a server follows, what waits for its start, and the run's own options", () => {
    const it = led();
    const hashes = [hashWorld(it.world)];
    const changed = (change: () => void): void => {
      change();
      hashes.push(hashWorld(it.world));
    };
    const options = { ...it.world.options, preVote: true };
    changed(() => Object.assign(it.machine(2), { options }));
    changed(() => Object.assign(it.machine(3), { options }));
    changed(() => Object.assign(it.machine(2), { atStart: { ...options, asyncDisk: true } }));
    changed(() => Object.assign(it.world, { options }));
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  test("does not show what was followed before, nor another object that says the same", () => {
    const it = led();
    const before = hashWorld(it.world);
    it.machine(2).options = { ...it.machine(2).options };
    it.world.options = { ...it.world.options };
    it.world.followed = [profiles.etcd];
    expect(hashWorld(it.world)).toBe(before);
  });

  test("a copy has its own", () => {
    const it = led();
    const copy = copyWorld(it.world);
    const before = hashWorld(copy);
    it.act({ do: "options", options: { preVote: true, flow: "window" } });
    expect(hashWorld(copy)).toBe(before);
    expect(copy.followed).toEqual([]);
  });
});
