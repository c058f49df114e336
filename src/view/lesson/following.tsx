import { type ReactElement, useEffect } from "react";
import { letters } from "../../lesson/lesson.ts";
import type { Answer } from "../../store/lesson/course.ts";
import { followLesson, theLesson, useLesson, useStanding } from "../../store/lesson/use-lesson.ts";
import { page, usePage } from "../../store/page.ts";

const ownKeys = "input, textarea, select, [contenteditable], [role=menu], [role=listbox], [role=dialog]";

function answerOf({ key }: KeyboardEvent): Answer | null {
  if (key.toLowerCase() === "n") return "unsure";
  return letters.find((letter) => letter === key.toUpperCase()) ?? null;
}

/** While a question waits its letters answer, and N says "not sure": they mean nothing else then. */
function answerBy(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing || event.repeat) return;
  const { dialog, presenting } = usePage.getState();
  if (dialog !== null || presenting) return;
  if (event.target instanceof Element && event.target.closest(ownKeys) !== null) return;
  const answer = answerOf(event);
  if (answer === null || theLesson()?.offers(answer) !== true) return;
  event.preventDefault();
  theLesson()?.answer(answer);
}

/** Connects the lesson as long as it stands on the page, and says aloud what it says. */
export function Following(): ReactElement {
  useEffect(followLesson, []);
  const step = useLesson(({ view }) => (view === null ? "" : `${view.id} ${view.step} ${view.counter}`));
  useEffect(() => {
    if (step !== "") page.callStory();
  }, [step]);
  const phase = useStanding()?.phase;
  const waits = phase === "asking" || phase === "answered" || phase === "watching";
  useEffect(() => {
    if (!waits) return;
    window.addEventListener("keydown", answerBy, true);
    return () => window.removeEventListener("keydown", answerBy, true);
  }, [waits]);
  const lines = useLesson((state) => state.lines);
  return (
    <div className="ui-hidden" role="log" aria-label="The lesson says">
      {lines.slice(-saidAtOnce).map(({ key, text }) => (
        <p key={key}>{text}</p>
      ))}
    </div>
  );
}
/** Only what comes is read out: what was said before need not stand there. */
const saidAtOnce = 4;
