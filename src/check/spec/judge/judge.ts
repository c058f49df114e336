import type { Micros } from "../../../base/units.ts";
import { copyLog } from "../../../raft/log.ts";
import type { RaftMessage, Server } from "../../../raft/types.ts";
import type { Happening } from "../../../world/facts.ts";
import { findPacket } from "../../../world/network.ts";
import type { Machine } from "../../../world/state/machine.ts";
import type { Payload } from "../../../world/state/messages.ts";
import type { Setup } from "../../../world/state/setup.ts";
import type { World } from "../../../world/types.ts";
import type { Ears } from "../../runner.ts";
import { type Action, isWider } from "../next.ts";
import { type SpecState, serverIn } from "../state.ts";
import { afterCrash } from "./crash.ts";
import { type Explained, explain, type Step } from "./explain.ts";
import { specMessages } from "./mapping.ts";
import { durableDifferences, isStored, observe } from "./observed.ts";
import { outsideFromStart, outsideMessage, outsideOptions, outsideState } from "./outside.ts";
import { Path } from "./path.ts";
import { type Refusal, refusalOf } from "./refusal.ts";
import { startOf } from "./start.ts";

/** An action of the specification that the run has taken, and what it led to. */
export interface Accepted {
  readonly action: Action;
  readonly state: SpecState;
  /** The number of the step that it belongs to; 0: the network's. */
  readonly step: number;
  /** When it counts: what a server does, once it is on its disk. */
  readonly at: Micros;
}

export type Verdict =
  | { readonly is: "accepted" }
  | { readonly is: "refused"; readonly refusal: Refusal }
  /** From here on, or from the start, the run does what the specification has no words for. */
  | { readonly is: "outside"; readonly why: string };

/** A server as far as the judge has come with it. */
interface Followed {
  /** Steps that the specification has not taken yet: what they have changed is not on the disk. */
  waiting: Step[];
  /** So many of them belong to what is being written. */
  taken: number;
  restarts: number;
  /** Messages that may leave: what they promise is on the disk. */
  readonly mayLeave: Set<RaftMessage>;
  /** How much stood ready to be sent when its step began. */
  outbox: number;
  afterWrite: number;
  torn: boolean;
}

/**
 * Holds a run against Ongaro's specification: every step must be a sequence of its actions. It looks on, by `ears`, and
 * shares no code with the engine but what reads a log.
 *
 * The specification has no disk: what a server knows it keeps. So a step counts from when what it has changed is on the
 * disk, which is when its messages leave; what a crash takes away before that has never happened, and a message that was
 * received meanwhile is lost. A message that changes nothing is lost as well.
 */
export class Judge {
  readonly accepted: Accepted[] = [];
  readonly start: SpecState;
  state: SpecState;
  verdict: Verdict = { is: "accepted" };
  /** Steps of servers that were seen, and of them those that the specification has taken or that never happened. */
  steps = 0;
  judged = 0;
  wider = 0;
  private readonly followed: (Followed | undefined)[] = [];
  private world: World | null = null;

  constructor(
    setup: Setup,
    private readonly keeps: boolean,
  ) {
    this.start = startOf(setup);
    this.state = this.start;
    const why = outsideFromStart(setup);
    if (why !== null) this.leave(why);
  }

  readonly ears: Ears = {
    tell: (happening) => this.hear(happening),
    begins: (_, machine) => this.begins(machine),
    stepped: (world, machine, input) => {
      this.world = world;
      if (this.over || serverIn(this.state, machine.id) === undefined) return;
      if (world.outside !== null) return this.leave(world.outside);
      const one = this.of(machine);
      if (input !== null) this.step(world, machine, one, input);
      else if (machine.restarts !== one.restarts) this.comesBack(world, machine, one);
    },
    takes: (_, machine) => {
      const one = this.followed[machine.id];
      if (one !== undefined) one.taken = one.waiting.length;
    },
    finishes: (_, machine) => this.finishes(machine),
    sends: (_, machine, message) => this.sends(machine, message),
  };

  /** At the end of a run: what still waits for a disk is looked at too, as if that had finished. */
  conclude(): Verdict {
    const isDown = (id: number): boolean => this.world?.machines[id]?.status === "down";
    const left = this.followed.flatMap((one, id) => (one === undefined || isDown(id) ? [] : one.waiting));
    for (const step of left.sort((a, b) => a.number - b.number)) if (!this.over) this.take(step);
    this.followed.forEach((one, id) => {
      if (one !== undefined && isDown(id)) this.judged += one.waiting.length;
    });
    return this.verdict;
  }

  get over(): boolean {
    return this.verdict.is !== "accepted";
  }

  private leave(why: string): void {
    this.verdict = { is: "outside", why };
  }

  private of({ id, restarts }: Machine): Followed {
    const known = this.followed[id];
    if (known !== undefined) return known;
    const first = {
      waiting: [],
      taken: 0,
      restarts,
      mayLeave: new Set<RaftMessage>(),
      outbox: 0,
      afterWrite: 0,
      torn: false,
    };
    this.followed[id] = first;
    return first;
  }

  // ---- steps of servers ---------------------------------------------------------------------------------------

  private begins({ id, raft }: Machine): void {
    const one = this.followed[id];
    if (one === undefined) return;
    one.outbox = raft.outbox.length;
    one.afterWrite = raft.afterWrite.length;
  }

  private step(world: World, { id: server, raft }: Machine, one: Followed, input: Step["input"]): void {
    const sent = newIn(raft, one);
    const why = outsideState(raft) ?? sent.map(outsideMessage).find((problem) => problem !== null) ?? null;
    if (why !== null) return this.leave(why);
    const { now: at, events: event } = world;
    const step: Step = { number: ++this.steps, at, event, server, input, after: observe(raft), sent };
    if (input.kind === "written") this.commitFirst(one, step);
    one.waiting.push(step);
  }

