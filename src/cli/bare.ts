import { votersOnly } from "../raft/configuration.ts";
import type { Proposal } from "../raft/entry.ts";
import type { Env } from "../raft/env.ts";
import { emptyLog } from "../raft/log.ts";
import { profiles, type RaftOptions } from "../raft/options.ts";
import { hasReady, takeReady } from "../raft/ready.ts";
import { rules } from "../raft/rules/index.ts";
import { createServer } from "../raft/server.ts";
import { step } from "../raft/step.ts";
import type { Input, RaftMessage, Server } from "../raft/types.ts";

/** The engine alone: no clock, no network, no disk; messages are handed over in memory, writes are done at once. */

const options: RaftOptions = { ...profiles.etcd, electionTimeoutMin: 10, electionTimeoutMax: 19, heartbeatInterval: 1 };
const env: Env = { options, rules, now: 0, drawnTimeout: 15, snapshot: null, decide: null };
const proposal: Proposal = { command: { digest: 7, bytes: 16 }, change: null };

class Bare {
  readonly servers: readonly Server[];
  private readonly flights: RaftMessage[] = [];
  steps = 0;

  constructor(size: number) {
    const voters = Array.from({ length: size }, (_, i) => i + 1);
    const stored = { term: 0, votedFor: 0, log: emptyLog(), commitIndex: 0, configuration: votersOnly(voters) };
    this.servers = voters.map((id) => createServer(id, stored, options, { now: 0, timeout: 15, drawn: 0 }));
  }

  /** Feeds one input to the first server, and everything that follows from it to everybody, until nothing moves. */
  give(input: Input): void {
    step(this.servers[0]!, input, env);
    this.work(this.servers[0]!);
    for (let at = 0; at < this.flights.length; at++) {
      const message = this.flights[at]!;
      const server = this.servers[message.to - 1]!;
      step(server, { kind: "message", message }, env);
      this.steps++;
      this.work(server);
    }
    this.flights.length = 0;
  }

  private work(server: Server): void {
    while (hasReady(server, options, rules)) {
      const { write, messages, messagesAfterWrite, apply } = takeReady(server, options, rules, null);
      this.flights.push(...messages, ...messagesAfterWrite);
      if (write !== null) step(server, { kind: "written" }, env);
      if (apply.length > 0) step(server, { kind: "applied", entries: apply }, env);
    }
  }
}

/** Says how long it has been since: by the clock, and in the time that the process had. */
export function stopwatch(): () => { readonly seconds: number; readonly cpuSeconds: number } {
  const start = performance.now();
  const used = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(used);
    return { seconds: (performance.now() - start) / 1000, cpuSeconds: (user + system) / 1e6 };
  };
}

/** Committed entries and message steps per second, proposals coming `batch` at a time. */
export function benchBare(size: number, batch: number, seconds: number) {
  const bare = new Bare(size);
  bare.give({ kind: "electionTimeout" });
  const leader = bare.servers[0]!;
  const input: Input = { kind: "propose", proposals: new Array<Proposal>(batch).fill(proposal) };
  const round = (least: number) => {
    const took = stopwatch();
    const start = performance.now();
    while (performance.now() - start < least * 1000) for (let i = 0; i < 20; i++) bare.give(input);
    return took();
  };
  round(seconds / 5);
  const before = { committed: leader.commitIndex, steps: bare.steps };
  const took = round(seconds);
  const committed = leader.commitIndex - before.committed;
  return {
    committedPerSecond: Math.round(committed / took.seconds),
    committedPerCpuSecond: Math.round(committed / took.cpuSeconds),
    stepsPerSecond: Math.round((bare.steps - before.steps) / took.seconds),
  };
}
