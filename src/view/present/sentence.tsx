import type { ReactElement } from "react";
import type { LabState } from "../../store/lab.ts";
import { usePresenter } from "../../store/presenter.ts";
import { nextMove, stepsOf, storyPlace } from "../../store/story.ts";
import { usePanelLab } from "../../store/use-lab.ts";
import { sayNow } from "../kit/words/now.ts";

/** What is shown, and, once it was asked, what the room is to say before it sees it. */
export function Sentence(): ReactElement {
  const said = usePanelLab("timeline", saying);
  const asked = usePresenter((state) => state.asked);
  const place = usePanelLab("timeline", placeWords);
  return (
    <div className="present-words" aria-live="polite">
      <p className="present-sentence" data-long={said.length > longFrom || undefined}>
        {said} {asked && <strong>What happens next?</strong>}
      </p>
      <p className="present-place">{place}</p>
    </div>
  );
}

/** Characters from which a sentence is set smaller: three lines of it have room. */
const longFrom = 130;

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
