import { valueAt } from "../../base/vector.ts";
import { configurationText } from "../../raft/configuration.ts";
import { configurationAt } from "../../raft/server.ts";
import type { Server } from "../../raft/types.ts";
import type { World } from "../../world/types.ts";
import type { Invariant } from "../invariant.ts";

export const snapshotIsCommitted: Invariant = {
  name: "A snapshot stands for what is committed",
  section: "§7, Figure 13",
  text: "A snapshot's prefix is committed, and its configuration is the latest one in that prefix.",
  check({ world, machine, server, before, ghost }) {
    const { id, log } = server;
    if (log.base === before.log.base || log.base === 0) return null;
    const committed = valueAt(ghost.committed, log.base);
    if (committed === undefined) return `S${id} has a snapshot at ${log.base}, which nobody has committed`;
    if (committed !== log.baseHash)
      return `S${id} has a snapshot at ${log.base} of another prefix than the committed one`;
    return machine.options.configurationFrom === "append" ? configurationProblem(world, machine.group, server) : null;
  },
};

/** Held against any log that still begins before it. */
function configurationProblem(world: World, group: number, { id, log, baseConfiguration }: Server): string | null {
  for (const other of world.machines) {
    if (
      other === undefined ||
      other.group !== group ||
      other.raft.log.base >= log.base ||
      other.raft.log.last < log.base
    )
      continue;
    if (other.raft.commitIndex < log.base) continue;
    const known = { configuration: other.raft.baseConfiguration, log: other.raft.log };
    const expected = configurationText(configurationAt(known, log.base).configuration);
    const own = configurationText(baseConfiguration);
    return own === expected
      ? null
      : `S${id} has a snapshot at ${log.base} with the configuration ${own} instead of ${expected}`;
  }
  return null;
}
