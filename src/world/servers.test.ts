import { describe, expect, test } from "vitest";
import { appendEntries, entries, requestVote, termsOf } from "../raft/fixtures.ts";
import { lastIndex, slice } from "../raft/log.ts";
import { profiles } from "../raft/options.ts";
import { decided, elect, leaders, ms, play, put, request, setupOf, toldOf, underWay } from "./fixtures.ts";
import { dispatch } from "./machine.ts";
import { transmit } from "./network.ts";

// A machine that is busy with other things may take its time.
const slow = { writeMin: 20 * ms, writeMax: 20 * ms };
const onDisk = (it: ReturnType<typeof play>, id: number) => {
  const { term, votedFor, log } = it.machine(id).disk;
  return { term, votedFor, terms: slice(log, 1, lastIndex(log)).map((entry) => entry.term) };
};

describe("disks", () => {
  test("a write takes a time within the range; the next one waits for it", () => {
    const disk = { writeMin: 2 * ms, writeMax: 6 * ms };
    const it = play(setupOf({ disk, raft: { ...profiles.paper, asyncDisk: true } }));
    for (const term of [1, 2, 3]) {
      const message = appendEntries({ term });
      dispatch(it.world, it.machine(1), { kind: "message", message }, it.onlookers);
    }
    const times = it.machine(1).disk.pending.map(({ startedAt, doneAt }) => [startedAt, doneAt]);
    expect(times.map(([startedAt]) => startedAt)).toEqual([0, times[0]![1], times[1]![1]]);
    for (const [startedAt, doneAt] of times) {
      expect(doneAt! - startedAt!).toBeGreaterThanOrEqual(2 * ms);
      expect(doneAt! - startedAt!).toBeLessThanOrEqual(6 * ms);
    }
    it.until(20 * ms);
    const written = toldOf(it, "diskWritten").filter(({ server }) => server === 1);
    expect(written.map(({ term }) => term)).toEqual([1, 2, 3]);
  });

  test("a synchronous disk is asked for nothing more before its write is done; then for everything at once", () => {
    const it = play(setupOf());
    for (const term of [1, 2, 3]) {
      const message = appendEntries({ term });
      dispatch(it.world, it.machine(1), { kind: "message", message }, it.onlookers);
    }
    expect(it.machine(1).disk.pending).toHaveLength(1);
    it.until(20 * ms);
    const written = toldOf(it, "diskWritten").filter(({ server }) => server === 1);
    expect(written.map(({ at, term }) => [at, term])).toEqual([
      [1 * ms, 1],
      [2 * ms, 3],
    ]);
  });

  test("D 10.2.1: with an asynchronous disk a leader sends while it writes", () => {
    const sentAfter = (asyncDisk: boolean) => {
      const it = elect(play(setupOf({ disk: slow, raft: { ...profiles.etcd, asyncDisk } })), 1);
      it.until(500 * ms).act(request(put("x", "1"), 1));
      it.untilTold((told) => told.kind === "requestAnswered");
      const asked = toldOf(it, "received").find(({ payload }) => payload.type === "ClientRequest")!.at;
      const sent = toldOf(it, "sent").filter(({ at, payload }) => at >= asked && payload.type === "AppendEntries");
      return sent[0]!.at - asked;
    };
    expect([sentAfter(false), sentAfter(true)]).toEqual([20 * ms, 0]);
  });

  test("Figure 2: no answer leaves before its write is done, and answers keep their order", () => {
    const it = play(setupOf({ disk: slow }));
    transmit(it.world, requestVote({ from: 2, to: 1, term: 1 }), null);
    transmit(it.world, requestVote({ from: 3, to: 1, term: 1 }), null);
    it.until(29 * ms);
    expect(it.machine(1).held?.messagesAfterWrite).toMatchObject([{ type: "RequestVoteReply", granted: true }]);
    expect(underWay(it, "RequestVoteReply")).toEqual([]);
    it.until(31 * ms);
    const replies = underWay(it, "RequestVoteReply").map(({ payload }) => payload);
    expect(replies).toMatchObject([
      { to: 2, granted: true },
      { to: 3, granted: false },
    ]);
  });

  test("deleted entries leave the disk with the write that replaces them", () => {
    const it = play(setupOf({ logs: [[1, 2, 2]] }));
    const message = appendEntries({ term: 3, prevLogIndex: 1, prevLogTerm: 1, entries: entries(2, 3) });
    dispatch(it.world, it.machine(1), { kind: "message", message }, it.onlookers);
    expect([termsOf(it.machine(1).raft), onDisk(it, 1).terms]).toEqual([
      [1, 3],
      [1, 2, 2],
    ]);
    it.until(1 * ms);
    expect(onDisk(it, 1)).toEqual({ term: 3, votedFor: 0, terms: [1, 3] });
  });

  test("settings hold for one disk or for all, from the next write on", () => {
    const it = play(setupOf());
    it.act({ do: "disk", disk: slow, server: 2 });
    expect([1, 2, 3].map((id) => it.machine(id).disk.settings.writeMin)).toEqual([1 * ms, 20 * ms, 1 * ms]);
    it.act({ do: "disk", disk: slow });
    expect([1, 2, 3].map((id) => it.machine(id).disk.settings.writeMin)).toEqual([20 * ms, 20 * ms, 20 * ms]);
  });
});

