import { asyncDisk } from "./async-disk.ts";
import { checkQuorum } from "./check-quorum.ts";
import { crashBeforeWrite } from "./crash-before-write.ts";
import { disruptionPreVote } from "./disruption-pre-vote.ts";
import { disruptiveServer } from "./disruptive-server.ts";
import { exactlyOnce } from "./exactly-once.ts";
import { figure8 } from "./figure-8.ts";
import { figure8Safe } from "./figure-8-safe.ts";
import { firstElection } from "./first-election.ts";
import { jointLeaderCrash } from "./joint-leader-crash.ts";
import { leaderCrash } from "./leader-crash.ts";
import { learnerFirst } from "./learner-first.ts";
import { leaseDriftBound } from "./lease-drift-bound.ts";
import { leaseSlowClock } from "./lease-slow-clock.ts";
import { logRepair } from "./log-repair.ts";
import { lossyNetwork } from "./lossy-network.ts";
import { minorityPartition } from "./minority-partition.ts";
import { mixedCluster } from "./mixed-cluster.ts";
import { noAnswer } from "./no-answer.ts";
import { oneWayLink } from "./one-way-link.ts";
import { pipelining } from "./pipelining.ts";
import type { Preset } from "./preset.ts";
import { readIndex } from "./read-index.ts";
import { readIndexDeposed } from "./read-index-deposed.ts";
import { readModes } from "./read-modes.ts";
import { removeLeader } from "./remove-leader.ts";
import { sessionExpired } from "./session-expired.ts";
import { slowFollower } from "./slow-follower.ts";
import { slowSnapshot } from "./slow-snapshot.ts";
import { snapshotCatchUp } from "./snapshot-catch-up.ts";
import { splitVote } from "./split-vote.ts";
import { staleMessage } from "./stale-message.ts";
import { staleRead } from "./stale-read.ts";
import { stopAndWait } from "./stop-and-wait.ts";
import { transferReady } from "./transfer.ts";
import { transferDead } from "./transfer-dead.ts";
import { transferLagging } from "./transfer-lagging.ts";
import { twoGroups } from "./two-groups.ts";
import { twoLeaders } from "./two-leaders.ts";
import { withoutSessions } from "./without-sessions.ts";
import { writeStepByStep } from "./write-step-by-step.ts";

/** In the order in which they are offered: group by group. */
export const presets: readonly Preset[] = [
  firstElection,
  splitVote,
  leaderCrash,
  writeStepByStep,
  slowFollower,
  logRepair,
  figure8,
  figure8Safe,
  snapshotCatchUp,
  slowSnapshot,
  stopAndWait,
  pipelining,
  minorityPartition,
  twoLeaders,
  disruptiveServer,
  disruptionPreVote,
  mixedCluster,
  checkQuorum,
  transferReady,
  transferLagging,
  transferDead,
  twoGroups,
  readModes,
  readIndex,
  readIndexDeposed,
  staleRead,
  leaseSlowClock,
  leaseDriftBound,
  learnerFirst,
  jointLeaderCrash,
  removeLeader,
  oneWayLink,
  lossyNetwork,
  staleMessage,
  crashBeforeWrite,
  asyncDisk,
  noAnswer,
  exactlyOnce,
  withoutSessions,
  sessionExpired,
];
