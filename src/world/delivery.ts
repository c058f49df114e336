import type { Input } from "../raft/types.ts";
import { hear, noteCopy } from "./client.ts";
import { kvCommand } from "./kv.ts";
import { limits } from "./limits.ts";
import { answerRead, dispatch, type Onlookers } from "./machine.ts";
import { lose, transmit } from "./network.ts";
import { readsBy } from "./operations.ts";
import { named, replicaOf } from "./replicas.ts";
import type { KvCommand } from "./state/commands.ts";
import type { Machine } from "./state/machine.ts";
import type { ClientRequest, LossReason, Packet, Payload } from "./state/messages.ts";
import type { World } from "./types.ts";

/** A packet has come to its end: it arrives, waits for a paused process, or is gone. */
export function arrive(world: World, packet: Packet, onlookers: Onlookers): void {
  const { payload, ref, group } = packet;
  if (packet.lost !== null) return gone(world, packet, packet.lost, onlookers);
  if (payload.type === "ClientReply") {
    onlookers.tell?.({ kind: "received", ref, payload, ...named(world, group) });
    return hear(world, payload, packet, onlookers);
  }
  const machine = replicaOf(world, payload.to, group)!;
  if (machine.status === "down") return gone(world, packet, "down", onlookers);
  if (machine.status === "paused") {
    if (machine.inbox.length >= limits.inbox) return gone(world, packet, "overflow", onlookers);
    machine.inbox.push(packet);
    onlookers.tell?.({ kind: "held", ref, server: machine.id, ...named(world, group) });
    return;
  }
  accept(world, machine, packet, onlookers);
}

/** A message is lost; of a snapshot, which is long under way, the transport tells its sender. */
export function gone(world: World, packet: Packet, reason: LossReason, onlookers: Onlookers): void {
  lose(world, packet, reason, onlookers.tell);
  reportSnapshot(world, packet, false, onlookers);
}

function reportSnapshot(world: World, { payload, group }: Packet, ok: boolean, onlookers: Onlookers): void {
  if (payload.type !== "InstallSnapshot") return;
  const sender = replicaOf(world, payload.from, group)!;
  const report: Input = { kind: "snapshotSent", peer: payload.to, ok };
  if (sender.status === "up") dispatch(world, sender, report, onlookers);
  else if (sender.status === "paused") sender.unheard.push(report);
}

/** A running process takes a message. */
export function accept(world: World, machine: Machine, packet: Packet, onlookers: Onlookers): void {
  const { payload, ref } = packet;
  if (payload.type === "ClientReply") return;
  onlookers.tell?.({ kind: "received", ref, payload, ...named(world, machine.group) });
  if (ref.copy > 0) for (const request of requestsIn(payload)) noteCopy(world, request);
  if (payload.type === "ClientRequest") acceptRequest(world, machine, payload, onlookers);
  else dispatch(world, machine, { kind: "message", message: payload }, onlookers);
  reportSnapshot(world, packet, true, onlookers);
}

/** What clients ask for by this message, itself or passed on by a follower. */
function requestsIn(payload: Payload): readonly number[] {
  if (payload.type === "ClientRequest") return [payload.request];
  if (payload.type !== "Propose") return [];
  return payload.proposals.flatMap(({ command }) => (command === null ? [] : (command as KvCommand).request));
}

function acceptRequest(world: World, machine: Machine, asked: ClientRequest, onlookers: Onlookers): void {
  const { request } = asked;
  if (takeUp(world, machine, asked, onlookers)) return;
  const outcome = { kind: "redirect", leader: machine.raft.leader } as const;
  transmit(world, { type: "ClientReply", from: machine.id, to: 0, request, outcome }, onlookers.tell, machine);
}

/** Proposes a command, or serves a read that need not go through the log. False if this server cannot. */
function takeUp(world: World, machine: Machine, wanted: ClientRequest, onlookers: Onlookers): boolean {
  const { operation, request, tag, read } = wanted;
  const by = operation.op === "get" ? (read ?? readsBy(machine.options)) : "log";
  if (by === "stale") answerRead(world, machine, wanted, onlookers.tell);
  else if (by === "log") return takeCommand(world, machine, kvCommand(operation, request, tag), onlookers);
  else {
    if (machine.raft.leader === 0) return false;
    const asked = read === null ? {} : ({ by: by === "lease" ? "lease" : "safe" } as const);
    dispatch(world, machine, { kind: "readIndex", context: String(request), ...asked }, onlookers);
  }
  return true;
}

function takeCommand(world: World, machine: Machine, command: KvCommand, onlookers: Onlookers): boolean {
  const proposals = [{ command, change: null }];
  if (dispatch(world, machine, { kind: "propose", proposals }, onlookers) !== null) return false;
  // Not committed yet: the leader's own write comes first. So the pledge is in time.
  machine.pledges.push({ request: command.request });
  return true;
}
