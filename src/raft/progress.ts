import type { LogIndex } from "../base/units.ts";
import { never, type RaftOptions } from "./options.ts";

/**
 * What the leader believes of one server (Figure 2, "volatile state on leaders"), itself included.
 * `probe`: it is not known where the logs agree; one message at a time. `replicate`: they agree up to `match`, and
 * entries are sent ahead of the answers. `snapshot`: what it needs is compacted; nothing is sent until the snapshot
 * has arrived. 0 <= match < next; but where a follower has refused what it had acknowledged, next goes back below match
 * all the same, as Figure 2 prints it, and comes up again with its answers (`backUp`, `regain`).
 */
export interface Progress {
  state: "probe" | "replicate" | "snapshot";
  match: LogIndex;
  next: LogIndex;
  /** Highest commit index that it was told. */
  sentCommit: LogIndex;
  /** snapshot: the index of the snapshot under way. */
  pendingSnapshot: LogIndex;
  /** It has answered since the last look (check-quorum). */
  active: boolean;
  /** It has answered this leader, ever: for what is told alone, and no part of any hash. */
  hasAnswered: boolean;
  /** Nothing more is sent until it answers. */
  paused: boolean;
  /** AppendEntries with entries under way, oldest first: last index and bytes of each. */
  inflight: { readonly index: LogIndex; readonly bytes: number }[];
  inflightBytes: number;
  /** When it last answered; and when the newest request was sent that it has answered (`Timed`). Local times. */
  heardAt: number;
  answeredSentAt: number;
  /** When entries were last sent, and their last index (0 = answered): for flow `oneAtATime`. */
  sentAt: number;
  outstanding: LogIndex;
}

export const newProgress = (match: LogIndex, next: LogIndex, active: boolean, now: number): Progress => ({
  state: "probe",
  match,
  next,
  sentCommit: 0,
  pendingSnapshot: 0,
  active,
  hasAnswered: false,
  paused: false,
  inflight: [],
  inflightBytes: 0,
  heardAt: now,
  answeredSentAt: never,
  sentAt: 0,
  outstanding: 0,
});

function enter(p: Progress, state: Progress["state"]): void {
  p.state = state;
  p.paused = false;
  p.pendingSnapshot = 0;
  p.inflight = [];
  p.inflightBytes = 0;
}

export function becomeProbe(p: Progress): void {
  const next = p.state === "snapshot" ? Math.max(p.match + 1, p.pendingSnapshot + 1) : p.match + 1;
  probeFrom(p, next);
}

export function probeFrom(p: Progress, next: LogIndex): void {
  enter(p, "probe");
  p.next = next;
  p.sentCommit = Math.min(p.sentCommit, next - 1);
}

export function becomeReplicate(p: Progress): void {
  enter(p, "replicate");
  p.next = p.match + 1;
}

export function becomeSnapshot(p: Progress, index: LogIndex): void {
  enter(p, "snapshot");
  p.pendingSnapshot = index;
  p.next = index + 1;
  p.sentCommit = index;
}

export const isPaused = (p: Progress): boolean => p.state === "snapshot" || p.paused;

export const windowFull = (p: Progress, options: RaftOptions): boolean =>
  p.inflight.length >= options.maxInflightMessages || p.inflightBytes >= options.maxInflightBytes;

/** Takes note of an AppendEntries with so many entries. */
export function sentEntries(p: Progress, count: number, bytes: number, options: RaftOptions): void {
  if (p.state === "probe") {
    if (count > 0) p.paused = true;
    return;
  }
  if (count > 0) {
    p.next += count;
    p.inflight.push({ index: p.next - 1, bytes });
    p.inflightBytes += bytes;
  }
  p.paused = windowFull(p, options);
}

/** An acknowledgement up to `index` frees everything sent up to there. */
export function freeInflight(p: Progress, index: LogIndex): void {
  let freed = 0;
  while (freed < p.inflight.length && p.inflight[freed]!.index <= index) p.inflightBytes -= p.inflight[freed++]!.bytes;
  if (freed > 0) p.inflight.splice(0, freed);
}

/** It has everything up to `index`. True if that is news. */
export function advanceMatch(p: Progress, index: LogIndex): boolean {
  if (index <= p.match) return false;
  p.match = index;
  p.next = Math.max(p.next, index + 1);
  p.paused = false;
  return true;
}

/**
 * It refused the entries after `rejected`, which is news. `least`: how far next may go back. Where entries were sent ahead,
 * next goes to what is known to match; if that was refused as well, by one only: the refusal may be an old one.
 */
export function backUp(p: Progress, rejected: LogIndex, matchHint: LogIndex, least: LogIndex): void {
  if (p.state === "replicate") p.next = Math.max(Math.min(rejected, p.match + 1), least);
  else {
    p.next = Math.max(Math.min(rejected, matchHint + 1), least);
    p.paused = false;
  }
  p.sentCommit = Math.min(p.sentCommit, p.next - 1);
}

/** It accepted everything up to `index`, and had refused that before. True if what it lacks is now known to be less. */
export function regain(p: Progress, index: LogIndex): boolean {
  if (p.next > p.match || index < p.next) return false;
  p.next = Math.min(index, p.match) + 1;
  p.paused = false;
  return true;
}

/** A new commit index would tell it something: it has entries beyond what it was told is committed. */
export const wantsCommit = (p: Progress, commit: LogIndex): boolean =>
  commit > p.sentCommit && p.sentCommit < p.next - 1;

export const copyProgress = (p: Progress): Progress => ({
  state: p.state,
  match: p.match,
  next: p.next,
  sentCommit: p.sentCommit,
  pendingSnapshot: p.pendingSnapshot,
  active: p.active,
  hasAnswered: p.hasAnswered,
  paused: p.paused,
  inflight: p.inflight.slice(),
  inflightBytes: p.inflightBytes,
  heardAt: p.heardAt,
  answeredSentAt: p.answeredSentAt,
  sentAt: p.sentAt,
  outstanding: p.outstanding,
});
