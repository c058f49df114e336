import type { GroupId, Micros, ServerId } from "../../base/units.ts";
import type { Decision } from "../../raft/decisions.ts";
import type { Fact } from "../../world/facts.ts";
import { operationNumbered } from "../../world/operations.ts";
import { replicaOf } from "../../world/replicas.ts";
import { sizeOf } from "../../world/sizes.ts";
import type { OperationOutcome } from "../../world/state/clients.ts";
import type { Operation } from "../../world/state/commands.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { MessageRef } from "../../world/state/messages.ts";
import type { World } from "../../world/types.ts";
import type { History } from "../history.ts";
import { type Moment, nextAt, unobserved } from "../moment.ts";
import { type Onlooker, Rerun } from "../rerun.ts";
import { nameOf } from "../traffic/messages.ts";
import { statuses } from "../traffic/traffic.ts";
import type { Work } from "../work.ts";
import { Alarms } from "./alarms.ts";
import { Grid, Levels, Sums } from "./bins.ts";
import { noteLoss, sceneAt } from "./evidence.ts";
import { count, Latencies } from "./latencies.ts";
import { ServerSeries } from "./server.ts";

/** How clients' operations end. */
export const outcomes = ["ok", "failed", "unknown"] as const satisfies readonly OperationOutcome[];
export type Outcome = (typeof outcomes)[number];

/** What no single server has, of one group. */
export class GroupSeries {
  readonly servers: readonly ServerSeries[];
  readonly operations: Readonly<Record<Outcome, Sums>>;
  /** Operations that wait for an answer. */
  readonly open: Levels;
  readonly latencies = new Latencies();
  readonly alarms = new Alarms();
  leaderless: Micros = 0;
  /** The highest index that any server knew to be committed. */
  committed = 0;
  private readonly byId: ServerSeries[] = [];

  constructor(
    readonly group: GroupId,
    servers: readonly ServerId[],
    grid: Grid,
  ) {
    this.servers = servers.map((server) => new ServerSeries(server, group, grid));
    for (const series of this.servers) this.byId[series.server] = series;
    const sums = (): Sums => grid.with(new Sums());
    this.operations = { ok: sums(), failed: sums(), unknown: sums() };
    this.open = grid.with(new Levels());
    this.open.value = 0;
  }

  of(server: ServerId): ServerSeries {
    return this.byId[server]!;
  }
}

type Heard = Extract<Decision, { readonly kind: "electionStarted" | "electionWon" | "committed" }>;

/**
 * What a monitoring system would show of the present branch: counted over all of it, by executing it once more when
 * somebody asks. Memory is bounded, however long the run: time is in bins (`Grid`), totals are exact.
 */
export class Metrics {
  readonly grid = new Grid();
  /** Events so far. */
  readonly events: Levels;
  readonly groups: readonly GroupSeries[];
  private readonly rerun: Rerun;
  private readonly sentAt = new Map<number, Micros>();
  /** What was decided in the event that is being looked at, and which requests ended in it. */
  private heard: { readonly group: GroupId; readonly decision: Heard }[] = [];
  private ended: number[] = [];
  /** Up to when it knows everything. */
  now: Micros = 0;
  private begun = false;

  constructor(readonly history: History) {
    this.rerun = new Rerun(history);
    this.events = this.grid.with(new Levels());
    const { servers, groups } = history.setup;
    const ids = servers.map(({ id }) => id);
    this.groups = Array.from({ length: groups }, (_, i) => new GroupSeries(i + 1, ids, this.grid));
  }

  /** It can be asked about the present branch: what it has seen is that branch's, or it has seen nothing yet. */
  get isHere(): boolean {
    return !this.begun || this.rerun.isHere;
  }

  /** Everything that happens until then, or up to the end of the branch as far as it has been run: the world there. */
  *known(to: Micros = Number.POSITIVE_INFINITY): Work<World> {
    const { current } = this.history;
    const onlooker: Onlooker = {
      ...unobserved,
      fact: (fact) => this.note(fact),
      after: (moment) => this.look(moment),
      forget: () => {},
    };
    const { world } = yield* this.rerun.known(onlooker, (_, moment) => nextAt(moment, current.actions) > to);
    this.passTo(Math.max(this.now, Math.min(to, current.end.at)));
    return world;
  }

  private groupOf({ group = 1 }: { readonly group?: GroupId }): GroupSeries {
    return this.groups[group - 1]!;
  }

  private note(fact: Fact): void {
    this.passTo(fact.at);
    switch (fact.kind) {
      case "sent": {
        const { ref, payload } = fact;
        if (!amongServers(ref)) return;
        this.sentAt.set(nameOf(ref), fact.at);
        const { sums } = this.groupOf(fact).of(ref.from);
        sums.sent.add();
        sums.bytes.add(sizeOf(payload));
        return;
      }
      case "duplicated": {
        const sentAt = this.sentAt.get(nameOf(fact.ref));
        if (sentAt !== undefined) this.sentAt.set(nameOf(fact.copy), sentAt);
        return;
      }
      case "held":
        return this.arrive(fact, fact.ref);
      case "received":
        if (!amongServers(fact.ref)) return;
        this.arrive(fact, fact.ref);
        return this.groupOf(fact).of(fact.ref.to).sums.received.add();
      case "lost": {
        const { ref, reason } = fact;
        if (!amongServers(ref)) return;
        this.sentAt.delete(nameOf(ref));
        const group = this.groupOf(fact);
        const from = group.of(ref.from);
        from.sums.lost.add();
        from.lostBy[reason]++;
        return noteLoss(group.alarms.stretch, reason);
      }
      case "decided":
        if (isHeard(fact.decision)) this.heard.push({ group: fact.group ?? 1, decision: fact.decision });
        return;
      case "crashed":
        this.groupOf(fact).alarms.stretch.crashes++;
        return;
      case "acted":
        if (fact.ignored === null) this.noteAct(fact.act);
        return;
      case "requestAsked":
        if (isOperation(fact.operation)) this.open(fact, 1);
        return;
      case "requestAnswered":
      case "requestRefused":
      case "requestGivenUp":
        if (isOperation(fact.operation)) this.ended.push(fact.request);
        return;
      default:
        return;
    }
  }

