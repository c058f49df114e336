import { describe, expect, test } from "vitest";
import { finish } from "../../history/work.ts";
import { entryAt } from "../../raft/log.ts";
import type { Fact } from "../../world/facts.ts";
import { ms } from "../../world/fixtures.ts";
import { operationsOf } from "../../world/operations.ts";
import { sizeOf } from "../../world/sizes.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { Setup } from "../../world/state/setup.ts";
import type { World } from "../../world/types.ts";
import { crowdedSetup, explore, livelySetup, operatedSetup } from "../fixtures.ts";
import { History } from "../history.ts";
import { executeOne, onlookersFor, startMoment, unobserved } from "../moment.ts";
import { Metrics, outcomes } from "./metrics.ts";
import { levelNames, type SumName, sumNames } from "./server.ts";

const setups: readonly ((seed: number) => Setup)[] = [
  (seed) => livelySetup(seed, 5),
  crowdedSetup,
  operatedSetup,
  (seed) => ({ ...livelySetup(seed), groups: 2 }),
  (seed) => livelySetup(seed, 1),
  (seed) => ({ ...livelySetup(seed), raft: { ...livelySetup(seed).raft, snapshotAfter: 4 } }),
];

function randomRun(seed: number): History {
  const history = new History(setups[seed % setups.length]!(seed));
  history.act({ do: "load", perSecond: 40, clients: 2, reads: 20 });
  explore(history, seed, 20);
  history.advance(history.world.now + 400 * ms);
  history.seek(history.current.reach);
  return history;
}

const metricsOf = (history: History): Metrics => {
  const metrics = new Metrics(history);
  finish(metrics.known());
  return metrics;
};

/** One of each set-up. */
const runs = setups.map((_, seed) => {
  const history = randomRun(seed);
  return { history, metrics: metricsOf(history) };
});

/** Something that is counted, and when. */
interface Counted {
  readonly of: string;
  readonly at: number;
  readonly amount: number;
}
const nameOf = (group: number, server: number, name: SumName | string): string => `${group} S${server} ${name}`;
const logOf = ({ status, disk, raft }: Machine) => (status === "down" ? disk.log : raft.log);

/** The whole log, as far as it is known: the digest of each entry. */
function entriesOf(machine: Machine): Map<number, string> {
  const log = logOf(machine);
  const entries = new Map<number, string>();
  for (let index = log.base + 1; index <= log.last; index++) {
    const { term, command, change } = entryAt(log, index);
    entries.set(index, `${term} ${command?.digest ?? 0} ${change?.digest ?? 0}`);
  }
  return entries;
}

/** Where a log begins and ends, and with what: another one has another. */
function endOf(machine: Machine): string {
  const log = logOf(machine);
  const { term, command, change } =
    log.last > log.base ? entryAt(log, log.last) : { term: 0, command: null, change: null };
  return `${log.base} ${log.last} ${term} ${command?.digest ?? 0} ${change?.digest ?? 0}`;
}

/** The same counts, made in the plainest way: event by event, with all that happened remembered. */
class Recount {
  readonly counted: Counted[] = [];
  readonly latencies: string[] = [];
  readonly leaderless: number[];
  private readonly ends = new Map<Machine, string>();
  private readonly logs = new Map<Machine, Map<number, string>>();
  private readonly appended = new Map<string, number>();
  private readonly committed: Set<number>[];
  private heard: Fact[] = [];

  constructor({ setup, current }: History) {
    const moment = startMoment(setup);
    this.committed = Array.from({ length: setup.groups + 1 }, () => new Set<number>());
    this.leaderless = this.committed.map(() => 0);
    for (const { commitIndex, group } of moment.world.machines
      .filter(Boolean)
      .map(({ raft, group: of }) => ({ ...raft, group: of })))
      for (let index = 1; index <= commitIndex; index++) this.committed[group]!.add(index);
    const observer = { ...unobserved, fact: (fact: Fact) => void this.heard.push(fact) };
    const onlookers = onlookersFor(moment, observer);
    this.look(moment.world, true);
    while (moment.world.events < current.end.event) {
      const before = moment.world.now;
      const led = leads(moment.world);
      executeOne(moment, current.actions, onlookers, observer);
      this.passTime(led, moment.world.now - before);
      this.look(moment.world, false);
      for (const fact of this.heard) this.take(fact);
      this.heard = [];
    }
    this.passTime(leads(moment.world), current.end.at - moment.world.now);
  }

