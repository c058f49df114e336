import { describe, expect, test } from "vitest";
import { draw, inRange } from "../base/random.ts";
import type { LogIndex, ServerId } from "../base/units.ts";
import { type Configuration, configurationText, membershipChange, votersOnly } from "./configuration.ts";
import type { Decision } from "./decisions.ts";
import type { Env } from "./env.ts";
import { command, production, ticks } from "./fixtures.ts";
import {
  append,
  compact,
  emptyLog,
  knownHash,
  lastIndex,
  logAfter,
  prefixHash,
  type RaftLog,
  truncate,
} from "./log.ts";
import { profiles, type RaftOptions } from "./options.ts";
import { isPaused } from "./progress.ts";
import { hasReady, takeReady } from "./ready.ts";
import { rules } from "./rules/index.ts";
import { snapshotNow } from "./sending.ts";
import { createServer } from "./server.ts";
import { step } from "./step.ts";
import type { Input, RaftMessage, Ready, Server, Write } from "./types.ts";

/**
 * Small clusters under random inputs, messages lost, doubled and out of order, disks that lose what was not written.
 * After every step: whoever changed, or refused something, has said why; one leader per term; one history.
 */

interface Held {
  readonly write: Write;
  readonly after: readonly RaftMessage[];
  /** Synchronous disk: the rest of the Ready. */
  readonly ready: Ready | null;
}
interface Machine {
  server: Server;
  readonly disk: { term: number; vote: ServerId; commit: LogIndex; log: RaftLog; configuration: Configuration };
  writes: Held[];
}

class Cluster {
  readonly machines: Machine[] = [];
  private flying: RaftMessage[] = [];
  private now = 0;
  private count = 0;
  private readonly leaders = new Map<number, ServerId>();
  private readonly committed: number[] = [];
  readonly said = new Set<Decision["kind"]>();
  /** What went wrong, in words. */
  problem: string | null = null;

  constructor(
    private readonly seed: number,
    private readonly options: RaftOptions,
    servers: number,
    /** Decisions of this kind are not heard. */
    private readonly silent: Decision["kind"] | null = null,
  ) {
    const configuration = votersOnly([1, 2, 3]);
    for (let id = 1; id <= servers; id++) {
      // Whoever joins later knows no configuration: it needs a snapshot, so the others begin with one.
      const disk =
        id <= 3
          ? { term: 1, vote: 0, commit: 1, log: logAfter(1, 1, 7), configuration }
          : { term: 0, vote: 0, commit: 0, log: emptyLog(), configuration: votersOnly([]) };
      this.machines.push({ server: this.booted(id, disk), disk, writes: [] });
    }
  }

  private roll(below: number): number {
    return inRange(draw(this.seed, 1, this.count++), 0, below - 1);
  }

  private booted(id: ServerId, { term, vote, commit, log, configuration }: Machine["disk"]): Server {
    const stored = { term, votedFor: vote, log, commitIndex: commit, configuration };
    return createServer(id, stored, this.options, { now: this.now, timeout: 10 + this.roll(10), drawn: 1 });
  }

  // ---- one step ----

  private take(machine: Machine, input: Input): void {
    const { server } = machine;
    const decisions: Decision[] = [];
    const env: Env = {
      options: this.options,
      rules,
      now: this.now,
      drawnTimeout: 10 + this.roll(10),
      snapshot: () => snapshotNow(server, this.options),
      decide: (decision) => void (decision.kind !== this.silent && decisions.push(decision)),
    };
    const before = visible(server, this.options);
    const refused = step(server, input, env);
    for (const { kind } of decisions) this.said.add(kind);
    const changed = before !== visible(server, this.options);
    if ((changed || refused !== null) && decisions.length === 0) {
      this.fail(`S${server.id} said nothing of ${JSON.stringify(input)}: ${difference(before, server, this.options)}`);
    }
    if (decisions.some(({ server: who }) => who !== server.id)) this.fail("somebody speaks for another");
    this.look(server);
  }

  private fail(problem: string): void {
    this.problem ??= `seed ${this.seed}, roll ${this.count}: ${problem}`;
  }

  /** Election Safety and State Machine Safety (Figure 3), as far as the log knows. */
  private look({ id, role, term, log, commitIndex }: Server): void {
    if (role === "leader") {
      const other = this.leaders.get(term) ?? id;
      if (other !== id) this.fail(`S${other} and S${id} lead term ${term}`);
      this.leaders.set(term, id);
    }
    for (let index = Math.max(1, log.base); index <= commitIndex; index++) {
      const hash = knownHash(log, index);
      this.committed[index] ??= hash!;
      if (this.committed[index] !== hash) return this.fail(`S${id} committed another entry ${index}`);
    }
  }

  // ---- carrying out ----

