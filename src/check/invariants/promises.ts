import type { ServerId } from "../../base/units.ts";
import { knownTerm, lastIndex } from "../../raft/log.ts";
import type { AppendEntries, RaftMessage } from "../../raft/types.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { Invariant } from "../invariant.ts";

/**
 * D §10.2.1: what promises nothing may leave while the disk still writes. So over an asynchronous disk only answers,
 * and (unless the profile does it otherwise) requests for votes, have to wait.
 */
export const promisesKept: Invariant = {
  name: "Promises are on the disk",
  section: "Figure 2",
  text: "Term, vote and entries are on stable storage before a message leaves that tells of them.",
  sends(machine, message, ghost) {
    const problem = problemOf(machine, message);
    if (problem === null && waits(machine, message)) ghost.promised[message.from] = message.term;
    return problem;
  },
};

const waits = ({ disk, id }: Machine, { term, type, from }: RaftMessage): boolean =>
  from === id && type !== "PreVote" && type !== "PreVoteReply" && disk.term === term;

function problemOf({ disk, raft, options, id }: Machine, message: RaftMessage): string | null {
  const { type, term } = message;
  // Passed on for others, or the term of an election that there may never be.
  if (term === 0 || message.from !== id || type === "TransferLeader") return null;
  if (type === "PreVote" || (type === "PreVoteReply" && message.granted)) return null;
  const overtakes =
    options.asyncDisk && !isAnswer(message) && !(type === "RequestVote" && options.candidateWritesFirst);
  if (overtakes) return null;
  if (term > disk.term) return `a ${type} of term ${term} leaves S${id}, whose disk holds term ${disk.term}`;
  if (term < disk.term) return null;
  if (type === "RequestVoteReply") return message.granted ? voteProblem(id, disk.votedFor, message.to) : null;
  if (type === "RequestVote") return voteProblem(id, disk.votedFor, id);
  if (type === "AppendEntriesReply") return storedProblem(id, message.matchIndex, lastIndex(disk.log));
  return type === "AppendEntries" && term === raft.term ? entriesProblem(id, disk, message) : null;
}

const isAnswer = ({ type }: RaftMessage): boolean => type === "RequestVoteReply" || type === "AppendEntriesReply";

const voteProblem = (id: ServerId, written: ServerId, told: ServerId): string | null =>
  written === told ? null : `S${id} tells of its vote for S${told}, which is not on its disk`;

const storedProblem = (id: ServerId, told: number, last: number): string | null =>
  told <= last ? null : `S${id} acknowledges entries up to ${told}, and its disk has ${last}`;

function entriesProblem(id: ServerId, { log }: Machine["disk"], { entries }: AppendEntries): string | null {
  for (const { index, term } of entries) {
    const own = knownTerm(log, index);
    if (index > lastIndex(log) || (own !== null && own !== term))
      return `entry ${index} leaves S${id} before it is on its disk`;
  }
  return null;
}

/** A message's term is at most its sender's: nobody speaks of a term that it does not know (etcd's TLA+ has it too). */
export const termsKnown: Invariant = {
  name: "Nobody speaks of later terms",
  section: "§5.1",
  text: "No message has a higher term than its sender, but for a pre-vote, which asks for the next one.",
  sends({ raft, id }, message) {
    const { type, term } = message;
    const asks = type === "PreVote" || (type === "PreVoteReply" && message.granted);
    if (term <= raft.term || (asks && (term === raft.term + 1 || type === "PreVoteReply"))) return null;
    return `S${id} sends a ${type} of term ${term} in its term ${raft.term}`;
  },
};
