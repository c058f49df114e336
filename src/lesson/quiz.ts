import type { Letter } from "./lesson.ts";

/**
 * Eight questions after those of the Raft user study (Ongaro and Ousterhout 2013, CC BY 4.0; dissertation, appendix A),
 * for before and after the lessons. The study asked for free text after an hour of lecture; letters make it easier.
 */
export interface QuizQuestion {
  readonly id: string;
  readonly right: Letter;
  /** Of the points that 45 students got with this question, in per cent. */
  readonly published: number;
  /** Where the run itself answers it; null: nowhere, its text is enough. */
  readonly lesson: { readonly id: string; readonly step: string } | null;
}

export const quiz: readonly QuizQuestion[] = [
  { id: "one-log", right: "B", published: 95, lesson: null },
  { id: "safe-entries", right: "C", published: 32, lesson: { id: "figure-8", step: "which" } },
  { id: "possible-logs", right: "B", published: 52, lesson: { id: "repairing", step: "check" } },
  { id: "next-index", right: "C", published: 63, lesson: { id: "repairing", step: "guess" } },
  { id: "continents", right: "B", published: 59, lesson: { id: "split-votes", step: "slow" } },
  { id: "forgotten-vote", right: "B", published: 42, lesson: { id: "on-disk", step: "vote" } },
  { id: "deposed", right: "B", published: 34, lesson: { id: "deposed-leader", step: "problem" } },
  { id: "removed-leader", right: "C", published: 11, lesson: { id: "removing", step: "when" } },
];

/** Of all points, in per cent. */
export const publishedMean = 43;

interface QuizWords {
  readonly asks: string;
  readonly answers: Readonly<Partial<Record<Letter, string>>>;
  /** Why the right answer is right. */
  readonly because: string;
}

export const quizWords: Readonly<Record<string, QuizWords>> = {
  "one-log": {
    asks: "The log of one server, by the terms of its entries. Which of these can never occur?",
    answers: { A: "1 1 2 3 3", B: "1 1 3 2 2", C: "1 2 5 9", D: "4 4 4" },
    because: "A leader adds entries of its own term behind those of earlier terms, so terms never fall along a log.",
  },
  "safe-entries": {
    asks: "S1 led term 4 and has just crashed. The logs, by terms: S1 has 1 1 2 2 2 2 4; S2 has 1 1 1 3; S3 has 1 1 2 2 2; S4 has 1; S5 has 1 1 2 2 2 2. Which entries of S1’s log may a server safely apply?",
    answers: {
      A: "1 to 5: they are stored on a majority.",
      B: "1 to 6: S1 and S5 have them.",
      C: "1 and 2.",
      D: "None.",
    },
    because:
      "S2 can still win: its last entry is of term 3, newer than those of S3, S4 and S5. It then replaces entries 3 to 6 everywhere. Entries 1 and 2 are in its log too, up to where it differs.",
  },
  "possible-logs": {
    asks: "A leader has just been elected for term 7. Its log, by terms: 1 1 3 3 3 5. Which of these can be the log of another server?",
    answers: { A: "1 1 2 2 3", B: "1 1 6 6 6 6 6", C: "1 1 3 3 2 2", D: "1 1 2 2 4 5" },
    because:
      "Two entries with the same index and term have the same entries before them. A and D share entry 5 or 6 with the leader, and differ before it; in C terms fall. B was written by a leader of term 6 that nobody followed.",
  },
  "next-index": {
    asks: "By a mistake in memory, a leader’s nextIndex for one follower becomes 1, and for another 99. What can go wrong?",
    answers: {
      A: "The first follower deletes entries that are committed.",
      B: "The second follower gets a gap in its log.",
      C: "Nothing but messages that were not needed.",
      D: "The leader commits what is not stored on a majority.",
    },
    because:
      "nextIndex is only a guess. A follower checks the entry before those that come, keeps what it has already, and refuses what does not fit; the leader then goes back. What it counts with is matchIndex.",
  },
  continents: {
    asks: "The five servers of a cluster move to five continents. What has to change?",
    answers: {
      A: "More servers must agree, for messages are slow.",
      B: "The election timeouts: they must be longer. Nothing else.",
      C: "The servers’ clocks must be kept together.",
      D: "Raft is not safe with such delays.",
    },
    because:
      "Timing decides how soon there is a leader, never whether Raft is safe. With timeouts shorter than a round trip, elections follow each other.",
  },
  "forgotten-vote": {
    asks: "A server votes in term 2, crashes, comes back, and has forgotten its vote. What can follow?",
    answers: {
      A: "Nothing: it asks the leader for what it has missed.",
      B: "Two leaders of term 2.",
      C: "It cannot start again.",
      D: "Its log gets a gap.",
    },
    because: "It can vote for somebody else in the same term. Then two candidates may each have a majority.",
  },
  deposed: {
    asks: "S1 leads term 2 and has an entry X on itself and S2. S2 then wins term 3 with the votes of S4 and S5; S3 has heard nothing of it. Now S1’s message with X reaches S3. What is true?",
    answers: {
      A: "S3 refuses it: S1 is deposed.",
      B: "S3 stores it, and no harm is done: S2 has X too.",
      C: "S3 stores it, and a committed X can be lost.",
      D: "Two leaders commit different entries.",
    },
    because:
      "S3 is still in term 2. X is now on a majority, but one of that majority voted for the new leader, and it votes only for a log that is at least as new as its own: whoever wins has X.",
  },
  "removed-leader": {
    asks: "A leader removes itself from the cluster. Suppose it steps down as soon as it has stored the new configuration, and does not wait until that is committed. What is the worst that can come of it?",
    answers: {
      A: "Two leaders of one term.",
      B: "A committed entry is lost.",
      C: "Elections again and again; in a cluster of two, none that succeeds.",
      D: "Nothing at all.",
    },
    because:
      "Nothing unsafe happens. But others may not have the new configuration yet. Without it a server needs votes that the old leader, whose log is newer, refuses: elections follow each other, and in a cluster of two nothing may go on at all.",
  },
};
