import { Menu } from "@base-ui/react/menu";
import { Check, ChevronDown, X } from "lucide-react";
import { type ReactElement, useEffect, useRef } from "react";
import { leaveLesson } from "../../store/lesson/open.ts";
import { theLesson, useLesson, useStanding } from "../../store/lesson/use-lesson.ts";
import { page } from "../../store/page.ts";
import { lab, useLab } from "../../store/use-lab.ts";
import type { LessonView } from "../../worker/protocol/lesson.ts";
import { Marked } from "../kit/worded/marked.tsx";
import { formatTime } from "../kit/words/time.ts";
import { citation } from "../kit/words/words.ts";
import { Counter } from "./counter.tsx";
import { LessonFoot } from "./foot.tsx";
import { Question } from "./question.tsx";
import { SaidSoFar } from "./said.tsx";
import { Tasks } from "./tasks.tsx";
import "./lesson.css";

/** The step that is open; `foot`: with Back and Next below it. */
export function Lesson({ foot }: { readonly foot: boolean }): ReactElement | null {
  const view = useLesson((state) => state.view);
  const scroller = useRef<HTMLDivElement>(null);
  const step = view === null ? "" : `${view.id} ${view.step} ${view.counter}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another step begins at its top
  useEffect(() => void scroller.current?.scrollTo(0, 0), [step]);
  if (view === null) return null;
  return (
    <div className="lesson">
      <div className="lesson-body" ref={scroller}>
        <Head view={view} />
        <h2 className="lesson-title">{view.steps[view.step - 1]?.title}</h2>
        {view.counter === null ? <Step view={view} /> : <Counter view={view} />}
        <SaidSoFar />
        <p className="lesson-quiet">
          <button type="button" className="ui-link" onClick={() => page.openHandout(view.id)}>
            Print this lesson as a handout
          </button>
        </p>
      </div>
      {foot && <LessonFoot />}
    </div>
  );
}

function Step({ view }: { readonly view: LessonView }): ReactElement {
  const last = view.step === view.steps.length;
  const done = useStanding()?.next.why === "";
  return (
    <>
      <When view={view} />
      <p className="lesson-text">
        <Marked text={view.text} />
      </p>
      {view.question === null ? <Tasks /> : null}
      <Question />
      {view.question === null ? null : <Tasks />}
      {last && done && <Whole view={view} />}
    </>
  );
}

/** The text is true of one moment: it is said which, and how to get back there. */
function When({ view: { at, fresh } }: { readonly view: LessonView }): ReactElement {
  const here = useLab(({ frame }) => fresh && frame?.position.at === at && frame.strayed === null);
  return (
    <p className="lesson-when">
      {here ? (
        <>Now, at {formatTime(at)}</>
      ) : (
        <>
          When the step began, at {formatTime(at)}:{" "}
          <button
            type="button"
            className="ui-link"
            onClick={() => {
              lab.pause();
              lab.seek(at);
            }}
          >
            look again
          </button>
        </>
      )}
    </p>
  );
}

/** What was learnt, and what comes next. */
function Whole({ view }: { readonly view: LessonView }): ReactElement {
  return (
    <section className="lesson-whole" aria-label="The whole picture">
      <h3>The whole picture</h3>
      <p>
        <Marked text={view.card} />
      </p>
      <p className="lesson-quiet">
        {view.next === null ? "This is the last lesson." : `The next lesson: ${view.next.title}.`}
      </p>
      <p className="lesson-quiet">Read on: {view.sections.map(citation).join(", ")}</p>
    </section>
  );
}

function Head({ view }: { readonly view: LessonView }): ReactElement {
  const { number, of, title, step, steps } = view;
  return (
    <header className="lesson-head">
      <p className="lesson-name" title={title}>
        Lesson {number} of {of}
      </p>
      <span className="lesson-bars" aria-hidden="true">
        {steps.map(({ id }, place) => (
          <i key={id} data-is={place + 1 < step ? "passed" : place + 1 === step ? "here" : "ahead"} />
        ))}
      </span>
      <StepMenu view={view} />
      <button
        type="button"
        className="ui-icon-button"
        aria-label="Leave the lesson"
        title="Leave the lesson"
        onClick={leaveLesson}
      >
        <X size={16} strokeWidth={1.8} aria-hidden="true" />
      </button>
    </header>
  );
}

/** Any step can be reached. */
function StepMenu({ view: { step, steps } }: { readonly view: LessonView }): ReactElement {
  return (
    <Menu.Root>
      <Menu.Trigger className="lesson-count">
        step {step} of {steps.length}
        <ChevronDown size={13} strokeWidth={1.8} aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="lesson-menu-place" align="end" sideOffset={4} collisionPadding={8}>
          <Menu.Popup className="lesson-menu">
            {steps.map(({ id, title }, place) => (
              <Menu.Item
                key={id}
                className="lesson-menu-item"
                aria-current={place + 1 === step ? "step" : undefined}
                onClick={() => theLesson()?.goTo(place + 1)}
              >
                <span className="ui-figures">{place + 1}</span>
                {title}
                {place + 1 === step && <Check size={14} strokeWidth={2.4} aria-hidden="true" />}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
