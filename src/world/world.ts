import { assertNever } from "../base/assert.ts";
import type { GroupId, Micros } from "../base/units.ts";
import { type Configuration, votersOnly } from "../raft/configuration.ts";
import { quorumCheckAt } from "../raft/lease.ts";
import { append, copyLog, emptyLog, type RaftLog } from "../raft/log.ts";
import { never as notYet, unlimited } from "../raft/options.ts";
import { rulesWith } from "../raft/rules/broken.ts";
import { type Rules, rules } from "../raft/rules/index.ts";
import { copyServer } from "../raft/server.ts";
import { keepAppointment } from "./appointments.ts";
import { checkPiles } from "./burden.ts";
import { clientActs, clientDueAt } from "./client.ts";
import { copyClients, newClients } from "./clients.ts";
import { trueClock, trueTime } from "./clock.ts";
import { arrive } from "./delivery.ts";
import { copyStore, emptyStore, kvCommand } from "./kv.ts";
import { limits } from "./limits.ts";
import { bootServer, carryOut, dispatch, type Onlookers } from "./machine.ts";
import { nemesisActs, nextNemesis } from "./nemesis.ts";
import { settingsFor } from "./network.ts";
import { slotOf } from "./replicas.ts";
import { startCommand } from "./start-command.ts";
import { startOptions } from "./start-options.ts";
import type { Disk, Machine } from "./state/machine.ts";
import type { Link, Packet } from "./state/messages.ts";
import type { LinkSettings, ServerSetup, Setup } from "./state/setup.ts";
import type { World } from "./types.ts";
import { diskDone } from "./writing.ts";

const never = Number.POSITIVE_INFINITY;
export const nobody: Onlookers = { tell: null, watch: null, audit: null, rules };

// ---- making and copying -------------------------------------------------------------------------------------

export function createWorld(setup: Setup): World {
  const ids = setup.servers.map(({ id }) => id);
  const size = Math.max(...ids) + 1;
  const world: World = {
    setup,
    seed: setup.seed,
    now: 0,
    events: 0,
    eventsAtNow: 0,
    sequence: 0,
    mode: setup.mode,
    options: setup.raft,
    followed: [],
    machines: [],
    links: Array.from({ length: size }, (_, from) =>
      Array.from({ length: size }, (_, to) => newLink(settingsFor(from, to, setup.link))),
    ),
    packets: [],
    clients: newClients(setup),
    lost: [],
    appointments: [],
    nemeses: [],
    outside: null,
    violation: null,
    stopped: null,
  };
  for (let group = 1; group <= setup.groups; group++) {
    const start = emptyLog();
    for (const server of setup.servers)
      world.machines[slotOf(server.id, group)] = createMachine(world, server, group, start);
  }
  // Groups share disks: all of them are there before the first one writes.
  const onlookers = { ...nobody, rules: rulesWith(setup.bugs) };
  for (const machine of world.machines) if (machine !== undefined) carryOut(world, machine, onlookers);
  return world;
}

/** Who belongs to the cluster when the run starts; every machine knows, also one that only stands ready. */
function initialConfiguration({ servers }: Setup): Configuration {
  const those = (member: ServerSetup["member"]) =>
    servers.filter((server) => (server.member ?? "voter") === member).map(({ id }) => id);
  return { ...votersOnly(those("voter")), learners: those("learner") };
}

const newLink = (settings: LinkSettings): Link => ({ up: true, settings, overlay: null, sent: 0, freeAt: 0 });

/** A server as it starts in one of the groups. What it has in its log then is the first group's; all logs go on from `start`. */
function createMachine(world: World, given: ServerSetup, group: GroupId, start: RaftLog): Machine {
  const { setup } = world;
  const server = group === 1 ? given : { ...given, term: 0, votedFor: 0, log: [], commit: 0 };
  const { id, term, votedFor } = server;
  const disk: Disk = {
    settings: setup.disk,
    trouble: null,
    corrupt: null,
    term,
    votedFor,
    commitIndex: 0,
    log: initialLog(server, start),
    snapshot: { configuration: initialConfiguration(setup), store: emptyStore() },
    pending: [],
    started: 0,
    unnoticed: [],
  };
  const options = startOptions(setup, id);
  const clock = trueClock;
  const raft = bootServer(world, { id, group, options, clock }, disk, 0);
  raft.commitIndex = server.commit;
  // Nobody has led before the run began.
  raft.leaderHeardAt = notYet;
  return {
    id,
    group,
    options,
    atStart: null,
    clock,
    status: "up",
    raft,
    disk,
    armed: null,
    held: null,
    inbox: [],
    unheard: [],
    pledges: [],
    reads: [],
    store: emptyStore(),
    restarts: 0,
    timerSequence: world.sequence++,
  };
}

/** Entries with made-up commands. */
function initialLog(server: ServerSetup, start: RaftLog): RaftLog {
  const log = copyLog(start);
  server.log.forEach((term, i) => {
    const index = i + 1;
    append(log, { index, term, command: kvCommand(startCommand(term, index), 0), change: null });
  });
  return log;
}

/** An independent copy. Immutable parts (setup, packets, log entries, payloads) are shared. */
export function copyWorld(world: World): World {
  return {
    setup: world.setup,
    seed: world.seed,
    now: world.now,
    events: world.events,
    eventsAtNow: world.eventsAtNow,
    sequence: world.sequence,
    mode: world.mode,
    options: world.options,
    followed: world.followed.slice(),
    machines: world.machines.map(copyMachine),
    links: world.links.map((row) => row.map(copyLink)),
    packets: world.packets.slice(),
    clients: copyClients(world.clients),
    lost: world.lost.slice(),
    appointments: world.appointments.slice(),
    nemeses: world.nemeses.slice(),
    outside: world.outside,
    violation: world.violation,
    stopped: world.stopped,
  };
}

