import { Hasher } from "../base/hash.ts";
import { prefixHash } from "../raft/log.ts";
import type { RaftMessage, Server } from "../raft/types.ts";
import type { KvOperation, Machine, Packet, Payload, Request, World } from "./types.ts";

/**
 * 16 hex digits over everything that the future of a world depends on. Logs go in by their prefix hash, so the cost
 * does not grow with them.
 */
export function hashWorld(world: World): string {
  const h = new Hasher();
  for (const n of [world.now, world.events, world.eventsAtNow, world.sequence]) h.add(n);
  h.addText(world.mode);
  for (const machine of world.machines) if (machine !== undefined) addMachine(h, machine);
  for (const { up, sent, settings } of world.links.flat()) {
    h.add(up ? 1 : 0);
    h.add(sent);
    for (const n of [settings.latencyMin, settings.latencyMax, settings.loss, settings.duplicate]) h.add(n);
  }
  h.add(world.packets.length);
  for (const packet of world.packets) addPacket(h, packet);
  const { open, asked, leader, loadPerSecond, loadNextAt } = world.client;
  for (const n of [asked, leader, loadPerSecond, loadNextAt, open.length]) h.add(n);
  for (const request of open) addRequest(h, request);
  h.addText(world.violation?.property ?? "");
  h.addText(world.stopped ?? "");
  return h.digest();
}

function addMachine(
  h: Hasher,
  { id, status, raft, disk, outbox, inbox, pledges, store, draws, restarts, timerSequence }: Machine,
): void {
  h.add(id);
  h.addText(status);
  addServer(h, raft);
  for (const n of [
    disk.term,
    disk.votedFor,
    disk.log.length,
    prefixHash(disk.log, disk.log.length),
    disk.started,
    disk.done,
  ])
    h.add(n);
  for (const n of [disk.settings.writeMin, disk.settings.writeMax]) h.add(n);
  for (const { write, doneAt, sequence } of disk.pending)
    for (const n of [write.number, write.term, doneAt, sequence]) h.add(n);
  for (const { message, afterWrite } of outbox) {
    h.add(afterWrite);
    addMessage(h, message);
  }
  for (const packet of inbox) addPacket(h, packet);
  for (const { request, index, term } of pledges) for (const n of [request, index, term]) h.add(n);
  for (const n of [store.digest, draws, restarts, timerSequence]) h.add(n);
}

function addServer(h: Hasher, raft: Server): void {
  h.addText(raft.role);
  const { term, votedFor, log, leader, commitIndex, lastApplied, timerSince, timeout, heartbeatDue } = raft;
  for (const n of [term, votedFor, log.length, prefixHash(log, log.length), leader, commitIndex, lastApplied]) h.add(n);
  for (const n of [timerSince, timeout, heartbeatDue, raft.writesIssued, raft.writesDone, raft.durableIndex]) h.add(n);
  for (const id of raft.voters) {
    const vote = raft.votes[id];
    h.add(vote === undefined ? 0 : vote ? 1 : 2);
    const progress = raft.progress[id];
    if (progress === undefined) continue;
    for (const n of [progress.next, progress.match, progress.outstanding, progress.outstandingSince]) h.add(n);
  }
  for (const { write, upTo } of raft.unwritten) {
    h.add(write);
    h.add(upTo);
  }
}

function addPacket(h: Hasher, { ref, payload, sentAt, dueAt, arrivesAt, lost, copies, sequence }: Packet): void {
  for (const n of [ref.from, ref.to, ref.ordinal, ref.copy, sentAt, dueAt ?? -1, arrivesAt, copies, sequence]) h.add(n);
  h.addText(lost ?? "");
  addPayload(h, payload);
}

function addPayload(h: Hasher, payload: Payload): void {
  if (payload.type === "ClientRequest") {
    h.add(payload.request);
    addOperation(h, payload.operation);
  } else if (payload.type === "ClientReply") {
    const { outcome } = payload;
    h.add(payload.request);
    h.addText(outcome.kind === "done" ? `=${outcome.value}` : `>${outcome.leader}`);
  } else addMessage(h, payload);
}

function addMessage(h: Hasher, message: RaftMessage): void {
  h.addText(message.type);
  h.add(message.term);
  switch (message.type) {
    case "RequestVote":
      h.add(message.lastLogIndex);
      h.add(message.lastLogTerm);
      break;
    case "RequestVoteReply":
      h.add(message.granted ? 1 : 0);
      break;
    case "AppendEntries":
      for (const n of [message.prevLogIndex, message.prevLogTerm, message.leaderCommit, message.entries.length])
        h.add(n);
      for (const { term, command } of message.entries) {
        h.add(term);
        h.add(command?.digest ?? 1);
      }
      break;
    case "AppendEntriesReply":
      for (const n of [message.success ? 1 : 0, message.prevLogIndex, message.matchIndex]) h.add(n);
      break;
  }
}

function addRequest(h: Hasher, request: Request): void {
  const { number, operation, askedAt, server, until, retryAt, redirects } = request;
  for (const n of [number, askedAt, server, until, retryAt, redirects]) h.add(n);
  addOperation(h, operation);
}

function addOperation(h: Hasher, operation: KvOperation): void {
  h.addText(operation.op);
  h.addText(operation.key);
  h.addText(operation.op === "put" ? operation.value : "");
}
