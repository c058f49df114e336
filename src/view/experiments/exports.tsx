import { type ReactElement, useState } from "react";
import { grouped } from "../../base/grouped.ts";
import { csvOf } from "../../experiment/csv.ts";
import { outcomeOf, type Results, resultsOf } from "../../experiment/results.ts";
import { fileStem } from "../../scenario/file-name.ts";
import { experimentLink, experimentState, useExperiment } from "../../store/experiment/use-experiment.ts";
import { saveExported } from "../../store/handing-over.ts";
import { copy } from "../../store/sharing.ts";
import { session } from "../../store/use-lab.ts";
import type { ExperimentView } from "../../worker/protocol/experiment.ts";
import { colour, type Drawn, drawn, standalone } from "../kit/standalone.ts";
import { withFonts } from "../kit/svg-fonts.ts";
import { captionOf } from "./picture/kinds.ts";

/** What leaves the page: the figures, the picture, the link that repeats it. */
export function Exports({ view }: { readonly view: ExperimentView }): ReactElement {
  const any = useExperiment((state) => state.done > 0);
  const [said, setSaid] = useState("");
  const stem = fileStem(view.title);
  const saveCsv = (): void =>
    saveExported({
      text: csvOf(view.settings, view.measure.unit, resultsNow(view)),
      type: "text/csv",
      name: `${stem}.csv`,
    });
  const saveResults = (): void =>
    saveExported({
      text: `${JSON.stringify(resultsNow(view))}\n`,
      type: "application/json",
      name: `${stem}.results.json`,
    });
  const savePicture = async (): Promise<void> => {
    const seen = document.querySelector<SVGSVGElement>("svg.exp-chart");
    if (seen === null) return;
    const text = await withFonts(standalone(captioned(drawn(seen), view)));
    saveExported({ text, type: "image/svg+xml", name: `${stem}.svg` });
  };
  return (
    <div className="exp-buttons exp-exports">
      <button type="button" className="ui-button" disabled={!any} onClick={saveCsv}>
        CSV
      </button>
      <button type="button" className="ui-button" disabled={!any} onClick={() => void savePicture()}>
        SVG
      </button>
      <button
        type="button"
        className="ui-button"
        disabled={!any}
        title="All results as a file, which the command line merges"
        onClick={saveResults}
      >
        Results
      </button>
      <button
        type="button"
        className="ui-button"
        title="Copy a link that repeats it"
        onClick={async () =>
          setSaid(
            (await copied()) ? "The link is copied." : "The browser does not let the page copy: take the address.",
          )
        }
      >
        Link
      </button>
      <span className="exp-copied" role="status">
        {said}
      </span>
    </div>
  );
}

const room = { side: 20, top: 62, bottom: 14, letter: 5.8 } as const;

/** With what it shows above it, and of how many runs. */
function captioned({ width, height, markup }: Drawn, view: ExperimentView): Drawn {
  const line = (y: number, size: number, fill: string, words: string): string =>
    `<text x="${room.side}" y="${y}" font-family="Inter, system-ui, sans-serif" font-size="${size}" fill="${colour(fill)}">${escaped(words)}</text>`;
  const { done, of } = experimentState();
  const title = line(28, 16, "--ink", view.title);
  const caption = `${captionOf(view)}; ${grouped(done)} of ${grouped(of)} runs`;
  const axes = line(50, 12, "--muted", caption);
  return {
    width: Math.max(width, caption.length * room.letter) + 2 * room.side,
    height: height + room.top + room.bottom,
    markup: `${title}${axes}<g transform="translate(${room.side} ${room.top})">${markup}</g>`,
  };
}
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** As the command line writes them. */
function resultsNow(view: ExperimentView): Results {
  const { rows } = experimentState();
  return resultsOf(view.json as unknown as Results["experiment"], rows.flat().map(outcomeOf));
}

async function copied(): Promise<boolean> {
  const { view } = experimentState();
  return view !== null && (await copy(Promise.resolve(experimentLink(view))));
}
export async function linkCopied(): Promise<void> {
  const done = await copied();
  session.notify(
    done ? "The link of this experiment is copied." : "The browser does not let the page copy: take the address.",
  );
}
