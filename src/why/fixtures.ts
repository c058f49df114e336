import { Causes } from "../history/causes/causes.ts";
import { History } from "../history/history.ts";
import { finish } from "../history/work.ts";
import type { BugName } from "../raft/bugs/index.ts";
import { withBugs } from "../scenario/bugs.ts";
import { presets } from "../scenario/presets/index.ts";
import { ms } from "../world/fixtures.ts";
import { storyOf } from "./story.ts";
import type { About, Story, StoryAbout, Why } from "./types.ts";
import { whyOf } from "./why.ts";

/** A scenario as it is at that time; without one at its end. */
export function scenario(id: string, atMs?: number, bugs: readonly BugName[] = []): History {
  const { recording } = presets.find((preset) => preset.id === id)!;
  const { setup, actions, end } = bugs.length === 0 ? recording : withBugs(recording, bugs);
  const history = new History(setup, actions, end);
  history.advance(end);
  if (atMs !== undefined) history.seek(atMs * ms);
  return history;
}

export const whyIn = (history: History, about: About): Why | null => finish(whyOf(history, new Causes(history), about));
export const storyIn = (history: History, about: StoryAbout): Story | null =>
  finish(storyOf(history, new Causes(history), about));
export const server = (id: number): About => ({ kind: "server", server: id, group: 1 });
