import type { LogIndex, Term } from "../../base/units.ts";
import type { Entry } from "../entry.ts";
import { knownTerm, type LogEnd, lastIndex, termAt } from "../log.ts";
import type { RaftOptions } from "../options.ts";
import type { Progress } from "../progress.ts";
import type { AppendEntries, AppendEntriesReply, Server } from "../types.ts";
import { rule } from "./rule.ts";

/** Replication: what makes two logs equal again (§5.3). */
export const logRules = {
  consistencyCheck: rule(
    "The consistency check",
    "§5.3",
    "AppendEntries is accepted only if the log holds, at prevLogIndex, an entry of prevLogTerm.",
    (server: Server, request: AppendEntries): boolean =>
      knownTerm(server.log, request.prevLogIndex) === request.prevLogTerm,
  ),
  conflict: rule(
    "Only a conflict deletes",
    "§5.3",
    "An entry is deleted, with all after it, only if the leader's entry at its index has another term.",
    (server: Server, entry: Entry): boolean =>
      entry.index <= lastIndex(server.log) && termAt(server.log, entry.index) !== entry.term,
  ),
  acknowledges: rule(
    "An answer tells what the request verified",
    "§5.3",
    "A follower acknowledges its log up to the last entry that the request verified, not what may follow.",
    (lastVerified: LogIndex, _follower: Server): LogIndex => lastVerified,
  ),
  refusalHint: rule(
    "Say where the logs may agree",
    "§5.3",
    "A refusal may name the conflicting term and its first index, or the last entry whose term is not above the probe's: nothing later can match.",
    (server: Server, request: AppendEntries, options: RaftOptions): LogEnd => {
      const last = lastIndex(server.log);
      switch (options.backtracking) {
        case "byOne":
          return { index: 0, term: 0 };
        case "byTerm":
          return request.prevLogIndex > last ? { index: last + 1, term: 0 } : startOfTerm(server, request.prevLogIndex);
        case "byHint":
          return lastNotAbove(server, Math.min(request.prevLogIndex, last), request.prevLogTerm);
      }
    },
  ),
  nextAfterRefusal: rule(
    "Back up and try again",
    "§5.3",
    "After a refused AppendEntries the leader lowers nextIndex, by one or by what the answer tells, and tries again.",
    (server: Server, reply: AppendEntriesReply, options: RaftOptions): LogIndex => {
      const { prevLogIndex, hintIndex: index, hintTerm: term } = reply;
      switch (options.backtracking) {
        case "byOne":
          return Math.max(0, prevLogIndex - 1);
        case "byTerm":
          return term > 0 ? lastOfTerm(server, term, prevLogIndex, index - 1) : index - 1;
        case "byHint":
          return term > 0 ? lastNotAbove(server, index, term).index : index;
      }
    },
  ),
  refusalIsNews: rule(
    "Old refusals say nothing",
    "§5.3",
    "A refusal counts only if it answers the newest probe, or, while entries are sent ahead, one beyond what is known to match.",
    ({ state, match, next }: Progress, { prevLogIndex }: AppendEntriesReply, options: RaftOptions): boolean => {
      const newest = prevLogIndex === next - 1;
      if (!judgedByMatch(options)) return newest || (state === "replicate" && prevLogIndex > match);
      if (options.flow === "oneAtATime" && prevLogIndex <= match) return false;
      return state === "replicate" ? prevLogIndex > match : newest;
    },
  ),
  heartbeatUnpauses: rule(
    "What may be lost is sent again",
    "§5.3",
    "An answer to a light heartbeat lets the leader repeat a probe that went unanswered.",
    ({ heartbeats }: RaftOptions): boolean => heartbeats === "light",
  ),
  windowFreedTo: rule(
    "An acknowledgement frees the window",
    "D 10.2.2",
    "An acknowledgement frees the window of everything that was sent up to its index.",
    ({ matchIndex }: AppendEntriesReply): LogIndex => matchIndex,
  ),
  matchAfterSuccess: rule(
    "matchIndex comes from the request",
    "§5.3",
    "A successful answer proves the follower's log up to the last entry of that request, no further.",
    (progress: Progress, reply: AppendEntriesReply, _leader: Server): LogIndex =>
      Math.max(progress.match, reply.matchIndex),
  ),
} as const;

/**
 * Etcd takes a refusal of what a follower has acknowledged for an old one, and never sends that again. Figure 2 goes back on
 * every refusal, so that who has lost its log gets it once more.
 */
export const judgedByMatch = ({ backtracking }: RaftOptions): boolean => backtracking === "byHint";

/** The last index, from `index` down, whose term is at most `term`; where the log knows no term, that place with term 0. */
function lastNotAbove(server: Server, index: LogIndex, term: Term): LogEnd {
  for (let at = index; at > 0; at--) {
    const own = knownTerm(server.log, at);
    if (own === null) return { index: at, term: 0 };
    if (own <= term) return { index: at, term: own };
  }
  return { index: 0, term: 0 };
}

/** The term at `index`, and the first entry of that term. */
function startOfTerm({ log }: Server, index: LogIndex): LogEnd {
  const term = termAt(log, index);
  let first = index;
  while (first - 1 > log.base && termAt(log, first - 1) === term) first--;
  return { index: first, term };
}

/** The last own entry of `term`, at most at `index`; `otherwise` if there is none. */
function lastOfTerm({ log }: Server, term: Term, index: LogIndex, otherwise: LogIndex): LogIndex {
  for (let at = Math.min(index, lastIndex(log)); at > log.base && termAt(log, at) >= term; at--) {
    if (termAt(log, at) === term) return at;
  }
  return otherwise;
}