  private carryOut(machine: Machine): void {
    while (hasReady(machine.server, this.options, rules)) {
      if (!this.options.asyncDisk && machine.writes.length > 0) return;
      const ready = takeReady(machine.server, this.options, rules, null);
      const { write, messages, messagesAfterWrite } = ready;
      if (this.options.asyncDisk) {
        this.flying.push(...messages);
        if (write !== null) machine.writes.push({ write, after: messagesAfterWrite, ready: null });
        this.apply(machine, ready);
      } else if (write !== null) machine.writes.push({ write, after: [], ready });
      else this.finish(machine, ready);
    }
  }

  private finish(machine: Machine, ready: Ready): void {
    this.flying.push(...ready.messages, ...ready.messagesAfterWrite);
    if (ready.write !== null) this.take(machine, { kind: "written" });
    this.apply(machine, ready);
  }

  private apply(machine: Machine, { apply: entries }: Ready): void {
    for (const { change } of entries) if (change !== null) this.take(machine, { kind: "changeApplied", change });
    if (entries.length > 0) this.take(machine, { kind: "applied", entries });
  }

  private finishWrite(machine: Machine): void {
    const held = machine.writes.shift();
    if (held === undefined) return;
    persist(machine, held.write);
    if (held.ready !== null) return this.finish(machine, held.ready);
    this.flying.push(...held.after);
    this.take(machine, { kind: "written" });
  }

  /**
   * Over an asynchronous disk, as etcd/raft has it, requests for votes leave before the candidate's term and log are
   * written: if it crashes then, Raft is not safe (conformance, I15). Everybody else may crash at any time.
   */
  private restart(machine: Machine): void {
    const { server, disk } = machine;
    if (this.options.asyncDisk && server.votedFor === server.id && disk.term < server.term) return;
    machine.writes = [];
    machine.server = this.booted(machine.server.id, machine.disk);
  }

  /** The caller's part of §7: a snapshot stands for what is applied, on disk and in memory. */
  private compact({ server, disk }: Machine): void {
    const index = server.lastApplied;
    if (server.incoming !== null || index <= disk.log.base || index > lastIndex(disk.log)) return;
    if (knownHash(disk.log, index) !== prefixHash(server.log, index)) return;
    const { configuration } = snapshotNow(server, this.options);
    disk.configuration = configuration;
    disk.commit = Math.max(disk.commit, index);
    server.baseConfiguration = configuration;
    compact(server.log, index);
    compact(disk.log, index);
  }

  // ---- what happens ----

  run(steps: number): this {
    for (let i = 0; i < steps && this.problem === null; i++) {
      this.now += this.roll(3);
      const machine = this.machines[this.roll(this.machines.length)]!;
      this.happen(machine);
      for (const each of this.machines) this.carryOut(each);
    }
    return this;
  }

  private happen(machine: Machine): void {
    const what = this.roll(100);
    if (what < 45) return this.deliver();
    if (what < 65) return this.finishWrite(machine);
    if (what < 67) return this.restart(machine);
    if (what < 69) return this.compact(machine);
    if (what < 71 && this.flying.length > 0) {
      this.flying.push(this.flying[this.roll(this.flying.length)]!);
      return;
    }
    this.take(machine, this.input(machine.server));
  }

  private deliver(): void {
    if (this.flying.length > 40) this.flying.splice(0, this.flying.length - 40);
    if (this.flying.length === 0) return;
    const [message] = this.flying.splice(this.roll(Math.min(6, this.flying.length)), 1);
    if (this.roll(12) > 0) this.take(this.machines[message!.to - 1]!, { kind: "message", message: message! });
  }

  private input(server: Server): Input {
    const peer = 1 + this.roll(this.machines.length);
    const leads = server.role === "leader";
    switch (this.roll(16)) {
      case 0:
        return leads ? { kind: "quorumTimeout" } : { kind: "electionTimeout" };
      case 1:
        return { kind: "campaign" };
      case 2:
      case 3:
      case 4:
        return leads ? { kind: "heartbeatTimeout" } : { kind: "propose", proposals: [this.proposal()] };
      case 5:
        return { kind: "transfer", to: peer };
      case 6:
        return { kind: "forgetLeader" };
      case 7:
        return { kind: "unreachable", peer };
      case 8:
        return { kind: "snapshotSent", peer, ok: this.roll(2) === 0 };
      case 9:
      case 10:
        return { kind: "readIndex", context: String(this.count) };
      case 11:
        return { kind: "propose", proposals: [{ command: null, change: this.change() }] };
      default:
        return { kind: "propose", proposals: Array.from({ length: 1 + this.roll(3) }, () => this.proposal()) };
    }
  }

  private readonly proposal = () => ({ command: command(this.count, this.roll(5)), change: null });