  private passTime(led: ReadonlySet<number>, passed: number): void {
    for (let group = 1; group < this.leaderless.length; group++) if (!led.has(group)) this.leaderless[group]! += passed;
  }

  private count(group: number, server: number, name: string, at: number, amount = 1): void {
    if (amount > 0) this.counted.push({ of: nameOf(group, server, name), at, amount });
  }

  private look({ machines, now }: World, first: boolean): void {
    for (const machine of machines.filter(Boolean)) {
      const { id, group } = machine;
      const end = endOf(machine);
      if (this.ends.get(machine) === end) continue;
      this.ends.set(machine, end);
      const before = this.logs.get(machine) ?? new Map<number, string>();
      const entries = entriesOf(machine);
      this.logs.set(machine, entries);
      const shared = [...entries].filter(([index, digest]) => before.get(index) === digest).map(([index]) => index);
      const { base, last } = logOf(machine);
      // What stood before and is covered by a snapshot now was not appended either.
      const alike = Math.max(base, ...shared, ...[...before.keys()].filter((index) => index <= base));
      if (!first) this.count(group, id, "entries", now, last - alike);
    }
  }

  private take(fact: Fact): void {
    const { at, group = 1 } = fact;
    if (fact.kind === "sent" && fact.ref.from * fact.ref.to > 0) {
      this.count(group, fact.ref.from, "sent", at);
      this.count(group, fact.ref.from, "bytes", at, sizeOf(fact.payload));
    } else if (fact.kind === "received" && fact.ref.from * fact.ref.to > 0)
      this.count(group, fact.ref.to, "received", at);
    else if (fact.kind === "lost" && fact.ref.from * fact.ref.to > 0) {
      this.count(group, fact.ref.from, "lost", at);
      this.count(group, fact.ref.from, fact.reason, at);
    } else if (fact.kind === "decided") this.decide(fact);
  }

  private decide({ decision, at, group = 1 }: Fact & { readonly kind: "decided" }): void {
    const { server } = decision;
    if (decision.kind === "electionStarted") this.count(group, server, "elections", at);
    if (decision.kind === "electionWon") this.count(group, server, "won", at);
    if (decision.kind === "noOpAppended")
      this.appended.set(`${group} ${server} ${decision.term} ${decision.index}`, at);
    if (decision.kind === "proposalAppended")
      for (let index = decision.index; index <= decision.last; index++)
        this.appended.set(`${group} ${server} ${decision.term} ${index}`, at);
    if (decision.kind !== "committed") return;
    for (let index = decision.from; index <= decision.index; index++) {
      const appendedAt = this.appended.get(`${group} ${server} ${decision.term} ${index}`);
      if (appendedAt !== undefined) this.latencies.push(`${group} S${server} ${at} ${at - appendedAt}`);
    }
    const known = this.committed[group]!;
    let fresh = 0;
    for (let index = 1; index <= decision.index; index++) if (!known.has(index)) fresh += known.add(index) ? 1 : 0;
    this.count(group, server, "commits", at, fresh);
  }
}

const leads = ({ machines }: World): Set<number> =>
  new Set(
    machines
      .filter(Boolean)
      .flatMap(({ status, raft, group }) => (status === "up" && raft.role === "leader" ? [group] : [])),
  );

/** What is in each bin that has something. */
const filled = (values: Float64Array): Map<number, number> => {
  const found = new Map<number, number>();
  for (let bin = 0; bin < values.length; bin++) if (values[bin] !== 0) found.set(bin, values[bin]!);
  return found;
};
/** What was counted under each name. */
function byName(counted: readonly Counted[]): Map<string, Counted[]> {
  const named = new Map<string, Counted[]>();
  for (const each of counted) {
    const others = named.get(each.of);
    if (others === undefined) named.set(each.of, [each]);
    else others.push(each);
  }
  return named;
}
function binned(counted: readonly Counted[], step: number): Map<number, number> {
  const found = new Map<number, number>();
  for (const each of counted) {
    const bin = Math.floor(each.at / step);
    found.set(bin, (found.get(bin) ?? 0) + each.amount);
  }
  return found;
}
const total = (counted: readonly Counted[]): number => counted.reduce((sum, { amount }) => sum + amount, 0);

