import type { Lesson } from "../lesson.ts";
import { deposedLeader } from "./deposed-leader.ts";
import { disturbers } from "./disturbers.ts";
import { electing } from "./electing.ts";
import { exactlyOnce } from "./exactly-once.ts";
import { figure8 } from "./figure-8.ts";
import { handingOver } from "./handing-over.ts";
import { members } from "./members.ts";
import { onDisk } from "./on-disk.ts";
import { partitions } from "./partitions.ts";
import { reading } from "./reading.ts";
import { removing } from "./removing.ts";
import { repairing } from "./repairing.ts";
import { replicating } from "./replicating.ts";
import { snapshots } from "./snapshots.ts";
import { splitVotes } from "./split-votes.ts";
import { whoMayLead } from "./who-may-lead.ts";
import { wholeTerm } from "./whole-term.ts";

/** In the order of the path. */
export const lessons: readonly Lesson[] = [
  electing,
  splitVotes,
  replicating,
  partitions,
  repairing,
  whoMayLead,
  figure8,
  deposedLeader,
  onDisk,
  snapshots,
  members,
  removing,
  disturbers,
  handingOver,
  reading,
  exactlyOnce,
  wholeTerm,
];
