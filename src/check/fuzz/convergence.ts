import type { ServerId } from "../../base/units.ts";
import { isMember, isVoter, membersOf } from "../../raft/configuration.ts";
import { knownHash, lastIndex, lastTerm } from "../../raft/log.ts";
import { voteResult } from "../../raft/quorum.ts";
import { rules } from "../../raft/rules/index.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { World } from "../../world/types.ts";

export const machinesOf = ({ machines }: World): Machine[] => machines.filter(Boolean);

/** Of several that believe to lead, the one of the latest term. */
export function leaderOf(world: World, among: readonly ServerId[] | null = null): Machine | undefined {
  return machinesOf(world)
    .filter(({ raft, status, id }) => raft.role === "leader" && status === "up" && (among?.includes(id) ?? true))
    .sort((a, b) => b.raft.term - a.raft.term)[0];
}

/** A leader whose term every member has, everything committed and applied on every member, equal stores. `among`: only there. */
export function converged(world: World, among: readonly ServerId[] | null = null): boolean {
  const leader = leaderOf(world, among);
  if (leader === undefined) return false;
  const { raft: led, store } = leader;
  const end = lastIndex(led.log);
  const members = membersOf(led.configuration).filter((id) => among?.includes(id) ?? true);
  return members.every((id) => {
    const { raft, store: own } = world.machines[id]!;
    const same = raft.term === led.term && knownHash(raft.log, end) === knownHash(led.log, end);
    return same && raft.lastApplied === end && lastIndex(raft.log) === end && own.digest === store.digest;
  });
}

/** Rules that protect a living leader from servers that cannot hear it (D §4.2.3, §9.6). */
export function isProtected({ setup: { raft } }: World): boolean {
  const { preVote, checkQuorum, stickyLeader } = raft;
  return preVote || stickyLeader === "always" || (stickyLeader === "withCheckQuorum" && checkQuorum);
}

/**
 * A server that was removed and does not know it starts election after election. Only rules that protect a living
 * leader promise that the others get on nevertheless.
 */
export function mayBeDisturbed(world: World): boolean {
  if (isProtected(world)) return false;
  const candidates = machinesOf(world).filter(({ raft }) => raft.role === "leader" || rules.mayCampaign.ask(raft));
  return candidates.some(({ id }) => candidates.some(({ raft }) => !isMember(raft.configuration, id)));
}

/**
 * Where configurations count once they are applied, a leader that has taken its own vote away may be gone before the
 * others know: they still need its vote, which it refuses them because its log goes on beyond theirs, and it may not
 * campaign itself. An operator must help (etcd/raft is as it is here).
 */
export function nobodyCanWin(world: World, among: readonly ServerId[] | null = null): boolean {
  if (among === null && world.setup.raft.configurationFrom !== "apply") return false;
  const all = machinesOf(world).filter(({ id }) => among?.includes(id) ?? true);
  return all.every((candidate) => {
    const votes: boolean[] = [];
    for (const voter of all) votes[voter.id] = grants(voter, candidate);
    const { configuration } = candidate.raft;
    return !isVoter(configuration, candidate.id) || voteResult(configuration, votes) !== "won";
  });
}

function grants({ raft: { log: own } }: Machine, { raft: { log: other } }: Machine): boolean {
  return lastTerm(own) === lastTerm(other) ? lastIndex(other) >= lastIndex(own) : lastTerm(other) > lastTerm(own);
}
