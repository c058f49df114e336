import type { LogIndex, ServerId, Term } from "../base/units.ts";
import { isJoint, isLearner, isMember, isVoter, type MembershipChange } from "./configuration.ts";
import { entryAt, knownTerm, lastIndex, lastTerm, termAt } from "./log.ts";
import type { RaftOptions } from "./options.ts";
import type { Progress } from "./progress.ts";
import { quorumValue, type VoteResult, voteResult } from "./quorum.ts";
import type {
  AppendEntries,
  AppendEntriesReply,
  Entry,
  PreVote,
  RaftMessage,
  RequestVote,
  Server,
  Snapshot,
} from "./types.ts";

/** One guard or formula of the algorithm, with the place where it is stated. The engine asks the table, never itself. */
export interface Rule<Arguments extends readonly unknown[], Answer> {
  readonly title: string;
  /** Section or figure of the extended paper, or of the dissertation ("D 9.6"). */
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

type VoteRequest = RequestVote | PreVote;
export type ChangeRefusal = "pending" | "no own commit" | "joint" | "not joint";
/** Where the leader looks next, and the term that it knows there. */
interface Hint {
  readonly index: LogIndex;
  readonly term: Term;
}

export const rules = {
  // ---- terms ----
  newerTerm: rule(
    "A higher term wins",
    "§5.1",
    "A server that sees a term higher than its own takes it over and becomes a follower.",
    (server: Server, message: RaftMessage): boolean => message.term > server.term,
  ),
  termStaysOpen: rule(
    "A pre-vote changes no term",
    "D 9.6",
    "A request for a pre-vote, and its granted answer, name the term that an election would have; nobody takes it over.",
    (message: RaftMessage): boolean =>
      message.type === "PreVote" || (message.type === "PreVoteReply" && message.granted),
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
      (reply.term === server.term || (reply.type === "PreVoteReply" && reply.term > server.term)) &&
      server.role === asker,
  ),

  // ---- elections ----
  mayCampaign: rule(
    "Only who may be needed campaigns",
    "§5.2, D 4.2.2",
    "A voter starts an election, and so does a server whose removal may not be committed yet; never a leader, or who has a snapshot still to store.",
    (server: Server): boolean =>
      server.role !== "leader" &&
      server.incoming === null &&
      (isVoter(server.configuration, server.id) || server.configurationIndex > server.commitIndex),
  ),
  changesApplied: rule(
    "No election before committed changes are applied",
    "D 4.1",
    "Where configurations count once they are applied, a server whose committed change is not yet applied may not campaign: its quorum could be wrong.",
    (server: Server): boolean => !hasUnappliedChange(server),
  ),
  leaderLease: rule(
    "A living leader is not disturbed",
    "D 4.2.3",
    "A request for a vote is ignored by a server that has heard from its leader within the minimum election timeout, unless the leader itself asked for the election.",
    (server: Server, request: VoteRequest, now: number, options: RaftOptions): boolean => {
      const applies =
        options.stickyLeader === "always" || (options.stickyLeader === "withCheckQuorum" && options.checkQuorum);
      const forced = request.type === "RequestVote" && request.transfer;
      return applies && !forced && server.leader !== 0 && now - server.timerSince < options.electionTimeoutMin;
    },
  ),
  oneVotePerTerm: rule(
    "One vote per term",
    "§5.2",
    "A server votes for at most one candidate in a term, first come, first served.",
    (server: Server, request: VoteRequest, options: RaftOptions): boolean => {
      if (server.votedFor === request.from) return true;
      if (request.type === "PreVote" && request.term > server.term) return true;
      return server.votedFor === 0 && (server.leader === 0 || !options.knownLeaderRefusesVotes);
    },
  ),
  logUpToDate: rule(
    "Only an up-to-date candidate gets a vote",
    "§5.4.1",
    "A vote goes only to a candidate whose log is at least as up-to-date: the later last term wins, then the greater length.",
    (server: Server, request: VoteRequest): boolean => {
      const ownTerm = lastTerm(server.log);
      if (request.lastLogTerm !== ownTerm) return request.lastLogTerm > ownTerm;
      return request.lastLogIndex >= lastIndex(server.log);
    },
  ),
  electionQuorum: rule(
    "A majority elects",
    "§5.2",
    "A candidate with votes from a majority of all servers, its own included, becomes leader; of both halves in a joint configuration.",
    (server: Server): VoteResult => voteResult(server.configuration, server.votes),
  ),
  candidateConcedes: rule(
    "A candidate yields to the leader of its term",
    "§5.2",
    "A candidate that hears from a leader of its own term becomes a follower: somebody else has won.",
    (server: Server): boolean => server.role === "candidate" || server.role === "preCandidate",
  ),
  quorumActive: rule(
    "A leader without a quorum gives up",
    "D 6.2",
    "A leader that no majority has answered for an election timeout steps down.",
    (server: Server): boolean => {
      const active = server.progress.map((p, id) => p && (id === server.id || p.active));
      return voteResult(server.configuration, active) === "won";
    },
  ),

  // ---- replication ----
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
  refusalHint: rule(
    "Say where the logs may agree",
    "§5.3",
    "A refusal may name the conflicting term and its first index, or the last entry whose term is not above the probe's: nothing later can match.",
    (server: Server, request: AppendEntries, options: RaftOptions): Hint => {
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
  matchAfterSuccess: rule(
    "matchIndex comes from the request",
    "§5.3",
    "A successful answer proves the follower's log up to the last entry of that request, no further.",
    (progress: Progress, reply: AppendEntriesReply, _leader: Server): LogIndex =>
      Math.max(progress.match, reply.matchIndex),
  ),

  // ---- commitment ----
  commitQuorum: rule(
    "Stored on a majority",
    "§5.3",
    "The highest index that a majority of all servers has stored; of both halves in a joint configuration.",
    (server: Server): LogIndex => quorumValue(server.configuration, (id) => storedOn(server, id)),
  ),
  commitOwnTerm: rule(
    "Only the own term commits by counting",
    "§5.4.2",
    "A leader commits by counting copies only an entry of its own term; everything before it is committed with it.",
    (server: Server, index: LogIndex): boolean => knownTerm(server.log, index) === server.term,
  ),
  followerCommit: rule(
    "A follower commits what it has verified",
    "§5.3",
    "A follower's commit index becomes the smaller of the leader's commit index and the last entry that this request verified.",
    (leaderCommit: LogIndex, lastVerified: LogIndex, _follower: Server): LogIndex =>
      Math.min(leaderCommit, lastVerified),
  ),
  heartbeatCommit: rule(
    "A heartbeat tells only what the follower has",
    "§5.3",
    "A heartbeat without a consistency check carries the smaller of the commit index and what the follower is known to hold.",
    (commit: LogIndex, progress: Progress): LogIndex => Math.min(progress.match, commit),
  ),

  // ---- clients ----
  leaderAccepts: rule(
    "Only the leader takes commands",
    "§5.1, §8",
    "A server that is not the leader refuses a command and names the leader if it knows it.",
    (server: Server): boolean => server.role === "leader",
  ),
  removedTakesNothing: rule(
    "A removed leader takes no commands",
    "D 4.2.2",
    "A leader outside its configuration drops commands; but as long as the entry that removes it is not committed, it is still needed.",
    ({ id, configuration, configurationIndex, commitIndex }: Server): boolean =>
      !isMember(configuration, id) && configurationIndex <= commitIndex,
  ),
  transferHoldsProposals: rule(
    "No new commands during a transfer",
    "D 3.10",
    "While leadership is being handed over, the leader takes no commands: the target must catch up.",
    (server: Server): boolean => server.transferee !== 0,
  ),
  readAlone: rule(
    "A lone voter needs no confirmation",
    "D 6.4",
    "A leader that is the only voter answers a read at once: nobody else can have been elected meanwhile.",
    (server: Server, options: RaftOptions): boolean => {
      const { voters, outgoing } = server.configuration;
      if (voters.length !== 1 || outgoing.length > 0) return false;
      // etcd does not ask who that voter is: a removed leader that stays may so give stale answers. Nor does it wait
      // for an own commit, because the commit index comes back with a restart.
      const isIt = voters[0] === server.id || options.removedLeader === "stays";
      return isIt && (options.persistCommit || knownTerm(server.log, server.commitIndex) === server.term);
    },
  ),
  readNeedsOwnCommit: rule(
    "A new leader first commits an entry of its term",
    "D 6.4",
    "Until an entry of its own term is committed, a leader may not know the newest commit index, so reads wait.",
    (server: Server): boolean => knownTerm(server.log, server.commitIndex) === server.term,
  ),

  // ---- snapshots ----
  snapshotIsNews: rule(
    "Only a newer snapshot counts",
    "§7",
    "A snapshot that covers no more than what is committed already changes nothing.",
    (server: Server, index: LogIndex): boolean => index > server.commitIndex,
  ),
  snapshotKeepsLog: rule(
    "A matching snapshot deletes nothing",
    "Figure 13",
    "If the log holds the snapshot's last entry, it is kept: the snapshot only tells that it is committed.",
    (server: Server, index: LogIndex, term: Term): boolean => knownTerm(server.log, index) === term,
  ),

  snapshotIncludesServer: rule(
    "A snapshot is for members",
    "D 4.1",
    "Where configurations count once they are applied, a server refuses a snapshot whose configuration lacks it; where they count at once, its own entry may come after the snapshot.",
    (server: Server, { configuration }: Snapshot, options: RaftOptions): boolean =>
      options.configurationFrom === "append" || isMember(configuration, server.id),
  ),

  // ---- membership ----
  changeRefused: rule(
    "One change at a time",
    "D 4.1, §6",
    "A change is refused while another is pending, before the leader has committed an entry of its term, while the configuration is joint, or when there is no joint configuration to leave.",
    (server: Server, change: MembershipChange, options: RaftOptions): ChangeRefusal | null => {
      if (server.pendingChangeIndex > server.lastApplied) return "pending";
      if (options.changeNeedsOwnCommit && knownTerm(server.log, server.commitIndex) !== server.term)
        return "no own commit";
      const joint = isJoint(server.configuration);
      if (joint && change.changes.length > 0) return "joint";
      return !joint && change.changes.length === 0 ? "not joint" : null;
    },
  ),
  mayReceiveLeadership: rule(
    "Only a voter can be handed leadership",
    "D 3.10",
    "Leadership is handed to another voting member, never to a learner, a stranger or oneself.",
    (server: Server, to: ServerId): boolean =>
      to !== server.id && isVoter(server.configuration, to) && !isLearner(server.configuration, to),
  ),

  // ---- sessions: asked by the state machine ----
  sessionDeduplicates: rule(
    "A command of a session is executed once",
    "§8, D 6.3",
    "A command whose number the session has already answered is not executed again: its stored answer is given.",
    (answered: boolean): boolean => answered,
  ),
  snapshotCarriesSessions: rule(
    "Sessions are part of a snapshot",
    "D 6.3",
    "Sessions and their answers are part of the state: a snapshot carries them.",
    (): boolean => true,
  ),
} as const;

export type Rules = { readonly [Name in keyof typeof rules]: (typeof rules)[Name] };
export type RuleName = keyof Rules;

/** Highest index that the leader knows to be stored on that server; its own counts once it is on its disk. */
export const storedOn = (leader: Server, id: ServerId): LogIndex => leader.progress[id]?.match ?? 0;

/** Term and index of the last entry. */
export const logEnd = (server: Server): Hint => ({ term: lastTerm(server.log), index: lastIndex(server.log) });

/** The last index, from `index` down, whose term is at most `term`; where the log knows no term, that place with term 0. */
function lastNotAbove(server: Server, index: LogIndex, term: Term): Hint {
  for (let at = index; at > 0; at--) {
    const own = knownTerm(server.log, at);
    if (own === null) return { index: at, term: 0 };
    if (own <= term) return { index: at, term: own };
  }
  return { index: 0, term: 0 };
}

/** The term at `index`, and the first entry of that term. */
function startOfTerm({ log }: Server, index: LogIndex): Hint {
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

function hasUnappliedChange(server: Server): boolean {
  const last = Math.min(server.commitIndex, lastIndex(server.log));
  for (let index = server.lastApplied + 1; index <= last; index++) {
    if (index > server.log.base && entryAt(server.log, index).change !== null) return true;
  }
  return false;
}
