import type { RaftMessage } from "../../raft/types.ts";

/** etcd's names of the message kinds, without Msg before them. */
export const messageNames = {
  RequestVote: "Vote",
  RequestVoteReply: "VoteResp",
  PreVote: "PreVote",
  PreVoteReply: "PreVoteResp",
  AppendEntries: "App",
  AppendEntriesReply: "AppResp",
  Heartbeat: "Heartbeat",
  HeartbeatReply: "HeartbeatResp",
  InstallSnapshot: "Snap",
  TimeoutNow: "TimeoutNow",
  TransferLeader: "TransferLeader",
  Propose: "Prop",
  ReadIndex: "ReadIndex",
  ReadIndexReply: "ReadIndexResp",
} as const satisfies Record<RaftMessage["type"], string>;