const copyLink = ({ up, settings, overlay, sent, freeAt }: Link): Link => ({ up, settings, overlay, sent, freeAt });

const copyMachine = (machine: Machine): Machine => ({
  id: machine.id,
  group: machine.group,
  options: machine.options,
  atStart: machine.atStart,
  clock: machine.clock,
  status: machine.status,
  raft: copyServer(machine.raft),
  disk: copyDisk(machine.disk),
  armed: machine.armed,
  held: machine.held,
  inbox: machine.inbox.slice(),
  unheard: machine.unheard.slice(),
  pledges: machine.pledges.slice(),
  reads: machine.reads.slice(),
  store: copyStore(machine.store),
  restarts: machine.restarts,
  timerSequence: machine.timerSequence,
});

const copyDisk = (disk: Disk): Disk => ({
  settings: disk.settings,
  trouble: disk.trouble,
  corrupt: disk.corrupt,
  term: disk.term,
  votedFor: disk.votedFor,
  commitIndex: disk.commitIndex,
  log: copyLog(disk.log),
  snapshot: disk.snapshot,
  pending: disk.pending.slice(),
  started: disk.started,
  unnoticed: disk.unnoticed.slice(),
});

// ---- what happens next --------------------------------------------------------------------------------------

type Source =
  | "packet"
  | "electionTimeout"
  | "heartbeatTimeout"
  | "quorumTimeout"
  | "disk"
  | "client"
  | "appointment"
  | "nemesis";
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
  const by = rulesWith(world.setup.bugs);
  const { machines } = world;
  // By index: it is done before every event.
  for (let slot = 1; slot < machines.length; slot++) {
    const machine = machines[slot];
    if (machine === undefined) continue;
    if (machine.disk.pending.length > 0) offerWrite(machine);
    if (timers && machine.status === "up") offerTimers(machine, by);
  }
  const clientAt = clientDueAt(world);
  if (clientAt < next.at) offer(clientAt, never, "client", null);
  const appointment = world.appointments[0];
  if (appointment !== undefined) offer(appointment.at, appointment.sequence, "appointment", null);
  const nemesis = timers && world.nemeses.length > 0 ? nextNemesis(world) : null;
  if (nemesis !== null) offer(nemesis.nextAt, nemesis.sequence, "nemesis", null);
  return next;
}

function offerWrite(machine: Machine): void {
  const { pending, trouble } = machine.disk;
  const { doneAt, sequence } = pending[0]!;
  if (doneAt <= next.at && trouble?.kind !== "stalled") offer(doneAt, sequence, "disk", machine);
}

/** A server counts in its own time; here is when, in true time, its clock gets there. */
function offerTimers(machine: Machine, by: Rules): void {
  const { raft, clock } = machine;
  if (raft.role !== "leader") {
    const due = trueTime(clock, raft.timerSince + raft.timeout);
    if (due <= next.at && by.mayCampaign.ask(raft)) offer(due, machine.timerSequence, "electionTimeout", machine);
    return;
  }
  const { timerSequence, options } = machine;
  const beat = trueTime(clock, raft.heartbeatSince + options.heartbeatInterval);
  if (beat <= next.at) offer(beat, timerSequence, "heartbeatTimeout", machine);
  const check = quorumCheckAt(raft, options);
  if (check < unlimited) offer(trueTime(clock, check), timerSequence, "quorumTimeout", machine);
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

/** What sets the next event off, for those who want to know where it comes from. */
export type Coming =
  | { readonly by: "packet"; readonly packet: Packet }
  | { readonly by: "disk"; readonly sequence: number }
  | { readonly by: "electionTimeout" | "heartbeatTimeout" | "quorumTimeout"; readonly machine: Machine }
  | { readonly by: "appointment"; readonly sequence: number }
  | { readonly by: "nemesis"; readonly id: number }
  | { readonly by: "client" };

/** What `nextEventAt` has just found in this world, which nobody has touched since. It must have found something. */
export function foundEvent(world: World): Coming {
  const { source: by, machine } = next;
  switch (by) {
    case "packet":
      return { by, packet: world.packets[0]! };
    case "disk":
      return { by, sequence: machine!.disk.pending[0]!.sequence };
    case "appointment":
      return { by, sequence: world.appointments[0]!.sequence };
    case "nemesis":
      return { by, id: nextNemesis(world)!.act.id };
    case "client":
      return { by };
    default:
      return { by, machine: machine! };
  }
}

/** Executes the earliest event. There must be one (`nextEventAt` is finite). */
export function executeNext(world: World, onlookers: Onlookers): void {
  findNext(world);
  executeFound(world, onlookers);
}

/** As `executeNext`, where `nextEventAt` has just looked at this world, which nobody has touched since. */
export function executeFound(world: World, onlookers: Onlookers): void {
  const { at, source, machine } = next;
  moveClock(world, Math.max(world.now, at));
  countEvent(world);
  switch (source) {
    case "packet":
      return arrive(world, world.packets.shift()!, onlookers);
    case "disk":
      return diskDone(world, machine!, onlookers);
    case "appointment":
      return keepAppointment(world, onlookers);
    case "nemesis":
      return nemesisActs(world, nextNemesis(world)!, onlookers);
    case "electionTimeout":
    case "heartbeatTimeout":
    case "quorumTimeout":
      dispatch(world, machine!, { kind: source }, onlookers);
      return;
    case "client":
      return clientActs(world, onlookers);
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
  if (world.events > limits.events) world.stopped = `more than ${limits.events} events`;
  if (world.eventsAtNow > limits.eventsAtOneInstant) {
    world.stopped = `more than ${limits.eventsAtOneInstant} events at one instant`;
  }
  checkPiles(world);
}
