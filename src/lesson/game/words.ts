/** What runs of the game are called, and what is said of them. */
export const gameWords = {
  titles: {
    on: "Beat Raft: every rule on",
    play: (round: number) => `Beat Raft: round ${round}`,
    named: (round: number) => `Beat Raft: round ${round}, told`,
    shortest: (round: number) => `Beat Raft: round ${round}, the shortest way`,
  },
  notes: {
    on: "Five servers, one leader, one committed write. Try to make Raft break a promise.",
    play: "Five servers, one leader, one committed write. One rule is off. Make Raft break a promise, then say which rule it is.",
    named: "Five servers, one leader, one committed write. One rule is off, and it is known which.",
    shortest:
      "Five servers, one leader, one committed write. One rule is off. These are the fewest acts that are known to break a promise.",
  },
} as const;
