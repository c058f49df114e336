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
  const looks = new Map(machines.map((machine) => [machine.id, lookOf(machine, ghost)]));
  machines.sort((a, b) => looks.get(a.id)! - looks.get(b.id)! || a.id - b.id);
  const rank: number[] = [0];
  for (const [i, { id }] of machines.entries()) rank[id] = i + 1;
  const h = new Hasher();
  for (const machine of machines) {
    h.add(looks.get(machine.id)!);
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
  for (const part of [raft.term, raft.commitIndex, raft.lastApplied, disk.term, disk.pending.length])
    look = mix(look, part);
  for (const voted of [raft.votedFor, disk.votedFor]) look = mix(look, voted === 0 ? 0 : voted === raft.id ? 1 : 2);
  look = mix(look, agreement(raft.log, ghost));
  look = mix(look, reads.length * 16 + pledges.length);
  return mixLog(mixLog(look, raft.log), disk.log);
}

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
  for (const id of [raft.votedFor, raft.transferee, disk.votedFor]) h.add(rank[id] ?? 0);
  if (raft.role === "candidate" || raft.role === "preCandidate") {
    h.add(maskOf(idsWhere(raft.votes, true), rank));
    h.add(maskOf(idsWhere(raft.votes, false), rank));
  }
  addConfiguration(h, raft.configuration, rank);
  addConfiguration(h, raft.baseConfiguration, rank);
  addChanges(h, raft.log, rank);
  if (raft.role === "leader") addFollowers(h, raft, rank);
  h.add(raft.pendingChangeIndex * 4 + (raft.incoming === null ? 0 : 1));
  h.add(raft.reads.unconfirmed.length * 16 + raft.reads.early.length);
}

const idsWhere = (votes: readonly (boolean | undefined)[], wanted: boolean): ServerId[] =>
  votes.flatMap((vote, id) => (vote === wanted ? [id] : []));

const maskOf = (ids: readonly ServerId[], rank: readonly number[]): number =>
  ids.reduce((mask, id) => mask | (1 << rank[id]!), 0);

function addConfiguration(
  h: Hasher,
  { voters, outgoing, learners, learnersNext }: Configuration,
  rank: readonly number[],
): void {
  for (const ids of [voters, outgoing, learners, learnersNext]) h.add(maskOf(ids, rank));
}

function addChanges(h: Hasher, log: RaftLog, rank: readonly number[]): void {
  for (let index = firstIndex(log); index <= lastIndex(log); index++) {
    const { change } = entryAt(log, index);
    for (const { type, server } of change?.changes ?? []) {
      h.add(index);
      h.addText(type);
      h.add(rank[server] ?? 0);
    }
  }
}

function addFollowers(h: Hasher, { progress }: Server, rank: readonly number[]): void {
  const known = progress.flatMap((each, id) => (each === undefined ? [] : [{ place: rank[id]!, each }]));
  for (const { place, each } of known.sort((a, b) => a.place - b.place)) {
    h.add(place * 4 + (each.state === "snapshot" ? 1 : 0));
    h.add(each.match);
  }
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
    let packet = mix(rank[ref.from] ?? 0, rank[ref.to] ?? 0);
    for (const part of partsOf(payload as unknown as Record<string, unknown>)) packet = mix(packet, part);
    sum = (sum + packet) | 0;
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

function partsOf(payload: Record<string, unknown>): number[] {
  const parts = counted.map((name) => (typeof payload[name] === "number" ? payload[name] : -1));
  parts.push((payload["type"] as string).length, payload["granted"] === true || payload["success"] === true ? 1 : 0);
  for (const { term } of (payload["entries"] as { term: number }[] | undefined) ?? []) parts.push(term);
  return parts;
}
