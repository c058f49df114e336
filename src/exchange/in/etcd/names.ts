import type { Role } from "../../../raft/types.ts";
import type { NamedConfiguration } from "../merge.ts";
import type { ToldMessage } from "../told.ts";

/** What etcd/raft calls things (raftpb/raft.proto, raft.go, tracker/tracker.go, quorum/joint.go). */

const messageKinds: Readonly<Record<string, ToldMessage["kind"]>> = {
  MsgVote: "requestVote",
  MsgVoteResp: "requestVoteReply",
  MsgPreVote: "preVote",
  MsgPreVoteResp: "preVoteReply",
  MsgApp: "appendEntries",
  MsgAppResp: "appendEntriesReply",
  MsgHeartbeat: "heartbeat",
  MsgHeartbeatResp: "heartbeatReply",
  MsgSnap: "installSnapshot",
  MsgTimeoutNow: "timeoutNow",
};
export const kindOfMessage = (name: string): ToldMessage["kind"] => messageKinds[name] ?? "other";

export const roles: Readonly<Record<string, Role>> = {
  StateFollower: "follower",
  StatePreCandidate: "preCandidate",
  StateCandidate: "candidate",
  StateLeader: "leader",
};

/** "voters=(1 2)&&(1 2 3) learners=(4) autoleave"; null where it is something else. */
export function configurationOf(text: string): NamedConfiguration | null {
  const found = /voters=\(([^()]*)\)(?:&&\(([^()]*)\))?(?: learners=\(([^()]*)\))?/.exec(text);
  if (found === null) return null;
  const ids = (list = ""): string[] => list.split(/[ ,]+/).filter((id) => /^[0-9a-f]{1,20}$/.test(id));
  return { voters: ids(found[1]), outgoing: ids(found[2]), learners: ids(found[3]) };
}
