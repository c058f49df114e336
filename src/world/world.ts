import { assertNever } from "../base/assert.ts";
import { draw, inRange } from "../base/random.ts";
import type { LogIndex, Micros, ServerId } from "../base/units.ts";
import { append, copyLog, emptyLog, entryAt, lastIndex, type RaftLog, truncate } from "../raft/log.ts";
import { type Rules, rules } from "../raft/rules.ts";
import { copyServer, createServer } from "../raft/server.ts";
import { type Env, step } from "../raft/step.ts";
import type { Input, Output, RaftMessage } from "../raft/types.ts";
import { clientActs, clientDueAt, hear } from "./client.ts";
import { copyStore, emptyStore, execute, kvCommand } from "./kv.ts";
import { limits } from "./limits.ts";
import { lose, settingsFor, type Tell, transmit } from "./network.ts";
import type {
  ClientRequest,
  Disk,
  KvCommand,
  Link,
  LinkSettings,
  Machine,
  Packet,
  ServerSetup,
  Setup,
  World,
} from "./types.ts";

const never = Number.POSITIVE_INFINITY;
const streams = { timeout: 100, disk: 200 } as const;

/** Who looks on: `tell` hears what happens and why, `watch` sees every server after each of its steps. */
export interface Onlookers {
  readonly tell: Tell;
  readonly watch: ((world: World, machine: Machine) => void) | null;
  readonly rules: Rules;
}
export const nobody: Onlookers = { tell: null, watch: null, rules };

// ---- making and copying -------------------------------------------------------------------------------------

export function createWorld(setup: Setup): World {
  const voters = setup.servers.map(({ id }) => id);
  const size = Math.max(...voters) + 1;
  const world: World = {
    setup,
    now: 0,
    events: 0,
    eventsAtNow: 0,
    sequence: 0,
    mode: setup.mode,
    machines: [],
    links: Array.from({ length: size }, (_, from) =>
      Array.from({ length: size }, (_, to) => newLink(settingsFor(from, to, setup.link))),
    ),
    packets: [],
    client: { open: [], ended: [], asked: 0, leader: 0, loadPerSecond: 0, loadNextAt: 0 },
    lost: [],
    violation: null,
    stopped: null,
  };
  for (const server of setup.servers) {
    world.machines[server.id] = createMachine(world, server, voters);
  }
  return world;
}

const newLink = (settings: LinkSettings): Link => ({ up: true, settings, sent: 0 });

function createMachine(world: World, server: ServerSetup, voters: readonly ServerId[]): Machine {
  const { setup } = world;
  const { id, term, votedFor } = server;
  const disk: Disk = {
    settings: setup.disk,
    term,
    votedFor,
    log: initialLog(server),
    pending: [],
    started: 0,
    done: 0,
  };
  const raft = createServer(id, voters, disk, 0, drawTimeout(world, id, 0));
  raft.commitIndex = server.commit;
  const machine: Machine = {
    id,
    status: "up",
    raft,
    disk,
    outbox: [],
    inbox: [],
    pledges: [],
    store: emptyStore(),
    restarts: 0,
    draws: 1,
    timerSequence: world.sequence++,
  };
  applyCommitted(world, machine, nobody);
  return machine;
}

/** Entries with made-up commands: equal terms at an index mean equal entries, as Log Matching demands. */
function initialLog(server: ServerSetup): RaftLog {
  const log = emptyLog();
  server.log.forEach((term, i) => {
    const index = i + 1;
    append(log, { index, term, command: kvCommand({ op: "put", key: "x", value: `${term}.${index}` }, 0) });
  });
  return log;
}

/** An independent copy. Immutable parts (setup, packets, log entries, payloads) are shared. */
export function copyWorld(world: World): World {
  return {
    ...world,
    machines: world.machines.map(copyMachine),
    links: world.links.map((row) => row.map((link) => ({ ...link }))),
    packets: world.packets.slice(),
    client: {
      ...world.client,
      open: world.client.open.map((request) => ({ ...request })),
      ended: world.client.ended.slice(),
    },
    lost: world.lost.slice(),
  };
}

const copyMachine = (machine: Machine): Machine => ({
  ...machine,
  raft: copyServer(machine.raft),
  disk: { ...machine.disk, log: copyLog(machine.disk.log), pending: machine.disk.pending.slice() },
  outbox: machine.outbox.slice(),
  inbox: machine.inbox.slice(),
  pledges: machine.pledges.slice(),
  store: copyStore(machine.store),
});

// ---- what happens next --------------------------------------------------------------------------------------

type Source = "packet" | "election" | "heartbeat" | "disk" | "client";
interface Next {
  at: Micros;
  sequence: number;
  source: Source;
  machine: Machine | null;
}

/** Reused by every search, so that looking for the next event allocates nothing. */
const next: Next = { at: never, sequence: 0, source: "client", machine: null };

