import type { LogIndex } from "../../base/units.ts";
import { setValue, valueAt } from "../../base/vector.ts";
import { knownHash, lastIndex, prefixHash, termAt } from "../../raft/log.ts";
import type { Server } from "../../raft/types.ts";
import type { Ghost } from "../ghost.ts";
import type { Invariant, Transition } from "../invariant.ts";

/**
 * Only leaders of terms after the commit count: a late candidate of term 1 may win term 1 after term 2 has committed.
 * Also records what is committed, so it runs before the properties that compare with that.
 */
export const leaderCompleteness: Invariant = {
  name: "Leader Completeness",
  section: "§5.4, Figure 3",
  text: "An entry that is committed in a term is in the logs of the leaders of all higher terms.",
  check(transition) {
    const { server, before, ghost } = transition;
    const elected = server.role === "leader" && (before.role !== "leader" || before.term !== server.term);
    return (elected ? newLeaderLacks(server, ghost) : null) ?? newCommits(transition);
  },
};

function newLeaderLacks(server: Server, ghost: Ghost): string | null {
  let index = ghost.committed.length - 1;
  while (index > 0 && valueAt(ghost.committedIn, index)! >= server.term) index--;
  return index > 0 ? lacks(server, index, valueAt(ghost.committed, index)!) : null;
}

/** What a snapshot covers was committed, and seen, before: only what the log still knows is looked at. */
function newCommits({ world, machine, server, before, ghost }: Transition): string | null {
  const known = ghost.committed.length;
  const to = Math.min(server.commitIndex, lastIndex(server.log));
  for (let index = Math.max(before.commitIndex + 1, known, server.log.base, 1); index <= to; index++) {
    setValue(ghost.committed, index, prefixHash(server.log, index));
    setValue(ghost.committedIn, index, server.term);
  }
  if (to < known || to <= before.commitIndex) return null;
  for (const other of world.machines) {
    if (other === undefined || other.group !== machine.group || other.status === "down") continue;
    if (other.raft.role !== "leader" || other.raft.term <= server.term) continue;
    const problem = lacks(other.raft, to, prefixHash(server.log, to));
    if (problem !== null) return problem;
  }
  return null;
}

function lacks(leader: Server, index: LogIndex, hash: number): string | null {
  if (index > lastIndex(leader.log))
    return `S${leader.id} leads term ${leader.term} without entry ${index}, which is committed`;
  const own = knownHash(leader.log, index);
  if (own === null || own === hash) return null;
  return `S${leader.id} leads term ${leader.term} with another entry ${index} (term ${termAt(leader.log, index)}) than the one that is committed`;
}
