import type { LogIndex, ServerId, Term } from "../base/units.ts";
import { type Configuration, changed } from "./configuration.ts";
import { copyLog, entryAt, firstIndex, lastIndex, type RaftLog } from "./log.ts";
import type { RaftOptions } from "./options.ts";
import { copyProgress } from "./progress.ts";
import { copyReads, noReads } from "./reads.ts";
import type { Server } from "./types.ts";

/** What a server finds when it starts. */
export interface Stored {
  readonly term: Term;
  readonly votedFor: ServerId;
  readonly log: RaftLog;
  /** 0 where it is not kept on disk. Never less than `log.base`. */
  readonly commitIndex: LogIndex;
  /** As of `log.base`. */
  readonly configuration: Configuration;
}

/** A server as it starts: what the disk holds, and the initial volatile state of Figure 2. */
export function createServer(
  id: ServerId,
  stored: Stored,
  options: RaftOptions,
  timer: { readonly now: number; readonly timeout: number; readonly drawn: number },
): Server {
  const { now, timeout, drawn: timeoutsDrawn } = timer;
  const { term, votedFor, configuration } = stored;
  const base = stored.log.base;
  const commitIndex = Math.max(base, stored.commitIndex);
  const end = lastIndex(stored.log) + 1;
  const started = { configuration, configurationIndex: 0 };
  const latest = options.configurationFrom === "append" ? configurationAt(stored, end - 1) : started;
  return {
    id,
    term,
    votedFor,
    log: copyLog(stored.log),
    role: "follower",
    leader: 0,
    commitIndex,
    applying: base,
    lastApplied: base,
    applyingBytes: 0,
    applyPaused: false,
    configuration: latest.configuration,
    configurationIndex: latest.configurationIndex,
    baseConfiguration: configuration,
    timerSince: now,
    timeout,
    timeoutsDrawn,
    votes: [],
    progress: [],
    heartbeatSince: now,
    leaderHeardAt: now,
    leaseEnded: false,
    transferee: 0,
    pendingChangeIndex: 0,
    uncommittedBytes: 0,
    reads: noReads(),
    unstableFrom: end,
    handedFrom: end,
    incoming: null,
    outbox: [],
    afterWrite: [],
    ownPromises: [],
    writes: [],
    writesIssued: 0,
    handedState: { term, votedFor, commitIndex },
    handedRole: "follower",
    handedLeader: 0,
    answeredReads: [],
  };
}

/** The latest configuration in the log up to `index`, on top of the one as of `log.base`, and the entry that brought it. */
export function configurationAt(
  { configuration, log }: Pick<Stored, "configuration" | "log">,
  index: LogIndex,
): Pick<Server, "configuration" | "configurationIndex"> {
  let current = { configuration, configurationIndex: 0 };
  for (let at = firstIndex(log); at <= index; at++) {
    const { change } = entryAt(log, at);
    const after = change && changed(current.configuration, change);
    if (after?.ok) current = { configuration: after.value, configurationIndex: at };
  }
  return current;
}

/**
 * An independent copy: log entries and messages are shared, everything that changes is not. Spelt out, in the order in
 * which it is created: the engine's compiler gives objects that are spread a layout of their own, and slow ones at that.
 */
export function copyServer(server: Server): Server {
  return {
    id: server.id,
    term: server.term,
    votedFor: server.votedFor,
    log: copyLog(server.log),
    role: server.role,
    leader: server.leader,
    commitIndex: server.commitIndex,
    applying: server.applying,
    lastApplied: server.lastApplied,
    applyingBytes: server.applyingBytes,
    applyPaused: server.applyPaused,
    configuration: server.configuration,
    configurationIndex: server.configurationIndex,
    baseConfiguration: server.baseConfiguration,
    timerSince: server.timerSince,
    timeout: server.timeout,
    timeoutsDrawn: server.timeoutsDrawn,
    votes: server.votes.slice(),
    progress: server.progress.map((p) => p && copyProgress(p)),
    heartbeatSince: server.heartbeatSince,
    leaderHeardAt: server.leaderHeardAt,
    leaseEnded: server.leaseEnded,
    transferee: server.transferee,
    pendingChangeIndex: server.pendingChangeIndex,
    uncommittedBytes: server.uncommittedBytes,
    reads: copyReads(server.reads),
    unstableFrom: server.unstableFrom,
    handedFrom: server.handedFrom,
    incoming: server.incoming && { ...server.incoming },
    outbox: server.outbox.slice(),
    afterWrite: server.afterWrite.slice(),
    ownPromises: server.ownPromises.slice(),
    writes: server.writes.slice(),
    writesIssued: server.writesIssued,
    handedState: server.handedState,
    handedRole: server.handedRole,
    handedLeader: server.handedLeader,
    answeredReads: server.answeredReads.slice(),
  };
}
