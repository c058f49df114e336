import { knownHash, lastIndex } from "../raft/log.ts";
import type { Machine, Violation, World } from "../world/types.ts";
import { fresh, type Ghost, remember, type Seen } from "./ghost.ts";
import type { Invariant } from "./invariant.ts";
import { electionSafety } from "./invariants/election-safety.ts";
import { leaderAppendOnly } from "./invariants/leader-append-only.ts";
import { leaderCompleteness } from "./invariants/leader-completeness.ts";
import { logMatching } from "./invariants/log-matching.ts";
import { commitMonotonic, termMonotonic } from "./invariants/monotonic.ts";
import { stateMachineSafety } from "./invariants/state-machine-safety.ts";

/** Every property that is watched. Order matters only where one says so. */
export const invariants: readonly Invariant[] = [
  electionSafety,
  leaderAppendOnly,
  logMatching,
  leaderCompleteness,
  termMonotonic,
  commitMonotonic,
  stateMachineSafety,
];

/** What the checker knew of a server before the step that it now looks at. */
export function seenBefore(ghost: Ghost, machine: Machine): Seen {
  const seen = ghost.seen[machine.id];
  if (seen !== undefined && seen.restarts === machine.restarts) return seen;
  const first = fresh(machine);
  ghost.seen[machine.id] = first;
  return first;
}

/** Checks one server after its step; the first property that broke, or null. Nearly all steps change nothing of interest. */
export function check(ghost: Ghost, world: World, machine: Machine): Violation | null {
  const before = seenBefore(ghost, machine);
  const { raft: server } = machine;
  if (unchanged(before, machine)) return null;
  const transition = { world, machine, server, before, ghost };
  for (const { name, section, check: holds } of invariants) {
    const detail = holds(transition);
    if (detail !== null)
      return { property: name, section, server: server.id, detail: detail + inGroup(world, machine) };
  }
  remember(before, machine);
  return null;
}

const inGroup = ({ setup }: World, { group }: Machine): string => (setup.groups > 1 ? ` (group ${group})` : "");

function unchanged(before: Seen, { raft }: Machine): boolean {
  return (
    before.term === raft.term &&
    before.role === raft.role &&
    before.commitIndex === raft.commitIndex &&
    before.lastApplied === raft.lastApplied &&
    before.lastIndex === lastIndex(raft.log) &&
    before.lastHash === knownHash(raft.log, before.lastIndex)
  );
}