  /**
   * What a finished write lets a leader commit comes before what it has heard while it wrote: a single server would
   * otherwise have to commit what is not yet written as well.
   */
  private commitFirst({ waiting }: Followed, { number, server: i, after: { commitIndex } }: Step): void {
    const before = waiting.at(-1)?.after.commitIndex ?? commitIndex;
    if (before >= commitIndex) return;
    const path = new Path(this.state);
    if (!path.go({ name: "AdvanceCommitIndex", i }).ok) return;
    if (serverIn(path.state, i).commitIndex !== commitIndex) return;
    this.accept(path, number);
    for (const step of waiting) step.after = { ...step.after, commitIndex };
  }

  /** What the steps changed is on the disk. */
  private finishes({ id, disk }: Machine): void {
    const one = this.followed[id];
    if (one === undefined || this.over) return;
    const steps = one.waiting.splice(0, one.taken);
    one.taken = 0;
    for (const step of steps) {
      if (!this.take(step)) return;
      for (const message of step.sent) one.mayLeave.add(message);
    }
    const last = steps.at(-1);
    const lost = last === undefined ? [] : durableDifferences(id, serverIn(this.state, id), disk);
    if (lost.length > 0) this.refuse(asStored(last!, disk), { path: new Path(this.state), differences: lost });
  }

  private take(step: Step): boolean {
    const explained = explain(this.state, step);
    this.judged++;
    if (explained.differences.length > 0) this.refuse(step, explained);
    else this.accept(explained.path, step.number);
    return !this.over;
  }

  private accept({ actions, states, state }: Path, step: number): void {
    this.state = state;
    const at = this.world?.now ?? 0;
    actions.forEach((action, k) => {
      if (isWider(action)) this.wider++;
      this.accepted.push({ action, state: this.keeps ? states[k]! : this.start, step, at });
    });
  }

  private refuse(step: Step, { path, differences }: Explained): void {
    this.verdict = { is: "refused", refusal: refusalOf(step, path, differences) };
  }

  // ---- messages -----------------------------------------------------------------------------------------------

  /** A message may leave once its step counts. Or the machine has crashed between two messages of a finished write. */
  private sends(machine: Machine, message: RaftMessage): void {
    const one = this.followed[machine.id];
    if (one === undefined || this.over || one.mayLeave.delete(message)) return;
    const step = one.waiting.find(({ sent }) => sent.includes(message));
    if (step === undefined) return this.leave(`a message of S${machine.id} comes from nowhere`);
    const last = one.waiting[one.taken - 1];
    if (last === undefined || !isStored(last.after, machine.disk)) {
      const early = [`S${machine.id} sends before what it promises is on its disk`];
      return this.refuse(step, { path: new Path(this.state), differences: early });
    }
    this.finishes(machine);
    one.mayLeave.delete(message);
    for (const unsent of one.mayLeave) this.dropped(unsent);
    one.mayLeave.clear();
  }

  private hear(happening: Happening): void {
    if (this.over) return;
    if (happening.kind === "lost") this.dropped(happening.payload);
    else if (happening.kind === "duplicated" && this.world !== null) {
      const packet = findPacket(this.world, happening.copy);
      if (packet !== undefined) this.network("DuplicateMessage", packet.payload);
    } else if (happening.kind === "crashPoint") {
      const one = this.followed[happening.server];
      if (one !== undefined) one.torn = happening.point === "tornWrite";
    } else if (happening.kind === "optionsFollowed") {
      const why = outsideOptions(happening.options);
      if (why !== null) this.leave(why);
    }
  }

  private dropped(payload: Payload): void {
    this.network("DropMessage", payload);
  }

  private network(name: "DuplicateMessage" | "DropMessage", payload: Payload): void {
    if (payload.type === "ClientRequest" || payload.type === "ClientReply") return;
    const path = new Path(this.state);
    for (const m of specMessages(payload) ?? []) path.go({ name, m });
    this.accept(path, 0);
  }

  // ---- crashes ------------------------------------------------------------------------------------------------

  private comesBack(world: World, machine: Machine, one: Followed): void {
    const { id: server, raft, disk, restarts } = machine;
    const { waiting, torn } = one;
    const path = afterCrash(this.state, server, waiting.slice(0, one.taken), waiting.slice(one.taken), disk);
    this.judged += waiting.length;
    Object.assign(one, { waiting: [], taken: 0, restarts, torn: false });
    const { now: at, events: event } = world;
    const input = { kind: "written" } as const;
    const step: Step = { number: ++this.steps, at, event, server, input, after: observe(raft), sent: [] };
    this.judged++;
    const lost = durableDifferences(server, serverIn(path.state, server), disk);
    if (lost.length === 0) return this.accept(path, step.number);
    if (torn) return this.leave("a torn write has left what no order of actions does");
    this.refuse(asStored(step, disk), { path, differences: lost });
  }
}

/** As the server would find it after a crash. */
const asStored = (step: Step, { term, votedFor, log }: Machine["disk"]): Step => ({
  ...step,
  after: { ...step.after, term, votedFor, log: copyLog(log) },
});

const newIn = (
  { outbox, afterWrite }: Server,
  before: Pick<Followed, "outbox" | "afterWrite">,
): readonly RaftMessage[] =>
  outbox.length === before.outbox && afterWrite.length === before.afterWrite
    ? []
    : [...outbox.slice(before.outbox), ...afterWrite.slice(before.afterWrite)];
