import { type ReactElement, useMemo, useState } from "react";
import { encodePredictions } from "../../lesson/code.ts";
import { letters } from "../../lesson/lesson.ts";
import { type Progress, useProgress } from "../../store/lesson/progress.ts";
import { useCards } from "../../store/lesson/use-cards.ts";
import { copy } from "../../store/sharing.ts";
import type { LessonCard } from "../../worker/protocol/lesson.ts";
import { DialogFrame } from "../kit/form/frame.tsx";
import { type ClassTally, tallyOf } from "./tally.ts";
import "./quiz.css";

/** What was predicted, as a text to hand in; and what a class has handed in, counted. */
export function PredictionsDialog(): ReactElement {
  const cards = useCards();
  const [copied, setCopied] = useState(false);
  const [text, setText] = useState("");
  const progress = useProgress();
  const code = useMemo(() => codeOf(cards, progress), [cards, progress]);
  const tally = useMemo(() => tallyOf(text, cards), [text, cards]);
  return (
    <DialogFrame
      title="Predictions as a code"
      about="A code says what somebody predicted in the lessons, and nothing else. It is handed in by whatever way a class has."
      size="large"
    >
      <h3 className="quiz-part">Yours{answered(cards, progress) ? "" : ": nothing was predicted yet"}</h3>
      <div className="quiz-code">
        <input
          className="ui-field"
          readOnly
          value={code}
          aria-label="Code of your predictions"
          onFocus={(e) => e.target.select()}
        />
        <button type="button" className="ui-button" onClick={async () => setCopied(await copy(Promise.resolve(code)))}>
          {copied ? "Copied" : "Copy"}
        </button>
      </div>
      <h3 className="quiz-part">Those of a class</h3>
      <textarea
        className="ui-field quiz-codes"
        rows={4}
        spellCheck={false}
        placeholder="One code in each line"
        aria-label="Codes, one in each line"
        value={text}
        onChange={(e) => setText(e.target.value)}
      />
      <Tallied tally={tally} />
    </DialogFrame>
  );
}

const answered = (cards: readonly LessonCard[], { lessons }: Progress): boolean =>
  cards.some(({ id }) => Object.keys(lessons[id]?.answers ?? {}).length > 0);

function codeOf(cards: readonly LessonCard[], { lessons }: Progress): string {
  return encodePredictions(
    cards.map(({ id, number, steps }) => ({
      number,
      answers: steps.filter(({ right }) => right !== null).map((step) => lessons[id]?.answers[step.id] ?? null),
    })),
  );
}

function Tallied({ tally: { codes, wrong, questions, held } }: { readonly tally: ClassTally }): ReactElement {
  return (
    <div aria-live="polite">
      {wrong.map(({ line, why }) => (
        <p key={line} className="quiz-wrong">
          Line {line}: {why}
        </p>
      ))}
      {codes > 0 && (
        <>
          <p>{codes === 1 ? "One code." : `${codes} codes.`}</p>
          <table className="quiz-result">
            <thead>
              <tr>
                <th>Question</th>
                {letters.map((letter) => (
                  <th key={letter}>{letter}</th>
                ))}
                <th>not sure</th>
              </tr>
            </thead>
            <tbody>
              {questions.map(({ lesson, step, counts }) => (
                <tr key={`${lesson.id} ${step.id}`}>
                  <td>
                    {lesson.number}. {lesson.title}: {step.title}
                  </td>
                  {letters.map((letter) => (
                    <td key={letter} data-right={letter === step.right || undefined}>
                      {counts[letter] ?? ""}
                    </td>
                  ))}
                  <td>{counts.unsure ?? ""}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {held.length > 0 && (
            <>
              <h3 className="quiz-part">What the wrong answers stand for</h3>
              <ol className="quiz-held">
                {held.map(({ misconception, count }) => (
                  <li key={misconception}>
                    <b>{count}</b> {misconception}
                  </li>
                ))}
              </ol>
            </>
          )}
        </>
      )}
    </div>
  );
}
