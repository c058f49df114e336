import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import type { LessonView, Tick } from "../../worker/protocol/lesson.ts";
import type { LabState } from "../lab.ts";
import { emptyLab } from "../session/session.ts";
import { taught } from "./fixtures.ts";
import { createLesson, type Household, noLesson } from "./lesson.ts";
import { type Progress, readProgress } from "./progress.ts";

/** A page on which a lesson is open, and an engine whose ticks the test makes. */
function setUp(noted: Progress = readProgress(null)) {
  let state: LabState = emptyLab;
  const listeners = new Set<() => void>();
  let progress = noted;
  let ticks: readonly (Tick | null)[] = [];
  const lab = { open: vi.fn(), playTo: vi.fn(), pause: vi.fn(), seek: vi.fn(), runUntil: vi.fn() };
  const store = createStore(() => noLesson);
  const house: Household = {
    store,
    state: () => state,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    lab,
    ticks: async () => ({ ticks }),
    save: async () => "the run",
    progress: () => progress,
    note: (change) => {
      progress = change(progress);
    },
    openList: vi.fn(),
    showQuestion: vi.fn(),
  };
  const lesson = createLesson(house);
  const change = async (over: Partial<LabState>): Promise<void> => {
    state = { ...state, ...over };
    for (const listener of listeners) listener();
    await vi.advanceTimersByTimeAsync(0);
  };
  const frame = (at: number, strayed: number | null = null) =>
    ({ position: { at, event: at }, branch: 0, strayed, violation: null, stopped: null }) as LabState["frame"];
  return {
    lesson,
    lab,
    house,
    get: store.getState,
    progress: () => progress,
    /** A run comes onto the page; null: of no lesson. */
    enter: (view: LessonView | null, at = 100, strayed: number | null = null, status: LabState["status"] = "ready") =>
      change({
        status,
        info: { differs: [], preset: view === null ? "figure-8" : "lesson", ...(view && { lesson: view }) } as never,
        frame: frame(at, strayed),
      }),
    at: (at: number, over: Partial<LabState> = {}) => change({ frame: frame(at), ...over }),
    tick(...made: readonly (Tick | null)[]): void {
      ticks = made;
    },
    said: () => store.getState().lines.map(({ text }) => text),
    opened: () => lab.open.mock.calls.at(-1)?.[0],
  };
}
const tick = { at: 200, event: 200 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a question", () => {
  test("holds time until it is answered; then Play leads to what the run says", async () => {
    const { lesson, lab, enter, get, at, tick: make, said, progress, house } = setUp();
    await enter(taught(2));
    expect(lesson.takes("onward")).toBe(true);
    expect(lesson.takes("play")).toBe(true);
    expect(house.showQuestion).toHaveBeenCalledTimes(2);
    lesson.answer("A");
    expect(lesson.takes("onward")).toBe(false);
    expect(lesson.takes("play")).toBe(true);
    expect(lab.playTo).toHaveBeenLastCalledWith(1000, undefined, "S2 leads");
    lesson.answer("B");
    expect(get().answer, "it can be changed").toBe("B");
    make(null, tick);
    await at(200);
    expect(get()).toMatchObject({ revealed: true, ticks: [null, tick] });
    expect(said().at(-1)).toBe("What happened: B, S2. S2 leads.");
    expect(progress().lessons["lesson"]?.answers).toEqual({ two: "B" });
    lesson.answer("A");
    expect(get().answer, "it is answered").toBe("B");
    expect(lesson.takes("play")).toBe(false);
  });

  test("what does not come about in its time is not told as if it had", async () => {
    const { lesson, enter, at, said } = setUp();
    await enter(taught(2));
    lesson.answer("unsure");
    await at(1000);
    expect(said().at(-1)).toBe("In this run it has not come about.");
  });

  test("an answer that it does not have is none", async () => {
    const { lesson, enter, get } = setUp();
    await enter(taught(2));
    lesson.answer("D");
    expect(get().answer).toBeNull();
  });
});

describe("what would follow", () => {
  test("is played, told at its end, and leads back to where one was", async () => {
    const { lesson, lab, enter, at, tick: make, get, opened, said } = setUp();
    await enter(taught(2));
    lesson.answer("A");
    make(tick, tick);
    await at(200);
    lesson.follow("A");
    await vi.advanceTimersByTimeAsync(0);
    expect(opened()).toEqual({ from: "lesson", id: "lesson", step: 2, counter: "A" });
    make(null);
    await enter(taught(2, { counter: "A", goal: 400 }));
    expect(lab.playTo).toHaveBeenLastCalledWith(400, undefined);
    expect(lesson.noBack()).toBeNull();
    expect(lesson.takes("onward"), "it asks nothing").toBe(false);
    make(tick);
    await at(400);
    expect(said().at(-1)).toBe("Two lead.");
    lesson.next();
    expect(opened()).toEqual({ from: "file", text: "the run" });
    await enter(taught(2), 200);
    expect(get()).toMatchObject({ answer: "A", ticks: [tick, tick], revealed: true, view: { counter: null } });
  });

  test("leads back to what was answered though the page was loaded again meanwhile", async () => {
    const before = setUp();
    await before.enter(taught(2));
    before.lesson.answer("A");
    before.tick(null, tick);
    await before.at(200);
    const { lesson, enter, get, opened } = setUp(before.progress());
    await enter(taught(2, { counter: "A", goal: 400 }), 400);
    expect(get()).toMatchObject({ answer: null, view: { counter: "A" } });
    lesson.back();
    expect(opened()).toEqual({ from: "lesson", id: "lesson", step: 2 });
    await enter(taught(2));
    expect(get()).toMatchObject({ answer: "A", ticks: [null, tick], revealed: true, view: { counter: null } });
  });
});

