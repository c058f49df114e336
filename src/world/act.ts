import { assertNever } from "../base/assert.ts";
import type { GroupId, ServerId } from "../base/units.ts";
import { membershipChange, type SingleChange } from "../raft/configuration.ts";
import type { Input } from "../raft/types.ts";
import type { Act } from "./acts.ts";
import { strike } from "./appointments.ts";
import { ask } from "./client.ts";
import { localTime } from "./clock.ts";
import { arrive, gone } from "./delivery.ts";
import type { Tell } from "./facts.ts";
import { faultOf, isFault } from "./faults/index.ts";
import { FaultHands } from "./hands.ts";
import { limits } from "./limits.ts";
import { startLoad } from "./load.ts";
import { compactMachine, dispatch, type Onlookers } from "./machine.ts";
import { startNemesis, whyNoNemesis } from "./nemesis.ts";
import {
  findPacket,
  linkOf,
  put,
  redirectFate,
  redirectFates,
  serverIds,
  serverLinks,
  settingsFor,
  takeOut,
} from "./network.ts";
import { changeOptions, whyNotChanged } from "./options.ts";
import { onLinks, onServer, running } from "./refusals.ts";
import { named, replicaOf } from "./replicas.ts";
import type { Machine } from "./state/machine.ts";
import type { DirectedLink, MessageRef, Packet } from "./state/messages.ts";
import type { DiskSettings } from "./state/setup.ts";
import type { World } from "./types.ts";
import { countEvent } from "./world.ts";

/**
 * Does one thing to the world, now. Counts as an event. Returns why it was impossible, or null; an impossible act
 * changes nothing but the count.
 */
export function applyAct(world: World, act: Act, onlookers: Onlookers): string | null {
  const refused = whyNot(world, act);
  countEvent(world);
  onlookers.tell?.({ kind: "acted", act, ignored: refused });
  if (refused === null) perform(world, act, onlookers);
  return refused;
}

/** Why the act is impossible now, in a sentence; null if it is possible. */
export function whyNot(world: World, act: Act): string | null {
  if (isFault(act)) return faultOf(act.do).refuse(world, act);
  switch (act.do) {
    case "timer":
      return running(world, act.server, act.group);
    case "timeout":
      return onServer(world, act.server, whyNoTimeout, act.group);
    case "compact":
      return onServer(world, act.server, whyNotCompacted, act.group);
    case "transfer":
      return running(world, act.server, act.group) ?? onServer(world, act.to, () => null);
    case "members":
      return running(world, act.server, act.group) ?? strangerAmong(world, act.changes);
    case "forget":
      return running(world, act.server, act.group);
    case "heartbeat":
      return onServer(world, act.server, whyNoHeartbeat, act.group);
    case "request":
      return act.server === undefined ? null : onServer(world, act.server, () => null);
    case "disk":
      return act.server === undefined ? null : onServer(world, act.server, () => null);
    case "deliver":
    case "drop":
    case "delay":
      return onPacket(world, act.message);
    case "duplicate":
      return onPacket(world, act.message) ?? tooManyCopies(world, act.message);
    case "network":
      return act.links === undefined ? null : onLinks(world, act.links);
    case "nemesis":
      return whyNoNemesis(world, act);
    case "calm":
      return whyNotCalmed(world, act.id);
    case "options":
      return whyNotChanged(world, act);
    case "load":
    case "reseed":
      return null;
    default:
      return assertNever(act);
  }
}

function whyNoTimeout({ status, raft }: Machine): string | null {
  if (status !== "up") return `is ${status}`;
  return raft.role === "leader" ? "is the leader and has no election timer" : null;
}

function whyNoHeartbeat({ status, raft }: Machine): string | null {
  if (status !== "up") return `is ${status}`;
  return raft.role === "leader" ? null : "is not a leader";
}

function whyNotCompacted({ status, raft }: Machine): string | null {
  if (status !== "up") return `is ${status}`;
  if (raft.lastApplied <= raft.log.base) return "has applied nothing since its last snapshot";
  return raft.lastApplied < raft.unstableFrom ? null : "has not yet stored what it has applied";
}

function whyNotCalmed({ nemeses }: World, id: number | undefined): string | null {
  if (nemeses.some(({ act }) => id === undefined || act.id === id)) return null;
  return id === undefined ? "there is no nemesis" : `there is no nemesis ${id}`;
}

const strangerAmong = (world: World, changes: readonly SingleChange[]): string | null =>
  changes.map(({ server }) => onServer(world, server, () => null)).find((problem) => problem !== null) ?? null;

function onPacket(world: World, ref: MessageRef): string | null {
  const packet = findPacket(world, ref);
  if (packet === undefined) return "that message is not under way";
  return packet.lost === null ? null : "that message is lost already";
}

const tooManyCopies = (world: World, ref: MessageRef): string | null =>
  findPacket(world, ref)!.copies >= limits.copies ? "there are too many copies of it" : null;

