import { column } from "../explain/words.ts";
import { Causes } from "../history/causes/causes.ts";
import { History } from "../history/history.ts";
import { finish } from "../history/work.ts";
import { millis, nameOrNull } from "../report/state.ts";
import { storyOf } from "../why/story.ts";
import type { Story, StoryAbout } from "../why/types.ts";
import { answer } from "./answer.ts";
import { oneOf, readFor, readTime, whole } from "./args.ts";
import { load } from "./load.ts";
import { Usage } from "./usage.ts";

const wanted = ({ entry, command, term, of }: Readonly<Record<string, string | undefined>>): string =>
  [entry && `entry ${entry}`, command && `command ${command}`, term && `election of term ${term}`, of].find(Boolean) ??
  "such thing";

/**
 * `story FILE (--entry N | --command N | --term T | --of leader|violation) [--at T] [--json]`: how that came about, as far
 * as the run is known at T. 3: there is no such thing.
 */
export async function story(args: readonly string[]): Promise<number> {
  const { values, files, json } = readFor("story", args, ["entry", "command", "term", "of", "at", "group"]);
  const about = readAbout(values);
  const { setup, actions, end } = await load(files[0]!);
  const history = new History(setup, actions, end);
  history.seek(values.at === undefined ? end : readTime("at", values.at));
  const found = finish(storyOf(history, new Causes(history), about));
  return answer(found, `The run so far has no ${wanted(values)}.`, { json, state: storyState, lines: linesOf });
}

type Name = "entry" | "command" | "term" | "of" | "at" | "group";

function readAbout(values: { readonly [Each in Name]?: string }): StoryAbout {
  const group = whole(values.group, "group", 1, 1, 99);
  const number = (name: "entry" | "command" | "term"): number => whole(values[name], name, 1, 1, 10_000_000);
  const given = (["entry", "command", "term", "of"] as const).filter((name) => values[name] !== undefined);
  const [kind] = given;
  if (kind === undefined || given.length !== 1)
    throw new Usage("story needs exactly one of --entry 4, --command 2, --term 3, --of leader, --of violation");
  switch (kind) {
    case "entry":
      return { kind, index: number(kind), group };
    case "command":
      return { kind, command: number(kind), group };
    case "term":
      return { kind, term: number(kind), group };
    case "of":
      return { kind: oneOf("of", values.of, ["leader", "violation"]), group };
  }
}

const storyState = ({ about, steps, outcome, more }: Story) => ({
  about,
  steps: steps.map(({ at, event, kind, server, sentence }) => {
    return { atMs: millis(at), event, kind, server: nameOrNull(server), sentence };
  }),
  outcome,
  more,
});

const linesOf = ({ about, steps, outcome, more }: Story): readonly string[] => [
  `The story of ${about}`,
  ...steps.map(({ at, sentence }, i) => `${String(i + 1).padStart(3)}. ${column(at)}  ${sentence}`),
  ...(more ? ["     … and more"] : []),
  outcome,
];
