import { expect, test } from "vitest";
import type { Micros } from "../base/units.ts";
import { dice, randomAct } from "../check/fixtures.ts";
import { lastIndex, prefixHash } from "../raft/log.ts";
import { profiles } from "../raft/options.ts";
import { formatRecording } from "../scenario/format.ts";
import type { Fact } from "../world/facts.ts";
import { ms, put, request, setupOf } from "../world/fixtures.ts";
import type { Act, Machine, Setup } from "../world/types.ts";
import { History } from "./history.ts";
import type { MarkKind } from "./marks.ts";

/**
 * Safety under chaos first, every property watched; then everything is mended and the cluster must converge: one
 * leader, a new command on every server, equal state machines.
 */

const schedules = 300;
const chaosSpan: Micros = 8000 * ms;
/** Forty of the longest election timeouts. */
const convergesWithin: Micros = 40 * profiles.paper.electionTimeoutMax;

/** What differs between schedules besides the faults: size, network, disks, batching. */
function setupFor(seed: number): Setup {
  const roll = dice(seed + 0x5eed);
  const setup = setupOf({
    seed,
    servers: 1 + (seed % 9),
    link: {
      latencyMin: roll(5) * ms,
      latencyMax: (5 + roll(40)) * ms,
      loss: roll(3) * 40_000,
      duplicate: roll(3) * 40_000,
    },
    disk: { writeMin: 0, writeMax: roll(15) * ms },
  });
  const raft = { ...setup.raft, maxEntriesPerMessage: 1 + roll(8), noOpOnElection: roll(4) === 0 };
  return { ...setup, raft };
}

/** Faults of every kind, one every 60 ms or so, for the whole span. */
function stir(history: History, seed: number): void {
  const roll = dice(seed);
  while (history.world.now < chaosSpan && !ended(history)) {
    history.act(randomAct(history.world, roll));
    history.advance(history.world.now + 1 + roll(120 * ms));
  }
}

const ended = ({ world }: History): boolean => world.violation !== null || world.stopped !== null;

function mend(history: History): void {
  const { link, disk } = setupOf();
  const acts: Act[] = [
    { do: "heal" },
    { do: "load", perSecond: 0 },
    { do: "network", mode: "automatic", link },
    { do: "disk", disk },
    ...machines(history).flatMap(({ id, status }): Act[] => {
      if (status === "up") return [];
      return [{ do: status === "down" ? "restart" : "resume", server: id }];
    }),
  ];
  for (const act of acts) history.act(act);
}

const machines = ({ world }: History): Machine[] => world.machines.filter(Boolean);

/** A leader whose term everybody has, everything committed and applied everywhere, equal stores. */
function converged(history: History): boolean {
  const all = machines(history);
  const leader = all.find(({ raft }) => raft.role === "leader");
  if (leader === undefined) return false;
  const { raft: led, store } = leader;
  const end = lastIndex(led.log);
  return all.every(
    ({ raft, store: { digest } }) =>
      raft.term === led.term &&
      raft.lastApplied === end &&
      lastIndex(raft.log) === end &&
      prefixHash(raft.log, end) === prefixHash(led.log, end) &&
      digest === store.digest,
  );
}

/** What is wrong with a schedule, null if it ends well. */
function problemOf(history: History, seed: number): string | null {
  stir(history, seed);
  mend(history);
  const deadline = history.world.now + convergesWithin;
  while (history.world.now < deadline && !ended(history)) {
    const leader = machines(history).find(({ raft }) => raft.role === "leader");
    const open = history.world.client.open.some(({ operation }) => operation.key === "proof");
    if (!open && leader?.store.data.get("proof") !== String(seed)) {
      history.act(request(put("proof", String(seed)), leader?.id ?? 1));
    }
    history.advance(history.world.now + 100 * ms);
    if (leader?.store.data.get("proof") === String(seed) && converged(history)) return null;
  }
  const { violation, stopped } = history.world;
  if (violation !== null) return `${violation.property}: ${violation.detail}`;
  return stopped ?? `no agreement ${convergesWithin / ms} ms after everything was mended`;
}

/** A recording that shows it: paste it into a file and open it in the page. */
function recordingOf({ setup, current, world }: History, title: string): string {
  return formatRecording({
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
}

const isDeletion = (fact: Fact): boolean => fact.kind === "decided" && fact.decision.kind === "entriesDeleted";

/** Runs one schedule; fails with a recording that shows what went wrong. Returns how eventful it was. */
function run(seed: number) {
  const history = new History(setupFor(seed));
  const problem = problemOf(history, seed);
  if (problem !== null) throw new Error(`schedule ${seed}: ${problem}\n${recordingOf(history, problem.slice(0, 100))}`);
  const { actions, index } = history.current;
  const count = (kind: MarkKind): number => index.marks.filter((mark) => mark.kind === kind).length;
  return {
    kinds: actions.map(({ act }) => act.do),
    elections: count("election"),
    commits: count("commit"),
    // Looking at every fact costs more than the run: a sample will do.
    deletes: seed % 20 === 0 && history.facts(1, history.place.event).some(isDeletion),
  };
}

test(`${schedules} schedules of mixed faults: safe throughout, and in agreement once all is mended`, () => {
  const done = Array.from({ length: schedules }, (_, i) => run(i + 1));
  const average = (of: (each: (typeof done)[number]) => number): number =>
    done.reduce((sum, each) => sum + of(each), 0) / schedules;
  // Chaos that does nothing proves nothing.
  expect(average(({ elections }) => elections)).toBeGreaterThan(8);
  expect(average(({ commits }) => commits)).toBeGreaterThan(40);
  expect(done.filter(({ deletes }) => deletes).length).toBeGreaterThan(schedules / 20 / 3);
  expect([...new Set(done.flatMap(({ kinds }) => kinds))].sort()).toEqual(
    ["crash", "cut", "delay", "deliver", "disk", "drop", "duplicate", "heal", "heartbeat", "load", "mend", "network"]
      .concat(["partition", "pause", "request", "restart", "resume", "timeout", "timer"])
      .sort(),
  );
}, 120_000);
