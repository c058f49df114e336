import type { ServerId } from "../../base/units.ts";
import { isMember, isVoter, membersOf } from "../../raft/configuration.ts";
import { knownHash, lastIndex, lastTerm } from "../../raft/log.ts";
import { voteResult } from "../../raft/quorum.ts";
import { rules } from "../../raft/rules/index.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { World } from "../../world/types.ts";

export const machinesOf = ({ machines }: World): Machine[] => machines.filter(Boolean);

/** `among`: only these servers; null: all. */
export const machinesAmong = (world: World, among: readonly ServerId[] | null): Machine[] =>
  machinesOf(world).filter(({ id }) => among?.includes(id) ?? true);

/** Of several that believe to lead, the one of the latest term. */
export function leaderOf(world: World, among: readonly ServerId[] | null = null): Machine | undefined {
  return machinesAmong(world, among)
    .filter(({ raft, status }) => raft.role === "leader" && status === "up")
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

/** Rules that protect a living leader from servers that cannot hear it (D §4.2.3, §9.6), followed by all servers. */
export const isProtected = (world: World): boolean =>
  machinesOf(world).every(
    ({ options: { preVote, checkQuorum, stickyLeader } }) =>
      preVote || stickyLeader === "always" || (stickyLeader === "withCheckQuorum" && checkQuorum),
  );

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
  return ableToWin(world, among).length === 0;
}

/**
 * Where messages of older terms are not answered (etcd/raft without pre-vote and check-quorum), who could win may be
 * behind the terms of those whose votes it needs, and learns of it by nothing but its own timeouts. While others, who
 * cannot win, time out as often, it takes any time until it is ahead; and a leader never is, if who is ahead of it does
 * not know yet that it is a voter, and so does not campaign.
 */
export function nobodyIsTold(world: World, among: readonly ServerId[] | null = null): boolean {
  const keepQuiet = machinesAmong(world, among).filter(({ options }) => options.oldTerms === "ignored");
  const isBehind = ({ raft }: Machine): boolean =>
    keepQuiet.some((other) => other.raft.term > raft.term && (raft.role !== "leader" || leavesLeader(other)));
  const able = ableToWin(world, among);
  return able.length > 0 && able.every(isBehind);
}

/** Neither answers a leader of an older term nor campaigns. */
const leavesLeader = ({ id, raft, options: { preVote, checkQuorum } }: Machine): boolean =>
  !preVote && !checkQuorum && !isVoter(raft.configuration, id);

/** Voters whose logs are good enough for a majority, as each counts it by its own configuration. */
export function ableToWin(world: World, among: readonly ServerId[] | null): Machine[] {
  const all = machinesAmong(world, among);
  return all.filter((candidate) => {
    const votes: boolean[] = [];
    for (const voter of all) votes[voter.id] = grants(voter, candidate);
    const { configuration } = candidate.raft;
    return isVoter(configuration, candidate.id) && voteResult(configuration, votes) === "won";
  });
}

function grants({ raft: { log: own } }: Machine, { raft: { log: other } }: Machine): boolean {
  return lastTerm(own) === lastTerm(other) ? lastIndex(other) >= lastIndex(own) : lastTerm(other) > lastTerm(own);
}
