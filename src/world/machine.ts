import { draw, inRange } from "../base/random.ts";
import type { GroupId, LogIndex, Micros } from "../base/units.ts";
import { hearing } from "../raft/asked.ts";
import type { Entry } from "../raft/entry.ts";
import type { Env } from "../raft/env.ts";
import { append, compact, lastIndex, logAfter, prefixHash, truncate } from "../raft/log.ts";
import { forgetEmptyWrite, hasReady, takeReady } from "../raft/ready.ts";
import { rulesWith } from "../raft/rules/broken.ts";
import type { Rules } from "../raft/rules/index.ts";
import { snapshotNow } from "../raft/sending.ts";
import { createServer } from "../raft/server.ts";
import { silencesOf, tellSilences } from "../raft/silences.ts";
import { step } from "../raft/step.ts";
import type { Input, RaftMessage, Ready, Refusal, Server, Write } from "../raft/types.ts";
import { localTime } from "./clock.ts";
import type { Tell } from "./facts.ts";
import type { FaultAct } from "./faults/index.ts";
import { type Applied, applyCommand, bytesOf, copyStore, storeForSnapshot } from "./kv.ts";
import { limits } from "./limits.ts";
import { transmit } from "./network.ts";
import { forReplicas, named, replicaOf, slotOf } from "./replicas.ts";
import type { ClientOperation, Request } from "./state/clients.ts";
import type { KvCommand, Operation } from "./state/commands.ts";
import type { CarriedSnapshot, Disk, Machine, PendingWrite } from "./state/machine.ts";
import type { ClientReply } from "./state/messages.ts";
import type { World } from "./types.ts";

const streams = { timeout: 100, disk: 200 } as const;

/** Who looks on: `tell` hears what happens and why, `watch` sees every server after each of its steps, and what that was about: null for a restart, or where a hand has set its timer. */
export interface Onlookers {
  readonly tell: Tell;
  readonly watch: ((world: World, machine: Machine, input: Input | null) => void) | null;
  /** Sees a server just before each of its steps. Must not change anything. */
  readonly begins?: (world: World, machine: Machine, input: Input) => void;
  /** Sees every message between servers in the instant in which it leaves. */
  readonly sends?: (world: World, machine: Machine, message: RaftMessage) => void;
  /** Sees what a server wants done being handed out; and, once what it wrote is on the disk, before its messages leave. */
  readonly takes?: (world: World, machine: Machine, ready: Ready) => void;
  readonly finishes?: (world: World, machine: Machine, ready: Ready) => void;
  /** Sees what no step of a server shows: the state machine, and the clients. */
  readonly audit: Audit | null;
  readonly rules: Rules;
  /** A nemesis has done something. */
  readonly struck?: (act: FaultAct) => void;
}
export interface Audit {
  /** A command was executed, or not, at that place of the log. */
  applied(world: World, machine: Machine, command: KvCommand, index: LogIndex, applied: Applied): void;
  asked(world: World, request: Request): void;
  /** `operation`: as it is in the history; null for requests about sessions. */
  ended(world: World, request: Request, operation: ClientOperation | null): void;
}

// ---- starting -----------------------------------------------------------------------------------------------

/** The server as it starts from its disk; what is only in memory begins anew (Figure 2). */
export function bootServer(world: World, replica: Replica, disk: Disk, timeoutsDrawn: number): Server {
  const { id, options, clock } = replica;
  const { term, votedFor, log, snapshot } = disk;
  const commitIndex = options.persistCommit ? disk.commitIndex : 0;
  const stored = { term, votedFor, log, commitIndex, configuration: snapshot.configuration };
  const timeout = drawTimeout(world, replica, timeoutsDrawn);
  const timer = { now: localTime(clock, world.now), timeout, drawn: timeoutsDrawn + 1 };
  return createServer(id, stored, options, timer);
}

type Replica = Pick<Machine, "id" | "group" | "options" | "clock">;

function drawTimeout({ seed, setup }: World, { id, group, options }: Replica, count: number): Micros {
  const roll = draw(seed, streams.timeout + slotOf(id, group), count);
  return rulesWith(setup.bugs).electionTimeout.ask(roll, options);
}

