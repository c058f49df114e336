import { expect, test } from "vitest";
import type { FaultView } from "../../worker/protocol/faults.ts";
import type { Scene } from "../kit/faults/scene.ts";
import { freeNumbers, nemesisAct, nemesisPresets } from "./nemeses.ts";

const scene: Scene = { servers: [1, 2, 3], server: 2, link: null, groups: [], raftGroups: 1, raftGroup: 1 };
const crash: FaultView = {
  name: "crash",
  title: "Crash",
  text: "",
  section: "",
  group: "Process",
  parameters: {
    server: { is: "server", title: "Server" },
    for: { is: "time", title: "For", least: 1, most: 60_000, initial: 1000, optional: true },
  },
  inModel: true,
  needsOne: false,
  aims: "server",
};
const [crashes] = nemesisPresets;

test("a wish becomes an act: times in microseconds, and only what is not left to chance", () => {
  const every = [2_000_000, 5_000_000];
  const act = { do: "nemesis", id: 3, fault: "crash", every, for: [1_000_000, 1_000_000] };
  expect(nemesisAct(crashes!, crash, scene, 3)).toEqual({ act: { ...act, given: {} } });
  expect(nemesisAct({ ...crashes!, leader: true }, crash, scene, 3)).toEqual({
    act: { ...act, aim: "leader", given: {} },
  });
  const onS2 = { ...crashes!, given: { server: { is: "server", server: 2 } } } as const;
  expect(nemesisAct(onS2, crash, scene, 3)).toEqual({ act: { ...act, given: { server: 2 } } });
  expect(nemesisAct({ ...crashes!, leader: true }, { ...crash, aims: null }, scene, 3)).toEqual({
    act: { ...act, given: {} },
  });
});

test("times that make no sense are told", () => {
  expect(nemesisAct({ ...crashes!, every: [5, 5] }, crash, scene, 1)).toEqual({
    problem: "At least 10 ms lie between two strikes.",
  });
  expect(nemesisAct({ ...crashes!, for: [9, 5] }, crash, scene, 1)).toEqual({
    problem: "The first time of a range may not be longer than the second.",
  });
});

test("numbers that are free are taken from the least", () => {
  expect(freeNumbers([{ id: 2 }, { id: 3 }], 3)).toEqual([1, 4, 5]);
});
