import { describe, expect, test } from "vitest";
import { dice, wildAct } from "../check/fuzz/acts.ts";
import { variants } from "../check/fuzz/variants.ts";
import { knownHash, lastIndex } from "../raft/log.ts";
import { profiles } from "../raft/options.ts";
import { formatRecording } from "../scenario/format.ts";
import type { Act } from "../world/acts.ts";
import { ms, put, request, setupOf } from "../world/fixtures.ts";
import { replicaOf } from "../world/replicas.ts";
import type { Machine } from "../world/state/machine.ts";
import type { Setup } from "../world/state/setup.ts";
import type { World } from "../world/types.ts";
import { here, replayed } from "./fixtures.ts";
import { History } from "./history.ts";

// A machine that is busy with other things may take its time.
/**
 * Chaos over the same machines: two Raft groups, clocks that drift and jump, servers with options of their own, narrow
 * links. Safe throughout, in agreement once all is mended, and the same to the last bit when run again.
 */

const schedules = 24;
const span = 6000 * ms;
const groups = 2;
/** A key of each group. */
const keys = ["x", "y"] as const;

function setupFor(seed: number): Setup {
  const roll = dice(seed + 0x9000);
  const all = Object.values(variants);
  const servers = 3 + (seed % 3);
  const loss = roll(3) * 30_000;
  const setup = setupOf({
    seed,
    servers,
    groups,
    raft: all[seed % all.length]!,
    link: { latencyMin: roll(5) * ms, latencyMax: (5 + roll(20)) * ms, loss, duplicate: loss, bandwidth: narrow(roll) },
    disk: { writeMin: 0, writeMax: roll(10) * ms },
  });
  // Not check-quorum: a server without it, in a later term than a leader with it, is ignored and ignores, for ever.
  const own = { preVote: roll(2) === 0, snapshotAfter: 5 + roll(20), electionTimeoutMax: 400 * ms };
  return { ...setup, servers: setup.servers.map((each) => (roll(3) === 0 ? { ...each, options: own } : each)) };
}

const narrow = (roll: (max: number) => number): number | null => (roll(2) === 0 ? null : 5000 + roll(50_000));

/** As `wildAct`, in either group, at keys of either; and clocks. Membership is left alone: see `check/fuzz`. */
function anyAct(world: World, roll: (max: number) => number): Act {
  if (roll(6) === 0) return clockAct(world, roll);
  const act = wildAct(world, roll);
  switch (act.do) {
    case "timeout":
    case "heartbeat":
    case "timer":
    case "compact":
    case "transfer":
    case "forget":
      return { ...act, group: 1 + roll(groups) };
    case "members":
    case "request":
      return request(put(keys[roll(2)]!, String(roll(1000))), act.server);
    default:
      return act;
  }
}

function clockAct({ setup }: World, roll: (max: number) => number): Act {
  const server = 1 + roll(setup.servers.length);
  switch (roll(3)) {
    case 0:
      return { do: "clock", server, drift: (roll(5) - 2) * 100_000 };
    case 1:
      return { do: "clock", server, jump: (roll(400) - 200) * ms };
    default:
      return { do: "clock", server, offset: (roll(1000) - 500) * ms, drift: roll(200) };
  }
}

function stir(history: History, seed: number): void {
  const roll = dice(seed);
  while (history.world.now < span && history.world.violation === null && history.world.stopped === null) {
    history.act(anyAct(history.world, roll));
    history.advance(history.world.now + 1 + roll(100 * ms));
  }
}

function mend(history: History): void {
  const { link, disk } = setupOf();
  const acts: Act[] = [
    { do: "load", perSecond: 0 },
    { do: "network", mode: "automatic", link },
    { do: "disk", disk },
    { do: "repair" },
  ];
  for (const act of acts) history.act(act);
}

const replicasOf = (world: World, group: number): Machine[] =>
  world.setup.servers.map(({ id }) => replicaOf(world, id, group)!);

/** One leader, everything applied everywhere, equal stores, and the proof among what they hold. */
function agrees(world: World, group: number, proof: string): boolean {
  const all = replicasOf(world, group);
  const leader = all.find(({ raft }) => raft.role === "leader");
  if (leader === undefined) return false;
  const { log, term } = leader.raft;
  const end = lastIndex(log);
  return all.every(
    ({ raft, store }) =>
      raft.term === term &&
      raft.lastApplied === end &&
      knownHash(raft.log, end) === knownHash(log, end) &&
      store.digest === leader.store.digest &&
      store.data.get(keys[group - 1]!) === proof,
  );
}

function converges(history: History, proof: string): boolean {
  const deadline = history.world.now + 60 * profiles.paper.electionTimeoutMax;
  while (history.world.now < deadline && history.world.violation === null && history.world.stopped === null) {
    for (const [at, key] of keys.entries()) ask(history, at + 1, key, proof);
    history.advance(history.world.now + 200 * ms);
    if (keys.every((_, at) => agrees(history.world, at + 1, proof))) return true;
  }
  return false;
}

function ask(history: History, group: number, key: string, proof: string): void {
  const leader = replicasOf(history.world, group).find(({ raft }) => raft.role === "leader");
  if (leader !== undefined && leader.store.data.get(key) !== proof) history.act(request(put(key, proof), leader.id));
}

const recordingOf = ({ setup, current, world }: History, title: string): string =>
  formatRecording({
    title,
    notes: "",
    preset: "",
    profile: "paper",
    setup,
    actions: current.actions,
    bookmarks: [],
    view: { at: world.now, select: "", speed: 0.05, play: false },
    end: world.now,
    branches: [],
    branch: 0,
  });

test(`${schedules} schedules over two groups, with clocks that are wrong: safe, and in agreement in the end`, () => {
  const elections = [0, 0, 0];
  for (let seed = 1; seed <= schedules; seed++) {
    const history = new History(setupFor(seed));
    stir(history, seed);
    mend(history);
    const agreed = converges(history, `proof ${seed}`);
    const { violation, stopped } = history.world;
    const wrong = violation?.detail ?? stopped ?? (agreed ? null : "no agreement");
    if (wrong !== null) throw new Error(`schedule ${seed}: ${wrong}\n${recordingOf(history, wrong.slice(0, 100))}`);
    for (const { kind, group } of history.current.index.marks) if (kind === "election") elections[group]! += 1;
  }
  // Chaos that does nothing proves nothing.
  for (const group of [1, 2]) expect(elections[group]! / schedules).toBeGreaterThan(5);
});

describe("every moment can be had again", () => {
  const seeds = Array.from({ length: 5 }, (_, i) => i + 1);

  test("the recording in a new history gives the same end and the same index", () => {
    for (const seed of seeds) {
      const history = new History(setupFor(seed));
      stir(history, seed);
      const again = replayed(history);
      expect(here(again)).toEqual(here(history));
      expect(again.current.index).toEqual(history.current.index);
    }
  });

  test("seeking any time from anywhere gives the state of a run that went straight there", () => {
    for (const seed of seeds) {
      const history = new History(setupFor(seed));
      stir(history, seed);
      const roll = dice(seed + 1000);
      for (let i = 0; i < 4; i++) {
        const to = roll(history.current.end.at);
        history.seek(to);
        const straight = new History(history.setup, history.current.actions);
        straight.advance(to);
        expect(here(history)).toEqual(here(straight));
      }
    }
  });
});
