import { crashBeforeWrite } from "./crash-before-write.ts";
import { figure8 } from "./figure-8.ts";
import { figure8Safe } from "./figure-8-safe.ts";
import { firstElection } from "./first-election.ts";
import { leaderCrash } from "./leader-crash.ts";
import { logRepair } from "./log-repair.ts";
import { lossyNetwork } from "./lossy-network.ts";
import { minorityPartition } from "./minority-partition.ts";
import { noAnswer } from "./no-answer.ts";
import { oneWayLink } from "./one-way-link.ts";
import type { Preset } from "./preset.ts";
import { slowFollower } from "./slow-follower.ts";
import { splitVote } from "./split-vote.ts";
import { staleMessage } from "./stale-message.ts";
import { twoLeaders } from "./two-leaders.ts";
import { writeStepByStep } from "./write-step-by-step.ts";

/** In the order in which they are offered. */
export const presets: readonly Preset[] = [
  firstElection,
  splitVote,
  leaderCrash,
  writeStepByStep,
  slowFollower,
  minorityPartition,
  twoLeaders,
  noAnswer,
  logRepair,
  figure8,
  figure8Safe,
  oneWayLink,
  lossyNetwork,
  crashBeforeWrite,
  staleMessage,
];
