import type { CSSProperties, ReactElement } from "react";
import { plainText } from "../../store/lesson/lines.ts";
import { type Counts, usePresenter } from "../../store/presenter.ts";
import type { QuestionView } from "../../worker/protocol/lesson.ts";
import "./question.css";

/** The letters for a show of hands; once the run has answered, how many held what, and which it is. */
export function Answers({
  question,
  revealed,
}: {
  readonly question: QuestionView;
  readonly revealed: boolean;
}): ReactElement {
  const counts = usePresenter((state) => state.counts);
  const counting = usePresenter((state) => state.counting);
  const most = Math.max(1, sum(counts));
  return (
    <ol className="present-answers" data-revealed={revealed || undefined}>
      {question.answers.map(({ letter, says }) => (
        <li
          key={letter}
          data-right={(revealed && letter === question.right) || undefined}
          style={{ "--share": revealed ? (counts[letter] ?? 0) / most : 0 } as CSSProperties}
        >
          <b data-counting={letter === counting || undefined}>{letter}</b>
          <span className={revealed ? "ui-hidden" : undefined}>{plainText(says)}</span>
          {counts[letter] !== undefined && <i>{counts[letter]}</i>}
        </li>
      ))}
    </ol>
  );
}

const sum = (counts: Counts): number => Object.values(counts).reduce((all, count) => all + count, 0);