/** Finds the earliest event by (time, sequence number). Timers stand still in a manual network. */
function findNext(world: World): Next {
  next.at = never;
  const packet = world.packets[0];
  if (packet !== undefined && packet.dueAt !== null) offer(packet.dueAt, packet.sequence, "packet", null);
  const timers = world.mode === "automatic";
  for (const machine of world.machines) {
    if (machine === undefined) continue;
    const write = machine.disk.pending[0];
    if (write !== undefined) offer(write.doneAt, write.sequence, "disk", machine);
    if (!timers || machine.status !== "up") continue;
    const { raft } = machine;
    if (raft.role === "leader") offer(raft.heartbeatDue, machine.timerSequence, "heartbeat", machine);
    else offer(raft.timerSince + raft.timeout, machine.timerSequence, "election", machine);
  }
  const clientAt = clientDueAt(world);
  if (clientAt < never) offer(clientAt, never, "client", null);
  return next;
}

function offer(at: Micros, sequence: number, source: Source, machine: Machine | null): void {
  if (at > next.at || (at === next.at && sequence > next.sequence)) return;
  next.at = at;
  next.sequence = sequence;
  next.source = source;
  next.machine = machine;
}

/** When the world next changes by itself; Infinity if never. Never earlier than `now`. */
export function nextEventAt(world: World): Micros {
  if (world.violation !== null || world.stopped !== null) return never;
  return Math.max(world.now, findNext(world).at);
}

/** Executes the earliest event. There must be one (`nextEventAt` is finite). */
export function executeNext(world: World, onlookers: Onlookers): void {
  const { at, source, machine } = findNext(world);
  moveClock(world, Math.max(world.now, at));
  countEvent(world);
  switch (source) {
    case "packet":
      return arrive(world, world.packets.shift()!, onlookers);
    case "disk":
      return finishWrite(world, machine!, onlookers);
    case "election":
      dispatch(world, machine!, { kind: "electionTimeout" }, onlookers);
      return;
    case "heartbeat":
      dispatch(world, machine!, { kind: "heartbeatTimeout" }, onlookers);
      return;
    case "client":
      return clientActs(world, onlookers.tell);
    default:
      return assertNever(source);
  }
}

/** Lets time pass without an event. */
export function moveClock(world: World, to: Micros): void {
  const { runMicros } = limits;
  if (to > runMicros) world.stopped = "six hours have been simulated";
  if (world.now >= Math.min(to, runMicros)) return;
  world.now = Math.min(to, runMicros);
  world.eventsAtNow = 0;
}

export function countEvent(world: World): void {
  world.events++;
  world.eventsAtNow++;
  if (world.eventsAtNow > limits.eventsAtOneInstant) {
    world.stopped = `more than ${limits.eventsAtOneInstant} events at one instant`;
  }
}

// ---- one event ----------------------------------------------------------------------------------------------

/** A packet has come to its end: it arrives, waits for a paused process, or is gone. */
export function arrive(world: World, packet: Packet, onlookers: Onlookers): void {
  const { payload, ref } = packet;
  if (packet.lost !== null) return lose(world, packet, packet.lost, onlookers.tell);
  if (payload.type === "ClientReply") {
    onlookers.tell?.({ kind: "received", ref, payload });
    return hear(world, payload, onlookers.tell);
  }
  const machine = world.machines[payload.to]!;
  if (machine.status === "down") return lose(world, packet, "down", onlookers.tell);
  if (machine.status === "paused") {
    machine.inbox.push(packet);
    onlookers.tell?.({ kind: "held", ref, server: machine.id });
    return;
  }
  accept(world, machine, packet, onlookers);
}

/** A running process takes a message. */
export function accept(world: World, machine: Machine, packet: Packet, onlookers: Onlookers): void {
  const { payload, ref } = packet;
  if (payload.type === "ClientReply") return;
  onlookers.tell?.({ kind: "received", ref, payload });
  if (payload.type === "ClientRequest") acceptRequest(world, machine, payload, onlookers);
  else dispatch(world, machine, { kind: "message", message: payload }, onlookers);
}

function acceptRequest(world: World, machine: Machine, asked: ClientRequest, onlookers: Onlookers): void {
  const { request } = asked;
  const command = kvCommand(asked.operation, request);
  const index = dispatch(world, machine, { kind: "propose", command }, onlookers);
  if (index > 0) {
    // Not committed yet: the leader's own write comes first. So the pledge is in time.
    machine.pledges.push({ request, index, term: machine.raft.term });
    return;
  }
  const outcome = { kind: "redirect", leader: machine.raft.leader } as const;
  transmit(world, { type: "ClientReply", from: machine.id, to: 0, request, outcome }, onlookers.tell);
}

