import { describe, expect, test } from "vitest";
import { bugOf } from "../../../raft/bugs/index.ts";
import type { RaftOptions } from "../../../raft/options.ts";
import { presets } from "../../../scenario/presets/index.ts";
import { actionText } from "../next.ts";
import { judgedSchedule } from "./fixtures.ts";
import { judgeRun } from "./run.ts";
import { verdictLines } from "./tell.ts";

describe("runs by the paper's rules are the specification's", () => {
  test("every step of fuzzed runs is a sequence of its actions, and every action comes", () => {
    const seen = new Map<string, number>();
    let steps = 0;
    for (let seed = 1; seed <= 4; seed++) {
      const { judge, divergence } = judgedSchedule(seed);
      expect([seed, ...verdictLines(judge)]).toEqual([seed, expect.stringMatching(/^accepted/)]);
      expect(judge.judged).toBe(judge.steps);
      expect([...divergence.steps, ...divergence.silent]).toEqual([]);
      steps += judge.steps;
      for (const { action } of judge.accepted) seen.set(action.name, (seen.get(action.name) ?? 0) + 1);
    }
    expect(steps).toBeGreaterThan(1500);
    expect([...seen.keys()].sort()).toEqual([
      "AdvanceCommitIndex",
      "AppendEntries",
      "AppendEntriesAt",
      "BecomeLeader",
      "ClientRequest",
      "DropMessage",
      "DuplicateMessage",
      "Receive",
      "ReceiveKeeping",
      "RequestVote",
      "Restart",
      "Timeout",
    ]);
  });

  test("scenarios by the paper's rules are accepted, the others lie outside", () => {
    const verdicts = presets.map(({ id, recording: { setup, actions, end } }) => {
      const { verdict } = judgeRun(setup, actions, end);
      return [id, verdict.is === "outside" ? verdict.why : verdict.is] as const;
    });
    const accepted = verdicts.flatMap(([id, is]) => (is === "accepted" ? [id] : []));
    expect(verdicts.filter(([, is]) => is === "refused")).toEqual([]);
    expect(accepted).toEqual(
      expect.arrayContaining(["first-election", "figure-8", "crash-before-write", "two-leaders"]),
    );
    expect(Object.fromEntries(verdicts)).toMatchObject({
      "async-disk": "the option asyncDisk is not the paper's",
      "two-groups": "there are several Raft groups",
    });
  });
});

test("options that the specification has no words for end the judging; times and sizes do not", () => {
  const { setup, actions, end } = presets.find(({ id }) => id === "first-election")!.recording;
  const verdictWith = (options: Partial<RaftOptions>) =>
    judgeRun(setup, [{ at: 0, act: { do: "options", options } }, ...actions], end).verdict;
  expect(verdictWith({ preVote: true })).toEqual({ is: "outside", why: "the option preVote is not the paper's" });
  expect(verdictWith({ heartbeatInterval: 20_000, maxEntriesPerMessage: 2 }).is).toBe("accepted");
});

describe("a refusal", () => {
  const figure8 = presets.find(({ id }) => id === "figure-8")!.recording;
  const refused = judgeRun({ ...figure8.setup, bugs: [bugOf("commit-old-term")] }, figure8.actions, figure8.end);

  test("§5.4.2 says why each action that could come next does not help", () => {
    if (refused.verdict.is !== "refused") throw new Error(refused.verdict.is);
    const { what, differences, nearest, excluded } = refused.verdict.refusal;
    expect(what).toBe("S1 receives AppendEntriesResponse(S3 to S1, term 4, success up to 2)");
    expect(differences).toEqual(["commitIndex[S1] is 2 in the run, 0 in the specification"]);
    expect(nearest.map(actionText)).toEqual(["Receive(AppendEntriesResponse(S3 to S1, term 4, success up to 2))"]);
    expect(excluded).toContainEqual({
      action: "AdvanceCommitIndex(S1)",
      why: "entry 2 is of term 2, the leader is in term 4",
    });
    expect(excluded).toContainEqual({ action: "BecomeLeader(S1)", why: "S1 is a leader, not a candidate" });
  });

  test("shows the longest accepted prefix", () => {
    const lines = verdictLines(refused, 2);
    expect(lines.at(-3)).toMatch(/^accepted before it: \d+ actions, \d+ steps of servers; the last of them:$/);
    expect(lines.at(-2)).toMatch(/^ {2}(step \d+|network): /);
    expect(lines.at(-3)).toContain(`${refused.accepted.length} actions, ${refused.judged - 1} steps`);
  });
});
