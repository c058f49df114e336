import { profiles, type RaftOptions } from "../../../raft/options.ts";
import type { RaftMessage, Server } from "../../../raft/types.ts";
import type { Setup } from "../../../world/state/setup.ts";

/** What raft.tla has no words for: a run in which it comes is not judged, or no further. */

/** Options that must be the paper's. All others are about times, sizes, or what these leave no room for. */
const asPrinted = [
  "preVote",
  "checkQuorum",
  "stickyLeader",
  "knownLeaderRefusesVotes",
  "refusedCandidate",
  "oldTerms",
  "heartbeats",
  "backtracking",
  "flow",
  "belowCommit",
  "forwardProposals",
  "asyncDisk",
  "candidateWritesFirst",
  "persistCommit",
  "snapshotAfter",
  "reads",
] as const satisfies readonly (keyof RaftOptions)[];

/** Why such a run lies outside, in a sentence; null: it does not. */
export function outsideFromStart({ raft, servers, groups }: Setup): string | null {
  if (groups > 1) return "there are several Raft groups";
  if (servers.some(({ member = "voter" }) => member === "learner")) return "there are learners";
  for (const options of [raft, ...servers.map((server) => ({ ...raft, ...server.options }))]) {
    const problem = outsideOptions(options);
    if (problem !== null) return problem;
  }
  return null;
}

export function outsideOptions(options: Partial<RaftOptions>): string | null {
  for (const option of asPrinted)
    if ((options[option] ?? profiles.paper[option]) !== profiles.paper[option])
      return `the option ${option} is not the paper's`;
  return null;
}

export function outsideMessage({ type }: RaftMessage): string | null {
  switch (type) {
    case "RequestVote":
    case "RequestVoteReply":
    case "AppendEntries":
    case "AppendEntriesReply":
      return null;
    default:
      return `the specification has no message ${type}`;
  }
}

export function outsideState({ log, configurationIndex, baseConfiguration, configuration }: Server): string | null {
  if (log.base > 0) return "a snapshot stands for a part of a log";
  return configurationIndex > 0 || configuration !== baseConfiguration ? "the membership changes" : null;
}
