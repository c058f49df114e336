import { expect, test } from "vitest";
import { loadPresets, nextScenario, searchScenarios } from "./presets.ts";

const cards = await loadPresets();
const found = (typed: string, formsOf: (word: string) => readonly string[] = () => []) =>
  searchScenarios(cards, typed, formsOf).map(({ id }) => id);

test("every scenario has its card, and seven have a place in the path", () => {
  expect(cards.length).toBeGreaterThanOrEqual(40);
  expect(cards.flatMap(({ place }) => place ?? []).toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(cards.find(({ place }) => place === 1)?.id).toBe("first-election");
});

test("the next one is told by its title", async () => {
  expect((await nextScenario("first-election"))?.title).toBe("Leader crash");
  expect(await nextScenario("")).toBeNull();
});

test("a search begins with titles, then looks into notes, groups and steps", () => {
  expect(found("two leaders")[0]).toBe("two-leaders");
  expect(cards.find(({ id }) => id === found("lease")[0])?.title.toLowerCase()).toContain("lease");
  expect(found("figure 8").slice(0, 2)).toEqual(["figure-8", "figure-8-safe"]);
  expect(found("membership")).toEqual(expect.arrayContaining(["learner-first", "remove-leader"]));
  expect(found("no such thing")).toEqual([]);
  expect(found("")).toEqual(cards.map(({ id }) => id));
});

test("a word is found in its other forms too", () => {
  expect(found("leases zzz", (word) => (word === "zzz" ? ["slow clock"] : ["lease"]))).toContain("lease-slow-clock");
});
