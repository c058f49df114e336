import { localTime } from "../../world/clock.ts";
import type { Invariant } from "../invariant.ts";

export const leaderIsNotDisturbed: Invariant = {
  name: "A living leader is not disturbed",
  section: "D 4.2.3",
  text: "A request for a vote changes neither term nor vote of a server that has heard from its leader within the minimum election timeout, unless the leader wants the election.",
  check({ world, machine, server: { id, term, votedFor, leaderHeardAt }, before, input }) {
    if (input?.kind !== "message" || input.message.type !== "RequestVote" || input.message.transfer) return null;
    const { stickyLeader, electionTimeoutMin } = machine.options;
    // A granted vote starts the timer anew too, and says nothing of the leader.
    const heardAt = stickyLeader === "always" ? leaderHeardAt : before.timerSince;
    const since = localTime(machine.clock, world.now) - heardAt;
    if (
      before.clock !== machine.clock ||
      before.leader === 0 ||
      since >= electionTimeoutMin ||
      since < 0 ||
      input.message.term <= before.term
    )
      return null;
    const same = term === before.term && votedFor === before.votedFor;
    return same
      ? null
      : `S${id} follows S${before.leader}, heard ${since} µs ago, and lets S${input.message.from} disturb it`;
  },
};
