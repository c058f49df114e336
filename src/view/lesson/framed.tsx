import { ArrowLeft, ArrowRight } from "lucide-react";
import type { ReactElement } from "react";
import { goToLessonStep } from "../../store/embedding.ts";
import { labState, useLab, usePanelLab } from "../../store/use-lab.ts";
import { Worded } from "../kit/worded/worded.tsx";
import { sayNow } from "../kit/words/now.ts";
import "./framed.css";

/** In a frame of another page: where the step stands, what it says, and the two ways. It asks nothing there. */
export function FramedLesson(): ReactElement | null {
  const lesson = useLab((state) => state.info?.lesson);
  const said = usePanelLab("timeline", sayNow);
  if (lesson === undefined) return null;
  const { step, steps } = lesson;
  return (
    <section className="framed-lesson" aria-label="Story">
      <button
        type="button"
        className="ui-button"
        aria-label="Previous step"
        aria-keyshortcuts="PageUp"
        disabled={step <= 1}
        onClick={() => goToLessonStep(labState(), step - 1)}
      >
        <ArrowLeft size={15} strokeWidth={1.8} aria-hidden="true" />
      </button>
      <div>
        <small>{`Step ${step} of ${steps.length}`}</small>
        <p>
          <Worded text={said} />
        </p>
      </div>
      <button
        type="button"
        className="ui-button ui-dark"
        aria-label="Next step"
        aria-keyshortcuts="PageDown"
        disabled={step >= steps.length}
        onClick={() => goToLessonStep(labState(), step + 1)}
      >
        <ArrowRight size={15} strokeWidth={1.8} aria-hidden="true" />
      </button>
    </section>
  );
}