// ---- one step -----------------------------------------------------------------------------------------------

/** Feeds one input to a server and carries out what it then wants done. Returns why the input was refused, or null. */
export function dispatch(world: World, machine: Machine, input: Input, onlookers: Onlookers): Refusal | null {
  const refused = take(world, machine, input, onlookers);
  carryOut(world, machine, onlookers);
  return refused;
}

/** `applied`: how far the state machine has come, if it has not reported that yet. */
function take(world: World, machine: Machine, input: Input, onlookers: Onlookers, applied = 0): Refusal | null {
  const { raft } = machine;
  const { timerSince, heartbeatSince } = raft;
  onlookers.begins?.(world, machine, input);
  const refused = step(raft, input, stepEnv.of(world, machine, onlookers, applied));
  if (raft.timerSince !== timerSince || raft.heartbeatSince !== heartbeatSince)
    machine.timerSequence = world.sequence++;
  if (raft.timerSince !== timerSince || input.kind === "electionTimeout") forgetSetTimer(world, machine);
  if (raft.role !== "leader" && !machine.options.forwardProposals && machine.pledges.length > 0) machine.pledges = [];
  if (raft.log.last - raft.log.base > limits.entriesPerLog) {
    world.stopped = `more than ${limits.entriesPerLog} entries in one log`;
  }
  onlookers.watch?.(world, machine, input);
  return refused;
}

/** How long a timer was set by hand to run holds once; whatever starts it anew without a draw gets one now. */
function forgetSetTimer(world: World, machine: Machine): void {
  const { raft, options } = machine;
  if (raft.timeout < options.electionTimeoutMin || raft.timeout > options.electionTimeoutMax)
    raft.timeout = drawTimeout(world, machine, raft.timeoutsDrawn++);
}

/** What a server knows of the world while it takes one step. */
class StepEnv implements Env {
  options!: Env["options"];
  rules!: Rules;
  now: Micros = 0;
  decide: Env["decide"] = null;
  private world!: World;
  private machine!: Machine;
  private timeoutsDrawn = 0;
  private applied: LogIndex = 0;

  /** As things are now. */
  of(world: World, machine: Machine, onlookers: Onlookers, applied: LogIndex): this {
    this.world = world;
    this.machine = machine;
    this.options = machine.options;
    this.rules = onlookers.rules;
    this.now = localTime(machine.clock, world.now);
    this.decide = decisionsTo(world, machine.group, onlookers);
    this.timeoutsDrawn = machine.raft.timeoutsDrawn;
    this.applied = applied;
    return this;
  }

  /** Few steps want one; who wants it twice gets the same. */
  get drawnTimeout(): Micros {
    return drawTimeout(this.world, this.machine, this.timeoutsDrawn);
  }

  snapshot(): CarriedSnapshot {
    const { raft } = this.machine;
    const index = this.rules.snapshotUpTo.ask(raft, Math.max(this.applied, raft.lastApplied));
    return snapshotOf(this.machine, index, this.rules);
  }
}

/** Reused by every step, so that none makes one: no step begins within another, and none keeps it. */
const stepEnv = new StepEnv();

const decisionsTo = (world: World, group: GroupId, { tell, rules }: Pick<Onlookers, "tell" | "rules">): Env["decide"] =>
  tell && hearing(rules, (decision) => tell({ kind: "decided", decision, ...named(world, group) }));

/** Tells what a server does not do from now on, though nobody asked it anything. */
export function fallSilent(
  world: World,
  { raft, options, group }: Machine,
  before: Parameters<typeof tellSilences>[0],
  { tell, rules }: Onlookers,
): void {
  tellSilences(before, raft, { options, rules, decide: decisionsTo(world, group, { tell, rules }) });
}

function snapshotOf(machine: Machine, index: LogIndex, rules: Rules): CarriedSnapshot {
  const store = storeForSnapshot(machine.store, rules);
  return { ...snapshotNow(machine.raft, machine.options, index), store, bytes: bytesOf(store) };
}

// ---- carrying out -------------------------------------------------------------------------------------------

/**
 * Write, send, apply: until the server wants nothing more, or (with a synchronous disk) waits for a write. Then
 * nothing else is begun before that write is finished.
 */
