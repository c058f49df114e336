import { describe, expect, test } from "vitest";
import { dice } from "../check/fuzz/acts.ts";
import type { Act } from "../world/acts.ts";
import { ms, put, request, setupOf } from "../world/fixtures.ts";
import { crowdedSetup, explore, goTo, here, livelySetup, replayed } from "./fixtures.ts";
import { History } from "./history.ts";

// A machine that is busy with other things may take its time.
const crash: Act = { do: "crash", server: 1 };

describe("acting", () => {
  test("at the end of the run goes on with it", () => {
    const history = new History(livelySetup(1));
    history.advance(300 * ms);
    expect(history.act(crash)).toEqual({ refused: null, branched: false });
    expect(history.current.actions).toEqual([{ at: 300 * ms, act: crash }]);
    expect(history.branches).toHaveLength(1);
  });

  test("what is impossible is refused and not recorded, and starts no branch", () => {
    const history = new History(livelySetup(1));
    history.act(crash);
    history.advance(300 * ms);
    history.seek(100 * ms);
    const before = here(history);
    expect(history.act(crash)).toEqual({ refused: "S1 is down already", branched: false });
    expect(here(history)).toEqual(before);
    expect(history.branches).toHaveLength(1);
    expect(history.current.actions).toHaveLength(1);
  });

  test("between two simultaneous events the act keeps its place among them", () => {
    const history = new History(setupOf());
    history.act({ do: "timeout", server: 1 });
    while (history.world.machines[2]!.raft.votedFor === 0) history.stepForward();
    expect(history.world.machines[3]!.raft.votedFor).toBe(0);
    history.act({ do: "crash", server: 3 });
    expect(history.current.actions[1]).toEqual({ at: 11 * ms, order: 1, act: { do: "crash", server: 3 } });
    history.advance(200 * ms);
    // The request to S3, which came at the same instant, found it down.
    expect(history.world.machines[3]!.raft.term).toBe(0);
    expect(here(replayed(history))).toEqual(here(history));
  });

  test("several acts at one instant, with their consequences between them, replay exactly", () => {
    const instant = {
      ...setupOf({ link: { latencyMin: 0, latencyMax: 0 } }),
      disk: { writeMin: 0, writeMax: 0 },
    };
    const history = new History(instant);
    history.advance(5 * ms);
    history.act({ do: "timeout", server: 1 });
    for (let i = 0; i < 3; i++) {
      history.stepForward();
      history.act({ do: "timer", server: 2, left: i * ms });
    }
    history.act({ do: "heartbeat", server: 1 });
    history.advance(5 * ms);
    history.act(request(put("x", "1"), 1));
    history.advance(50 * ms);
    expect(history.current.actions.map(({ order }) => order)).toEqual([undefined, 2, 4, 6, ...[undefined]]);
    expect(here(replayed(history))).toEqual(here(history));
  });

  test("random acts between simultaneous events, very many: the recording says it all", () => {
    let ordered = 0;
    for (let seed = 0; seed < 40; seed++) {
      const history = new History(crowdedSetup(seed, 5));
      explore(history, seed, 30);
      ordered += history.current.actions.filter(({ order }) => order !== undefined).length;
      expect(here(replayed(history))).toEqual(here(history));
    }
    expect(ordered).toBeGreaterThan(50);
  });
});

