import { lastIndex } from "../raft/log.ts";
import { accept, gone } from "./delivery.ts";
import { copyStore } from "./kv.ts";
import { bootServer, carryOut, dispatch, noticeWrites, type Onlookers } from "./machine.ts";
import { named } from "./replicas.ts";
import type { Machine, World } from "./types.ts";

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
  const lostFrom = Math.min(raft.unstableFrom, lostTo + 1);
  const whose = named(world, machine.group);
  onlookers.tell?.({ kind: "crashed", server: machine.id, lostFrom, lostTo, unwrittenWrites, ...whose });
}

/** Comes back with what the disk holds and nothing else (Figure 2: volatile state starts anew). */
export function restart(world: World, machine: Machine, onlookers: Onlookers): void {
  const { id, disk, raft } = machine;
  machine.status = "up";
  machine.restarts++;
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
