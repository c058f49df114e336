import { Hasher, mix } from "../../base/hash.ts";
import type { ServerId } from "../../base/units.ts";
import { valueAt } from "../../base/vector.ts";
import type { Configuration } from "../../raft/configuration.ts";
import { entryAt, firstIndex, knownHash, lastIndex, type RaftLog } from "../../raft/log.ts";
import type { Server } from "../../raft/types.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { Packet } from "../../world/state/messages.ts";
import type { World } from "../../world/types.ts";
import type { Ghost } from "../ghost.ts";

/**
 * 16 hex digits, equal for states from which the same coarse steps lead on: clocks, numbering and the commands
 * themselves do not count, nor do the names of servers, nor what a leader or a voter finds out again when it talks to
 * somebody next (nextIndex, pauses, who leads). An entry is known by its index and term: as long as logs match, that says all. Servers that look alike may be put in different orders; then equal states are told
 * apart, which costs time and nothing else.
 */
export function canonical(world: World, ghost: Ghost): string {
  const machines = world.machines.filter(Boolean);
  const looks: number[] = [];
  for (const machine of machines) looks[machine.id] = lookOf(machine, ghost);
  machines.sort((a, b) => looks[a.id]! - looks[b.id]! || a.id - b.id);
  const rank: number[] = [0];
  for (let i = 0; i < machines.length; i++) rank[machines[i]!.id] = i + 1;
  const h = new Hasher();
  for (const machine of machines) {
    h.add(looks[machine.id]!);
    addServer(h, machine, rank);
  }
  addGhost(h, ghost, rank);
  addPackets(h, world.packets, rank);
  return h.digest();
}

const roles = { follower: 1, preCandidate: 2, candidate: 3, leader: 4 } as const;

/** What a server looks like without anybody's name. */
function lookOf({ raft, disk, status, reads, pledges }: Machine, ghost: Ghost): number {
  let look = mix(roles[raft.role], status === "up" ? 1 : 2);
  look = mix(mix(mix(look, raft.term), raft.commitIndex), raft.lastApplied);
  look = mix(mix(look, disk.term), disk.pending.length);
  look = mix(mix(look, whom(raft.votedFor, raft.id)), whom(disk.votedFor, raft.id));
  look = mix(look, agreement(raft.log, ghost));
  look = mix(look, reads.length * 16 + pledges.length);
  return mixLog(mixLog(look, raft.log), disk.log);
}

const whom = (voted: ServerId, self: ServerId): number => (voted === 0 ? 0 : voted === self ? 1 : 2);

function mixLog(look: number, log: RaftLog): number {
  let mixed = mix(mix(look, log.base), log.baseTerm);
  for (let index = firstIndex(log); index <= lastIndex(log); index++) {
    const { term, change } = entryAt(log, index);
    mixed = mix(mixed, term * 8 + (change === null ? 0 : 1 + change.changes.length));
  }
  return mixed;
}

/** Up to where a log holds what is committed. */
function agreement(log: RaftLog, { committed }: Ghost): number {
  let index = Math.min(committed.length - 1, lastIndex(log));
  while (index > log.base && knownHash(log, index) !== valueAt(committed, index)) index--;
  return Math.max(0, index);
}

function addServer(h: Hasher, { raft, disk }: Machine, rank: readonly number[]): void {
  h.add(rank[raft.votedFor] ?? 0);
  h.add(rank[raft.transferee] ?? 0);
  h.add(rank[disk.votedFor] ?? 0);
  if (raft.role === "candidate" || raft.role === "preCandidate") {
    h.add(votesMask(raft.votes, true, rank));
    h.add(votesMask(raft.votes, false, rank));
  }
  addConfiguration(h, raft.configuration, rank);
  addConfiguration(h, raft.baseConfiguration, rank);
  addChanges(h, raft.log, rank);
  if (raft.role === "leader") addFollowers(h, raft, rank);
  h.add(raft.pendingChangeIndex * 4 + (raft.incoming === null ? 0 : 1));
  h.add(raft.reads.unconfirmed.length * 16 + raft.reads.early.length);
}

function votesMask(votes: readonly (boolean | undefined)[], wanted: boolean, rank: readonly number[]): number {
  let mask = 0;
  for (let id = 0; id < votes.length; id++) if (votes[id] === wanted) mask |= 1 << rank[id]!;
  return mask;
}

function maskOf(ids: readonly ServerId[], rank: readonly number[]): number {
  let mask = 0;
  for (const id of ids) mask |= 1 << rank[id]!;
  return mask;
}

function addConfiguration(
  h: Hasher,
  { voters, outgoing, learners, learnersNext }: Configuration,
  rank: readonly number[],
): void {
  h.add(maskOf(voters, rank));
  h.add(maskOf(outgoing, rank));
  h.add(maskOf(learners, rank));
  h.add(maskOf(learnersNext, rank));
}

function addChanges(h: Hasher, log: RaftLog, rank: readonly number[]): void {
  for (let index = firstIndex(log); index <= lastIndex(log); index++) {
    const { change } = entryAt(log, index);
    if (change === null) continue;
    for (const { type, server } of change.changes) {
      h.add(index);
      h.addText(type);
      h.add(rank[server] ?? 0);
    }
  }
}

function addFollowers(h: Hasher, { progress }: Server, rank: readonly number[]): void {
  const byRank: ServerId[] = [];
  for (let id = 0; id < progress.length; id++) if (progress[id] !== undefined) byRank[rank[id]!] = id;
  byRank.forEach((id, place) => {
    const { state, match } = progress[id]!;
    h.add(place * 4 + (state === "snapshot" ? 1 : 0));
    h.add(match);
  });
}

function addGhost(h: Hasher, ghost: Ghost, rank: readonly number[]): void {
  for (let term = 0; term < ghost.leaders.length; term++) h.add(rank[valueAt(ghost.leaders, term)!] ?? 0);
  const last = ghost.committed.length - 1;
  h.add(last);
  if (last > 0) h.add(valueAt(ghost.committedIn, last)!);
}

/** What is under way is a set. */
function addPackets(h: Hasher, packets: readonly Packet[], rank: readonly number[]): void {
  let sum = 0;
  for (const { ref, payload } of packets) {
    const packet = mix(rank[ref.from] ?? 0, rank[ref.to] ?? 0);
    sum = (sum + mixParts(packet, payload as unknown as Record<string, unknown>)) | 0;
  }
  h.add(sum);
}

const counted = [
  "term",
  "lastLogIndex",
  "lastLogTerm",
  "prevLogIndex",
  "prevLogTerm",
  "matchIndex",
  "leaderCommit",
  "commit",
  "round",
];

function mixParts(packet: number, payload: Record<string, unknown>): number {
  let mixed = packet;
  for (const name of counted) {
    const value = payload[name];
    mixed = mix(mixed, typeof value === "number" ? value : -1);
  }
  mixed = mix(mixed, (payload["type"] as string).length);
  mixed = mix(mixed, payload["granted"] === true || payload["success"] === true ? 1 : 0);
  for (const { term } of (payload["entries"] as { term: number }[] | undefined) ?? []) mixed = mix(mixed, term);
  return mixed;
}
