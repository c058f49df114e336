import { describe, expect, test } from "vitest";
import type { LessonView, QuestionView } from "../../worker/protocol/lesson.ts";
import { isRevealed, nextWay, noBack, phaseOf, type Standing, spaceTakes } from "./course.ts";
import { taught } from "./fixtures.ts";

const tick = { at: 5, event: 5 };
const question = taught(2).question as QuestionView;
const standing = (over: Partial<Omit<Standing, "view">>, view: Partial<LessonView> = {}): Standing => ({
  view: taught(2, view),
  ticks: [null, null],
  answer: null,
  passed: false,
  at: 100,
  watching: false,
  showing: false,
  over: false,
  ...over,
});

describe("a step with a question and a task", () => {
  test.each([
    ["before an answer", {}, "asking", "ask", "first answer the question", "ask"],
    ["not sure is an answer", { answer: "unsure" }, "answered", "watch", "answered; now play on", "watch"],
    ["a letter", { answer: "B" }, "answered", "watch", "answered; now play on", "watch"],
    ["time passes", { answer: "B", watching: true }, "watching", "arrive", "the run answers", null],
    ["the run has answered", { answer: "B", ticks: [null, tick] }, "doing", "none", "one task is left", null],
    [
      "it has not, in the time that it had",
      { answer: "B", at: question.by },
      "doing",
      "none",
      "one task is left",
      null,
    ],
    [
      "a task is shown",
      { answer: "B", ticks: [null, tick], showing: true },
      "showing",
      "arrive",
      "it is being shown",
      null,
    ],
    ["all is done", { answer: "B", ticks: [tick, tick] }, "done", "step", "", null],
    [
      "the task alone is done",
      { answer: "B", ticks: [tick, null] },
      "answered",
      "watch",
      "answered; now play on",
      "watch",
    ],
    ["it was passed before", { passed: true }, "asking", "step", "", "ask"],
  ] as const)("%s", (_, over, phase, does, why, space) => {
    const now = standing(over);
    expect(phaseOf(now)).toBe(phase);
    expect(nextWay(now)).toEqual({ does, why });
    expect(spaceTakes(now)).toBe(space);
  });

  test("without an answer nothing is revealed, whatever the run has done", () => {
    expect(isRevealed(standing({ ticks: [tick, tick], at: 1e9 }))).toBe(false);
  });
});

test("without a question and a task a step is done at once; several tasks are counted", () => {
  expect(phaseOf(standing({ ticks: [] }, { question: null, tasks: [] }))).toBe("done");
  const tasks = ["a", "b", "c"].map((id) => ({ id, says: id }));
  expect(nextWay(standing({ ticks: [tick] }, { question: null, tasks }))).toEqual({
    does: "none",
    why: "2 tasks are left",
  });
});

test("after the last step comes the next lesson, and after the last lesson the list", () => {
  const done = { question: null, tasks: [], step: 3 } as const;
  expect(nextWay(standing({}, { ...done, next: { id: "b", title: "B" } })).does).toBe("lesson");
  expect(nextWay(standing({}, { ...done, next: null })).does).toBe("lessons");
});

test("a counter-example is played to its end, and leads back; it is never passed", () => {
  const own = { counter: "A", goal: 500 } as const;
  expect(phaseOf(standing({ at: 499 }, own))).toBe("following");
  expect(nextWay(standing({ at: 499, passed: true }, own)).does).toBe("arrive");
  expect(phaseOf(standing({ at: 500 }, own))).toBe("followed");
  expect(phaseOf(standing({ at: 300, over: true }, own))).toBe("followed");
  expect(nextWay(standing({ at: 500, passed: true }, own))).toMatchObject({ does: "back" });
  expect(spaceTakes(standing({ at: 300 }, own))).toBeNull();
});

test("there is no way back from the first step, but from its counter-example", () => {
  expect(noBack({ view: taught(1) })).not.toBeNull();
  expect(noBack({ view: taught(2) })).toBeNull();
  expect(noBack({ view: taught(1, { counter: "A" }) })).toBeNull();
});
