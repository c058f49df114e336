import { renderToStaticMarkup } from "react-dom/server";
import { firstRun } from "../scenario/first-run.ts";
import { FirstPicture } from "../view/cluster/first-picture.tsx";
import { Laboratory } from "../worker/laboratory.ts";
import type { Requests } from "../worker/protocol/requests.ts";

export interface First {
  /** What the engine answers when a newcomer's run is opened. */
  readonly answer: Requests["enter"]["answer"];
  /** Its picture, for each arrangement of the page. */
  readonly markup: string;
}

/** The stage's sizes that the pictures are laid out for: of the screens that are met most. */
const stages = [
  { arrangement: "wide", width: 1036, height: 472, use: "usual" },
  { arrangement: "tall", width: 390, height: 387, use: "corner" },
  { arrangement: "flat", width: 489, height: 220, use: "corner" },
] as const;

/** Runs in Node, when the page is built. */
export async function first(): Promise<First> {
  const laboratory = new Laboratory();
  const opened = await laboratory.open({ from: "preset", id: firstRun.preset });
  if (!opened.ok) throw new Error(opened.problem.message);
  const answer = laboratory.enter(opened.value.run);
  const markup = renderToStaticMarkup(
    <div className="first" inert>
      {stages.map(({ arrangement, width, height, use }) => (
        <div key={arrangement} className="first-stage" data-arrangement={arrangement}>
          <FirstPicture frame={answer.frame} width={width} height={height} use={use} />
        </div>
      ))}
    </div>,
  );
  return { answer, markup };
}
