import { rules } from "../raft/rules.ts";
import { trueTime } from "../world/clock.ts";
import type { Machine, World } from "../world/types.ts";
import type { LeaseView } from "./protocol.ts";

/**
 * How long a leader goes on if it hears no more: with check-quorum (D §6.2) it steps down at the next look at which a
 * majority has been silent since the one before. A majority that has answered since carries it over the next look. It
 * looks by its own clock.
 */
export function leaseView({ mode }: World, { status, raft, options, clock }: Machine): LeaseView | null {
  const { checkQuorum, electionTimeoutMin: period, reads } = options;
  if (status !== "up" || raft.role !== "leader" || !checkQuorum || mode !== "automatic") return null;
  const look = raft.timerSince + period;
  return {
    until: trueTime(clock, rules.quorumActive.ask(raft) ? look + period : look),
    longest: 2 * period,
    gives: reads === "lease" ? "reads" : "leadership",
  };
}