describe("a crash loses exactly what was not written", () => {
  /** S1 holds entries 1 to 3; 1 and 2 are on its disk. */
  function halfWritten() {
    const it = play(setupOf({ disk: slow }));
    const { world, onlookers } = it;
    const append = (prevLogIndex: number, ...terms: number[]) =>
      dispatch(
        world,
        it.machine(1),
        {
          kind: "message",
          message: appendEntries({
            term: 1,
            prevLogIndex,
            prevLogTerm: prevLogIndex && 1,
            entries: entries(prevLogIndex + 1, ...terms),
          }),
        },
        onlookers,
      );
    append(0, 1, 1);
    it.until(20 * ms);
    append(2, 1);
    return it.until(30 * ms);
  }

  test("entries under way to the disk are gone, entries on it come back", () => {
    const it = halfWritten();
    expect(termsOf(it.machine(1).raft)).toEqual([1, 1, 1]);
    it.act({ do: "crash", server: 1 });
    expect(toldOf(it, "crashed")).toMatchObject([{ server: 1, lostFrom: 3, lostTo: 3, unwrittenWrites: 1 }]);
    it.until(90 * ms).act({ do: "restart", server: 1 });
    expect(termsOf(it.machine(1).raft)).toEqual([1, 1]);
    expect(it.machine(1).raft).toMatchObject({ term: 1, unstableFrom: 3, writesIssued: 0, writes: [] });
  });

  test("answers that waited for the disk are never sent", () => {
    const it = halfWritten();
    const { sent } = it.world.links[1]![2]!;
    it.act({ do: "crash", server: 1 });
    it.until(200 * ms);
    expect(it.world.links[1]![2]!.sent).toBe(sent);
    expect(toldOf(it, "diskWritten").filter(({ server }) => server === 1)).toHaveLength(1);
  });

  test("Figure 2: a vote that was not written is forgotten, one that was is kept", () => {
    for (const [wait, votedFor, term] of [
      [19 * ms, 0, 0],
      [21 * ms, 2, 5],
    ] as const) {
      const it = play(setupOf({ disk: slow }));
      dispatch(it.world, it.machine(1), { kind: "message", message: requestVote({ term: 5 }) }, it.onlookers);
      it.until(wait).act({ do: "crash", server: 1 });
      it.act({ do: "restart", server: 1 });
      expect(it.machine(1).raft).toMatchObject({ votedFor, term });
    }
  });

  test("Figure 2: volatile state starts anew, the state machine with it", () => {
    const it = elect(play(setupOf()), 1);
    it.act(request(put("x", "1")));
    it.until(200 * ms);
    expect(it.machine(2)).toMatchObject({ raft: { commitIndex: 1, lastApplied: 1 } });
    it.act({ do: "crash", server: 2 });
    it.act({ do: "restart", server: 2 });
    const { raft, store, restarts } = it.machine(2);
    expect([raft.role, raft.leader, raft.commitIndex, raft.lastApplied]).toEqual(["follower", 0, 0, 0]);
    expect([store.data.size, store.digest, restarts]).toEqual([0, 0, 1]);
    it.until(400 * ms);
    expect([...it.machine(2).store.data]).toEqual([["x", "1"]]);
  });

  test("messages to a server that is down are lost when they arrive", () => {
    const it = play(setupOf());
    transmit(it.world, requestVote({ from: 2, to: 1, term: 1 }), null);
    it.act({ do: "crash", server: 1 });
    it.until(10 * ms);
    expect(toldOf(it, "lost")).toMatchObject([{ at: 10 * ms, reason: "down" }]);
    expect(it.machine(1).raft.term).toBe(0);
  });

  test("messages that were sent before the crash arrive after it", () => {
    const it = play(setupOf());
    transmit(it.world, requestVote({ from: 2, to: 1, term: 1 }), null);
    it.act({ do: "crash", server: 2 });
    it.until(10 * ms);
    expect(it.machine(1).raft.votedFor).toBe(2);
  });

  test("a server that is down does nothing", () => {
    const it = play(setupOf({ servers: 1 }));
    it.act({ do: "crash", server: 1 });
    it.until(3000 * ms);
    expect(it.world.events).toBe(1);
  });

  test("the disk's log is its own: it grows when the write is done, not before", () => {
    const it = elect(play(setupOf({ disk: slow })), 1);
    it.act(request(put("x", "1")));
    it.until(it.world.now + 15 * ms);
    const { disk, raft } = it.machine(1);
    expect([lastIndex(raft.log), lastIndex(disk.log)]).toEqual([1, 0]);
    it.until(it.world.now + 20 * ms);
    expect([lastIndex(raft.log), lastIndex(disk.log)]).toEqual([1, 1]);
  });
});

