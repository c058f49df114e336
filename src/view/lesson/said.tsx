import type { ReactElement } from "react";
import { useLesson } from "../../store/lesson/use-lesson.ts";

/** Everything that the lesson has said since it was opened: to read again, or to copy. */
export function SaidSoFar(): ReactElement | null {
  const lines = useLesson((state) => state.lines);
  if (lines.length === 0) return null;
  return (
    <details className="lesson-said">
      <summary>What was said so far</summary>
      <ol>
        {lines.map(({ key, text }) => (
          <li key={key}>{text}</li>
        ))}
      </ol>
    </details>
  );
}
