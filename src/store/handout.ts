import type { Frame } from "../worker/protocol/frame.ts";
import type { LessonView } from "../worker/protocol/lesson.ts";
import { createEngine, type WorkerLike } from "./session/engine.ts";
import { spawnWorker } from "./spawn.ts";

/** A step as it begins. */
export interface Leaf {
  readonly view: LessonView;
  readonly frame: Frame;
}

/**
 * Every step of a lesson as it begins, by an engine of its own: the run on the page stays where it is. Null: there is no
 * such lesson, or the engine stopped.
 */
export async function leavesOf(lesson: string): Promise<readonly Leaf[] | null> {
  let worker: WorkerLike | null = null;
  const engine = createEngine(
    () => {
      worker = spawnWorker();
      return worker;
    },
    () => {},
    () => performance.now(),
  );
  engine.start();
  try {
    const leaves: Leaf[] = [];
    for (let step = 1; ; step++) {
      const opened = await engine.ask("open", { source: { from: "lesson", id: lesson, step } });
      if (opened.kind !== "answer") return null;
      const entered = await engine.ask("enter", { run: opened.answer.run });
      if (entered.kind !== "answer" || entered.answer.info.lesson === undefined) return null;
      leaves.push({ view: entered.answer.info.lesson, frame: entered.answer.frame });
      if (step === entered.answer.info.lesson.steps.length) return leaves;
    }
  } finally {
    (worker as WorkerLike | null)?.terminate();
  }
}