describe("pause: a long GC", () => {
  test("messages wait and are taken in order when it runs again", () => {
    const it = play(setupOf());
    it.act({ do: "pause", server: 1 });
    transmit(it.world, requestVote({ from: 3, to: 1, term: 1 }), null);
    transmit(it.world, requestVote({ from: 2, to: 1, term: 1 }), null);
    it.until(50 * ms);
    expect(it.machine(1).inbox).toHaveLength(2);
    expect(toldOf(it, "held")).toHaveLength(2);
    expect(it.machine(1).raft.term).toBe(0);
    it.act({ do: "resume", server: 1 });
    expect(it.machine(1)).toMatchObject({ inbox: [], raft: { votedFor: 3, term: 1 } });
  });

  test("timers stand still, and an overdue one fires at once when it runs again", () => {
    const it = play(setupOf({ servers: 1 }));
    it.act({ do: "pause", server: 1 });
    it.until(2000 * ms);
    expect(decided(it, "electionStarted")).toEqual([]);
    it.act({ do: "resume", server: 1 });
    it.until(2000 * ms);
    expect(decided(it, "electionStarted")).toHaveLength(1);
  });

  test("a heartbeat that came meanwhile is heard before the overdue timer", () => {
    const it = elect(play(setupOf()), 1);
    it.act({ do: "pause", server: 2 });
    it.until(it.world.now + 1000 * ms);
    it.act({ do: "resume", server: 2 });
    it.until(it.world.now + 5 * ms);
    expect(it.machine(2).raft).toMatchObject({ role: "follower", term: 1, leader: 1 });
    expect(decided(it, "electionStarted")).toHaveLength(1);
  });

  test("its disk goes on; it notices when it runs again, and then sends what waited", () => {
    const it = play(setupOf({ disk: slow }));
    transmit(it.world, requestVote({ from: 2, to: 1, term: 1 }), null);
    it.until(15 * ms).act({ do: "pause", server: 1 });
    it.until(100 * ms);
    expect(it.machine(1)).toMatchObject({ disk: { unnoticed: [{}], votedFor: 2 }, raft: { writes: [{ number: 1 }] } });
    expect(it.world.links[1]![2]!.sent).toBe(0);
    it.act({ do: "resume", server: 1 });
    expect(it.machine(1)).toMatchObject({ disk: { unnoticed: [] }, raft: { writes: [] } });
    expect(it.world.links[1]![2]!.sent).toBe(1);
  });

  test("a leader that sleeps is replaced, and steps down when it wakes", () => {
    const it = elect(play(setupOf()), 1);
    it.act({ do: "pause", server: 1 });
    it.until(1500 * ms);
    const [, second] = leaders(it);
    expect(it.machine(second!).raft.term).toBeGreaterThan(1);
    it.act({ do: "resume", server: 1 });
    it.until(1600 * ms);
    expect(leaders(it)).toEqual([second]);
  });

  test("a crash while it sleeps loses what waited for it", () => {
    const it = play(setupOf());
    it.act({ do: "pause", server: 1 });
    transmit(it.world, requestVote({ from: 2, to: 1, term: 1 }), null);
    it.until(20 * ms).act({ do: "crash", server: 1 });
    expect(toldOf(it, "lost")).toMatchObject([{ reason: "down" }]);
    expect(it.machine(1)).toMatchObject({ status: "down", inbox: [] });
  });
});

