import { type ReactElement, useState } from "react";
import { useExperiment } from "../../../store/experiment/use-experiment.ts";
import type { ExperimentView } from "../../../worker/protocol/experiment.ts";
import { change } from "../opening.ts";
import { problemText } from "./problem.ts";

interface Props {
  readonly view: ExperimentView;
  onClose(): void;
}

/** The whole of it, as a file has it. */
export function AsText({ view, onClose }: Props): ReactElement {
  const [text, setText] = useState(view.text);
  const problem = useExperiment((state) => state.problem);
  const use = async (): Promise<void> => {
    if (await change(text)) onClose();
  };
  return (
    <section className="exp-as-text">
      <h3 className="ui-heading">As text</h3>
      <textarea
        className="ui-field"
        aria-label="The experiment as text"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {problem !== null && (
        <p className="exp-problem" role="alert">
          {problemText(problem, true)}
        </p>
      )}
      <div className="exp-buttons">
        <button type="button" className="ui-button" onClick={() => void use()}>
          Use this text
        </button>
        <button type="button" className="ui-button" onClick={onClose}>
          Leave it as it was
        </button>
      </div>
    </section>
  );
}
