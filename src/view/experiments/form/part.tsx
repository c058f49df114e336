import type { ReactElement, ReactNode, RefObject } from "react";
import { useExperiment } from "../../../store/experiment/use-experiment.ts";
import { type Part, partOf, problemText } from "./problem.ts";

interface Props {
  readonly title: string;
  readonly part: Part;
  /** Beside the title. */
  readonly more?: ReactNode;
  readonly box?: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}

/** A part of the form, with what is wrong in it. */
export function PartOf({ title, part, more, box, children }: Props): ReactElement {
  const problem = useExperiment((state) => state.problem);
  return (
    <section ref={box}>
      <header className="exp-part">
        <h3 className="ui-heading">{title}</h3>
        {more}
      </header>
      {children}
      {problem !== null && partOf(problem) === part && (
        <p className="exp-problem" role="alert">
          {problemText(problem, false)} It stays as it was.
        </p>
      )}
    </section>
  );
}