/** Feeds one input to a server and carries out what its step asks for. */
export function dispatch(world: World, machine: Machine, input: Input, onlookers: Onlookers): LogIndex {
  const { raft } = machine;
  const heartbeatBefore = raft.heartbeatDue;
  const out = step(raft, input, envOf(world, machine, onlookers));
  if (out.timerReset) {
    machine.draws++;
    machine.timerSequence = world.sequence++;
  } else if (raft.heartbeatDue !== heartbeatBefore) machine.timerSequence = world.sequence++;
  startWrites(world, machine, out);
  sendOrHold(world, machine, out, onlookers.tell);
  if (raft.role !== "leader" && machine.pledges.length > 0) machine.pledges = [];
  if (raft.log.length > limits.entriesPerLog) world.stopped = `more than ${limits.entriesPerLog} entries in one log`;
  onlookers.watch?.(world, machine);
  applyCommitted(world, machine, onlookers);
  return out.proposedAt;
}

function envOf(world: World, machine: Machine, onlookers: Onlookers): Env {
  const { tell } = onlookers;
  return {
    options: world.setup.raft,
    rules: onlookers.rules,
    now: world.now,
    drawnTimeout: drawTimeout(world, machine.id, machine.draws),
    decide: tell && ((decision) => tell({ kind: "decided", decision })),
  };
}

export function drawTimeout(world: World, server: ServerId, count: number): Micros {
  const { electionTimeoutMin, electionTimeoutMax } = world.setup.raft;
  return inRange(draw(world.setup.seed, streams.timeout + server, count), electionTimeoutMin, electionTimeoutMax);
}

// ---- the disk -----------------------------------------------------------------------------------------------

/** Queues writes behind those under way: a disk does one at a time, in order. */
function startWrites(world: World, machine: Machine, out: Output): void {
  const { disk } = machine;
  for (const write of out.writes) {
    const { writeMin, writeMax } = disk.settings;
    const takes = inRange(draw(world.setup.seed, streams.disk + machine.id, ++disk.started), writeMin, writeMax);
    const startedAt = Math.max(world.now, disk.pending.at(-1)?.doneAt ?? 0);
    disk.pending.push({ write, startedAt, doneAt: startedAt + takes, sequence: world.sequence++ });
  }
}

function sendOrHold(world: World, machine: Machine, out: Output, tell: Tell): void {
  for (const message of out.messages) {
    if (out.afterWrite > machine.raft.writesDone) machine.outbox.push({ message, afterWrite: out.afterWrite });
    else transmit(world, message, tell);
  }
}

function finishWrite(world: World, machine: Machine, onlookers: Onlookers): void {
  const { disk } = machine;
  const { write } = disk.pending.shift()!;
  disk.term = write.term;
  disk.votedFor = write.votedFor;
  if (write.truncateFrom > 0) truncate(disk.log, write.truncateFrom);
  for (const entry of write.entries) append(disk.log, entry);
  disk.done = write.number;
  const { term, votedFor, log } = disk;
  onlookers.tell?.({ kind: "diskWritten", server: machine.id, term, votedFor, lastIndex: lastIndex(log) });
  if (machine.status === "up") noticeWrites(world, machine, onlookers);
}

/** Tells a running process that its writes are done, and sends what waited for them. */
export function noticeWrites(world: World, machine: Machine, onlookers: Onlookers): void {
  const { raft, disk } = machine;
  if (disk.done <= raft.writesDone) return;
  const ready: RaftMessage[] = [];
  while (machine.outbox.length > 0 && machine.outbox[0]!.afterWrite <= disk.done)
    ready.push(machine.outbox.shift()!.message);
  for (const message of ready) transmit(world, message, onlookers.tell);
  dispatch(world, machine, { kind: "written", write: disk.done }, onlookers);
}

// ---- the state machine --------------------------------------------------------------------------------------

/** Applies every entry that is committed and not yet applied, in order, and answers the clients that wait for them. */
function applyCommitted(world: World, machine: Machine, onlookers: Onlookers): void {
  const { raft } = machine;
  while (raft.lastApplied < Math.min(raft.commitIndex, lastIndex(raft.log)) && world.violation === null) {
    const index = raft.lastApplied + 1;
    const command = entryAt(raft.log, index).command as KvCommand | null;
    const value = command === null ? null : execute(machine.store, command.operation);
    step(raft, { kind: "applied", index }, envOf(world, machine, onlookers));
    const operation = command?.operation ?? null;
    onlookers.tell?.({ kind: "stateApplied", server: machine.id, index, operation, value });
    onlookers.watch?.(world, machine);
    answerClient(world, machine, index, value, onlookers.tell);
  }
}

function answerClient(world: World, machine: Machine, index: LogIndex, value: string | null, tell: Tell): void {
  const pledge = machine.pledges[0];
  if (pledge === undefined || pledge.index !== index) return;
  machine.pledges.shift();
  if (entryAt(machine.raft.log, index).term !== pledge.term) return;
  const outcome = { kind: "done", value, index } as const;
  transmit(world, { type: "ClientReply", from: machine.id, to: 0, request: pledge.request, outcome }, tell);
}
