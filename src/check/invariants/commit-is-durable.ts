import type { LogIndex, ServerId } from "../../base/units.ts";
import { lastIndex } from "../../raft/log.ts";
import { majorityOf } from "../../raft/quorum.ts";
import { replicaOf } from "../../world/replicas.ts";
import type { Invariant, Transition } from "../invariant.ts";
import { differ } from "./match-is-real.ts";

/** Falls long before a client can see any damage. */
export const commitIsDurable: Invariant = {
  name: "What a leader commits is on a majority of disks",
  section: "§5.3, §6",
  text: "In the moment in which a leader commits an entry, a majority has it on disk, of both halves if the configuration is joint; learners do not count.",
  check(transition) {
    const { server, before } = transition;
    const { role, commitIndex, configuration } = server;
    if (role !== "leader" || before.role !== "leader" || commitIndex <= before.commitIndex) return null;
    const { voters, outgoing } = configuration;
    return lackingIn(transition, voters) ?? (outgoing.length === 0 ? null : lackingIn(transition, outgoing));
  },
};

function lackingIn(transition: Transition, half: readonly ServerId[]): string | null {
  const { server } = transition;
  let holders = 0;
  for (const id of half) if (holds(transition, id, server.commitIndex)) holders++;
  return holders >= majorityOf(half.length)
    ? null
    : `S${server.id} commits entry ${server.commitIndex}, which is on ${holders} of ${half.length} disks`;
}

function holds({ world, machine, server }: Transition, id: ServerId, index: LogIndex): boolean {
  const disk = replicaOf(world, id, machine.group)?.disk;
  return disk !== undefined && lastIndex(disk.log) >= index && !differ(disk.log, server.log, index);
}
