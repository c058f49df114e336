import { Check } from "lucide-react";
import type { ReactElement } from "react";
import { theLesson, useLesson, useStanding } from "../../store/lesson/use-lesson.ts";
import { Marked } from "../kit/worded/marked.tsx";
import { formatTime } from "../kit/words/time.ts";

/** What is to be done, ticked by the engine with the moment at which it came true. */
export function Tasks(): ReactElement | null {
  const view = useLesson((state) => state.view);
  const ticks = useLesson((state) => state.ticks);
  const stuck = useLesson((state) => state.stuck);
  const phase = useStanding()?.phase;
  if (view === null || view.tasks.length === 0) return null;
  const open = view.tasks.findIndex((_, place) => ticks[place] == null);
  return (
    <section className="lesson-tasks" aria-label="What to do">
      <ul>
        {view.tasks.map(({ id, says }, place) => {
          const tick = ticks[place] ?? null;
          return (
            <li key={id} data-done={tick !== null || undefined}>
              <span className="lesson-tick">
                {tick !== null && <Check size={12} strokeWidth={3} role="img" aria-label="done" />}
              </span>
              <span>
                <Marked text={says} />
              </span>
              {tick !== null && <span className="ui-figures">{formatTime(tick.at)}</span>}
              {tick === null && place === open && phase === "doing" && (
                <button type="button" className="ui-link lesson-show" onClick={() => theLesson()?.show(id)}>
                  show me
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {stuck && open >= 0 && (
        <p className="lesson-stuck" role="status">
          Nothing has happened for a while. “Show me” begins the step again and does it for you.
        </p>
      )}
    </section>
  );
}
