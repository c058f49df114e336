import { describe, expect, test } from "vitest";
import type { Property } from "../raft/bugs/bug.ts";
import { toldOf } from "../raft/bugs/fixtures.ts";
import { type BugName, bugNames, bugOf } from "../raft/bugs/index.ts";
import { profiles } from "../raft/options.ts";
import { ms, put, request, setupOf } from "../world/fixtures.ts";
import { operationsOf } from "../world/operations.ts";
import { runSchedule } from "./fuzz/schedule.ts";
import { setupFor } from "./fuzz/setups.ts";
import { linearizable } from "./linearizability/linearizable.ts";
import { Runner } from "./runner.ts";

/**
 * Who tests the tests: every bug is found by the layer that is said to find it, the search, random faults, a story told
 * on purpose or the clients' history; and what is said to break nothing breaks nothing.
 */

const schedulesMost = 100;

function fuzzed(name: BugName, most = schedulesMost, counts = (_property: string): boolean => true): string | null {
  for (let seed = 1; seed <= most; seed++) {
    const { problem } = runSchedule(setupFor(seed, { bugs: [bugOf(name)] }), seed);
    if (problem !== null && problem.property !== "Limits" && counts(problem.property)) return problem.property;
  }
  return null;
}

type Layer = ReturnType<typeof bugOf>["foundBy"];
const of = (layer: Layer): readonly BugName[] => bugNames.filter((name) => bugOf(name).foundBy === layer);

test("every bug has a layer that finds it", () => {
  const layers = (["search", "fuzz", "directed", "history"] as const).map(of);
  expect(layers.flat().sort()).toEqual([...bugNames].sort());
  expect(layers.every((layer) => layer.length > 3)).toBe(true);
});

describe("found by random faults", () => {
  for (const name of of("fuzz")) test(name, () => expect(fuzzed(name)).not.toBeNull());
});

/** Found by another layer, too: what a bug changes, and nothing else, can always be told. */
describe("found by a story told on purpose", () => {
  for (const name of bugNames)
    test(name, () => {
      const { came, shall } = toldOf(name);
      expect(came).toEqual(shall);
      expect(shall.wrong).not.toEqual(shall.right);
    });
});

describe("found by what clients saw", () => {
  const ofClients: readonly Property[] = ["Linearizability", "Exactly once", "State equality"];
  const seen = (property: string): boolean => ofClients.some((each) => each === property);
  for (const name of of("history").filter((each) => each !== "no-lease-check"))
    test(name, () => expect(fuzzed(name, schedulesMost, seen)).not.toBeNull());

  /** S1 is cut off and S2 campaigns at once: whoever votes for it has just heard from S1, whose lease still runs. */
  test("no-lease-check", () => {
    const story = (bugs: readonly BugName[]) => {
      const raft = { ...profiles.paper, ...bugOf("no-lease-check").needs };
      const runner = Runner.start({ ...setupOf({ raft }), bugs: bugs.map(bugOf) });
      runner.act({ do: "timeout", server: 1 });
      runner.runTo(100 * ms);
      runner.act(request(put("x", "1"), 1));
      runner.runTo(300 * ms);
      runner.act({ do: "isolate", servers: [1], way: "both" });
      runner.act({ do: "timeout", server: 2 });
      runner.runTo(330 * ms);
      runner.act(request(put("x", "2"), 2, 2));
      runner.runTo(400 * ms);
      runner.act({ do: "request", operation: { op: "get", key: "x" }, server: 1, read: "lease" });
      runner.runTo(430 * ms);
      const history = operationsOf(runner.world);
      expect(history.at(-1)).toMatchObject({ outcome: "ok", value: "1" });
      return linearizable(history).verdict;
    };
    expect([story([]), story(["no-lease-check"])]).toEqual(["ok", "illegal"]);
  });
});

describe("breaks nothing", () => {
  const harmless = bugNames.filter((name) => bugOf(name).breaks.length === 0);
  for (const name of harmless) test(name, () => expect(fuzzed(name, 10)).toBeNull());
});
