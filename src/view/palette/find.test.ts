import { Circle } from "lucide-react";
import { expect, test } from "vitest";
import { type Entry, type EntryGroup, found } from "./find.ts";

const entry = (label: string, more: Partial<Entry> = {}): Entry => ({
  value: label,
  label,
  about: "",
  icon: Circle,
  run: () => undefined,
  ...more,
});
const groups: readonly EntryGroup[] = [
  { value: "Usual", items: [entry("Crash S3")] },
  {
    value: "Server",
    items: [entry("Crash S1"), entry("Let S1 send heartbeats", { refused: "only a leader sends heartbeats" })],
  },
  { value: "Empty", items: [] },
  {
    value: "Scenarios",
    items: [entry("Leader crash", { about: "heartbeats stop" }), entry("Two leaders")],
    byName: true,
  },
];
const labels = (typed: string) =>
  found(groups, typed).map(({ value, items }) => [value, ...items.map(({ label }) => label)]);

test("with nothing typed everything is there but what has to be named", () => {
  expect(labels(" ")).toEqual([
    ["Usual", "Crash S3"],
    ["Server", "Crash S1", "Let S1 send heartbeats"],
  ]);
});

test("what is called so comes before what speaks of it, and what is impossible last", () => {
  expect(labels("crash").map(([group]) => group)).toEqual(["Usual", "Server", "Scenarios"]);
  expect(labels("leader cra")).toEqual([["Scenarios", "Leader crash"]]);
  expect(labels("heartbeats")).toEqual([
    ["Scenarios", "Leader crash"],
    ["Server", "Let S1 send heartbeats"],
  ]);
});

test("what has exactly that name comes before what begins with it", () => {
  const two = [
    { value: "Scenarios", items: [entry("Pre-vote keeps the peace")] },
    { value: "Words", items: [entry("pre-vote")] },
  ];
  expect(found(two, "pre-vote").map(({ value }) => value)).toEqual(["Words", "Scenarios"]);
});

test("a group is found by its name, and nothing where nothing fits", () => {
  expect(labels("scenarios two")).toEqual([["Scenarios", "Two leaders"]]);
  expect(labels("no such thing")).toEqual([]);
});

test("of one group only so many are shown", () => {
  const many = [{ value: "Many", items: Array.from({ length: 40 }, (_, i) => entry(`Thing ${i}`)) }];
  expect(found(many, "thing")[0]?.items).toHaveLength(12);
});
