import { expect, test } from "vitest";
import { draftsOf, withNew, writtenIn } from "./drafts.ts";

const old = [
  { at: 100, label: "First." },
  { at: 300, label: "Third.", before: "false" as const },
];

test("a new step finds its place in time and wants the keyboard; a moment has one step", () => {
  const drafts = withNew(draftsOf(old), 200);
  expect(drafts.list.map(({ at }) => at)).toEqual([100, 200, 300]);
  expect(drafts.list.find(({ key }) => key === drafts.focus)).toMatchObject({ at: 200, label: "" });
  const again = withNew(drafts, 200);
  expect(again.list).toBe(drafts.list);
  expect(again.focus).toBe(drafts.focus);
  expect(new Set(drafts.list.map(({ key }) => key)).size).toBe(3);
});

test("what was not touched stays, new words are said of this run, and a step without words is none", () => {
  const { list, focus } = withNew(draftsOf(old), 200);
  expect(writtenIn({ list, focus })).toEqual(old);
  const changed = list.map((one) => ({ ...one, label: one.at === 100 ? " " : `${one.label} New. ` }));
  expect(writtenIn({ list: changed, focus })).toEqual([
    { at: 200, label: "New." },
    { at: 300, label: "Third. New." },
  ]);
});
