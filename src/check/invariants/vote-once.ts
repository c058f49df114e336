import type { Invariant } from "../invariant.ts";

/** Held against the messages, too: a vote that was forgotten in a crash shows only there. */
export const voteOnce: Invariant = {
  name: "One vote per term",
  section: "§5.2",
  text: "A server gives its vote to one candidate in a term, and to no other, even after a crash.",
  check({ server, before }) {
    const { id, term, votedFor } = server;
    if (before.term !== term || before.votedFor === 0 || before.votedFor === votedFor) return null;
    return `S${id} had voted for S${before.votedFor} in term ${term} and now has ${votedFor === 0 ? "no vote" : `voted for S${votedFor}`}`;
  },
  sends(_machine, message, ghost) {
    if (message.type !== "RequestVoteReply" || !message.granted) return null;
    const { from, to, term } = message;
    const last = ghost.granted[from];
    if (last !== undefined && last.term === term && last.to !== to)
      return `S${from} gives its vote in term ${term} to S${to}, and gave it to S${last.to} before`;
    if (last === undefined || last.term <= term) ghost.granted[from] = { term, to };
    return null;
  },
};