export function carryOut(world: World, machine: Machine, onlookers: Onlookers): void {
  const { options } = machine;
  const { rules } = onlookers;
  while (machine.held === null && world.violation === null && hasReady(machine.raft, options, rules)) {
    const ready = takeReady(machine.raft, options, rules, decisionsTo(world, machine.group, onlookers));
    onlookers.takes?.(world, machine, ready);
    if (options.asyncDisk) overlap(world, machine, ready, onlookers);
    else if (ready.write?.sync) hold(world, machine, ready, ready.write, onlookers);
    else finish(world, machine, ready, onlookers);
  }
}

const noMessages: readonly RaftMessage[] = [];

function hold(world: World, machine: Machine, ready: Ready, write: Write, onlookers: Onlookers): void {
  machine.held = onlookers.rules.promisesWait.ask() ? ready : sentEarly(world, machine, ready, onlookers);
  startWrite(world, machine, write, noMessages);
}

/** With that rule broken nothing waits for the write. What is left to do after it. */
function sentEarly(world: World, machine: Machine, ready: Ready, onlookers: Onlookers): Ready {
  sendAll(world, machine, ready.messages, onlookers);
  sendAll(world, machine, ready.messagesAfterWrite, onlookers);
  return { ...ready, messages: [], messagesAfterWrite: [] };
}

function finish(world: World, machine: Machine, ready: Ready, onlookers: Onlookers): void {
  if (ready.write !== null && !ready.write.sync) persist(machine, ready.write, onlookers.rules);
  onlookers.finishes?.(world, machine, ready);
  sendAll(world, machine, ready.messages, onlookers);
  sendAll(world, machine, ready.messagesAfterWrite, onlookers);
  if (ready.write !== null && !forgetEmptyWrite(machine.raft)) take(world, machine, { kind: "written" }, onlookers);
  applyAndReport(world, machine, ready, onlookers);
  answerReads(world, machine, ready, onlookers.tell);
}

export function sendAll(world: World, machine: Machine, messages: readonly RaftMessage[], onlookers: Onlookers): void {
  for (const message of messages) {
    onlookers.sends?.(world, machine, message);
    transmit(world, message, onlookers.tell, machine);
  }
}

/** Asynchronous disk: only what promises something waits for the write. */
function overlap(world: World, machine: Machine, wanted: Ready, onlookers: Onlookers): void {
  const ready = onlookers.rules.promisesWait.ask() ? wanted : sentEarly(world, machine, wanted, onlookers);
  sendAll(world, machine, ready.messages, onlookers);
  if (ready.write !== null) startWrite(world, machine, ready.write, ready.messagesAfterWrite);
  applyAndReport(world, machine, ready, onlookers);
  answerReads(world, machine, ready, onlookers.tell);
}

// ---- the disk -----------------------------------------------------------------------------------------------

/** Queues a write behind those under way, of whatever group: a disk does one at a time, in order. */
function startWrite(world: World, machine: Machine, write: Write, after: readonly RaftMessage[]): void {
  const { disk, id } = machine;
  const { writeMin, writeMax } = disk.trouble?.kind === "slow" ? disk.trouble : disk.settings;
  const count = ++replicaOf(world, id)!.disk.started;
  const takes = write.sync ? inRange(draw(world.seed, streams.disk + id, count), writeMin, writeMax) : 0;
  const startedAt = Math.max(world.now, diskFreeAt(world, machine));
  disk.pending.push({ write, after, startedAt, doneAt: startedAt + takes, sequence: world.sequence++ });
  if (disk.pending.length > limits.writesPending)
    world.stopped = `more than ${limits.writesPending} writes before the disk of S${id}`;
}

function diskFreeAt(world: World, { id, disk }: Machine): Micros {
  let free = disk.pending.at(-1)?.doneAt ?? 0;
  if (world.setup.groups > 1)
    forReplicas(world, id, (other) => {
      free = Math.max(free, other.disk.pending.at(-1)?.doneAt ?? 0);
    });
  return free;
}

