import { ArrowLeft, ArrowRight, FastForward, Play } from "lucide-react";
import type { ReactElement } from "react";
import { noBack } from "../../store/lesson/course.ts";
import { theLesson, useLesson, useStanding } from "../../store/lesson/use-lesson.ts";
import "./foot.css";

/** Back, Next, and in between why there is no Next yet, or (`bar`) what leads to it. They never move and keep their width. */
export function LessonFoot({ bar = false }: { readonly bar?: boolean }): ReactElement | null {
  const view = useLesson((state) => state.view);
  const now = useStanding();
  if (view === null || now === null) return <div className="lesson-foot" data-bar={bar || undefined} />;
  const { phase, next } = now;
  const onward = next.why === "";
  const passes = phase === "watching" || phase === "showing" || phase === "following";
  return (
    <nav className="lesson-foot" aria-label="Steps of the lesson" data-bar={bar || undefined}>
      <button
        type="button"
        className="ui-button lesson-way"
        aria-keyshortcuts="PageUp"
        title={view.counter === null ? "The step before (PgUp)" : "Back to the lesson (PgUp)"}
        disabled={noBack({ view }) !== null}
        onClick={() => theLesson()?.back()}
      >
        <ArrowLeft size={15} strokeWidth={1.8} aria-hidden="true" />
        Back
      </button>
      {bar && phase === "answered" && (
        <button type="button" className="ui-button ui-dark lesson-middle" onClick={() => theLesson()?.watch()}>
          <Play size={13} fill="currentColor" aria-hidden="true" />
          See what happens
        </button>
      )}
      {bar && passes && (
        <button type="button" className="ui-button lesson-middle" onClick={() => theLesson()?.next()}>
          <FastForward size={14} strokeWidth={1.8} aria-hidden="true" />
          Be there at once
        </button>
      )}
      {!(bar && (phase === "answered" || passes)) && (
        <p className="lesson-why" id={bar ? "lesson-why-bar" : "lesson-why"}>
          {onward ? after(view) : next.why}
        </p>
      )}
      <button
        type="button"
        className={phase === "done" ? "ui-button ui-dark lesson-way" : "ui-button lesson-way"}
        aria-keyshortcuts="PageDown"
        title="Next (PgDn)"
        aria-disabled={!onward || undefined}
        aria-describedby={bar ? "lesson-why-bar" : "lesson-why"}
        onClick={() => theLesson()?.next()}
      >
        Next
        <ArrowRight size={15} strokeWidth={1.8} aria-hidden="true" />
      </button>
    </nav>
  );
}

/** Where Next leads after the last step. */
function after({
  step,
  steps,
  next,
}: {
  step: number;
  steps: readonly unknown[];
  next: { title: string } | null;
}): string {
  if (step < steps.length) return "";
  return next === null ? "that was the last lesson" : `then: ${next.title}`;
}
