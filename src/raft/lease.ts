import type { RaftOptions } from "./options.ts";
import { never, unlimited } from "./options.ts";
import { quorumValue } from "./quorum.ts";
import type { Server } from "./types.ts";

/**
 * Until when a leader may act on what it last heard from a majority. All times are the server's own; `unlimited` where
 * it is a majority by itself.
 */

/** Since when some majority (of both halves) has not been silent: each of it has answered then or later. */
export const quorumHeardAt = (leader: Server): number =>
  quorumValue(leader.configuration, (id) => (id === leader.id ? unlimited : (leader.progress[id]?.heardAt ?? never)));

/** When a leader that hears no more steps down, or gives up a transfer, whichever comes first (D §6.2, §3.10). */
export function quorumCheckAt(leader: Server, options: RaftOptions): number {
  const { electionTimeoutMin: period, checkQuorum, quorumCheck } = options;
  const byTimer = leader.timerSince + period;
  if (quorumCheck === "flags") return checkQuorum || leader.transferee !== 0 ? byTimer : unlimited;
  const transfer = leader.transferee !== 0 ? byTimer : unlimited;
  return checkQuorum ? Math.min(transfer, quorumHeardAt(leader) + period) : transfer;
}

/**
 * Until when no other leader can have been elected (D §6.4.1), if nobody votes while it hears from a leader: an election
 * timeout, shortened by how much clocks may differ, after a round was sent that a majority has answered. A transfer ends
 * it: its election waits for nobody.
 */
export function leaseUntil(leader: Server, options: RaftOptions): number {
  if (leader.leaseEnded) return never;
  const start = quorumValue(leader.configuration, (id) =>
    id === leader.id ? unlimited : (leader.progress[id]?.answeredSentAt ?? never),
  );
  return start === never || start === unlimited ? start : start + leaseLength(options);
}

/**
 * What ends a lease: that another leader might be elected (D §6.4.1); the same time, which comes too late where servers
 * vote although they hear from a leader; check-quorum, which can come too late, too (etcd); or nothing, where check-quorum
 * is off. etcd/raft refuses that configuration.
 */
export type LeaseEnd = "bound" | "late" | "checkQuorum" | "never";
export function leaseEnd({ lease, checkQuorum, stickyLeader }: RaftOptions): LeaseEnd {
  if (lease === "sendTime") return stickyLeader === "always" ? "bound" : "late";
  return checkQuorum ? "checkQuorum" : "never";
}

export const leaseLength = ({ electionTimeoutMin, clockDriftPercent }: RaftOptions): number =>
  Math.floor((electionTimeoutMin * 100) / (100 + clockDriftPercent));
