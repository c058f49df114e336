import type { Found } from "../check/search/search.ts";
import { limits } from "./limits.ts";
import type { Recording } from "./recording.ts";

/** A story that a search has found, as an ordinary recording: open at its first step; its steps are its bookmarks. */
export function recordingOfFound({ setup, actions, steps, violation, end }: Found): Recording {
  const { property, section, detail } = violation;
  const bugs = setup.bugs.map(({ title, changed }) => `${title}: ${changed}`);
  return {
    title:
      `${setup.bugs.map(({ name }) => name).join(", ") || "Raft"}: ${property} falls in ${steps.length} steps`.slice(
        0,
        limits.line,
      ),
    notes: [...bugs, `${property} (${section}) falls: ${detail}.`].join("\n\n").slice(0, limits.notes),
    preset: "",
    profile: "paper",
    setup,
    actions,
    bookmarks: steps.map(({ at, text }) => ({ at, label: shortened(text) })),
    view: { at: steps[0]?.at ?? 0, select: "", speed: 0.05, play: false },
    end,
    branches: [],
    branch: 0,
  };
}

const labelMost = limits.line;
const shortened = (text: string): string => (text.length <= labelMost ? text : `${text.slice(0, labelMost - 1)}…`);
