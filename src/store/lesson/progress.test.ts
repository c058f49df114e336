import { expect, test, vi } from "vitest";
import type { LessonCard } from "../../worker/protocol/lesson.ts";
import { taught } from "./fixtures.ts";
import {
  nextLesson,
  noteProgress,
  type Progress,
  readProgress,
  standingIn,
  withAnswer,
  withLesson,
  withPassed,
} from "./progress.ts";

const card = (id: string): LessonCard => ({
  ...{ id, number: 1, group: "one-log", minutes: 6, title: id, asks: "", short: true },
  steps: taught(1).steps,
});
const nothing = readProgress(null);

test("what stands there and is no progress counts as none", () => {
  for (const text of [null, "", "{", "[]", '{"lessons":{"a":{"step":"x"}}}', '{"lessons":{},"last":3,"now":null}'])
    expect(readProgress(text)).toEqual({ lessons: {}, last: null, now: null });
  const known = { ...withPassed(nothing, "a", "one"), last: "a" };
  expect(readProgress(JSON.stringify(known))).toEqual(known);
});

test("a prediction is made once, and told beside what happened", () => {
  const first = withAnswer(nothing, "a", "two", "A");
  expect(withAnswer(first, "a", "two", "B")).toEqual(first);
  expect(standingIn(card("a"), first).predicted).toEqual({ right: 0, of: 1 });
  expect(standingIn(card("a"), withAnswer(nothing, "a", "two", "B")).predicted).toEqual({ right: 1, of: 1 });
  expect(standingIn(card("a"), withAnswer(nothing, "a", "two", "unsure")).predicted).toEqual({ right: 0, of: 1 });
});

test("a lesson is done when each of its steps was, and then begins at its first again", () => {
  const at = (known: Progress) => standingIn(card("a"), known);
  expect(at(nothing)).toEqual({ state: "new", step: 1, predicted: null });
  const begun = withLesson(withPassed(withPassed(nothing, "a", "one"), "a", "one"), "a", () => ({ step: 2 }));
  expect(begun.lessons["a"]?.passed).toEqual(["one"]);
  expect(at(begun)).toMatchObject({ state: "begun", step: 2 });
  const done = withPassed(withPassed(begun, "a", "two"), "a", "three");
  expect(at(done)).toMatchObject({ state: "done", step: 1 });
});

test("one goes on with the lesson that was open last, unless it is done", () => {
  const cards = [card("a"), card("b"), card("c")];
  expect(nextLesson(cards, nothing)?.id).toBe("a");
  expect(nextLesson(cards, { ...nothing, last: "b" })?.id).toBe("b");
  const done = (known: Progress, id: string) =>
    ["one", "two", "three"].reduce((all, step) => withPassed(all, id, step), known);
  expect(nextLesson(cards, { ...done(nothing, "b"), last: "b" })?.id).toBe("a");
  expect(nextLesson(cards, ["a", "b", "c"].reduce(done, nothing))).toBeNull();
});

test("two pages of one device forget nothing of each other", () => {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
  const noted = () => [...kept][0]!;
  noteProgress((known) => withPassed(known, "a", "one"));
  // The other page writes what it has read before that, and its own.
  const [key, text] = noted();
  kept.set(key, JSON.stringify(withPassed(readProgress(text), "b", "two")));
  noteProgress((known) => withPassed(known, "a", "two"));
  const { lessons } = readProgress(noted()[1]);
  expect(lessons["a"]?.passed).toEqual(["one", "two"]);
  expect(lessons["b"]?.passed).toEqual(["two"]);
  vi.unstubAllGlobals();
});
