import { inRange } from "../base/random.ts";
import type { LogIndex, ServerId, Term } from "../base/units.ts";
import { type Configuration, isJoint, isLearner, isMember, isVoter, type MembershipChange } from "./configuration.ts";
import type { Entry } from "./entry.ts";
import { leaseUntil, quorumHeardAt } from "./lease.ts";
import { entryAt, firstIndex, knownTerm, lastIndex, lastTerm, termAt } from "./log.ts";
import type { RaftOptions } from "./options.ts";
import type { Progress } from "./progress.ts";
import { quorumValue, type VoteResult, voteResult } from "./quorum.ts";
import type { Reads } from "./reads.ts";
import type {
  AppendEntries,
  AppendEntriesReply,
  HardState,
  LeaderRequest,
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

/** Only a leader asks this. */
export const isLeaders = (message: RaftMessage): message is LeaderRequest =>
  message.type === "AppendEntries" || message.type === "Heartbeat" || message.type === "InstallSnapshot";

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

  answersOldTerm: rule(
    "Old requests learn the newer term",
    "§5.1",
    "Who sends a request of an older term is told the newer one; a pre-vote always is, because its sender may lag behind.",
    (message: RaftMessage, { oldTerms }: RaftOptions): boolean =>
      message.type === "PreVote" || (oldTerms === "answered" && (message.type === "RequestVote" || isLeaders(message))),
  ),
  unlocksHigherTerm: rule(
    "An old leader is answered where votes may be ignored",
    "D 4.2.3",
    "Where requests for votes may be ignored, a server of a higher term answers an old leader, which then steps down: silence would lock the server out.",
    ({ type }: RaftMessage, { preVote, checkQuorum }: RaftOptions): boolean =>
      (preVote || checkQuorum) && (type === "AppendEntries" || type === "Heartbeat"),
  ),
  newTermClearsVote: rule(
    "A new term comes without a vote",
    "Figure 2",
    "A server forgets its vote only when its term rises: within a term it stands.",
    (server: Server, term: Term): boolean => term > server.term,
  ),

  // ---- elections ----
  electionTimeout: rule(
    "Election timeouts are drawn at random",
    "§5.2",
    "Each election timeout is drawn anew from a range, so that split votes are rare and do not repeat.",
    (random32: number, { electionTimeoutMin, electionTimeoutMax }: RaftOptions): number =>
      inRange(random32, electionTimeoutMin, electionTimeoutMax),
  ),
  timerStands: rule(
    "Other messages leave the timer alone",
    "Figure 2",
    "Only the current leader's messages, a granted vote and an own election start the election timer anew.",
    (): boolean => true,
  ),
  asksFirst: rule(
    "A transfer needs no pre-vote",
    "D 3.10",
    "With pre-vote a server asks first whether it could win, unless the leader itself wants the election.",
    ({ preVote }: RaftOptions, transfer: boolean): boolean => preVote && !transfer,
  ),
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
    "A request for a vote is not granted by a leader, nor by a server that has heard from one within the minimum election timeout, unless the leader itself asked for the election.",
    (server: Server, request: VoteRequest, now: number, options: RaftOptions): boolean => {
      const { stickyLeader, checkQuorum, electionTimeoutMin: least } = options;
      if (request.type === "RequestVote" && request.transfer) return false;
      if (stickyLeader === "always") return server.role === "leader" || now - server.leaderHeardAt < least;
      const applies = stickyLeader === "withCheckQuorum" && checkQuorum && request.term > server.term;
      return applies && server.leader !== 0 && now - server.timerSince < least;
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
  recordsVote: rule(
    "A pre-vote is no vote",
    "D 9.6",
    "A granted vote is remembered for the term; a granted pre-vote promises nothing and leaves no trace.",
    ({ type }: VoteRequest): boolean => type === "RequestVote",
  ),
  voteReplyTerm: rule(
    "A granted vote names the term that was asked for",
    "D 9.6",
    "A granted answer carries the term that the candidate asked for, a refused one the term that it should know.",
    (server: Server, request: VoteRequest, granted: boolean): Term => (granted ? request.term : server.term),
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
  noOpWhenElected: rule(
    "A new leader begins with an empty entry",
    "§8",
    "A new leader appends an empty entry of its own term, with which everything before it is committed.",
    ({ noOpOnElection }: RaftOptions): boolean => noOpOnElection,
  ),
  quorumActive: rule(
    "A leader without a quorum gives up",
    "D 6.2",
    "A leader that no majority has answered for an election timeout steps down.",
    (server: Server, now: number, options: RaftOptions): boolean => {
      if (options.quorumCheck === "perPeer") return now - quorumHeardAt(server) < options.electionTimeoutMin;
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
  refusalIsNews: rule(
    "Old refusals say nothing",
    "§5.3",
    "A refusal counts only if it answers the newest probe, or, while entries are sent ahead, one beyond what is known to match.",
    ({ state, match, next }: Progress, { prevLogIndex }: AppendEntriesReply, { flow }: RaftOptions): boolean => {
      if (flow === "oneAtATime" && prevLogIndex <= match) return false;
      return state === "replicate" ? prevLogIndex > match : prevLogIndex === next - 1;
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
    "D 10.2.1",
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

  appliesUpTo: rule(
    "Only what is committed is applied",
    "§5.3",
    "The state machine gets entries up to the commit index, in order.",
    ({ commitIndex }: Server): LogIndex => commitIndex,
  ),

  // ---- the disk ----
  durableState: rule(
    "Term and vote are on the disk",
    "Figure 2",
    "The current term and the vote are written with every change of them, and found again after a restart.",
    (state: HardState, _before: HardState): HardState => state,
  ),
  promisesWait: rule(
    "An answer waits for the disk",
    "Figure 2",
    "A vote and an acknowledgement leave only once what they promise is on stable storage.",
    (): boolean => true,
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

  leaseHolds: rule(
    "A lease answers reads",
    "D 6.4.1",
    "As long as nobody else can have been elected since a majority last answered, a leader answers reads alone.",
    (server: Server, now: number, options: RaftOptions): boolean =>
      options.lease === "checkQuorum" || now < leaseUntil(server, options),
  ),
  readNeedsLeader: rule(
    "Followers do not answer reads",
    "D 6.4",
    "Only a leader can tell how far a read must see: a follower asks it.",
    (): boolean => true,
  ),
  roundConfirmed: rule(
    "An answer confirms its own round",
    "D 6.4",
    "An answered heartbeat confirms the reads that were asked before it was sent, and none since.",
    (_reads: Reads, answered: number): number => answered,
  ),

  // ---- snapshots ----
  snapshotUpTo: rule(
    "A snapshot ends with the last applied entry",
    "§7",
    "A snapshot is named by the last entry that its state has applied.",
    (_server: Server, applied: LogIndex): LogIndex => applied,
  ),
  snapshotConfiguration: rule(
    "A snapshot brings the configuration",
    "§7",
    "A snapshot carries the latest configuration as of its last entry, which counts from then on.",
    (_server: Server, { configuration }: Snapshot): Configuration => configuration,
  ),
  discardsUpTo: rule(
    "Only what a snapshot stands for is discarded",
    "§7",
    "The log is discarded up to the last entry that the snapshot's state has applied.",
    (_server: Server, applied: LogIndex): LogIndex => applied,
  ),
  leavesSnapshot: rule(
    "The snapshot has arrived",
    "§7",
    "A leader goes on with entries once an answer shows that the follower's log meets its own.",
    ({ log }: Server, { match, pendingSnapshot }: Progress, { flow, snapshotEnds }: RaftOptions): boolean =>
      flow === "window" && snapshotEnds === "reconnected" ? match + 1 >= firstIndex(log) : match >= pendingSnapshot,
  ),
  snapshotReportCounts: rule(
    "The transport reports on a snapshot",
    "D 5.1",
    "Where the transport tells that a snapshot was handed over, or lost, the leader probes the follower again.",
    (): boolean => true,
  ),
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
  jointNeeded: rule(
    "Several changes at once need a joint configuration",
    "§6",
    "More than one change at once goes through a joint configuration, in which both majorities must agree.",
    (): boolean => true,
  ),
  pendingAtElection: rule(
    "An earlier leader's change may be pending",
    "D 4.1",
    "Whatever is in a new leader's log counts as a pending change until it is applied.",
    ({ log }: Server): LogIndex => lastIndex(log),
  ),
  leavesJoint: rule(
    "A joint configuration is left once it is applied",
    "§6",
    "Whoever leads proposes the new configuration alone once the joint one is applied, unless the operator wants to say when.",
    ({ role, configuration, lastApplied, pendingChangeIndex }: Server): boolean =>
      role === "leader" && configuration.autoLeave && lastApplied >= pendingChangeIndex,
  ),
  transfereeReady: rule(
    "The target catches up first",
    "D 3.10",
    "The target of a transfer is told to campaign once its log is as long as the leader's.",
    ({ match }: Progress, { log }: Server): boolean => match === lastIndex(log),
  ),
  transferEnds: rule(
    "A transfer has an election timeout",
    "D 3.10",
    "A transfer that has not come about within an election timeout is given up, and the leader takes commands again.",
    ({ transferee }: Server): boolean => transferee !== 0,
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
