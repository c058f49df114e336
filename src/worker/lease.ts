import { leaseLength, leaseUntil, quorumCheckAt } from "../raft/lease.ts";
import { type RaftOptions, unlimited } from "../raft/options.ts";
import { rules } from "../raft/rules/index.ts";
import type { Server } from "../raft/types.ts";
import { trueTime } from "../world/clock.ts";
import type { Machine } from "../world/state/machine.ts";
import type { World } from "../world/types.ts";
import type { LeaseView } from "./protocol/server.ts";

/**
 * How long a leader goes on if it hears no more. It counts by its own clock: to the end of its lease, if reads are
 * answered by one that runs from when a round was sent (D §6.4.1), or else to when it steps down (D §6.2).
 */
export function leaseView({ mode }: World, { status, raft, options, clock }: Machine): LeaseView | null {
  if (status !== "up" || raft.role !== "leader" || !options.checkQuorum || mode !== "automatic") return null;
  const { until, longest } = lasts(raft, options);
  // A lone voter has nobody to hear from; a lease that is over is no lease.
  if (until === unlimited || until < raft.timerSince) return null;
  const bounded = options.reads === "lease" && options.lease === "sendTime";
  return {
    until: trueTime(clock, until),
    longest,
    gives: options.reads === "lease" ? "reads" : "leadership",
    clocksWithin: bounded ? options.clockDriftPercent : null,
  };
}

function lasts(raft: Server, options: RaftOptions): { until: number; longest: number } {
  const { quorumCheck, electionTimeoutMin: period, reads, lease } = options;
  if (reads === "lease" && lease === "sendTime")
    return { until: leaseUntil(raft, options), longest: leaseLength(options) };
  if (quorumCheck === "perPeer") return { until: quorumCheckAt(raft, options), longest: period };
  // A majority that has answered since the last look carries it over the next one.
  const look = raft.timerSince + period;
  return { until: rules.quorumActive.ask(raft, raft.timerSince, options) ? look + period : look, longest: 2 * period };
}
