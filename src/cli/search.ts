import { setupForBug } from "../check/search/hints.ts";
import { Search } from "../check/search/search.ts";
import { History } from "../history/history.ts";
import type { BugName } from "../raft/bugs/index.ts";
import { writeRecording } from "../scenario/format.ts";
import { recordingOfFound } from "../scenario/found.ts";
import { encodeLink } from "../scenario/link.ts";
import { knownBug, readOptions, whole } from "./args.ts";

/** Coarse steps between two looks at the clock. */
const stretch = 200;
const secondsUsual = 30;

/** `search --bug NAME [--servers N] [--seconds S]`: 0 and the story, or 3 and what was covered. */
export async function search(args: readonly string[]): Promise<number> {
  const { bug, servers, seconds } = readArgs(args);
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

function readArgs(args: readonly string[]): { bug: BugName; servers: number; seconds: number } {
  const values = readOptions(args, ["bug", "servers", "seconds"]);
  const bug = knownBug(values.bug);
  const usual = setupForBug(bug).servers.length;
  const servers = whole(values.servers, "servers", usual, 1, 9);
  return { bug, servers, seconds: whole(values.seconds, "seconds", secondsUsual, 1, 86_400) };
}
