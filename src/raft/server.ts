import type { ServerId, Term } from "../base/units.ts";
import { copyLog, lastIndex, type RaftLog } from "./log.ts";
import type { Server } from "./types.ts";

/** A server as it starts: what the disk holds, and the initial volatile state of Figure 2. */
export function createServer(
  id: ServerId,
  voters: readonly ServerId[],
  disk: { readonly term: Term; readonly votedFor: ServerId; readonly log: RaftLog },
  now: number,
  timeout: number,
): Server {
  return {
    id,
    voters,
    term: disk.term,
    votedFor: disk.votedFor,
    log: copyLog(disk.log),
    role: "follower",
    leader: 0,
    commitIndex: 0,
    lastApplied: 0,
    timerSince: now,
    timeout,
    votes: [],
    progress: [],
    heartbeatDue: 0,
    writesIssued: 0,
    writesDone: 0,
    unwritten: [],
    durableIndex: lastIndex(disk.log),
  };
}

/** An independent copy: log entries are shared, everything that changes is not. */
export function copyServer(server: Server): Server {
  return {
    ...server,
    log: copyLog(server.log),
    votes: server.votes.slice(),
    progress: server.progress.map((p) => p && { ...p }),
    unwritten: server.unwritten.map((write) => ({ ...write })),
  };
}

export const grantedVotes = (server: Server): ServerId[] => server.voters.filter((id) => server.votes[id] === true);