/** The oldest write under way is finished; the process learns of it unless it is paused. */
export function finishWrite(world: World, machine: Machine, onlookers: Onlookers): void {
  const { disk } = machine;
  const done = disk.pending.shift()!;
  const before = onlookers.tell && storedIn(disk);
  persist(machine, done.write, onlookers.rules);
  if (before !== null) tellWritten(world, machine, before, onlookers.tell);
  if (machine.status === "up") notice(world, machine, done, onlookers);
  else disk.unnoticed.push(done);
}

const storedIn = ({ term, votedFor, commitIndex, log }: Disk) => {
  return { term, votedFor, commitIndex, lastIndex: lastIndex(log), hash: prefixHash(log, lastIndex(log)) };
};

/** A write may only mark a place in the queue: then nothing has changed. */
function tellWritten(
  world: World,
  { id: server, disk, group }: Machine,
  before: ReturnType<typeof storedIn>,
  tell: Tell,
) {
  const { term, votedFor, commitIndex, lastIndex: last, hash } = storedIn(disk);
  const same =
    term === before.term && votedFor === before.votedFor && last === before.lastIndex && hash === before.hash;
  if (same && commitIndex === before.commitIndex) return;
  const only = same ? { commitIndex } : {};
  tell?.({ kind: "diskWritten", server, term, votedFor, lastIndex: last, ...only, ...named(world, group) });
}

/** Tells a process that runs again which of its writes are done. */
export function noticeWrites(world: World, machine: Machine, onlookers: Onlookers): void {
  const { unnoticed } = machine.disk;
  machine.disk.unnoticed = [];
  for (const done of unnoticed) notice(world, machine, done, onlookers);
}

function notice(world: World, machine: Machine, done: PendingWrite, onlookers: Onlookers): void {
  const { held } = machine;
  machine.held = null;
  if (held !== null) finish(world, machine, held, onlookers);
  else {
    sendAll(world, machine, done.after, onlookers);
    take(world, machine, { kind: "written" }, onlookers);
  }
  carryOut(world, machine, onlookers);
}

export function persist(machine: Machine, { state, snapshot, entries }: Write, rules: Rules): void {
  const { disk } = machine;
  if (state !== null) {
    const { term, votedFor, commitIndex } = rules.durableState.ask(state, disk);
    disk.term = term;
    disk.votedFor = votedFor;
    disk.commitIndex = commitIndex;
  }
  if (snapshot !== null) install(machine, snapshot as CarriedSnapshot);
  const first = entries[0];
  forgetCorruption(disk, first?.index ?? 0);
  if (first !== undefined && first.index > disk.log.base) truncate(disk.log, first.index);
  for (const entry of entries) if (entry.index > lastIndex(disk.log)) append(disk.log, entry);
}

/** An entry that is written anew, or stands for nothing any more, is no longer corrupt. */
function forgetCorruption(disk: Disk, writtenFrom: LogIndex): void {
  const { corrupt, log } = disk;
  if (corrupt === null) return;
  const rewritten = writtenFrom > 0 && writtenFrom <= corrupt.index;
  if (rewritten || corrupt.index <= log.base) disk.corrupt = null;
}

function install(machine: Machine, { index, term, hash, configuration, store }: CarriedSnapshot): void {
  machine.disk.log = logAfter(index, term, hash);
  machine.disk.snapshot = { configuration, store };
  machine.store = copyStore(store);
}

// ---- the state machine --------------------------------------------------------------------------------------

/** Applies committed entries in order and answers the clients that wait for them. */
function applyEntries(world: World, machine: Machine, apply: readonly Entry[], onlookers: Onlookers): void {
  const { tell } = onlookers;
  const { id: server, group } = machine;
  for (const { index, command: opaque, change } of apply) {
    const command = opaque as KvCommand | null;
    const applied = command === null ? null : executeCommand(world, machine, command, index, onlookers);
    const operation = command?.operation ?? null;
    tell?.({ kind: "stateApplied", server, index, operation, change, ...told(applied), ...named(world, group) });
    // Where a snapshot has come meanwhile, its configuration holds already what this change brought.
    if (change !== null && index > machine.raft.log.base)
      take(world, machine, { kind: "changeApplied", change }, onlookers, index);
    if (applied !== null && machine.pledges.length > 0)
      answerClient(world, machine, command!.request, outcomeOf(applied), tell);
  }
}

