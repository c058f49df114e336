import type { LogIndex, ServerId } from "../base/units.ts";
import { copyLog, lastIndex, prefixHash, truncate } from "../raft/log.ts";
import { accept, gone } from "./delivery.ts";
import { copyStore } from "./kv.ts";
import { bootServer, carryOut, dispatch, fallSilent, noticeWrites, type Onlookers } from "./machine.ts";
import { readOptions } from "./options.ts";
import { corruptReplica, named } from "./replicas.ts";
import type { Corruption, Machine, Stored } from "./state/machine.ts";
import type { World } from "./types.ts";

/** One machine's part in a group goes down, comes back, goes on. What hits a machine is done to each of its parts. */

/** What is not on the disk is gone, and so is what waited for the disk. */
export function crash(world: World, machine: Machine, onlookers: Onlookers): void {
  const { raft, disk } = machine;
  const lostTo = lastIndex(raft.log);
  const unwrittenWrites = disk.pending.length;
  machine.status = "down";
  disk.pending = [];
  disk.unnoticed = [];
  machine.held = null;
  machine.pledges = [];
  machine.reads = [];
  for (const packet of machine.inbox) gone(world, packet, "down", onlookers);
  machine.inbox = [];
  machine.unheard = [];
  if (disk.trouble?.kind === "lying") vanish(world, machine, onlookers);
  const lostFrom = firstLost(machine);
  const whose = named(world, machine.group);
  onlookers.tell?.({ kind: "crashed", server: machine.id, lostFrom, lostTo, unwrittenWrites, ...whose });
}

/** The first entry of the log that is not on the disk: a process that was paused may not know how far that has come. */
function firstLost({ raft: { log }, disk }: Machine): LogIndex {
  let stored = Math.max(log.base, Math.min(lastIndex(log), lastIndex(disk.log)));
  const least = Math.max(log.base, disk.log.base);
  while (stored > least && prefixHash(log, stored) !== prefixHash(disk.log, stored)) stored--;
  return stored + 1;
}

/** A disk that lied about sync has only what it had stored before it began to. */
function vanish(world: World, { id, disk, group }: Machine, onlookers: Onlookers): void {
  const stored = disk.trouble?.kind === "lying" ? disk.trouble.stored : null;
  if (stored === null || sameStored(stored, disk)) return;
  Object.assign(disk, { ...stored, log: copyLog(stored.log) });
  world.outside ??= `the disk of S${id} lost what it had acknowledged`;
  const index = lastIndex(disk.log) + 1;
  onlookers.tell?.({ kind: "diskTrouble", server: id, what: "vanished", index, ...named(world, group) });
}

const sameStored = (a: Stored, b: Stored): boolean =>
  a.term === b.term &&
  a.votedFor === b.votedFor &&
  lastIndex(a.log) === lastIndex(b.log) &&
  prefixHash(a.log, lastIndex(a.log)) === prefixHash(b.log, lastIndex(b.log));

/** The entry that keeps the server from starting; null if none does. */
export function startProblem(world: World, server: ServerId): Corruption | null {
  const corrupt = corruptReplica(world, server)?.disk.corrupt ?? null;
  return corrupt?.found === "staysDown" ? corrupt : null;
}

/** The server has found an entry that does not fit its checksum, and goes on without it and what followed. */
function discardCorrupt(world: World, { id, disk, group }: Machine, onlookers: Onlookers): void {
  const { corrupt } = disk;
  if (corrupt === null) return;
  const { index } = corrupt;
  disk.corrupt = null;
  truncate(disk.log, index);
  disk.commitIndex = Math.min(disk.commitIndex, index - 1);
  world.outside ??= `S${id} discarded entries that it had stored`;
  onlookers.tell?.({ kind: "diskTrouble", server: id, what: "discarded", index, ...named(world, group) });
}

/** Comes back with what the disk holds and nothing else (Figure 2: volatile state starts anew). */
export function restart(world: World, machine: Machine, onlookers: Onlookers): void {
  const { id, disk, raft } = machine;
  discardCorrupt(world, machine, onlookers);
  machine.status = "up";
  machine.restarts++;
  readOptions(world, machine, onlookers);
  machine.raft = bootServer(world, machine, disk, raft.timeoutsDrawn);
  machine.store = copyStore(disk.snapshot.store);
  machine.timerSequence = world.sequence++;
  onlookers.tell?.({
    kind: "restarted",
    server: id,
    term: disk.term,
    votedFor: disk.votedFor,
    lastIndex: lastIndex(disk.log),
    ...named(world, machine.group),
  });
  fallSilent(world, machine, [], onlookers);
  onlookers.watch?.(world, machine, null);
  carryOut(world, machine, onlookers);
}

/** The process runs again and takes, in order, what came meanwhile. */
export function resume(world: World, machine: Machine, onlookers: Onlookers): void {
  machine.status = "up";
  noticeWrites(world, machine, onlookers);
  const { inbox, unheard } = machine;
  machine.inbox = [];
  machine.unheard = [];
  for (const input of unheard) dispatch(world, machine, input, onlookers);
  for (const packet of inbox) accept(world, machine, packet, onlookers);
}
