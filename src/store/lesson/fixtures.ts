import type { LessonView } from "../../worker/protocol/lesson.ts";

const steps = [
  { id: "one", title: "First", right: null, wrong: {} },
  { id: "two", title: "Second", right: "B", wrong: {} },
  { id: "three", title: "Third", right: null, wrong: {} },
] as const;

/** A step of a lesson of three; the second asks something and has a task. */
export const taught = (step: number, over: Partial<LessonView> = {}): LessonView => ({
  id: "lesson",
  number: 1,
  of: 2,
  title: "A lesson",
  sections: ["§5.2"],
  step,
  steps,
  at: 100,
  fresh: true,
  text: "S1 has a **log**.",
  tasks: step === 2 ? [{ id: "crash", says: "Crash S1." }] : [],
  question:
    step === 2
      ? {
          asks: "Who leads?",
          right: "B",
          until: "S2 leads",
          by: 1000,
          happened: "S2 leads.",
          answers: [
            { letter: "A", says: "S1", sees: "S1 has a crown.", follows: "Two lead." },
            { letter: "B", says: "S2", sees: "S2 has a crown.", follows: null },
          ],
        }
      : null,
  counter: null,
  goal: null,
  card: "All in all.",
  next: { id: "other", title: "Another" },
  ...over,
});