test("counts agree exactly with the run, in all of it and in every bin of time", () => {
  const reached = new Set<string>();
  for (const { history, metrics } of runs) {
    const { groups, grid } = metrics;
    const { counted, latencies, leaderless } = new Recount(history);
    const named = byName(counted);
    const of = (group: number, server: number, name: string) => named.get(nameOf(group, server, name)) ?? [];
    for (const { group, servers, leaderless: told, latencies: kept } of groups) {
      expect(told).toBe(leaderless[group]);
      for (const { server, sums, lostBy, latency } of servers) {
        for (const name of sumNames) {
          const own = of(group, server, name);
          expect([group, server, name, sums[name].total]).toEqual([group, server, name, total(own)]);
          expect(filled(sums[name].values)).toEqual(binned(own, grid.step));
          if (sums[name].total > 0) reached.add(name);
        }
        for (const [reason, count] of Object.entries(lostBy)) expect(count).toBe(total(of(group, server, reason)));
        const own = latencies
          .filter((each) => each.startsWith(`${group} S${server} `))
          .map((each) => Number(each.split(" ")[3]));
        expect(kept.within(0, history.place.at + 1, server)).toEqual(own);
        expect([latency.count, latency.sum]).toEqual([own.length, own.reduce((sum, took) => sum + took, 0)]);
        expect(latency.counts.reduce((sum, each) => sum + each, 0)).toBe(own.length);
        if (own.length > 0) reached.add("latency");
      }
    }
  }
  expect(reached).toEqual(new Set([...sumNames, "latency"]));
});

test("levels are those of the servers, and operations those of the clients", () => {
  for (const { history, metrics } of runs) {
    const { groups } = metrics;
    for (const machine of history.world.machines.filter(Boolean)) {
      const { levels } = groups[machine.group - 1]!.of(machine.id);
      const { status, raft, disk } = machine;
      const own = status === "down" ? disk : raft;
      expect([levels.term.value, levels.last.value, levels.base.value]).toEqual([own.term, own.log.last, own.log.base]);
      expect(levels.writes.value).toBe(disk.pending.length);
      expect(levels.led.value > 0).toBe(status === "up" && raft.role === "leader");
    }
    const operations = operationsOf(history.world);
    for (const { group, operations: told, open } of groups) {
      const own = operations.filter((each) => each.group === group);
      const of = (outcome: string): number => own.filter((each) => each.outcome === outcome).length;
      expect(outcomes.map((each) => told[each].total)).toEqual(outcomes.map(of));
      expect(open.value).toBe(of("open"));
    }
  }
});

describe("an index of a branch", () => {
  test("is the same however often somebody asked while the run went on", () => {
    const setup = livelySetup(7, 5);
    const history = new History(setup);
    history.act({ do: "load", perSecond: 30 });
    const often = new Metrics(history);
    for (let i = 0; i < 15; i++) {
      history.advance(history.world.now + 60 * ms);
      finish(often.known());
    }
    const once = metricsOf(history);
    const [a, b] = [often.groups[0]!, once.groups[0]!];
    expect([often.grid.step, often.grid.count]).toEqual([once.grid.step, once.grid.count]);
    for (const [i, { sums, levels }] of a.servers.entries()) {
      for (const name of sumNames) expect(filled(sums[name].values)).toEqual(filled(b.servers[i]!.sums[name].values));
      for (const name of levelNames)
        for (const part of ["least", "most", "last"] as const)
          expect([...levels[name][part]].join()).toBe([...b.servers[i]!.levels[name][part]].join());
    }
    expect(a.alarms.found).toEqual(b.alarms.found);
    expect(a.latencies.within(0, history.place.at)).toEqual(b.latencies.within(0, history.place.at));
  });

  test("is of no other branch", () => {
    const history = new History(livelySetup(3));
    history.advance(400 * ms);
    const metrics = metricsOf(history);
    history.seek(200 * ms);
    expect(metrics.isHere).toBe(true);
    history.act({ do: "crash", server: 1 });
    expect(metrics.isHere).toBe(false);
    history.switchTo(0);
    expect(metrics.isHere).toBe(true);
  });
});
