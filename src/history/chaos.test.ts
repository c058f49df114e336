import { describe, expect, test } from "vitest";
import type { Micros } from "../base/units.ts";
import { dice, randomAct, variants, wildAct, withSpares } from "../check/fixtures.ts";
import { isMember, isVoter, membersOf } from "../raft/configuration.ts";
import type { DecisionKind } from "../raft/decisions.ts";
import { knownHash, lastIndex, lastTerm } from "../raft/log.ts";
import { profiles, type RaftOptions } from "../raft/options.ts";
import { voteResult } from "../raft/quorum.ts";
import { rules } from "../raft/rules.ts";
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
const schedulesEach = 60;
/** Every so many schedules all that was decided is looked at, which costs more than the run. */
const sampled = 5;
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

/** As `setupFor`, under other rules, with two machines that stand ready. */
function variantFor(seed: number, raft: RaftOptions): Setup {
  return withSpares({ ...setupFor(seed), raft, servers: setupOf({ servers: 1 + (seed % 5) }).servers });
}

/** Faults of every kind, one every 60 ms or so, for the whole span. */
function stir(history: History, seed: number, nextAct: typeof randomAct): void {
  const roll = dice(seed);
  while (history.world.now < chaosSpan && !ended(history)) {
    history.act(nextAct(history.world, roll));
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

/** What an operator does in the end: a leader that was removed and stays takes no commands, so it is switched off. */
function retire(history: History): void {
  for (const { id, status, raft } of machines(history)) {
    const removed = raft.role === "leader" && raft.configurationIndex <= raft.commitIndex;
    if (status === "up" && removed && !isMember(raft.configuration, id)) history.act({ do: "crash", server: id });
  }
}

const machines = ({ world }: History): Machine[] => world.machines.filter(Boolean);

/** Of several that believe to lead, the one of the latest term. */
const leaderOf = (history: History): Machine | undefined =>
  machines(history)
    .filter(({ raft, status }) => raft.role === "leader" && status === "up")
    .sort((a, b) => b.raft.term - a.raft.term)[0];

/** A leader whose term every member has, everything committed and applied on every member, equal stores. */
function converged(history: History): boolean {
  const leader = leaderOf(history);
  if (leader === undefined) return false;
  const { raft: led, store } = leader;
  const end = lastIndex(led.log);
  const members = membersOf(led.configuration).map((id) => history.world.machines[id]!);
  return members.every(
    ({ raft, store: { digest } }) =>
      raft.term === led.term &&
      raft.lastApplied === end &&
      lastIndex(raft.log) === end &&
      knownHash(raft.log, end) === knownHash(led.log, end) &&
      digest === store.digest,
  );
}

/**
 * A server that was removed and does not know it starts election after election. Only rules that protect a living
 * leader promise that the others get on nevertheless (D §4.2.3, §9.6).
 */
function mayBeDisturbed(history: History): boolean {
  const { preVote, checkQuorum, stickyLeader } = history.setup.raft;
  if (preVote || stickyLeader === "always" || (stickyLeader === "withCheckQuorum" && checkQuorum)) return false;
  const candidates = machines(history).filter(({ raft }) => raft.role === "leader" || rules.mayCampaign.ask(raft));
  return candidates.some(({ id }) => candidates.some(({ raft }) => !isMember(raft.configuration, id)));
}

/**
 * Where configurations count once they are applied, a leader that has taken its own vote away may be gone before the
 * others know: they still need its vote, which it refuses them because its log goes on beyond theirs, and it may not
 * campaign itself. An operator must help (etcd/raft is as it is here).
 */
function nobodyCanWin(history: History): boolean {
  if (history.setup.raft.configurationFrom !== "apply") return false;
  const all = machines(history);
  const grants = (voter: Machine, { raft: { log } }: Machine): boolean => {
    const [own, other] = [voter.raft.log, log];
    return lastTerm(own) === lastTerm(other) ? lastIndex(other) >= lastIndex(own) : lastTerm(other) > lastTerm(own);
  };
  return all.every((candidate) => {
    const votes = all.reduce<boolean[]>((given, voter) => {
      given[voter.id] = grants(voter, candidate);
      return given;
    }, []);
    const { configuration } = candidate.raft;
    return !isVoter(configuration, candidate.id) || voteResult(configuration, votes) !== "won";
  });
}

/** What is wrong with a schedule, null if it ends well. */
function problemOf(history: History, seed: number, nextAct: typeof randomAct): string | null {
  stir(history, seed, nextAct);
  mend(history);
  const deadline = history.world.now + convergesWithin;
  while (history.world.now < deadline && !ended(history)) {
    retire(history);
    const leader = leaderOf(history);
    const open = history.world.clients.open.some(({ operation }) => "key" in operation && operation.key === "proof");
    if (!open && leader?.store.data.get("proof") !== String(seed)) {
      history.act(request(put("proof", String(seed)), leader?.id ?? 1));
    }
    history.advance(history.world.now + 100 * ms);
    if (leader?.store.data.get("proof") === String(seed) && converged(history)) return null;
  }
  const { violation, stopped } = history.world;
  if (violation !== null) return `${violation.property}: ${violation.detail}`;
  if (stopped === null && (mayBeDisturbed(history) || nobodyCanWin(history))) return null;
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

/** Runs one schedule; fails with a recording that shows what went wrong. Returns how eventful it was. */
function run(setup: Setup, seed: number, nextAct = randomAct) {
  const history = new History(setup);
  const problem = problemOf(history, seed, nextAct);
  if (problem !== null) throw new Error(`schedule ${seed}: ${problem}\n${recordingOf(history, problem.slice(0, 100))}`);
  const { actions, index } = history.current;
  const count = (kind: MarkKind): number => index.marks.filter((mark) => mark.kind === kind).length;
  return {
    kinds: actions.map(({ act }) => act.do),
    elections: count("election"),
    commits: count("commit"),
    decisions: seed % sampled === 0 ? history.facts(1, history.place.event).flatMap(decisionIn) : [],
  };
}
type Eventful = ReturnType<typeof run>;

const decisionIn = (fact: Fact): DecisionKind[] => (fact.kind === "decided" ? [fact.decision.kind] : []);
const average = (done: readonly Eventful[], of: (each: Eventful) => number): number =>
  done.reduce((sum, each) => sum + of(each), 0) / done.length;
const acts = ["crash", "cut", "delay", "deliver", "disk", "drop", "duplicate", "heal", "heartbeat", "load", "mend"]
  .concat(["network", "partition", "pause", "request", "restart", "resume", "timeout", "timer"])
  .sort();
const kindsIn = (done: readonly Eventful[]): string[] => [...new Set(done.flatMap(({ kinds }) => kinds))].sort();

test(`${schedules} schedules of mixed faults: safe throughout, and in agreement once all is mended`, () => {
  const done = Array.from({ length: schedules }, (_, i) => run(setupFor(i + 1), i + 1));
  // Chaos that does nothing proves nothing.
  expect(average(done, ({ elections }) => elections)).toBeGreaterThan(8);
  expect(average(done, ({ commits }) => commits)).toBeGreaterThan(40);
  const deleting = done.filter(({ decisions }) => decisions.includes("entriesDeleted"));
  expect(deleting.length).toBeGreaterThan(schedules / sampled / 3);
  expect(kindsIn(done)).toEqual(acts);
}, 120_000);

/** What only other rules, or operators, bring about. */
const reached: readonly DecisionKind[] = [
  ...(["preVoteStarted", "preVoteWon", "voteIgnoredLease", "quorumHeld", "quorumLost", "leaderForgotten"] as const),
  ...(["proposalForwarded", "proposalDropped", "noOpAppended", "replicationBegun", "entriesDeleted"] as const),
  ...(["snapshotSent", "snapshotInstalled", "snapshotIgnored", "snapshotReported", "snapshotOnlyCommitted"] as const),
  ...(["changeAppended", "changeRefused", "configurationSwitched", "leaderRemoved"] as const),
  ...(["transferStarted", "transferForwarded", "transferAborted", "timeoutNowSent"] as const),
  ...(["readTaken", "readConfirmed", "readForwarded", "readWaitsForCommit", "readDropped"] as const),
];

describe(`${schedulesEach} schedules more, with operators at work, under other rules`, () => {
  const decided = new Set<DecisionKind>();

  for (const [name, raft] of Object.entries(variants)) {
    test(name, () => {
      const done = Array.from({ length: schedulesEach }, (_, seed) => run(variantFor(seed, raft), seed, wildAct));
      expect(average(done, ({ elections }) => elections)).toBeGreaterThan(3);
      expect(average(done, ({ commits }) => commits)).toBeGreaterThan(20);
      expect(kindsIn(done)).toEqual([...acts, "compact", "forget", "members", "transfer"].sort());
      for (const { decisions } of done) for (const kind of decisions) decided.add(kind);
    }, 120_000);
  }

  test("all in all everything was decided that production may decide", () => {
    expect(reached.filter((kind) => !decided.has(kind))).toEqual([]);
  });
});
