import type { Lesson } from "../lesson.ts";
import { electing } from "./electing.ts";
import { partitions } from "./partitions.ts";
import { replicating } from "./replicating.ts";
import { splitVotes } from "./split-votes.ts";

/** In the order of the path. */
export const lessons: readonly Lesson[] = [electing, splitVotes, replicating, partitions];
