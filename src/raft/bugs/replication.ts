import { lastIndex } from "../log.ts";
import { majorityOf, quorumValue } from "../quorum.ts";
import { rules, storedOn } from "../rules.ts";
import type { Replaced } from "./replaced.ts";

/** Mistakes in copying and committing entries. */
export const replicationBugs = {
  "commit-old-term": { commitOwnTerm: () => true },
  "commit-minority": {
    commitQuorum: (server) =>
      quorumValue(
        server.configuration,
        (id) => storedOn(server, id),
        (voters) => Math.max(1, majorityOf(voters) - 1),
      ),
  },
  "commit-half": {
    commitQuorum: (server) =>
      quorumValue(
        server.configuration,
        (id) => storedOn(server, id),
        (voters) => (voters + 1) >> 1,
      ),
  },
  "no-prev-check": { consistencyCheck: ({ log }, { prevLogIndex }) => prevLogIndex <= lastIndex(log) },
  "prev-index-only": { consistencyCheck: ({ log }, { prevLogIndex }) => lastIndex(log) >= prevLogIndex },
  "always-truncate": { conflict: ({ log }, { index }) => index <= lastIndex(log) },
  "never-truncate": { conflict: () => false },
  "commit-min-last-log": { followerCommit: (leaderCommit, _, { log }) => Math.min(leaderCommit, lastIndex(log)) },
  "heartbeat-full-commit": { heartbeatCommit: (commit) => commit },
  "match-is-last": {
    matchAfterSuccess: (progress, reply, leader) =>
      reply.from === leader.id ? rules.matchAfterSuccess.ask(progress, reply, leader) : lastIndex(leader.log),
  },
  "match-is-next": {
    matchAfterSuccess: (progress, reply, leader) =>
      Math.max(rules.matchAfterSuccess.ask(progress, reply, leader), reply.from === leader.id ? 0 : progress.next - 1),
  },
  "stale-append-resp": {
    currentReply: (server, reply, asker) =>
      reply.type === "AppendEntriesReply"
        ? server.role === asker && reply.term <= server.term
        : rules.currentReply.ask(server, reply, asker),
  },
  "stale-append-accepted": {
    oldTerm: (server, message) =>
      rules.oldTerm.ask(server, message) && message.type !== "AppendEntries" && message.type !== "Heartbeat",
  },
  "ack-last-log": { acknowledges: (_, { log }) => lastIndex(log) },
  "apply-uncommitted": { appliesUpTo: ({ log }) => lastIndex(log) },
  "no-noop": { noOpWhenElected: () => false },
  "reject-ignored": { refusalIsNews: () => false },
  "heartbeat-resp-no-unpause": { heartbeatUnpauses: () => false },
  "inflight-not-freed": { windowFreedTo: () => 0 },
} as const satisfies Readonly<Record<string, Replaced>>;
