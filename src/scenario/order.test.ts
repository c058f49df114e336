import { expect, test } from "vitest";
import { nextScenario, startHere } from "./order.ts";
import { presets } from "./presets/index.ts";
import { presetGroups } from "./presets/preset.ts";

const after = (id: string) => nextScenario(id, presets)?.id ?? null;

test("the path has seven scenarios, and each leads to the next", () => {
  expect(startHere).toHaveLength(7);
  expect(presets.filter(({ id }) => startHere.includes(id))).toHaveLength(7);
  expect(startHere.slice(0, -1).map(after)).toEqual(startHere.slice(1));
});

test("after the path, and off it, the next of the same group follows, then the next group's first", () => {
  expect(after("figure-8")).toBe("figure-8-safe");
  expect(after("split-vote")).toBe("leader-crash");
  const lastOfReads = presets.findLast(({ group }) => group === "Reads")!;
  expect(after(lastOfReads.id)).toBe(presets.find(({ group }) => group === "Membership")?.id);
});

test("nothing follows the very last, nor a run of one's own", () => {
  expect(after(presets.at(-1)!.id)).toBeNull();
  expect(after("")).toBeNull();
});

test("every group has its scenarios together, in the order of the groups", () => {
  const groups = presets.map(({ group }) => group);
  expect(groups.filter((group, i) => group !== groups[i - 1])).toEqual(presetGroups);
});
