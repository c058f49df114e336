import type { LogIndex, ServerId, Term } from "../base/units.ts";
import { lastIndex, lastTerm, termAt } from "./log.ts";
import type { AppendEntries, AppendEntriesReply, Entry, RaftMessage, RequestVote, Server } from "./types.ts";

/** One guard or formula of the algorithm, with the place where it is stated. The engine asks the table, never itself. */
export interface Rule<Arguments extends readonly unknown[], Answer> {
  readonly title: string;
  /** Section or figure of the extended paper. */
  readonly section: string;
  /** The rule in one sentence. */
  readonly text: string;
  readonly ask: (...asked: Arguments) => Answer;
}

const rule = <Arguments extends readonly unknown[], Answer>(
  title: string,
  section: string,
  text: string,
  ask: (...asked: Arguments) => Answer,
): Rule<Arguments, Answer> => ({ title, section, text, ask });

/** Smallest number of servers that is more than half of `voters`. */
export const majorityOf = (voters: number): number => (voters >> 1) + 1;

export const rules = {
  // ---- terms ----
  newerTerm: rule(
    "A higher term wins",
    "§5.1",
    "A server that sees a term higher than its own takes it over and becomes a follower.",
    (server: Server, message: RaftMessage): boolean => message.term > server.term,
  ),
  oldTerm: rule(
    "Requests of older terms are refused",
    "§5.1",
    "A request whose term is older than the server's own is refused, and the answer carries the newer term.",
    (server: Server, message: RaftMessage): boolean => message.term < server.term,
  ),
  currentReply: rule(
    "Answers count only in the term that asked",
    "§5.1",
    "An answer counts only while the server still has the term and the role in which it asked.",
    (server: Server, reply: RaftMessage, asker: Server["role"]): boolean =>
      reply.term === server.term && server.role === asker,
  ),

  // ---- elections ----
  electionTimeout: rule(
    "No leader, no patience: a new election",
    "§5.2",
    "A follower or candidate that hears from no leader and grants no vote for a whole election timeout starts an election.",
    (server: Server): boolean => server.role !== "leader" && server.voters.includes(server.id),
  ),
  oneVotePerTerm: rule(
    "One vote per term",
    "§5.2",
    "A server votes for at most one candidate in a term, first come, first served.",
    (server: Server, request: RequestVote): boolean => server.votedFor === 0 || server.votedFor === request.from,
  ),
  logUpToDate: rule(
    "Only an up-to-date candidate gets a vote",
    "§5.4.1",
    "A vote goes only to a candidate whose log is at least as up-to-date: the later last term wins, then the greater length.",
    (server: Server, request: RequestVote): boolean => {
      const ownTerm = lastTerm(server.log);
      if (request.lastLogTerm !== ownTerm) return request.lastLogTerm > ownTerm;
      return request.lastLogIndex >= lastIndex(server.log);
    },
  ),
  electionQuorum: rule(
    "A majority elects",
    "§5.2",
    "A candidate with votes from a majority of all servers, its own included, becomes leader.",
    (votes: number, voters: number): boolean => votes >= majorityOf(voters),
  ),
  candidateConcedes: rule(
    "A candidate yields to the leader of its term",
    "§5.2",
    "A candidate that receives AppendEntries of its own term becomes a follower: somebody else has won.",
    (server: Server): boolean => server.role === "candidate",
  ),

  // ---- replication ----
  consistencyCheck: rule(
    "The consistency check",
    "§5.3",
    "AppendEntries is accepted only if the log holds, at prevLogIndex, an entry of prevLogTerm.",
    (server: Server, request: AppendEntries): boolean =>
      request.prevLogIndex <= lastIndex(server.log) && termAt(server.log, request.prevLogIndex) === request.prevLogTerm,
  ),
  conflict: rule(
    "Only a conflict deletes",
    "§5.3",
    "An entry is deleted, with all after it, only if the leader's entry at its index has another term.",
    (server: Server, entry: Entry): boolean =>
      entry.index <= lastIndex(server.log) && termAt(server.log, entry.index) !== entry.term,
  ),
  nextAfterRefusal: rule(
    "Back up by one and try again",
    "§5.3",
    "After a refused AppendEntries the leader lowers nextIndex by one and tries again.",
    (reply: AppendEntriesReply): LogIndex => Math.max(1, reply.prevLogIndex),
  ),
  matchAfterSuccess: rule(
    "matchIndex comes from the request",
    "§5.3",
    "A successful answer proves the follower's log up to the last entry of that request, no further.",
    (match: LogIndex, reply: AppendEntriesReply): LogIndex => Math.max(match, reply.matchIndex),
  ),

  // ---- commitment ----
  commitQuorum: rule(
    "Stored on a majority",
    "§5.3",
    "The highest index that a majority of all servers has stored.",
    (server: Server): LogIndex => {
      const stored = server.voters.map((id) => storedOn(server, id)).sort((a, b) => b - a);
      return stored[majorityOf(server.voters.length) - 1]!;
    },
  ),
  commitOwnTerm: rule(
    "Only the own term commits by counting",
    "§5.4.2",
    "A leader commits by counting copies only an entry of its own term; everything before it is committed with it.",
    (server: Server, index: LogIndex): boolean => termAt(server.log, index) === server.term,
  ),
  followerCommit: rule(
    "A follower commits what it has verified",
    "§5.3",
    "A follower's commit index becomes the smaller of the leader's commit index and the last entry that this request verified.",
    (leaderCommit: LogIndex, lastVerified: LogIndex): LogIndex => Math.min(leaderCommit, lastVerified),
  ),

  // ---- clients ----
  leaderAccepts: rule(
    "Only the leader takes commands",
    "§5.1, §8",
    "A server that is not the leader refuses a command and names the leader if it knows it.",
    (server: Server): boolean => server.role === "leader",
  ),
} as const;

export type Rules = { readonly [Name in keyof typeof rules]: (typeof rules)[Name] };
export type RuleName = keyof Rules;

/** Highest index that the leader knows to be stored on that server; its own counts once it is on its disk. */
export function storedOn(leader: Server, id: ServerId): LogIndex {
  return id === leader.id ? leader.durableIndex : (leader.progress[id]?.match ?? 0);
}

/** Term and index of the last entry. */
export const logEnd = (server: Server): { readonly term: Term; readonly index: LogIndex } => ({
  term: lastTerm(server.log),
  index: lastIndex(server.log),
});