  /** What waits for a paused server has arrived there, once. */
  private arrive(fact: Fact, ref: MessageRef): void {
    const sentAt = this.sentAt.get(nameOf(ref));
    if (sentAt === undefined) return;
    this.sentAt.delete(nameOf(ref));
    const { stretch } = this.groupOf(fact).alarms;
    stretch.arrived++;
    stretch.longest = Math.max(stretch.longest, fact.at - sentAt);
  }

  private noteAct(act: (Fact & { readonly kind: "acted" })["act"]): void {
    if (act.do === "timeout" || act.do === "timer") this.groupOf(act).alarms.stretch.byHand++;
  }

  private open(fact: { readonly group?: GroupId }, by: 1 | -1): void {
    const { open } = this.groupOf(fact);
    open.set(open.value + by);
  }

  /** Time has gone on, and until then nothing had changed. */
  private passTo(at: Micros): void {
    if (at === this.now && this.grid.count > 0) return;
    const passed = at - this.now;
    this.now = at;
    for (const group of this.groups) {
      if (!this.begun || group.servers.some(({ levels }) => levels.led.value > 0)) continue;
      group.leaderless += passed;
      group.alarms.stretch.leaderless += passed;
    }
    this.grid.moveTo(at);
  }

  private look({ world }: Moment): void {
    this.passTo(world.now);
    this.events.set(world.events);
    // A leader that commits may lead no longer, and what it appends it may commit at once.
    this.commitHeard();
    for (const machine of world.machines) if (machine !== undefined) this.lookAt(machine);
    this.commitHeard();
    for (const group of this.groups) this.lookAtGroup(group, world);
    for (const { group, decision } of this.heard) this.take(this.groups[group - 1]!, decision, world);
    for (const request of this.ended) this.end(world, request);
    this.heard = [];
    this.ended = [];
    this.begun = true;
  }

  private lookAt(machine: Machine): void {
    const group = this.groups[machine.group - 1]!;
    const { stretch } = group.alarms;
    const series = group.of(machine.id);
    const { levels } = series;
    const wasPaused = levels.status.value === paused;
    stretch.write = Math.max(stretch.write, series.writingFor(this.now));
    series.look(machine, this.now);
    if (levels.status.value === paused && !wasPaused && this.begun) stretch.pauses++;
    if (!this.begun) group.committed = Math.max(group.committed, machine.raft.commitIndex);
  }

  private lookAtGroup(group: GroupSeries, world: World): void {
    const { servers } = group;
    let leader: Machine | undefined;
    for (const { server, levels } of servers) {
      const led = levels.led.value;
      if (led > 0 && led > (leader?.raft.term ?? 0)) leader = replicaOf(world, server, group.group);
    }
    for (const { server, levels } of servers) {
      const progress = server === leader?.id ? undefined : leader?.raft.progress[server];
      levels.lag.set(progress === undefined ? Number.NaN : Math.max(0, leader!.raft.log.last - progress.match));
    }
  }

  private take(group: GroupSeries, decision: Heard, world: World): void {
    if (decision.kind === "committed") return;
    const series = group.of(decision.server);
    const won = decision.kind === "electionWon";
    series.sums[won ? "won" : "elections"].add();
    const turn = { at: world.now, event: world.events, server: decision.server, term: decision.term, won };
    group.alarms.note(turn, sceneAt(world, replicaOf(world, decision.server, group.group)!));
  }

  private commitHeard(): void {
    for (const { group, decision } of this.heard) {
      const series = this.groups[group - 1]!;
      if (decision.kind === "committed") this.commit(series, series.of(decision.server), decision.index);
    }
  }

  /** Once more, it does nothing more. */
  private commit(group: GroupSeries, { sums, latency, uncommitted, server }: ServerSeries, index: number): void {
    sums.commits.add(Math.max(0, index - group.committed));
    group.committed = Math.max(group.committed, index);
    uncommitted.commit(index, (appendedAt) => {
      count(latency, this.now - appendedAt);
      group.latencies.add(this.now, this.now - appendedAt, server);
    });
  }

  private end(world: World, number: number): void {
    const operation = operationNumbered(world, number);
    if (operation === null || operation.outcome === "open") return;
    this.groupOf(operation).operations[operation.outcome].add();
    this.open(operation, -1);
  }
}

const paused = statuses.indexOf("paused");
const isHeard = (decision: Decision): decision is Heard =>
  decision.kind === "electionStarted" || decision.kind === "electionWon" || decision.kind === "committed";
const amongServers = ({ from, to }: MessageRef): boolean => from !== 0 && to !== 0;
const isOperation = ({ op }: Operation): boolean => op !== "session";
