import type { Found } from "../check/search/search.ts";
import { bugOf } from "../raft/bugs.ts";
import { limits } from "./limits.ts";
import type { Recording } from "./recording.ts";

/** What a search has found, as an ordinary recording at its first step, with a bookmark for every step. */
export function counterexample({ setup, actions, steps, violation, end }: Found): Recording {
  const titles = setup.bugs.map((name) => bugOf(name).title);
  const { property, detail, section } = violation;
  return {
    title: cut(titles.length === 0 ? property : titles.join("; ")),
    notes: `A counterexample to ${property} (${section}): ${detail}. It was found by search and then shrunk until no act can be left out.`,
    preset: "",
    profile: "paper",
    setup,
    actions,
    bookmarks: steps.slice(0, limits.bookmarks).map(({ at, text }) => ({ at, label: cut(text) })),
    view: { at: steps[0]?.at ?? 0, select: "", speed: 0.05, play: false },
    end,
    branches: [],
    branch: 0,
  };
}

const cut = (text: string): string => (text.length <= limits.line ? text : `${text.slice(0, limits.line - 2)} …`);
