import type { LogIndex, ServerId } from "../base/units.ts";
import { allVoters, type Configuration } from "./configuration.ts";
import { quorumValue } from "./quorum.ts";

/** A read as it reaches the leader. `from` 0: it was asked there. */
export interface AskedRead {
  readonly from: ServerId;
  readonly context: string;
  /** By the lease or by a round of heartbeats; left out: as the leader's options say. */
  readonly by?: ReadBy;
}
export type ReadBy = "safe" | "lease";

/** A read that waits at the leader. */
export interface PendingRead {
  readonly from: ServerId;
  readonly context: string;
  /** The commit index when it was taken up. */
  readonly index: LogIndex;
}

/**
 * Reads by ReadIndex (D §6.4). Each read has a number; a heartbeat carries the number of the newest one, and its
 * answer confirms every read up to it. One round of heartbeats so serves all reads that came before it.
 */
export interface Reads {
  /** Waiting for confirmation, oldest first; their numbers are confirmed + 1 … */
  unconfirmed: PendingRead[];
  confirmed: number;
  /** acks[id]: the newest round that server has answered. */
  acks: (number | undefined)[];
  /** Asked of a leader that has not yet committed an entry of its term. */
  early: AskedRead[];
}

export const noReads = (early: Reads["early"] = []): Reads => ({ unconfirmed: [], confirmed: 0, acks: [], early });

export const copyReads = (reads: Reads): Reads => ({
  unconfirmed: reads.unconfirmed.slice(),
  confirmed: reads.confirmed,
  acks: reads.acks.slice(),
  early: reads.early.slice(),
});

/** What a heartbeat carries now: 0 if no read waits. */
export const currentRound = (reads: Reads): number =>
  reads.unconfirmed.length === 0 ? 0 : reads.confirmed + reads.unconfirmed.length;

export function ackRound(reads: Reads, from: ServerId, round: number): void {
  if (round > 0) reads.acks[from] = Math.max(reads.acks[from] ?? 0, round);
}

/** Takes out, oldest first, the reads that a quorum has confirmed by now. */
export function takeConfirmed(reads: Reads, configuration: Configuration): PendingRead[] {
  const round = allVoters(configuration).length === 0 ? 0 : quorumValue(configuration, (id) => reads.acks[id] ?? 0);
  if (round <= reads.confirmed) return [];
  const taken = reads.unconfirmed.splice(0, round - reads.confirmed);
  reads.confirmed = round;
  return taken;
}
