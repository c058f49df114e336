import type { LogIndex, ServerId } from "../../base/units.ts";
import { knownTerm } from "../log.ts";
import type { Progress } from "../progress.ts";
import { quorumValue } from "../quorum.ts";
import type { Server } from "../types.ts";
import { rule } from "./rule.ts";

/** Highest index that the leader knows to be stored on that server; its own counts once it is on its disk. */
export const storedOn = (leader: Server, id: ServerId): LogIndex => leader.progress[id]?.match ?? 0;

/** Commitment: what counts as stored for good, and what may be applied (§5.3, §5.4.2). */
export const commitmentRules = {
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
} as const;
