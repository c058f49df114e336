import { describe, expect, test } from "vitest";
import { type Configuration, membershipChange, type SingleChange, votersOnly } from "../raft/configuration.ts";
import type { Entry, Proposal } from "../raft/entry.ts";
import { appendEntries, installSnapshot } from "../raft/fixtures.ts";
import { profiles } from "../raft/options.ts";
import { newProgress } from "../raft/progress.ts";
import type { InstallSnapshot } from "../raft/types.ts";
import { elect, ms, play, setupOf, underWay } from "./fixtures.ts";
import { emptyStore, kvCommand } from "./kv.ts";
import { dispatch } from "./machine.ts";
import { transmit } from "./network.ts";
import type { CarriedSnapshot } from "./state/machine.ts";
import type { Setup } from "./state/setup.ts";

const slow = { writeMin: 20 * ms, writeMax: 20 * ms };
const production = (given: Parameters<typeof setupOf>[0] = {}): Setup => setupOf({ raft: profiles.etcd, ...given });
const change = (...changes: readonly SingleChange[]) => membershipChange(changes);
const put = (value: string) => ({ command: kvCommand({ op: "put", key: "x", value }, 0), change: null });

/** Real entries for a state machine: puts, and where it says so a change. */
const carrying = (index: number, single?: SingleChange): Entry => ({
  index,
  term: 1,
  ...(single === undefined ? put(String(index)) : { command: null, change: change(single) }),
});

describe("§7 snapshots and what is being applied", () => {
  /** From S2 to S1, at index 6: a store in which x is 6. */
  const snapshotAt6 = (of: Configuration) => {
    const store = emptyStore();
    store.data.set("x", "6");
    const message = installSnapshot({ index: 6, at: 1, of });
    const snapshot: CarriedSnapshot = { ...message.snapshot, store, bytes: 2 };
    return { ...message, snapshot };
  };

  test("a change that waits to be applied while a snapshot comes does not change the snapshot's configuration", () => {
    const it = play(production({ servers: 4, disk: slow }));
    const list = [carrying(1), carrying(2), carrying(3, { type: "remove", server: 4 })];
    transmit(it.world, appendEntries({ entries: list, leaderCommit: 3 }), null);
    // It writes, and will apply; meanwhile S4 was added again, and S1 is sent a snapshot.
    it.until(15 * ms);
    expect(it.machine(1).held?.apply).toHaveLength(3);
    transmit(it.world, snapshotAt6(votersOnly([1, 2, 3, 4])), null);
    it.until(100 * ms);
    const { raft, store } = it.machine(1);
    expect(raft).toMatchObject({ lastApplied: 6, commitIndex: 6, incoming: null });
    expect(raft.configuration.voters).toEqual([1, 2, 3, 4]);
    expect(store.data.get("x")).toBe("6");
  });

  test("a snapshot that a leader sends while it applies holds exactly what is applied by then", () => {
    const it = elect(play(production({ disk: slow })), 1);
    it.until(200 * ms).act({ do: "compact", server: 1 });
    it.act({ do: "partition", groups: [[1, 2]] });
    const machine = it.machine(1);
    const { raft } = machine;
    const base = raft.log.base;
    raft.progress[3] = newProgress(0, 1, false, it.world.now);
    const propose = (...proposals: readonly Proposal[]) =>
      dispatch(it.world, machine, { kind: "propose", proposals }, it.onlookers);
    propose(put("1"), { command: null, change: change({ type: "update", server: 2 }) }, put("2"));
    // While the disk is busy the entries are committed and another comes: it is written before those are applied.
    it.until(258 * ms);
    propose(put("3"));
    it.until(265 * ms);
    propose(put("4"));
    it.until(285 * ms);
    expect(machine.held?.apply.map(({ index }) => index - base)).toEqual([1, 2, 3]);
    // S3 has answered something old: with the change it is looked at again.
    raft.progress[3].active = true;
    it.until(300 * ms);
    const [sent] = underWay(it, "InstallSnapshot").map(({ payload }) => payload as InstallSnapshot);
    const { index, store } = sent!.snapshot as CarriedSnapshot;
    expect([index - base, store.data.get("x")]).toEqual([2, "1"]);
    expect(raft.lastApplied - base).toBe(3);
  });
});

test("D 3.10 what is passed on for another travels from who passes it on", () => {
  const it = elect(play(production()), 1);
  it.until(100 * ms);
  // Nobody hears S3; yet S2 may ask the leader in its favour.
  it.act({ do: "cut", links: [[3, 1]] });
  it.act({ do: "transfer", server: 2, to: 3 });
  const [packet] = underWay(it, "TransferLeader");
  expect(packet).toMatchObject({ ref: { from: 2, to: 1 }, payload: { from: 3, to: 1 }, lost: null });
  it.until(it.world.now + 11 * ms);
  expect(it.machine(1).raft.transferee).toBe(3);
});