  private change() {
    const types = ["add", "remove", "learner"] as const;
    const changes = Array.from({ length: this.roll(3) }, () => ({
      type: types[this.roll(3)]!,
      server: 1 + this.roll(this.machines.length),
    }));
    const transitions = ["auto", "implicit", "explicit"] as const;
    return membershipChange(changes, changes.length === 0 ? "auto" : transitions[this.roll(3)]);
  }
}

function persist({ disk }: Machine, { state, snapshot, entries }: Write): void {
  if (state !== null) Object.assign(disk, { term: state.term, vote: state.votedFor, commit: state.commitIndex });
  if (snapshot !== null) {
    disk.log = logAfter(snapshot.index, snapshot.term, snapshot.hash);
    disk.configuration = snapshot.configuration;
  }
  const first = entries[0];
  if (first !== undefined && first.index > disk.log.base) truncate(disk.log, first.index);
  for (const entry of entries) if (entry.index > lastIndex(disk.log)) append(disk.log, entry);
}

/** Everything of a server that others see or that decides what it does next, as text. */
function visible(server: Server, { checkQuorum, flow }: RaftOptions): string {
  const { role, term, votedFor, leader, commitIndex, lastApplied, log, votes, transferee, answeredReads } = server;
  const heard = checkQuorum || flow === "window";
  const followers = server.progress.map(
    (p, id) =>
      p && [id, p.state, p.match, p.next, isPaused(p), heard && p.active, p.inflight.length, p.pendingSnapshot].join(),
  );
  const hash = prefixHash(log, lastIndex(log));
  const timer = role === "leader" ? 0 : server.timerSince;
  return JSON.stringify({
    ...{ role, term, votedFor, leader, commitIndex, lastApplied, votes, transferee, followers, hash, timer },
    ...{ last: lastIndex(log), configuration: configurationText(server.configuration), reads: answeredReads.length },
  });
}

function difference(before: string, server: Server, options: RaftOptions): string {
  const [then, now] = [JSON.parse(before), JSON.parse(visible(server, options))];
  const changed = Object.keys(now).filter((key) => JSON.stringify(then[key]) !== JSON.stringify(now[key]));
  return changed.map((key) => `${key} ${JSON.stringify(then[key])} -> ${JSON.stringify(now[key])}`).join(", ");
}

const { electionTimeoutMin, electionTimeoutMax, heartbeatInterval, retryAfter } = ticks;
const dissertation: RaftOptions = {
  ...profiles.dissertation,
  ...{ electionTimeoutMin, electionTimeoutMax, heartbeatInterval, retryAfter },
  ...{ maxInflightMessages: 4, maxEntriesPerMessage: 2 },
};
const ruled: Readonly<Record<string, RaftOptions>> = {
  "the paper": ticks,
  "the paper, pipelined over an asynchronous disk": {
    ...ticks,
    asyncDisk: true,
    flow: "window",
    maxInflightMessages: 3,
  },
  dissertation,
  "dissertation, leases": { ...dissertation, reads: "lease" },
  "dissertation, stop and wait": { ...dissertation, flow: "oneAtATime", asyncDisk: false, reads: "log" },
  production,
  "production, pre-vote and check-quorum": { ...production, preVote: true, checkQuorum: true },
  "production, asynchronous disk": { ...production, asyncDisk: true, maxApplyBytes: 4, maxInflightMessages: 2 },
  "production, small messages, leases": {
    ...production,
    ...{ checkQuorum: true, reads: "lease", maxBytesPerMessage: 3, maxInflightBytes: 6, maxUncommittedBytes: 12 },
    ...{ removedLeader: "stepsDown", forwardProposals: false },
  },
};

describe("every change and every refusal has its reason, and nothing is ever decided twice", () => {
  const said = new Set<Decision["kind"]>();
  for (const [name, options] of Object.entries(ruled)) {
    test(name, () => {
      for (let seed = 0; seed < 16; seed++) {
        const cluster = new Cluster(seed, options, 3 + (seed % 3)).run(1200);
        expect(cluster.problem).toBeNull();
        for (const kind of cluster.said) said.add(kind);
      }
    });
  }

  test("the exploration comes by nearly every branch", () => {
    expect(said.size).toBeGreaterThan(60);
  });
});

describe("a branch that says nothing is noticed", () => {
  for (const silent of ["followerHeard", "quorumHeld", "leaderForgotten", "peerUnreachable"] as const) {
    test(silent, () => {
      const options = { ...production, checkQuorum: true };
      const problems = Array.from({ length: 12 }, (_, seed) => new Cluster(seed, options, 4, silent).run(600).problem);
      expect(problems.find((problem) => problem !== null)).toContain("said nothing of");
    });
  }
});
