import type { GroupId, ServerId } from "../base/units.ts";
import { replicaOf } from "./replicas.ts";
import type { Machine } from "./state/machine.ts";
import type { DirectedLink } from "./state/messages.ts";
import type { WorldState } from "./state/state.ts";

/** Why something cannot be done, in a sentence; null if it can. */

/** What `test` has against the server, or that there is none. */
export function onServer(
  world: WorldState,
  id: ServerId,
  test: (machine: Machine) => string | null,
  group: GroupId = 1,
): string | null {
  if (group > world.setup.groups) return `there is no group ${group}`;
  const machine = replicaOf(world, id, group);
  const problem = machine === undefined ? "does not exist" : test(machine);
  return problem && `S${id} ${problem}`;
}

export const running = (world: WorldState, id: ServerId, group: GroupId = 1): string | null =>
  onServer(world, id, ({ status }) => (status === "up" ? null : `is ${status}`), group);

export const onLinks = (world: WorldState, links: readonly DirectedLink[]): string | null =>
  links.every(([from, to]) => from !== to && world.machines[from] && world.machines[to])
    ? null
    : "a link does not exist";
