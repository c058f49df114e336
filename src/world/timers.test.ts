import { expect, test } from "vitest";
import { profiles } from "../raft/options.ts";
import { decided, elect, ms, play, setupOf } from "./fixtures.ts";

const production = { ...profiles.etcd, preVote: true };

test("a timer that is set by hand to fire at once does so once, also where a pre-vote draws no new timeout", () => {
  const it = play(setupOf({ raft: production }));
  it.act({ do: "partition", groups: [[1], [2], [3]] });
  it.act({ do: "timer", server: 1, left: 0 });
  it.until(100 * ms);
  expect(it.world.stopped).toBeNull();
  expect(decided(it, "preVoteStarted")).toHaveLength(1);
  const { timeout } = it.machine(1).raft;
  expect(timeout).toBeGreaterThanOrEqual(production.electionTimeoutMin);
  expect(timeout).toBeLessThanOrEqual(production.electionTimeoutMax);
});

test("a timer that is set by hand to run long does so once, also where a heartbeat only extends it", () => {
  const it = elect(play(setupOf({ raft: profiles.etcd })), 1);
  it.act({ do: "timer", server: 2, left: 5000 * ms });
  expect(it.machine(2).raft.timeout).toBe(5000 * ms);
  it.until(it.world.now + 60 * ms);
  expect(it.machine(2).raft.timeout).toBeLessThanOrEqual(profiles.etcd.electionTimeoutMax);
});

test("while the network is manual no timer runs, neither of a server that is paused", () => {
  const it = elect(play(setupOf()), 1);
  it.act({ do: "network", mode: "manual" });
  it.act({ do: "pause", server: 2 });
  it.until(3_600_000 * ms);
  it.act({ do: "network", mode: "automatic" });
  it.until(it.world.now + 20 * ms).act({ do: "resume", server: 2 });
  it.until(it.world.now + 100 * ms);
  expect(decided(it, "electionStarted")).toHaveLength(1);
  expect(it.machine(2).raft).toMatchObject({ role: "follower", term: 1, leader: 1 });
});

test("a pause that outlasts the election timeout ends in an election: it was no manual network that held the clock", () => {
  const it = elect(play(setupOf()), 1);
  it.act({ do: "pause", server: 2 });
  it.act({ do: "partition", groups: [[2]] });
  it.until(it.world.now + 400 * ms).act({ do: "resume", server: 2 });
  it.until(it.world.now + 1 * ms);
  expect(it.machine(2).raft.role).toBe("candidate");
});