function perform(world: World, act: Act, onlookers: Onlookers): void {
  if (isFault(act)) return strike(world, act, 0, onlookers);
  const { tell } = onlookers;
  switch (act.do) {
    case "timeout":
      return input(world, act, { kind: "electionTimeout" }, onlookers);
    case "heartbeat":
      return input(world, act, { kind: "heartbeatTimeout" }, onlookers);
    case "compact":
      return compactMachine(world, replicaOf(world, act.server, act.group)!, onlookers);
    case "transfer":
      return input(world, act, { kind: "transfer", to: act.to }, onlookers);
    case "members": {
      const change = membershipChange(act.changes, act.transition);
      return input(world, act, { kind: "propose", proposals: [{ command: null, change }] }, onlookers);
    }
    case "forget":
      return input(world, act, { kind: "forgetLeader" }, onlookers);
    case "timer":
      return setTimer(world, replicaOf(world, act.server, act.group)!, act.left, onlookers);
    case "request":
      return ask(world, act, onlookers);
    case "load":
      return startLoad(world, act);
    case "deliver":
      return deliver(world, findPacket(world, act.message)!, onlookers);
    case "drop":
      return drop(world, findPacket(world, act.message)!, onlookers);
    case "delay":
      return delay(world, findPacket(world, act.message)!, act.by);
    case "duplicate":
      return duplicate(world, findPacket(world, act.message)!, tell);
    case "network":
      return setNetwork(world, act, onlookers);
    case "disk":
      return setDisks(world, act.disk, act.server);
    case "reseed":
      world.seed = act.seed;
      return;
    case "options":
      return changeOptions(world, act, onlookers);
    case "nemesis":
      return startNemesis(world, act);
    case "calm":
      return new FaultHands(world, onlookers, 0).calm(act.id);
    default:
      return assertNever(act);
  }
}

/** Hands one input to the server, in the group that the act names. */
function input(
  world: World,
  { server, group }: { readonly server: ServerId; readonly group?: GroupId },
  what: Input,
  onlookers: Onlookers,
): void {
  dispatch(world, replicaOf(world, server, group)!, what, onlookers);
}

// ---- servers ------------------------------------------------------------------------------------------------

function setTimer(world: World, machine: Machine, left: number, { watch }: Onlookers): void {
  machine.raft.timerSince = localTime(machine.clock, world.now);
  machine.raft.timeout = left;
  machine.timerSequence = world.sequence++;
  watch?.(world, machine, null);
}

// ---- links --------------------------------------------------------------------------------------------------

function setNetwork(world: World, act: Extract<Act, { do: "network" }>, onlookers: Onlookers): void {
  if (act.link !== undefined) {
    const everywhere = [
      ...serverLinks(world),
      ...serverIds(world).flatMap((id): DirectedLink[] => [
        [0, id],
        [id, 0],
      ]),
    ];
    for (const [from, to] of act.links ?? everywhere)
      linkOf(world, from, to).settings = settingsFor(from, to, act.link);
  }
  if (act.mode !== undefined && act.mode !== world.mode) switchMode(world, act.mode, onlookers);
}

/** To manual: whatever is under way stops and waits. To automatic: it goes on, and overdue timers fire. */
function switchMode(world: World, mode: World["mode"], onlookers: Onlookers): void {
  world.mode = mode;
  redirectFates(world, (packet) => (packet.lost !== null ? packet : { ...packet, ...inMode(world, packet) }));
  if (mode === "automatic") {
    for (const machine of world.machines) if (machine !== undefined) wake(world, machine, onlookers);
  }
}

function inMode(world: World, packet: Packet): Pick<Packet, "dueAt" | "sentAt" | "arrivesAt"> {
  const { sentAt, arrivesAt } = packet;
  if (world.mode === "manual") return { sentAt, arrivesAt, dueAt: null };
  const late = Math.max(0, world.now - sentAt);
  return { sentAt: sentAt + late, arrivesAt: arrivesAt + late, dueAt: arrivesAt + late };
}

/** Timers that stood still start anew: an hour of manual stepping must not end in five elections at once. */
function wake(world: World, machine: Machine, { watch }: Onlookers): void {
  machine.raft.timerSince = localTime(machine.clock, world.now);
  watch?.(world, machine, null);
}

// ---- messages -----------------------------------------------------------------------------------------------

function deliver(world: World, packet: Packet, onlookers: Onlookers): void {
  takeOut(world, packet);
  arrive(world, packet, onlookers);
}

function drop(world: World, packet: Packet, onlookers: Onlookers): void {
  takeOut(world, packet);
  gone(world, packet, "dropped", onlookers);
}

function delay(world: World, packet: Packet, by: number): void {
  const arrivesAt = packet.arrivesAt + by;
  redirectFate(world, packet, { arrivesAt, dueAt: packet.dueAt === null ? null : packet.dueAt + by });
}

function duplicate(world: World, packet: Packet, tell: Tell): void {
  const { ref, copies: made } = packet;
  const copies = made + 1;
  const copy = { ...ref, copy: copies };
  world.packets = world.packets.map((other) => (sameMessage(other, ref) ? { ...other, copies } : other));
  put(world, { ...packet, ref: copy, copies, sequence: world.sequence++ });
  tell?.({ kind: "duplicated", ref, copy, ...named(world, packet.group) });
}

const sameMessage = ({ ref }: Packet, other: MessageRef): boolean =>
  ref.from === other.from && ref.to === other.to && ref.ordinal === other.ordinal;

function setDisks(world: World, disk: DiskSettings, server: ServerId | undefined): void {
  for (const machine of world.machines) {
    if (machine !== undefined && (server === undefined || machine.id === server)) machine.disk.settings = disk;
  }
}
