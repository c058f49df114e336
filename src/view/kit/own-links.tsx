import type { ReactElement } from "react";
import { page } from "../../store/page.ts";
import { stepsOf } from "../../store/story.ts";
import { usePanelLab } from "../../store/use-lab.ts";
import "./own-links.css";

interface Props {
  /** Where a run with steps is told: elsewhere only one that has none yet can be given some. */
  readonly story?: boolean;
}

/** What the reader can make of the run: steps, and other acts where there are any. */
export function OwnLinks({ story = false }: Props): ReactElement {
  const told = usePanelLab("inspector", (state) => stepsOf(state).length > 0);
  const acted = usePanelLab("inspector", ({ timeline }) => timeline?.marks.some(isAct) ?? false);
  return (
    <div className="own-links">
      {told && story && (
        <button type="button" className="ui-link" onClick={() => page.openSteps(false)}>
          Add steps of your own, or change these
        </button>
      )}
      {!told && (
        <button type="button" className="ui-link" onClick={() => page.openSteps(true)}>
          Add a step here, with your own sentence
        </button>
      )}
      {acted && (
        <button type="button" className="ui-link" onClick={() => page.openActs(null)}>
          Change what was done in this run
        </button>
      )}
    </div>
  );
}

const isAct = ({ act }: { readonly act?: number }): boolean => act !== undefined;
