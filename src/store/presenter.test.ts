import { afterEach, describe, expect, test } from "vitest";
import type { LessonView } from "../worker/protocol/lesson.ts";
import { actionOf } from "./actions/table.ts";
import type { LabState } from "./lab.ts";
import { taught } from "./lesson/fixtures.ts";
import { page, usePage } from "./page.ts";
import { notesOf } from "./presenter.ts";
import { emptyLab } from "./session/session.ts";

const shown = (lesson: LessonView): LabState => ({ ...emptyLab, info: { title: "A lesson", lesson } as never });
const notes = (lesson: LessonView, asked = false) => notesOf(shown(lesson), { asked, since: 0 });

afterEach(() => usePage.setState({ told: false, presenting: false }));

describe("what who speaks is told of a lesson", () => {
  test("the question and its answer as long as the room has not seen it, then what the next press opens", () => {
    expect(notes(taught(2), true)).toMatchObject({
      ...{ step: 2, steps: 3, asked: true, said: "S1 has a log." },
      next: "Who leads? It is B. S2 leads.",
    });
    page.tell(true);
    expect(notes(taught(2), true)).toMatchObject({ asked: false, said: "S2 leads.", next: "Third" });
  });

  test("after the last step comes the next lesson, and after the last lesson nothing", () => {
    expect(notes(taught(3)).next).toBe("The next lesson: Another");
    expect(notes(taught(3, { next: null })).next).toBe("");
  });
});

test("before a room the theme that is kept is not changed unseen", () => {
  const refused = () => actionOf("theme", null, emptyLab)?.disabledReason;
  expect(refused()).toBeUndefined();
  page.present(true);
  expect(refused()).toBe("a projector has no dark");
});
