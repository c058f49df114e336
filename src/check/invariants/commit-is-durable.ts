import type { ServerId } from "../../base/units.ts";
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
    if (outgoing.length === 0) return lackingIn(transition, voters, "");
    return lackingIn(transition, voters, ofNew) ?? lackingIn(transition, outgoing, ofOld);
  },
};

/** Whose disks or votes are counted, where a configuration is joint. */
export const ofNew = " of the new configuration";
export const ofOld = " of the old configuration";

function lackingIn(transition: Transition, half: readonly ServerId[], whose: string): string | null {
  const { server } = transition;
  const majority = majorityOf(half.length);
  const holders = holdersIn(transition, half, majority);
  return holders >= majority
    ? null
    : `S${server.id} commits entry ${server.commitIndex}, which is on ${holders} of ${half.length} disks${whose}`;
}

/** On how many of these disks is what the server has committed; counts no further than to `enough`. */
export function holdersIn(transition: Transition, half: readonly ServerId[], enough: number): number {
  const { world, machine, server } = transition;
  const { commitIndex: index } = server;
  let holders = 0;
  for (const id of half) {
    const log = replicaOf(world, id, machine.group)?.disk.log;
    if (log !== undefined && lastIndex(log) >= index && !differ(log, server.log, index) && ++holders === enough) break;
  }
  return holders;
}
