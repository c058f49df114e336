import { rules } from "../raft/rules.ts";
import type { Machine, World } from "../world/types.ts";
import type { LeaseView } from "./protocol.ts";

/**
 * How long a leader goes on if it hears no more: with check-quorum (D §6.2) it steps down at the next look at which a
 * majority has been silent since the one before. A majority that has answered since carries it over the next look.
 */
export function leaseView({ setup, mode }: World, { status, raft }: Machine): LeaseView | null {
  const { checkQuorum, electionTimeoutMin: period, reads } = setup.raft;
  if (status !== "up" || raft.role !== "leader" || !checkQuorum || mode !== "automatic") return null;
  const look = raft.timerSince + period;
  return {
    until: rules.quorumActive.ask(raft) ? look + period : look,
    longest: 2 * period,
    gives: reads === "lease" ? "reads" : "leadership",
  };
}