describe("timers", () => {
  test("§5.2 the election timeout is drawn from its range, anew each time", () => {
    const it = play(setupOf({ servers: 5 })).until(20_000 * ms);
    const drawn = toldOf(it, "decided").flatMap(({ decision }) =>
      decision.kind === "timerReset" ? [decision.timeout] : [],
    );
    const { electionTimeoutMin: min, electionTimeoutMax: max } = it.world.setup.raft;
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(min);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(max);
    expect(new Set(drawn).size).toBeGreaterThan(drawn.length * 0.9);
    expect(Math.max(...drawn) - Math.min(...drawn)).toBeGreaterThan((max - min) * 0.9);
  });

  test("timer: sets how long it still has to run", () => {
    const it = play(setupOf());
    it.until(40 * ms).act({ do: "timer", server: 3, left: 7 * ms });
    const first = it.untilTold((told) => told.kind === "decided" && told.decision.kind === "electionStarted");
    expect(first).toMatchObject({ at: 47 * ms, decision: { server: 3 } });
  });

  test("timeout: it fires now", () => {
    const it = play(setupOf());
    it.act({ do: "timeout", server: 2 });
    expect(it.machine(2).raft).toMatchObject({ role: "candidate", term: 1 });
  });

  test("timers that fire together fire in the order in which they were set", () => {
    const it = play(setupOf());
    for (const server of [3, 1, 2]) it.act({ do: "timer", server, left: 5 * ms });
    it.until(5 * ms);
    expect(decided(it, "electionStarted").map(({ server }) => server)).toEqual([3, 1, 2]);
  });

  test("§5.2 a healthy leader stays: no election in a minute", () => {
    const it = elect(play(setupOf({ servers: 5 })), 1).until(60_000 * ms);
    expect(leaders(it)).toEqual([1]);
    expect(decided(it, "electionStarted")).toHaveLength(1);
  });
});

test("a set-up may start in the middle: terms, votes, logs, what is committed is applied", () => {
  const usual = setupOf({ logs: [[1, 1, 2], [1, 1], [1]] });
  const servers = usual.servers.map((server, i) => ({ ...server, term: 3, votedFor: i, commit: [2, 1, 0][i]! }));
  const it = play({ ...usual, servers });
  expect(it.machine(1).raft).toMatchObject({ term: 3, votedFor: 0, commitIndex: 2, lastApplied: 2, unstableFrom: 4 });
  expect([...it.machine(1).store.data]).toEqual([["x", "1.2"]]);
  expect(it.machine(3).store.data.size).toBe(0);
  expect(onDisk(it, 2)).toEqual({ term: 3, votedFor: 1, terms: [1, 1] });
});
