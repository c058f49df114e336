import { describe, expect, test } from "vitest";
import { electionBugs } from "../../../raft/bugs/elections.ts";
import { type BugName, bugNames, bugOf } from "../../../raft/bugs/index.ts";
import { replicationBugs } from "../../../raft/bugs/replication.ts";
import { setupInSpec } from "../../fuzz/setups.ts";
import { judgedSchedule } from "./fixtures.ts";
import { Judge } from "./judge.ts";

/**
 * Every mistake in votes, logs and commitment, before the judge: refused at exactly the step in which the replaced rule
 * changed what happened (which `Divergence` finds without the specification), or not, and why.
 */

/** With the seed of a schedule that reaches it; where acts are drawn otherwise, a later one may. */
const refused: Partial<Readonly<Record<BugName, number>>> = {
  "double-vote": 2,
  "no-log-check": 1,
  "log-length-only": 7,
  "log-term-only": 1,
  "log-compare-commit": 1,
  "vote-half": 1,
  "stale-vote-resp": 1,
  "vote-reset-same-term": 1,
  "vote-not-persisted": 1,
  "term-not-persisted": 1,
  "commit-old-term": 1,
  "commit-minority": 1,
  "commit-half": 1,
  "no-prev-check": 7,
  "prev-index-only": 7,
  "always-truncate": 8,
  "never-truncate": 3,
  "commit-min-last-log": 1,
  "match-is-last": 1,
  "stale-append-resp": 79,
  "stale-append-accepted": 1,
  "ack-last-log": 1,
  "ack-before-sync": 1,
};

/** The specification permits it. `differs`: the run is another than by the rule, in what a specification could see. */
const permitted: Partial<Readonly<Record<BugName, { readonly why: string; readonly differs: boolean }>>> = {
  "leader-ignores-higher-term": { why: "an answer that is ignored is a message that got lost", differs: true },
  "reject-ignored": { why: "a refusal that is ignored is a message that got lost", differs: true },
  "no-random-timeout": { why: "a server may time out whenever it likes", differs: false },
  "apply-uncommitted": { why: "there is no state machine", differs: false },
  "no-noop": { why: "a leader appends what clients ask for, and need not append anything", differs: true },
};

/** The option without which the bug makes no difference, and which the specification does not know. */
const outside: Partial<Readonly<Record<BugName, string>>> = {
  "prevote-resp-as-vote": "preVote",
  "prevote-bumps-term": "preVote",
  "prevote-records-vote": "preVote",
  "prevote-no-lower-term-reply": "preVote",
  "prevote-grant-own-term": "preVote",
  "no-lease-check": "checkQuorum",
  "no-stale-leader-reply": "checkQuorum",
  "timer-reset-any": "oldTerms",
  "heartbeat-full-commit": "heartbeats",
  "heartbeat-resp-no-unpause": "heartbeats",
  "match-is-next": "flow",
  "inflight-not-freed": "flow",
};

test("every mistake in votes, logs and commitment has its row", () => {
  const rows = [refused, permitted, outside].flatMap((table) => Object.keys(table));
  const all = [...Object.keys(electionBugs), ...Object.keys(replicationBugs), "ack-before-sync"];
  expect(rows.sort()).toEqual(all.sort());
});

describe("refused where the rule was broken", () => {
  for (const [name, seed] of Object.entries(refused))
    test(name, () => {
      let at = seed;
      let run = judgedSchedule(at, [bugOf(name as BugName)]);
      while (run.judge.verdict.is === "accepted" && at < seed + 40)
        run = judgedSchedule(++at, [bugOf(name as BugName)]);
      const { verdict } = run.judge;
      if (verdict.is !== "refused") throw new Error(`${name}: ${verdict.is}, also with seed ${at}`);
      expect(verdict.refusal.step.number).toBe(run.divergence.steps[0]);
      expect(verdict.refusal.differences.length).toBeGreaterThan(0);
      expect(verdict.refusal.excluded.every(({ why }) => why !== "")).toBe(true);
    });
});

describe("permitted", () => {
  for (const [name, { why, differs }] of Object.entries(permitted))
    test(`${name}: ${why}`, () => {
      let different = 0;
      for (let seed = 1; seed <= 2; seed++) {
        const { judge, divergence } = judgedSchedule(seed, [bugOf(name as BugName)]);
        expect([seed, judge.verdict]).toEqual([seed, { is: "accepted" }]);
        different += divergence.steps.length + divergence.silent.length;
      }
      expect(different > 0).toBe(differs);
    });
});

describe("outside, for it needs what the specification does not know", () => {
  for (const [name, option] of Object.entries(outside))
    test(name, () => {
      expect(Object.keys(bugOf(name as BugName).needs ?? {})).toContain(option);
      const { verdict } = new Judge(setupInSpec(1, [bugOf(name as BugName)]), false);
      expect(verdict).toEqual({ is: "outside", why: `the option ${option} is not the paper's` });
    });

  test("the tables name nothing that is no bug", () => {
    for (const table of [refused, permitted, outside])
      for (const name of Object.keys(table)) expect(bugNames).toContain(name);
  });
});
