import { inRange } from "../../base/random.ts";
import type { Term } from "../../base/units.ts";
import { isVoter } from "../configuration.ts";
import { quorumHeardAt } from "../lease.ts";
import { entryAt, lastIndex, lastTerm } from "../log.ts";
import type { RaftOptions } from "../options.ts";
import { type VoteResult, voteResult } from "../quorum.ts";
import type { PreVote, RequestVote, Server } from "../types.ts";
import { rule } from "./rule.ts";

type VoteRequest = RequestVote | PreVote;

/** Elections: who asks for votes, who grants them, who has won (§5.2, §5.4.1). */
export const votesRules = {
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
    "A server whose committed change is not yet applied may not campaign: where configurations count once they are applied, its quorum could be wrong.",
    (server: Server): boolean => !hasUnappliedChange(server),
  ),
  leaderLease: rule(
    "A living leader is not disturbed",
    "D 4.2.3",
    "A request for a vote is not granted by a leader, nor by a server that has heard from one within the minimum election timeout (etcd/raft: whose timer began within it), unless the leader itself asked for the election.",
    (server: Server, request: VoteRequest, now: number, options: RaftOptions): boolean => {
      const { stickyLeader, checkQuorum, quorumCheck, electionTimeoutMin: least } = options;
      if (request.type === "RequestVote" && request.transfer) return false;
      if (stickyLeader === "always") return server.role === "leader" || now - server.leaderHeardAt < least;
      const applies = stickyLeader === "withCheckQuorum" && checkQuorum && request.term > server.term;
      // Once per timeout etcd's leader sets its timer again; one that counts from each answer does not.
      const leads = server.role === "leader" && quorumCheck === "perPeer";
      return applies && server.leader !== 0 && (leads || now - server.timerSince < least);
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
} as const;

function hasUnappliedChange(server: Server): boolean {
  const last = Math.min(server.commitIndex, lastIndex(server.log));
  for (let index = server.lastApplied + 1; index <= last; index++) {
    if (index > server.log.base && entryAt(server.log, index).change !== null) return true;
  }
  return false;
}