function told(applied: Applied | null) {
  if (applied?.kind === "refused") return { value: null, unexecuted: applied.why };
  const value = applied?.value ?? null;
  return applied?.repeated ? { value, unexecuted: "repeated" as const } : { value };
}

function executeCommand(
  world: World,
  machine: Machine,
  command: KvCommand,
  index: LogIndex,
  { rules, audit }: Onlookers,
): Applied {
  const { sessionsMost } = world.setup.clients;
  const applied = applyCommand(machine.store, command, index, { rules, sessionsMost });
  audit?.applied(world, machine, command, index, applied);
  return applied;
}

function applyAndReport(world: World, machine: Machine, { apply }: Ready, onlookers: Onlookers): void {
  if (apply.length === 0) return;
  applyEntries(world, machine, apply, onlookers);
  take(world, machine, { kind: "applied", entries: apply }, onlookers);
  compactIfDue(world, machine, onlookers);
}

/** A confirmed read is answered from the store once that has reached the read's index (D §6.4). */
function answerReads(world: World, machine: Machine, { reads }: Ready, tell: Tell): void {
  for (const { context, index } of reads) machine.reads.push({ request: Number(context), index });
  if (machine.reads.length === 0) return;
  const { lastApplied } = machine.raft;
  const due = machine.reads.filter(({ index }) => index <= lastApplied);
  machine.reads = machine.reads.filter(({ index }) => index > lastApplied);
  for (const { request } of due) {
    const asked = world.clients.open.find(({ number }) => number === request);
    if (asked !== undefined) answerRead(world, machine, { request, operation: asked.operation }, tell);
  }
}

/** From the state as it is here and now. */
export function answerRead(
  world: World,
  machine: Machine,
  { request, operation }: { readonly request: number; readonly operation: Operation },
  tell: Tell,
): void {
  if (operation.op !== "get") return;
  const value = machine.store.data.get(operation.key) ?? null;
  reply(world, machine, request, { kind: "done", value, index: machine.raft.lastApplied }, tell);
}

/** A repetition is answered as the first time. */
const outcomeOf = (applied: Applied): ClientReply["outcome"] =>
  applied.kind === "done" ? { kind: "done", value: applied.value, index: applied.index } : applied;

function answerClient(
  world: World,
  machine: Machine,
  request: number,
  outcome: ClientReply["outcome"],
  tell: Tell,
): void {
  const at = machine.pledges.findIndex((pledge) => pledge.request === request);
  if (at < 0) return;
  machine.pledges.splice(at, 1);
  reply(world, machine, request, outcome, tell);
}

function reply(world: World, machine: Machine, request: number, outcome: ClientReply["outcome"], tell: Tell): void {
  transmit(world, { type: "ClientReply", from: machine.id, to: 0, request, outcome }, tell, machine);
}

// ---- snapshots (§7) -----------------------------------------------------------------------------------------

/** Keeps the state machine as it is now and forgets the log that led to it, in memory and on the disk. */
export function compactMachine(world: World, machine: Machine, onlookers: Onlookers): void {
  const { tell, rules } = onlookers;
  const { raft, disk } = machine;
  const before = tell && silencesOf(raft, { options: machine.options, rules });
  const { index, configuration } = snapshotNow(raft, machine.options);
  disk.snapshot = { configuration, store: storeForSnapshot(machine.store, rules) };
  raft.baseConfiguration = configuration;
  compact(raft.log, index);
  const discarded = rulesWith(world.setup.bugs).discardsUpTo.ask(raft, index);
  compact(disk.log, Math.min(discarded, lastIndex(disk.log)));
  tell?.({ kind: "compacted", server: machine.id, index, ...named(world, machine.group) });
  if (before !== null) fallSilent(world, machine, before, onlookers);
}

function compactIfDue(world: World, machine: Machine, onlookers: Onlookers): void {
  const { snapshotAfter } = machine.options;
  const { lastApplied, log, unstableFrom } = machine.raft;
  if (snapshotAfter > 0 && lastApplied < unstableFrom && lastApplied - log.base >= snapshotAfter)
    compactMachine(world, machine, onlookers);
}
