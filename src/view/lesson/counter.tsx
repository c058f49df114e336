import { RotateCcw, Split, Undo2 } from "lucide-react";
import { type ReactElement, useEffect, useRef } from "react";
import { theLesson, useLesson, useStanding } from "../../store/lesson/use-lesson.ts";
import { usePanelLab } from "../../store/use-lab.ts";
import type { LessonView } from "../../worker/protocol/lesson.ts";
import { Marked } from "../kit/worded/marked.tsx";
import { formatTime } from "../kit/words/time.ts";

/** Another run of the same engine from the same moment: what would follow if that answer were so, or why it is not. */
export function Counter({ view }: { readonly view: LessonView }): ReactElement | null {
  const shown = useLesson(({ ticks }) => ticks[0] != null);
  const ended = useStanding()?.phase === "followed";
  const broken = usePanelLab("inspector", (state) => state.frame?.violation ?? null);
  const ways = useRef<HTMLDivElement>(null);
  const told = ended && shown;
  useEffect(() => {
    if (told) ways.current?.scrollIntoView({ block: "nearest" });
  }, [told]);
  const answer = view.question?.answers.find(({ letter }) => letter === view.counter);
  if (answer === undefined || answer.follows === null) return null;
  const { letter, says, sees, follows } = answer;
  return (
    <section className="lesson-card lesson-counter" aria-label={`What would follow from ${letter}`}>
      <p className="lesson-banner">
        <Split size={15} strokeWidth={1.8} aria-hidden="true" />
        What would follow from {letter}. This is not the lesson’s run.
      </p>
      <div className="lesson-option" data-own>
        <span className="lesson-letter">{letter}</span>
        <span>
          <Marked text={says} />
          <small>
            If so: <Marked text={sees} />
          </small>
        </span>
      </div>
      <p className="lesson-happened">{told ? <Marked text={follows} /> : "Watch the picture."}</p>
      {broken !== null && (
        <p className="lesson-broken">
          <b>{broken.property} breaks</b> at <span className="ui-figures">{formatTime(broken.at)}</span>
        </p>
      )}
      <div className="lesson-pair" ref={ways}>
        <button type="button" className="ui-button ui-dark" onClick={() => theLesson()?.back()}>
          <Undo2 size={15} strokeWidth={1.8} aria-hidden="true" />
          Back to the lesson
        </button>
        <button type="button" className="ui-button" onClick={() => theLesson()?.follow(letter)}>
          <RotateCcw size={14} strokeWidth={1.8} aria-hidden="true" />
          Once more
        </button>
      </div>
    </section>
  );
}
