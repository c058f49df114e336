import { setupForBug } from "../check/search/hints.ts";
import { Search } from "../check/search/search.ts";
import { History } from "../history/history.ts";
import { writeRecording } from "../scenario/format.ts";
import { recordingOfFound } from "../scenario/found.ts";
import { encodeLink } from "../scenario/link.ts";
import { knownBug, readOptions, whole } from "./args.ts";
import { knownShard } from "./fuzz.ts";
import { printSearches, searchStories } from "./stories.ts";
import { Usage } from "./usage.ts";

/** Coarse steps between two looks at the clock. */
const stretch = 200;
const secondsUsual = 30;

/**
 * `search --bug NAME [--servers N] [--seconds S]`: 0 and the story, or 3 and what was covered. With `--stories N [--shard
 * I/N] [--json]` only stories at random, by their numbers.
 */
export async function search(args: readonly string[]): Promise<number> {
  const json = args.includes("--json");
  const { bug, servers, seconds, stories, shard } = readArgs(args.filter((word) => word !== "--json"));
  if (stories !== null) {
    const told = searchStories({ bug, servers, stories, shard });
    if (!json) return printSearches(told);
    console.log(JSON.stringify(told));
    return 0;
  }
  const found = new Search(setupForBug(bug, servers));
  const start = performance.now();
  while (found.found === null && performance.now() - start < seconds * 1000) found.advance(stretch);
  if (found.found === null) {
    console.log(found.coverage);
    return 3;
  }
  const { actions, steps } = found.found;
  const recording = recordingOfFound(found.found);
  const history = new History(recording.setup, actions, recording.end);
  history.advance(recording.end);
  console.log(JSON.stringify(writeRecording(recording)));
  for (const [i, { text }] of steps.entries()) console.log(`${i + 1}. ${text}`);
  console.log(`#${await encodeLink(recording, recording.view!, history.hash())}`);
  const took = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    `${actions.length} actions, ${steps.length} steps, found in ${took} s: ${found.found.violation.property}`,
  );
  return 0;
}

function readArgs(args: readonly string[]) {
  const values = readOptions(args, ["bug", "servers", "seconds", "stories", "shard"]);
  const bug = knownBug(values.bug);
  const usual = setupForBug(bug).servers.length;
  const servers = whole(values.servers, "servers", usual, 1, 9);
  const stories = values.stories === undefined ? null : whole(values.stories, "stories", 1, 1, 1_000_000_000);
  if (stories === null && values.shard !== undefined) throw new Usage("--shard: only with --stories");
  return {
    bug,
    servers,
    seconds: whole(values.seconds, "seconds", secondsUsual, 1, 86_400),
    stories,
    shard: knownShard(values.shard),
  };
}
