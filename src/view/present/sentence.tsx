import type { ReactElement } from "react";
import type { LabState } from "../../store/lab.ts";
import { plainText } from "../../store/lesson/lines.ts";
import { useLesson, useStanding } from "../../store/lesson/use-lesson.ts";
import { usePresenter } from "../../store/presenter.ts";
import { nextMove, stepsOf, storyPlace } from "../../store/story.ts";
import { usePanelLab } from "../../store/use-lab.ts";
import { sayNow } from "../kit/words/now.ts";
import { Answers } from "./question.tsx";

/** What is shown, and, once it was asked, what the room is to say before it sees it. */
export function Sentence(): ReactElement {
  const lesson = useLesson(({ view }) => view);
  return <div className="present-words">{lesson === null ? <Story /> : <Taught />}</div>;
}

function Story(): ReactElement {
  const said = usePanelLab("timeline", saying);
  const asked = usePresenter((state) => state.asked);
  const place = usePanelLab("timeline", placeWords);
  return (
    <>
      <Large text={said} question={asked ? "What happens next?" : ""} />
      <p className="present-place">{place}</p>
    </>
  );
}

/** A lesson's step: what it says, then what it asks, then what the run has shown. */
function Taught(): ReactElement | null {
  const view = useLesson((state) => state.view);
  const revealed = useLesson((state) => state.revealed);
  const phase = useStanding()?.phase;
  const asked = usePresenter((state) => state.asked);
  if (view === null) return null;
  const { question } = view;
  const asks = question !== null && (asked || (phase !== "asking" && !revealed));
  const shows = question !== null && asked && revealed;
  return (
    <>
      <div>
        {shows ? (
          <Large text={plainText(question.happened)} question="" />
        ) : asks ? (
          <Large text="" question={plainText(question.asks)} />
        ) : (
          <Large text={plainText(view.text)} question="" />
        )}
        {question !== null && (asks || shows) && <Answers question={question} revealed={revealed} />}
      </div>
      <p className="present-place">
        {view.step} of {view.steps.length}
      </p>
    </>
  );
}

function Large({ text, question }: { readonly text: string; readonly question: string }): ReactElement {
  return (
    <p
      className="present-sentence"
      aria-live="polite"
      data-long={text.length + question.length > longFrom || undefined}
    >
      {text} {question !== "" && <strong>{question}</strong>}
    </p>
  );
}

/** Characters from which a sentence is set smaller: three lines of it have room. */
const longFrom = 150;

/** On the way to a step what will be seen there, said as what to look for; else what holds now. */
function saying(state: LabState): string {
  const { until } = state;
  const coming =
    until === null ? undefined : stepsOf(state).find(({ at, before }) => at === until && before === undefined);
  return coming === undefined ? sayNow(state) : `Watch: ${coming.label}`;
}

function placeWords(state: LabState): string {
  const count = stepsOf(state).length;
  const place = storyPlace(state);
  if (count === 0 || !("step" in place)) return "";
  const last = nextMove(state).kind === "step" ? "" : ", the last";
  return `${place.step + 1} of ${count}${last}`;
}
