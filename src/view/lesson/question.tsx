import { Play, Split } from "lucide-react";
import { type ReactElement, useEffect, useRef } from "react";
import type { Letter } from "../../lesson/lesson.ts";
import type { Answer } from "../../store/lesson/course.ts";
import { plainText } from "../../store/lesson/lines.ts";
import { theLesson, useLesson, useStanding } from "../../store/lesson/use-lesson.ts";
import type { AnswerView, QuestionView } from "../../worker/protocol/lesson.ts";
import { Marked } from "../kit/worded/marked.tsx";

/** Asks before the run goes on; then the run itself answers. */
export function Question(): ReactElement | null {
  const question = useLesson(({ view }) => view?.question ?? null);
  const revealed = useLesson((state) => state.revealed);
  if (question === null) return null;
  return revealed ? <Answered question={question} /> : <Asked question={question} />;
}

function Asked({ question }: { readonly question: QuestionView }): ReactElement {
  const answer = useLesson((state) => state.answer);
  const calls = useLesson((state) => state.calls);
  const phase = useStanding()?.phase;
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (calls === 0) return;
    card.current?.focus({ preventScroll: true });
    card.current?.scrollIntoView({ block: "nearest" });
  }, [calls]);
  return (
    <section className="lesson-card" aria-labelledby="lesson-ask" tabIndex={-1} ref={card}>
      <div className="lesson-ask">
        <h3 id="lesson-ask">
          <Marked text={question.asks} />
        </h3>
        <button
          type="button"
          className="ui-link"
          aria-pressed={answer === "unsure"}
          title="Not sure (N)"
          onClick={() => theLesson()?.answer("unsure")}
        >
          not sure
        </button>
      </div>
      <ul className="lesson-options">
        {question.answers.map((option) => (
          <li key={option.letter}>
            <Option option={option} chosen={answer === option.letter} />
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="ui-button lesson-go"
        aria-keyshortcuts="Space"
        disabled={answer === null || phase === "watching"}
        onClick={() => theLesson()?.watch()}
      >
        <Play size={13} fill="currentColor" aria-hidden="true" />
        Play on and see
        <span className="ui-key ui-desk" aria-hidden="true">
          Space
        </span>
      </button>
      <p className="lesson-quiet">{quietWords(answer, phase === "watching")}</p>
    </section>
  );
}

function quietWords(answer: Answer | null, watching: boolean): string {
  if (watching) return "Now the run answers.";
  if (answer === null) return "Time waits for an answer. Everything can be touched.";
  return answer === "unsure"
    ? "Nobody has to know. You can still choose one."
    : "You can still change your answer. Nobody is told.";
}

function Option({ option, chosen }: { readonly option: AnswerView; readonly chosen: boolean }): ReactElement {
  const { letter, says, sees } = option;
  return (
    <button
      type="button"
      className="lesson-option"
      aria-pressed={chosen}
      aria-keyshortcuts={letter}
      onClick={() => theLesson()?.answer(letter)}
    >
      <span className="lesson-letter">{letter}</span>
      <span>
        <Plain text={says} />
        {chosen && (
          <small>
            If so: <Plain text={sees} />
          </small>
        )}
      </span>
    </button>
  );
}

/** An answer is pressed, or read in passing: none of its words opens anything. */
const Plain = ({ text }: { readonly text: string }): string => plainText(text);

/** What was answered, and what the run has shown. Nothing is called wrong. */
function Answered({ question }: { readonly question: QuestionView }): ReactElement {
  const answer = useLesson((state) => state.answer);
  const came = useLesson(({ ticks }) => ticks.at(-1) != null);
  const { answers, asks, right, happened } = question;
  const outcome = useRef<HTMLParagraphElement>(null);
  // It is what everybody has waited for.
  useEffect(() => void outcome.current?.scrollIntoView({ block: "nearest" }), []);
  const others = answers.filter(({ letter, follows }) => follows !== null && letter !== answer);
  const own = answers.find(({ letter, follows }) => follows !== null && letter === answer);
  return (
    <section className="lesson-card" aria-labelledby="lesson-ask">
      <h3 id="lesson-ask" className="lesson-asked">
        <Marked text={asks} />
      </h3>
      <ul className="lesson-options">
        {answers.map(({ letter, says }) => {
          const isRight = came && letter === right;
          const said = [letter === answer ? "your answer" : "", isRight ? "what happened" : ""].filter(Boolean);
          return (
            <li
              key={letter}
              className="lesson-option"
              data-right={isRight || undefined}
              data-own={letter === answer || undefined}
            >
              <span className="lesson-letter">{letter}</span>
              <span>
                <Plain text={says} />
              </span>
              <em>{said.join(", ")}</em>
            </li>
          );
        })}
      </ul>
      {answer === "unsure" && <p className="lesson-quiet">You were not sure.</p>}
      {came ? (
        <p className="lesson-happened" ref={outcome}>
          <Marked text={happened} />
        </p>
      ) : (
        <p className="lesson-happened" ref={outcome}>
          In this run it has not come about: something was done in it since the step began.{" "}
          <button type="button" className="ui-link" onClick={() => theLesson()?.again()}>
            Begin the step again
          </button>
        </p>
      )}
      {own !== undefined && (
        <button type="button" className="ui-button lesson-go" onClick={() => theLesson()?.follow(own.letter)}>
          <Split size={14} strokeWidth={1.8} aria-hidden="true" />
          See what would follow from {own.letter}
        </button>
      )}
      {others.length > 0 && <Others letters={others.map(({ letter }) => letter)} own={own !== undefined} />}
    </section>
  );
}

function Others({ letters, own }: { readonly letters: readonly Letter[]; readonly own: boolean }): ReactElement {
  return (
    <p className="lesson-others">
      {own ? "Or from another answer:" : "See what would follow from another answer:"}
      {letters.map((letter) => (
        <button
          key={letter}
          type="button"
          className="lesson-other"
          aria-label={`See what would follow from ${letter}`}
          onClick={() => theLesson()?.follow(letter)}
        >
          <span className="lesson-letter">{letter}</span>
        </button>
      ))}
    </p>
  );
}