describe("a step", () => {
  test("that is entered again is as it was at first", async () => {
    const { lesson, enter, at, tick: make, get, opened } = setUp();
    await enter(taught(2));
    lesson.answer("A");
    make(tick, tick);
    await at(200);
    lesson.again();
    expect(opened()).toEqual({ from: "lesson", id: "lesson", step: 2 });
    make(null, null);
    await enter(taught(2));
    expect(get()).toMatchObject({ answer: null, revealed: false, passed: true });
    expect(get().ticks.some((each) => each !== null)).toBe(false);
  });

  test("that is shown how to be done keeps what was done", async () => {
    const { lesson, lab, enter, at, tick: make, get, opened } = setUp();
    await enter(taught(2));
    lesson.answer("B");
    make(null, tick);
    await at(200);
    lesson.show("crash");
    expect(opened()).toEqual({ from: "lesson", id: "lesson", step: 2, show: "crash" });
    make(null, null);
    await enter(taught(2, { goal: 300_100 }));
    expect(get()).toMatchObject({ answer: "B", ticks: [null, tick], revealed: true });
    expect(lab.playTo, "what takes long is shown in little time").toHaveBeenLastCalledWith(300_100, 15_000);
  });

  test("that a page finds at a later moment is as this device remembers it; another one is new", async () => {
    const now = { id: "lesson", step: 2, answer: "A" as const, ticks: [tick, null] };
    const again = setUp({ lessons: {}, last: "lesson", now });
    await again.enter(taught(2), 150, 100);
    expect(again.get()).toMatchObject({ answer: "A", ticks: [tick, null] });
    const acted = setUp({ lessons: {}, last: "lesson", now });
    await acted.enter(taught(2, { fresh: false }));
    expect(acted.get(), "at the moment at which the step began, too").toMatchObject({ answer: "A" });
    const other = setUp({ lessons: {}, last: "lesson", now: { ...now, step: 3 } });
    await other.enter(taught(2), 150, 100);
    expect(other.get()).toMatchObject({ answer: null, ticks: [] });
    const fresh = setUp({ lessons: {}, last: "lesson", now });
    await fresh.enter(taught(2));
    expect(fresh.get()).toMatchObject({ answer: null });
  });

  test("stays what it is where the engine dies and comes back", async () => {
    const { lesson, enter, get, said } = setUp();
    await enter(taught(2));
    lesson.answer("A");
    await enter(taught(2), 100, null, "restoring");
    expect(get().answer).toBe("A");
    expect(said().filter((line) => line.startsWith("Step"))).toHaveLength(1);
  });

  test("leads on when all is done, and is noted", async () => {
    const { lesson, enter, at, tick: make, opened, progress } = setUp();
    await enter(taught(1));
    expect(progress()).toMatchObject({ last: "lesson", lessons: { lesson: { step: 1, passed: ["one"] } } });
    lesson.next();
    expect(opened()).toEqual({ from: "lesson", id: "lesson", step: 2 });
    await enter(taught(2));
    lesson.answer("B");
    make(null, tick);
    await at(200);
    expect(lesson.noNext()).toBe("one task is left");
    make(tick, tick);
    await at(300);
    expect(lesson.noNext()).toBeNull();
    await enter(taught(3));
    expect(progress().lessons["lesson"]?.passed).toEqual(["one", "two", "three"]);
    lesson.next();
    expect(opened()).toEqual({ from: "lesson", id: "other", step: 1 });
    lesson.back();
    expect(opened()).toEqual({ from: "lesson", id: "lesson", step: 2 });
  });

  test("is gone where another run is opened", async () => {
    const { enter, get } = setUp();
    await enter(taught(1));
    await enter(null);
    expect(get()).toEqual(noLesson);
  });
});

test("whoever does nothing for a minute is told of help, until something happens", async () => {
  const { lesson, enter, at, tick: make, get } = setUp();
  await enter(taught(2));
  await vi.advanceTimersByTimeAsync(90_000);
  expect(get().stuck, "a question may be thought over").toBe(false);
  lesson.answer("B");
  make(null, tick);
  await at(200);
  await vi.advanceTimersByTimeAsync(59_000);
  expect(get().stuck).toBe(false);
  await vi.advanceTimersByTimeAsync(1000);
  expect(get().stuck).toBe(true);
  await at(250);
  expect(get().stuck).toBe(false);
});

test("what was said is kept: the step, its tasks as they are done, and in plain words", async () => {
  const { lesson, enter, at, tick: make, said } = setUp();
  await enter(taught(2));
  expect(said()).toEqual(["Step 2 of 3: Second. S1 has a log. Task: Crash S1. Before you go on: Who leads?"]);
  lesson.answer("A");
  expect(said().at(-1)).toBe("Your answer: A, S1. If it is so: S1 has a crown.");
  make(tick, null);
  await at(200);
  expect(said().at(-1)).toBe("Done: Crash S1. 1 of 1.");
});
