import { draw, inRange } from "../base/random.ts";
import type { Write } from "../raft/types.ts";
import { strike } from "./appointments.ts";
import { FaultHands } from "./hands.ts";
import { finishWrite, type Onlookers, persist, sendAll } from "./machine.ts";
import { forReplicas, named, replicaOf } from "./replicas.ts";
import type { Machine } from "./state/machine.ts";
import type { World } from "./types.ts";

const tearStream = 300;

/** The oldest write of this part of a machine comes to its end: as it should, or as a fault has it. */
export function diskDone(world: World, machine: Machine, onlookers: Onlookers): void {
  const { armed } = replicaOf(world, machine.id)!;
  if (armed !== null) return crashAtWrite(world, machine, armed, onlookers);
  const needsRoom = machine.disk.trouble?.kind === "full" && grows(machine.disk.pending[0]!.write);
  if (needsRoom) return stopForLackOfRoom(world, machine, onlookers);
  finishWrite(world, machine, onlookers);
}

const grows = ({ entries, snapshot }: Write): boolean => entries.length > 0 || snapshot !== null;

/** A write that fails is fatal: what cannot be kept must be neither acknowledged nor counted. */
function stopForLackOfRoom(world: World, { id, disk, group }: Machine, onlookers: Onlookers): void {
  const { snapshot, entries } = disk.pending[0]!.write;
  const index = snapshot === null ? (entries[0]?.index ?? 0) : 0;
  onlookers.tell?.({ kind: "diskTrouble", server: id, what: "full", index, ...named(world, group) });
  new FaultHands(world, onlookers, 0).crash(id);
  forReplicas(world, id, (replica) => {
    replica.disk.trouble = { kind: "full", stopped: true };
  });
}

function crashAtWrite(
  world: World,
  machine: Machine,
  { at, for: span, by }: NonNullable<Machine["armed"]>,
  onlookers: Onlookers,
): void {
  const { id: server, disk, held, group } = machine;
  const { write, after } = disk.pending.shift()!;
  const stored = at === "beforeWrite" ? null : at === "tornWrite" ? torn(world, machine, write) : write;
  if (stored !== null) persist(machine, stored, onlookers.rules);
  const [kept, of] = [stored?.entries.length ?? 0, write.entries.length];
  onlookers.tell?.({ kind: "crashPoint", server, point: at, kept, of, ...named(world, group) });
  const following = [...after, ...(held?.messages ?? []), ...(held?.messagesAfterWrite ?? [])];
  if (at === "betweenSends") sendAll(world, machine, following.slice(0, 1), onlookers);
  strike(world, { do: "crash", server, ...(span === null ? {} : { for: span }) }, by, onlookers);
}

/**
 * What of a write is on disk when it tears: the record of term and vote, which comes first, and the entries before the
 * tear, never all of them. A snapshot is a file that takes its name when it is complete. The commit index stays the
 * old one, for it may speak of entries that are missing.
 */
function torn(world: World, { id, disk }: Machine, { state, snapshot, entries, ...rest }: Write): Write {
  const roll = draw(world.seed, tearStream + id, replicaOf(world, id)!.disk.started);
  const kept = snapshot === null && entries.length > 0 ? inRange(roll, 0, entries.length - 1) : 0;
  const kernel = state && { ...state, commitIndex: disk.commitIndex };
  return { ...rest, state: kernel, snapshot: null, entries: entries.slice(0, kept) };
}
