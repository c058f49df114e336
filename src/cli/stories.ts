import { setupForBug } from "../check/search/hints.ts";
import { type StoriesTold, tellStories } from "../check/search/search.ts";
import type { Shard } from "../experiment/shards.ts";
import type { BugName } from "../raft/bugs/index.ts";
import { writeRecording } from "../scenario/format.ts";
import { recordingOfFound } from "../scenario/found.ts";
import { engineVersion } from "../scenario/version.ts";
import { type InParts, missingParts } from "./parts.ts";

/** The part of a search that can be cut into pieces: stories at random, by their numbers. */

interface Told {
  readonly index: number;
  readonly told: number;
  readonly found: {
    readonly number: number;
    readonly property: string;
    readonly steps: readonly string[];
    readonly acts: number;
    readonly recording: ReturnType<typeof writeRecording>;
  } | null;
}
export interface SearchResults extends InParts {
  readonly format: "driftwood-search";
  readonly version: 1;
  readonly engine: number;
  readonly bug: BugName;
  readonly servers: number;
  readonly stories: number;
  readonly parts: readonly Told[];
}

interface Wanted {
  readonly bug: BugName;
  readonly servers: number;
  readonly stories: number;
  readonly shard: Shard;
}

export function searchStories({ bug, servers, stories, shard }: Wanted): SearchResults {
  const told = tellStories(setupForBug(bug, servers), { first: shard.index, step: shard.of, most: stories });
  const parts = [{ index: shard.index, ...written(told) }];
  return { format: "driftwood-search", version: 1, engine: engineVersion, bug, servers, stories, of: shard.of, parts };
}

function written({ told, found }: StoriesTold): Omit<Told, "index"> {
  if (found === null) return { told, found: null };
  const { number, story } = found;
  const steps = story.steps.map(({ text }) => text);
  const recording = writeRecording(recordingOfFound(story));
  return {
    told,
    found: { number, property: story.violation.property, steps, acts: story.actions.length, recording },
  };
}

/** What a file holds that says it has such results; null: it has none, or they are damaged. */
export function readSearch(json: unknown): SearchResults | null {
  const read = json as Partial<SearchResults> | null;
  const isSound =
    read?.format === "driftwood-search" &&
    read.version === 1 &&
    Array.isArray(read.parts) &&
    read.parts.every((part) => Number.isSafeInteger(part?.index) && Number.isSafeInteger(part?.told));
  return isSound ? (read as SearchResults) : null;
}

/** The shortest story that any part found: 0; 3 if none did. */
export function printSearches(results: SearchResults): number {
  const { parts, stories } = results;
  const told = parts.reduce((sum, part) => sum + part.told, 0);
  const missing = missingParts(results);
  const found = parts.flatMap((part) => (part.found === null ? [] : [part.found]));
  const [best] = found.toSorted((a, b) => a.acts - b.acts || a.number - b.number);
  if (best !== undefined) {
    console.log(JSON.stringify(best.recording));
    for (const [i, step] of best.steps.entries()) console.log(`${i + 1}. ${step}`);
    console.log(`${best.acts} actions, ${best.steps.length} steps, from story ${best.number}: ${best.property}`);
  }
  console.log(`${told} of ${stories} stories told${best === undefined ? ", nothing found" : ""}`);
  if (missing.length > 0) console.log(`missing: ${missing.join(" ")}`);
  return best === undefined ? 3 : 0;
}
