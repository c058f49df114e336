import fc from "fast-check";
import { expect, test } from "vitest";
import { anyRecording } from "../../scenario/arbitraries.ts";
import { catalogue } from "../../worker/faults.ts";
import type { Act } from "../../world/acts.ts";
import type { Scene } from "../kit/faults/scene.ts";
import { partsOf } from "./parts.ts";

const { faults } = catalogue();
const sceneOf = (servers: number, raftGroups = 1): Scene => ({
  servers: Array.from({ length: servers }, (_, place) => place + 1),
  server: 1,
  link: null,
  groups: [],
  raftGroups,
  raftGroup: 1,
});

test("any act, its fields as they stand, is the same act again", () => {
  const met = new Set<string>();
  const check = (act: Act, scene: Scene): void => {
    const { values, words, made } = partsOf(act, faults, scene);
    expect(made(values, words)).toEqual({ act });
    met.add(act.do);
  };
  fc.assert(
    fc.property(anyRecording, ({ actions, setup }) => {
      for (const { act } of actions) check(act, sceneOf(setup.servers.length, setup.groups));
    }),
    { numRuns: 300, seed: 1 },
  );
  expect(met.size).toBeGreaterThan(40);
});

test("what is changed in a field is changed in the act, and nothing else", () => {
  const changed = (act: Act, ...[values, words = {}]: readonly [object, object?]) => {
    const parts = partsOf(act, faults, sceneOf(3));
    return parts.made({ ...parts.values, ...values }, { ...parts.words, ...words });
  };
  expect(changed({ do: "crash", server: 1 }, { server: { is: "server", server: 3 } })).toEqual({
    act: { do: "crash", server: 3 },
  });
  const put = { op: "put", key: "x", value: "1" } as const;
  expect(changed({ do: "request", operation: put, client: 2 }, {}, { value: "2" })).toEqual({
    act: { do: "request", operation: { ...put, value: "2" }, client: 2 },
  });
  const disk = { writeMin: 1000, writeMax: 2000 };
  expect(changed({ do: "disk", disk }, { writes: { is: "pair", pair: [3, 4] } })).toEqual({
    act: { do: "disk", disk: { writeMin: 3000, writeMax: 4000 } },
  });
  const options = { preVote: true, electionTimeoutMin: 100_000, electionTimeoutMax: 200_000 } as const;
  expect(
    changed(
      { do: "options", options, server: 2 },
      { preVote: { is: "choice", word: "off" }, electionTimeoutMin: { is: "pair", pair: [300, 600] } },
    ),
  ).toEqual({
    act: {
      do: "options",
      options: { preVote: false, electionTimeoutMin: 300_000, electionTimeoutMax: 600_000 },
      server: 2,
    },
  });
  expect(changed({ do: "timer", server: 1, left: 5 }, { left: { is: "number", number: null } })).toEqual({
    problem: "Time left: a number is missing",
  });
});
