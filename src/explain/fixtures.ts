import { describe, expect, test } from "vitest";
import type { ServerId } from "../base/units.ts";
import { History } from "../history/history.ts";
import type { RaftOptions } from "../raft/options.ts";
import type { Act } from "../world/acts.ts";
import { ms, setupOf } from "../world/fixtures.ts";
import type { ServerSetup, Setup } from "../world/state/setup.ts";
import { sentence } from "./sentence.ts";

/**
 * Stories that the engine tells itself: what was done to it ("!"), and every decision
 * that is not routine, with the section that asks for it. A change of a text is a change of the algorithm or of its
 * words: only somebody who can say why it had to change writes it anew (`vitest run -u src/explain/paper` and so on).
 */

type Script = readonly (readonly [atMs: number, act: Act])[];

interface Story {
  readonly title: string;
  readonly setup: Setup;
  readonly acts: Script;
  /** From when it is told, and when it ends. */
  readonly from?: number;
  readonly until: number;
}

/** "   12.0  S2 voted for S1 in term 1: both logs are empty  (§5.2)" */
function told({ title, setup, acts, from = 0, until }: Story): string {
  const history = new History(
    setup,
    acts.map(([at, act]) => ({ at: at * ms, act })),
    until * ms,
  );
  history.advance(until * ms);
  expect(history.world.violation).toBeNull();
  const lines = history.facts(1, history.place.event).flatMap((fact) => {
    const { text, section, routine, kind } = sentence(fact);
    if (fact.at < from * ms || (routine && fact.kind !== "acted")) return [];
    if (kind === "disk" && fact.kind === "diskWritten") return [];
    const time = (fact.at / ms).toFixed(1).padStart(7);
    if (fact.kind === "acted") return `${time}  ! ${text.replace(/^Action: /, "")}`;
    return `${time}    ${text}${section === "" ? "" : `  (${section})`}`;
  });
  return `${title}\n\n${lines.join("\n")}\n`;
}

export function stories(chapter: string, list: Readonly<Record<string, Story>>): void {
  describe(chapter, () => {
    for (const [file, story] of Object.entries(list)) {
      test(story.title, async () => {
        await expect(told(story)).toMatchFileSnapshot(`golden/${chapter}/${file}.txt`);
      });
    }
  });
}

export const timeout = (server: ServerId): Act => ({ do: "timeout", server });
export const crash = (server: ServerId): Act => ({ do: "crash", server });
export const restart = (server: ServerId): Act => ({ do: "restart", server });
export const cutOff = (...group: ServerId[]): Act => ({ do: "partition", groups: [group] });
export const heal: Act = { do: "heal" };
export const standsReady = { member: "none" } as const;
/** At S1: some servers come, some go. */
export const replace = (come: readonly ServerId[], go: readonly ServerId[]): Act => ({
  do: "members",
  server: 1,
  changes: [
    ...come.map((server) => ({ type: "add", server }) as const),
    ...go.map((server) => ({ type: "remove", server }) as const),
  ],
  transition: "auto",
});

type Given = NonNullable<Parameters<typeof setupOf>[0]>;
/** The paper's rules, with `options` over them; `patch` changes how some servers start. */
export function calmly(
  given: Given = {},
  options: Partial<RaftOptions> = {},
  patch: Readonly<Record<number, Partial<ServerSetup>>> = {},
): Setup {
  const setup = setupOf(given);
  // Nobody's timer fires by itself in a story of a second, so that every election is one that was asked for.
  const calm = { electionTimeoutMin: 2000 * ms, electionTimeoutMax: 4000 * ms };
  return {
    ...setup,
    raft: { ...setup.raft, ...calm, ...options },
    servers: setup.servers.map((server) => ({ ...server, ...patch[server.id] })),
  };
}