describe("acting in the past", () => {
  test("starts a branch there; the old future stays, bit for bit", () => {
    for (let seed = 0; seed < 20; seed++) {
      const history = new History(livelySetup(seed));
      const seen = explore(history, seed, 30);
      const [end, index] = [here(history), structuredClone(history.current.index)];
      const roll = dice(seed + 99);
      history.seek(roll(end.at - 1));
      const from = history.place;
      expect(history.inPast()).toBe(true);
      const { branched } = history.act({ do: "load", perSecond: 10 });
      expect(branched).toBe(true);
      expect(history.current).toMatchObject({ id: 1, parent: 0, from });
      history.advance(end.at);
      expect(history.hash()).not.toBe(end.hash);
      history.switchTo(0);
      expect(history.place).toEqual({ at: 0, event: 0 });
      for (const place of [...seen].reverse()) {
        goTo(history, place);
        expect(here(history)).toEqual(place);
      }
      expect(history.current.index).toEqual(index);
    }
  });

  test("a branch is itself a run that its recording gives again, with the same index", () => {
    for (let seed = 0; seed < 20; seed++) {
      const history = new History(crowdedSetup(seed));
      const roll = dice(seed);
      explore(history, seed, 20);
      for (let depth = 1; depth < 4; depth++) {
        history.visit(roll(history.current.end.event));
        explore(history, seed + depth * 1000, 10);
      }
      expect(history.branches.length).toBeGreaterThan(1);
      for (const { id } of [...history.branches]) {
        history.switchTo(id);
        history.seek(history.current.reach);
        const again = replayed(history);
        expect(here(again)).toEqual(here(history));
        expect(again.current.index).toEqual(history.current.index);
      }
    }
  });

  test("the branch has what was done before, and nothing of what was done after", () => {
    const history = new History(setupOf());
    for (const server of [1, 2, 3]) {
      history.advance(server * 100 * ms);
      history.act({ do: "crash", server });
    }
    history.seek(250 * ms);
    history.act({ do: "restart", server: 1 });
    expect(history.current.actions.map(({ act }) => act)).toEqual([
      { do: "crash", server: 1 },
      { do: "crash", server: 2 },
      { do: "restart", server: 1 },
    ]);
    expect(history.branches[0]!.actions).toHaveLength(3);
  });

  test("acting before a recorded act that was not reached yet branches, too", () => {
    const history = new History(setupOf(), [{ at: 500 * ms, act: crash }], 800 * ms);
    history.advance(300 * ms);
    expect(history.inPast()).toBe(true);
    expect(history.act({ do: "crash", server: 2 }).branched).toBe(true);
    expect(history.branches[0]!.actions).toEqual([{ at: 500 * ms, act: crash }]);
    history.switchTo(0);
    history.advance(800 * ms);
    expect([1, 2].map((id) => history.world.machines[id]!.status)).toEqual(["down", "up"]);
  });

  test("branches of branches know where they left", () => {
    const history = new History(setupOf());
    history.advance(400 * ms);
    history.seek(300 * ms);
    history.act(crash);
    history.advance(500 * ms);
    history.seek(350 * ms);
    history.act({ do: "restart", server: 1 });
    expect(history.branches.map(({ id, parent, from }) => [id, parent, from.at])).toEqual([
      [0, -1, 0],
      [1, 0, 300 * ms],
      [2, 1, 350 * ms],
    ]);
  });

  test("what two branches do to shared logs and stores stays apart", () => {
    const history = new History(setupOf());
    history.act({ do: "timeout", server: 1 });
    history.advance(100 * ms);
    history.act(request(put("x", "first"), 1));
    history.advance(400 * ms);
    const first = here(history);
    history.seek(100 * ms - 1);
    history.act(request(put("x", "second"), 1));
    history.advance(400 * ms);
    expect([...history.world.machines[2]!.store.data]).toEqual([["x", "second"]]);
    history.switchTo(0);
    history.seek(400 * ms);
    expect(here(history)).toEqual(first);
    expect([...history.world.machines[2]!.store.data]).toEqual([["x", "first"]]);
  });

  test("switching to a branch that is not there, or is the present one, changes nothing", () => {
    const history = new History(setupOf());
    history.advance(400 * ms);
    history.switchTo(7);
    history.switchTo(0);
    expect(history.place.at).toBe(400 * ms);
  });
});

describe("branches that were saved", () => {
  test("come back as they were, and are run when somebody goes there", () => {
    const original = new History(livelySetup(5));
    explore(original, 5, 20);
    original.seek(200 * ms);
    explore(original, 6, 10);
    const [main, branch] = original.branches;
    const saved = new History(original.setup, main!.actions, main!.reach);
    saved.addBranch({
      label: "what if",
      parent: 0,
      from: branch!.from.at,
      actions: branch!.actions,
      end: branch!.reach,
    });
    expect(saved.branches[1]).toMatchObject({ id: 1, parent: 0, label: "what if", reach: branch!.reach });
    expect(saved.branches[1]!.end).toEqual({ at: 0, event: 0 });
    for (const id of [1, 0]) {
      for (const each of [original, saved]) {
        each.switchTo(id);
        each.seek(each.current.reach);
      }
      expect(here(saved)).toEqual(here(original));
      expect(saved.current.index).toEqual(original.current.index);
    }
  });

  test("acting where a saved run goes on leaves it as it is", () => {
    const saved = new History(setupOf(), [], 500 * ms);
    saved.addBranch({ label: "", parent: 0, from: 100 * ms, actions: [{ at: 100 * ms, act: crash }], end: 900 * ms });
    saved.switchTo(1);
    saved.advance(400 * ms);
    expect(saved.act({ do: "crash", server: 2 }).branched).toBe(true);
    expect(saved.branches[1]).toMatchObject({ reach: 900 * ms, actions: [{ at: 100 * ms }] });
  });
});
