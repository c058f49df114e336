import type { GroupId, ServerId } from "../base/units.ts";
import type { Machine } from "./state/machine.ts";
import type { WorldState } from "./state/state.ts";

/**
 * Several Raft groups may run over the same machines. A replica is one machine's part in one group; `world.machines`
 * is a flat list of them by slot. The slots of group 1 are the servers' ids, so that a run with one group may say
 * `world.machines[server]`.
 */
const slotsPerGroup = 16;
export const slotOf = (server: ServerId, group: GroupId): number => (group - 1) * slotsPerGroup + server;

/** The machine of a slot. */
export const serverOf = (slot: number): ServerId => slot % slotsPerGroup;

/** Undefined where there is no such server or group. */
export const replicaOf = (world: WorldState, server: ServerId, group: GroupId = 1): Machine | undefined =>
  world.machines[slotOf(server, group)];

/** Calls for every replica that runs on that machine, in the order of groups: what hits a machine hits all of them. */
export function forReplicas(world: WorldState, server: ServerId, visit: (replica: Machine) => void): void {
  for (let group = 1; group <= world.setup.groups; group++) visit(replicaOf(world, server, group)!);
}

/** The replica on that machine whose disk has an entry that no longer fits its checksum; there is at most one. */
export function corruptReplica(world: WorldState, server: ServerId): Machine | undefined {
  let found: Machine | undefined;
  forReplicas(world, server, (replica) => {
    if (replica.disk.corrupt !== null) found ??= replica;
  });
  return found;
}

/** The group that keeps a key: the sum of its characters' codes decides. */
export function groupOfKey(key: string, groups: number): GroupId {
  let sum = 0;
  for (let i = 0; i < key.length; i++) sum += key.charCodeAt(i);
  return 1 + (sum % groups);
}

/** What says in a fact whose it is: nothing in a run with one group. */
export const named = ({ setup }: WorldState, group: GroupId): { readonly group?: GroupId } =>
  setup.groups > 1 ? { group } : {};
