import { electionBugs } from "../raft/bugs/elections.ts";
import { type BugName, bugNames, bugOf } from "../raft/bugs/index.ts";
import { membershipBugs } from "../raft/bugs/membership.ts";
import { replicationBugs } from "../raft/bugs/replication.ts";
import { profiles, type RaftOptions } from "../raft/options.ts";
import type { ServerSetup } from "../world/state/setup.ts";
import { limits } from "./limits.ts";
import type { OptionJson, OptionKind } from "./option-kinds.ts";
import { optionNames, optionRows } from "./option-rows.ts";
import type { Recording } from "./recording.ts";

/** Rules that can be switched off, as people are told about them, and recordings with and without them. */

export type { BugName };

interface Needed {
  readonly title: string;
  readonly kind: OptionKind;
  readonly value: OptionJson;
}
export interface ShownBug {
  readonly name: BugName;
  readonly title: string;
  readonly changed: string;
  readonly effect: string;
  /** Properties that can fall; empty: none. */
  readonly breaks: readonly string[];
  /** The smallest cluster that shows it. */
  readonly servers: number;
  readonly section: string;
  /** Options that are set along, because without them it makes no difference. */
  readonly needs: readonly Needed[];
}

const groupTitles = ["Votes and terms", "Copying and committing", "Membership", "Snapshots, reads, disk"] as const;

function groupOf(name: BugName): (typeof groupTitles)[number] {
  if (name in electionBugs) return "Votes and terms";
  if (name in replicationBugs) return "Copying and committing";
  return name in membershipBugs ? "Membership" : "Snapshots, reads, disk";
}

function shown(name: BugName): ShownBug {
  const { title, changed, effect, breaks, servers, section, needs } = bugOf(name);
  return { name, title, changed, effect, breaks, servers, section, needs: needed(needs ?? {}) };
}

function needed(options: Partial<RaftOptions>): Needed[] {
  const names = optionNames.filter((name) => optionRows[name].keys.some((key) => key in options));
  return names.map((name) => {
    const { title, kind, write } = optionRows[name];
    return { title, kind, value: write({ ...profiles.paper, ...options }) };
  });
}

export const shownBugs: readonly { readonly title: string; readonly bugs: readonly ShownBug[] }[] = groupTitles.map(
  (title) => ({ title, bugs: bugNames.filter((name) => groupOf(name) === title).map(shown) }),
);

/**
 * The same run with exactly these rules off, and what they need: options, and as many voters as show it. What was said
 * about the run is true of the run as it was only, and is left out.
 */
export function withBugs(recording: Recording, names: readonly BugName[]): Recording {
  const { setup } = recording;
  const raft: RaftOptions = Object.assign({ ...setup.raft }, ...names.map((name) => bugOf(name).needs ?? {}));
  const least = Math.max(1, ...names.map((name) => bugOf(name).servers));
  return {
    ...recording,
    setup: { ...setup, raft, bugs: names.map(bugOf), servers: atLeast(setup.servers, least) },
    notes: "",
    preset: "",
    bookmarks: [],
    branches: [],
    branch: 0,
  };
}

/** A run of the same make in which nothing has been done yet. */
export const emptied = (recording: Recording): Recording => ({
  ...recording,
  actions: [],
  end: 0,
  view: { at: 0, select: "", speed: 0.05, play: true },
});

/** The same acts with every rule on. What was said of the broken run does not hold here; its moments stay marked. */
export const corrected = (recording: Recording): Recording => ({
  ...recording,
  setup: { ...recording.setup, bugs: [] },
  notes:
    "The same acts as before, with every rule on: each act that is still possible is done, and every property is watched.",
  preset: "",
  bookmarks: recording.bookmarks.map(({ at }, place) => ({ at, label: `Step ${place + 1}` })),
  branches: [],
  branch: 0,
});

/** New voters start empty. */
function atLeast(servers: readonly ServerSetup[], least: number): readonly ServerSetup[] {
  const voting = servers.filter(({ member }) => member === undefined || member === "voter").length;
  const room = Math.min(least - voting, limits.servers - servers.length);
  const last = Math.max(...servers.map(({ id }) => id));
  const fresh = Array.from({ length: Math.max(0, room) }, (_, i) => ({
    id: last + 1 + i,
    term: 0,
    votedFor: 0,
    log: [],
    commit: 0,
  }));
  return [...servers, ...fresh];
}
