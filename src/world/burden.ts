import { limits } from "./limits.ts";
import type { Packet } from "./state/messages.ts";
import type { WorldState } from "./state/state.ts";

/** Events between two looks at what grows slowly. */
const lookEvery = 256;
/** A message with fewer entries cannot make the difference by itself. */
const largeMessage = 500;

export const entriesOf = ({ payload }: Packet): number =>
  payload.type === "AppendEntries" ? payload.entries.length : 0;

const sum = <Item>(list: readonly Item[], of: (item: Item) => number): number => {
  let total = 0;
  for (const item of list) total += of(item);
  return total;
};

/** Called with every message that is put on its way. */
export function checkUnderWay(world: WorldState, added: Packet): void {
  const { packets } = world;
  if (packets.length > limits.packetsInFlight) world.stopped = `more than ${limits.packetsInFlight} messages in flight`;
  if (entriesOf(added) >= largeMessage && sum(packets, entriesOf) > limits.entriesInFlight)
    world.stopped = `more than ${limits.entriesInFlight} entries in flight`;
}

/** Called with every event: now and then it looks at what may pile up where nothing comes to an end. */
export function checkPiles(world: WorldState): void {
  if (world.events % lookEvery === 0) lookAtPiles(world);
}

/** Apart, so that the loop of events stays small. */
function lookAtPiles(world: WorldState): void {
  for (const machine of world.machines) {
    if (machine === undefined) continue;
    const { id, pledges, reads, raft } = machine;
    if (pledges.length > limits.waitingHere) world.stopped = `more than ${limits.waitingHere} commands wait at S${id}`;
    const waiting = reads.length + raft.reads.early.length + raft.reads.unconfirmed.length;
    if (waiting > limits.waitingHere) world.stopped = `more than ${limits.waitingHere} reads wait at S${id}`;
  }
  if (entriesHeld(world) > limits.entriesHeld) world.stopped = `more than ${limits.entriesHeld} entries in the logs`;
}

/** Servers share what they hold in common: the longest log of each group counts. */
function entriesHeld({ machines, setup }: WorldState): number {
  let held = 0;
  for (let group = 1; group <= setup.groups; group++) {
    let longest = 0;
    for (const machine of machines)
      if (machine?.group === group) longest = Math.max(longest, machine.raft.log.last - machine.raft.log.base);
    held += longest;
  }
  return held;
}
