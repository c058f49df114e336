import { type ReactElement, useEffect, useState } from "react";
import { type Letter, letters } from "../../lesson/lesson.ts";
import { publishedMean, type QuizQuestion, quiz, quizWords } from "../../lesson/quiz.ts";
import type { Answer } from "../../store/lesson/course.ts";
import { openLesson } from "../../store/lesson/open.ts";
import { noteQuiz, type QuizAnswers, recallQuiz, useQuiz } from "../../store/lesson/quiz.ts";
import { page } from "../../store/page.ts";
import { DialogFrame } from "../kit/form/frame.tsx";
import "./quiz.css";

/** Eight questions, then how many were right, beside what students got. */
export function QuizDialog(): ReactElement {
  const [answers, setAnswers] = useState<QuizAnswers>({});
  const [done, setDone] = useState(false);
  useEffect(recallQuiz, []);
  const left = quiz.length - Object.keys(answers).length;
  const finish = () => {
    noteQuiz(answers);
    setDone(true);
  };
  return (
    <DialogFrame
      title="Test yourself"
      about="Eight questions after the Raft user study, best asked before the lessons and once more after them. Nobody is told."
      size="large"
    >
      {done ? (
        <Result
          answers={answers}
          onAgain={() => {
            setAnswers({});
            setDone(false);
          }}
        />
      ) : (
        <>
          <ol className="quiz">
            {quiz.map((question, at) => (
              <li key={question.id}>
                <Asked
                  question={question}
                  number={at + 1}
                  answer={answers[question.id]}
                  onAnswer={(answer) => setAnswers({ ...answers, [question.id]: answer })}
                />
              </li>
            ))}
          </ol>
          <div className="quiz-foot">
            <button type="button" className="ui-button ui-dark" disabled={left > 0} onClick={finish}>
              Show the result
            </button>
            <span>{left === 0 ? "" : left === 1 ? "one question is left" : `${left} questions are left`}</span>
          </div>
        </>
      )}
    </DialogFrame>
  );
}

interface AskedProps {
  readonly question: QuizQuestion;
  readonly number: number;
  readonly answer: Answer | undefined;
  onAnswer(answer: Answer): void;
}

function Asked({ question: { id }, number, answer, onAnswer }: AskedProps): ReactElement {
  const words = quizWords[id]!;
  const choices: readonly (readonly [Answer, string])[] = [
    ...letters.flatMap((letter): [Letter, string][] =>
      words.answers[letter] === undefined ? [] : [[letter, words.answers[letter]]],
    ),
    ["unsure", "Not sure."],
  ];
  return (
    <fieldset>
      <legend>
        {number}. {words.asks}
      </legend>
      {choices.map(([value, says]) => (
        <label key={value}>
          <input type="radio" name={id} checked={answer === value} onChange={() => onAnswer(value)} />
          <span>
            {value === "unsure" ? "" : `${value}. `}
            {says}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** An answer may be a mere log. */
const sentence = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);

const rightIn = (answers: QuizAnswers): number => quiz.filter(({ id, right }) => answers[id] === right).length;

function Result({ answers, onAgain }: { readonly answers: QuizAnswers; onAgain(): void }): ReactElement {
  const { first, last } = useQuiz();
  return (
    <>
      <p className="quiz-sum">
        <strong>
          {rightIn(answers)} of {quiz.length} right.
        </strong>{" "}
        {first !== null && last !== null && `The first time ${rightIn(first)}, now ${rightIn(last)}.`}
      </p>
      <p>
        In the study 45 students got {publishedMean} % of the points after an hour of lecture. They wrote free text,
        which is harder than choosing a letter.
      </p>
      <table className="quiz-result">
        <thead>
          <tr>
            <th>Question</th>
            <th>You</th>
            <th>Right</th>
            <th>Students’ points</th>
          </tr>
        </thead>
        <tbody>
          {quiz.map(({ id, right, published, lesson }) => (
            <tr key={id}>
              <td>
                <p>{quizWords[id]!.asks}</p>
                <p>
                  {right}. {sentence(quizWords[id]!.answers[right] ?? "")} {quizWords[id]!.because}
                </p>
                {lesson !== null && (
                  <button
                    type="button"
                    className="ui-link"
                    onClick={() => {
                      page.closeDialog();
                      openLesson(lesson.id);
                    }}
                  >
                    See it in a lesson
                  </button>
                )}
              </td>
              <td data-right={answers[id] === right || undefined}>
                {answers[id] === "unsure" ? "not sure" : answers[id]}
              </td>
              <td>{right}</td>
              <td>{published} %</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="quiz-foot">
        <button type="button" className="ui-button" onClick={() => page.openDialog("learn")}>
          To the lessons
        </button>
        <button type="button" className="ui-button" onClick={onAgain}>
          Once more
        </button>
      </div>
    </>
  );
}
