import { lastIndex, lastTerm } from "../log.ts";
import { voteResult } from "../quorum.ts";
import { rules } from "../rules.ts";
import type { Replaced } from "./replaced.ts";

/** Mistakes in voting and in keeping terms. */
export const electionBugs = {
  "double-vote": { oneVotePerTerm: () => true },
  "no-log-check": { logUpToDate: () => true },
  "log-length-only": { logUpToDate: ({ log }, { lastLogIndex }) => lastLogIndex >= lastIndex(log) },
  "log-term-only": { logUpToDate: ({ log }, { lastLogTerm }) => lastLogTerm >= lastTerm(log) },
  "log-compare-commit": { logUpToDate: ({ commitIndex }, { lastLogIndex }) => lastLogIndex >= commitIndex },
  "vote-half": {
    electionQuorum: ({ configuration, votes }) => voteResult(configuration, votes, (voters) => (voters + 1) >> 1),
  },
  "stale-vote-resp": {
    currentReply: (server, reply, asker) =>
      reply.type === "RequestVoteReply" ? server.role === asker : rules.currentReply.ask(server, reply, asker),
  },
  "prevote-resp-as-vote": {
    currentReply: (server, reply, asker) =>
      rules.currentReply.ask(server, reply, asker) ||
      (reply.type === "PreVoteReply" && server.role === "candidate" && reply.term === server.term),
  },
  "prevote-bumps-term": { termStaysOpen: (message) => message.type === "PreVoteReply" && message.granted },
  "leader-ignores-higher-term": {
    newerTerm: (server, message) =>
      rules.newerTerm.ask(server, message) && !(server.role === "leader" && message.type.endsWith("Reply")),
  },
  "no-lease-check": { leaderLease: () => false },
  "vote-reset-same-term": { newTermClearsVote: () => true },
  "vote-not-persisted": { durableState: (state) => ({ ...state, votedFor: 0 }) },
  "term-not-persisted": {
    durableState: ({ commitIndex }, { term, votedFor }) => ({ term, votedFor, commitIndex }),
  },
  "prevote-records-vote": { recordsVote: () => true },
  "prevote-no-lower-term-reply": {
    answersOldTerm: (message, options) => message.type !== "PreVote" && rules.answersOldTerm.ask(message, options),
  },
  "prevote-grant-own-term": { voteReplyTerm: ({ term }) => term },
  "no-random-timeout": { electionTimeout: (_, { electionTimeoutMin }) => electionTimeoutMin },
  "timer-reset-any": { timerStands: () => false },
  "no-stale-leader-reply": { unlocksHigherTerm: () => false },
} as const satisfies Readonly<Record<string, Replaced>>;
