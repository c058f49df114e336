import { expect, test } from "vitest";
import { History } from "../history/history.ts";
import { profiles } from "../raft/options.ts";
import { ms, setupOf } from "../world/fixtures.ts";
import type { ServerSetup, Setup } from "../world/state/setup.ts";
import { sentence } from "./sentence.ts";

/**
 * §6 of the extended Raft paper: while a configuration is joint, "agreement (for elections and entry commitment)
 * requires separate majorities from both the old and new configurations".
 */

const server = (id: number): ServerSetup => {
  const rest = { id, term: 0, votedFor: 0, log: [], commit: 0 };
  return id > 3 ? { ...rest, member: "learner" } : rest;
};
const setup: Setup = {
  ...setupOf(),
  seed: 4,
  raft: { ...profiles.dissertation, preVote: false, checkQuorum: false, stickyLeader: "never" },
  servers: [1, 2, 3, 4, 5].map(server),
  link: { latencyMin: 10 * ms, latencyMax: 10 * ms, loss: 0, duplicate: 0, bandwidth: null },
  disk: { writeMin: ms, writeMax: ms },
};

/** S1 leads and changes to S1, S4, S5 while it is cut off from S2 and S3; it restarts, and campaigns among the new ones. */
function told(): readonly string[] {
  const history = new History(
    setup,
    [
      { at: 10 * ms, act: { do: "timeout", server: 1 } },
      {
        at: 200 * ms,
        act: {
          do: "partition",
          groups: [
            [1, 4, 5],
            [2, 3],
          ],
        },
      },
      {
        at: 210 * ms,
        act: {
          do: "members",
          server: 1,
          changes: [
            { type: "add", server: 4 },
            { type: "add", server: 5 },
            { type: "remove", server: 2 },
            { type: "remove", server: 3 },
          ],
          transition: "auto",
        },
      },
      { at: 300 * ms, act: { do: "crash", server: 1 } },
      { at: 301 * ms, act: { do: "restart", server: 1 } },
      { at: 302 * ms, act: { do: "timeout", server: 1 } },
    ],
    800 * ms,
  );
  history.advance(800 * ms);
  return history.facts(1, history.place.event).flatMap((fact) => {
    const { text, section } = sentence(fact);
    return fact.kind === "decided" ? [`${text} (${section})`] : [];
  });
}

test("§6 a candidate with the new majority alone is not elected, and both counts say why", () => {
  const lines = told();
  const since = lines.findIndex((line) => /^S1 started an election for term 2/.test(line));
  const votes = lines.slice(since).filter((line) => /^S1 (counted|became)/.test(line));
  expect(votes).toEqual([
    "S1 counted its own vote: 1 of 3 in the old configuration, 1 of 3 in the new; both majorities are needed (§6)",
    "S1 counted S4's vote: 1 of 3 in the old configuration, 2 of 3 in the new; both majorities are needed (§6)",
    "S1 counted S5's vote: 1 of 3 in the old configuration, 3 of 3 in the new; both majorities are needed (§6)",
  ]);
  expect(lines).toContain(
    "S1 appended entry 2 in term 1: to commit it, 2 of 3 in the old configuration and 2 of 3 in the new are needed (§5.3)",
  );
});

test("§6 no count is said to be enough, or more than enough, while nobody is elected", () => {
  for (const line of told()) {
    const [, had, , needed] = /(\d+) of (\d+), (\d+) are needed/.exec(line) ?? [];
    if (had !== undefined) expect(Number(had)).toBeLessThanOrEqual(Number(needed));
    const [, got, of] = /had (\d+) of the (\d+) votes/.exec(line) ?? [];
    if (got !== undefined) expect(Number(got)).toBeLessThan(Number(of));
  }
});
