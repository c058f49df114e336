import type { ServerId, Term } from "../../base/units.ts";
import { majorityOf } from "../../raft/quorum.ts";
import type { Ghost } from "../ghost.ts";
import type { Invariant } from "../invariant.ts";
import { ofNew, ofOld } from "./commit-is-durable.ts";

/** Held against the votes that have left the voters; a voter that has voted in a later term meanwhile may have voted here too. */
export const electedByMajority: Invariant = {
  name: "A majority elects",
  section: "§5.2, §6",
  text: "A new leader has the votes of a majority of its configuration, of both halves if that is joint; learners and strangers do not count.",
  check({ server, before, ghost }) {
    const { id, role, term, configuration } = server;
    if (role !== "leader" || (before.role === "leader" && before.term === term)) return null;
    const { voters, outgoing } = configuration;
    for (const half of outgoing.length === 0 ? [voters] : [voters, outgoing]) {
      const votes = half.filter((voter) => voter === id || mayHaveVoted(ghost, voter, id, term)).length;
      const whose = outgoing.length === 0 ? "" : half === voters ? ofNew : ofOld;
      if (votes < majorityOf(half.length))
        return `S${id} leads term ${term} with ${votes} of ${half.length} votes${whose}`;
    }
    return null;
  },
};

function mayHaveVoted({ granted }: Ghost, voter: ServerId, candidate: ServerId, term: Term): boolean {
  const last = granted[voter];
  return last !== undefined && (last.term > term || (last.term === term && last.to === candidate));
}
