import type { RaftOptions } from "./options.ts";
import { windowFull } from "./progress.ts";
import type { Server } from "./types.ts";

/**
 * When a server takes another value of an option: at once, while it runs; when it starts again, because what it holds
 * in memory was made by the old value; or never in a run, because its disk or what is under way was.
 */
type Takes = "atOnce" | "atStart" | "never";

export interface Reload {
  readonly takes: Takes;
  /** `atOnce`: what becomes of what is under way; otherwise why not at once. The end of a sentence. */
  readonly why: string;
  /** Why one server cannot have it for itself. The end of a sentence; missing where it can. */
  readonly shared?: string;
}

const atOnce = (why: string): Reload => ({ takes: "atOnce", why });
const atStart = (why: string): Reload => ({ takes: "atStart", why });
const never = (why: string): Reload => ({ takes: "never", why });

const timeouts = atOnce(
  "a timer that runs keeps what it has drawn until it starts anew; leases and looks for a quorum are counted by the new minimum",
);
const looks = atOnce("a leader's time until it looks for its quorum begins anew");
const nextRequest = atOnce("the next request for a vote is answered by it");
const nextMessage = atOnce("the next message is made by it");
const nextChange = atOnce("the next change of members is judged by it");

/** What a running server makes of each option that is changed. */
export const reloads: { readonly [Option in keyof RaftOptions]: Reload } = {
  electionTimeoutMin: timeouts,
  electionTimeoutMax: timeouts,
  preVote: atOnce("who asks for pre-votes already ends that round as it began it"),
  checkQuorum: looks,
  quorumCheck: looks,
  stickyLeader: nextRequest,
  knownLeaderRefusesVotes: nextRequest,
  refusedCandidate: atOnce("the next vote that is counted is judged by it"),
  timerResets: atOnce("a timer that runs goes on"),
  oldTerms: atOnce("the next message of an older term is answered by it"),
  heartbeatInterval: atOnce("the next heartbeat is due so long after the last one, which may be now"),
  heartbeats: atOnce("the next heartbeat is of that kind"),
  backtracking: {
    ...never("refusals under way have hints that the other way of going back does not understand"),
    shared: "both sides of a refusal must mean the same by a hint",
  },
  flow: atStart("a leader keeps in another form what is under way to its followers"),
  belowCommit: atOnce("the next request is answered by it"),
  retryAfter: atOnce("what is under way is sent again so long after it was sent"),
  maxEntriesPerMessage: nextMessage,
  maxBytesPerMessage: nextMessage,
  maxInflightMessages: atOnce(
    "what is under way beyond a smaller window stays under way, and nothing follows it before answers come",
  ),
  maxInflightBytes: atOnce(
    "what is under way beyond a smaller window stays under way, and nothing follows it before answers come",
  ),
  noOpOnElection: atOnce("the next leader begins by it"),
  snapshotEnds: atOnce("the next answer to a snapshot is judged by it"),
  maxUncommittedBytes: atOnce("commands that the leader has taken stay"),
  forwardProposals: atOnce("who no longer passes commands on forgets whom it was to answer"),
  asyncDisk: atStart("a write under way holds back what comes after it, or does not"),
  candidateWritesFirst: atStart(
    "a leader counts its own entries as it was elected: with its vote on the disk, or before",
  ),
  persistCommit: never(
    "a lone voter takes the commit index on its disk for the newest, which then must have been kept from the start",
  ),
  maxApplyBytes: atOnce("the next entries are applied by it"),
  snapshotAfter: atOnce("it is looked at when the next entry is applied"),
  configurationFrom: {
    ...never("logs already hold configurations, which some servers would count and others not"),
    shared: "servers that count a configuration from different moments could elect two leaders in one term",
  },
  changeNeedsOwnCommit: nextChange,
  validateChanges: nextChange,
  refusedChange: nextChange,
  removedLeader: atOnce("a change that takes effect later is judged by it"),
  reads: {
    ...atOnce("the next read that a leader takes up is answered by it"),
    shared: "a follower asks its leader for a read index in the way that the leader answers",
  },
  lease: atOnce("a lease that runs from when rounds were sent begins with the next round"),
  clockDriftPercent: atOnce("a lease that runs is counted by it"),
};

/** Of these options those that a running server takes at once. */
export function takenAtOnce(given: Partial<RaftOptions>): Partial<RaftOptions> {
  const names = Object.keys(given) as (keyof RaftOptions)[];
  return Object.fromEntries(names.flatMap((name) => (reloads[name].takes === "atOnce" ? [[name, given[name]]] : [])));
}

/** What a running server does at once with options that were others before. Its election timer goes on as it was drawn. */
export function takeOptions(server: Server, before: RaftOptions, options: RaftOptions, now: number): void {
  if (server.role !== "leader") return;
  const { checkQuorum, quorumCheck } = before;
  if (options.checkQuorum !== checkQuorum || options.quorumCheck !== quorumCheck) server.timerSince = now;
  for (const progress of server.progress)
    if (progress?.state === "replicate") progress.paused &&= windowFull(progress, options);
}
