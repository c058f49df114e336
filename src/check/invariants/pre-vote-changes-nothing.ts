import type { Invariant } from "../invariant.ts";

export const preVoteChangesNothing: Invariant = {
  name: "A pre-vote changes nothing",
  section: "D 9.6",
  text: "Who is asked for a pre-vote keeps its term and its vote, whatever it answers.",
  check({ server: { id, term, votedFor }, before, input }) {
    if (input?.kind !== "message" || input.message.type !== "PreVote") return null;
    const same = term === before.term && votedFor === before.votedFor;
    return same ? null : `S${id} was asked for a pre-vote and went from term ${before.term} to ${term}`;
  },
};
