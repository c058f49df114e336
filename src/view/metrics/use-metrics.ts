import { useEffect, useRef, useState } from "react";
import { openedRun, shownUntil, useStory } from "../../store/story.ts";
import { metrics as askMetrics, labState, useLab, usePanelLab, withPainting } from "../../store/use-lab.ts";
import type { Metrics } from "../../worker/protocol/metrics.ts";
import type { Scale } from "../kit/scale.ts";
import { usePaced } from "../kit/use-paced.ts";

/** While a run plays, the engine is asked this often, in milliseconds. */
const askPause = 700;

/** What the engine counts of that stretch, asked again as the run goes on; null until it is there. */
export function useMetrics({ from, to, width }: Scale): Metrics | null {
  const run = useLab(openedRun);
  const branch = usePanelLab("logs", ({ frame }) => frame?.branch ?? -1);
  const group = usePanelLab("logs", ({ frame }) => frame?.group ?? 1);
  const end = usePanelLab("logs", ({ frame }) => frame?.end.event ?? 0);
  const standing = usePanelLab("logs", ({ frame, playing }) => (playing ? -1 : (frame?.position.event ?? 0)));
  useStory();
  const until = usePanelLab("logs", (state) => shownUntil(state));
  const moment = usePaced(`${branch} ${group} ${end} ${standing} ${until}`, askPause);
  const [found, setFound] = useState<{ readonly run: unknown; readonly metrics: Metrics } | null>(null);
  const asking = useRef(false);
  const [asked, setAsked] = useState(0);
  const wanted = `${moment} ${from} ${to} ${width}`;
  const told = useRef("");
  // biome-ignore lint/correctness/useExhaustiveDependencies: when an answer has come it is looked whether something else is wanted by now
  useEffect(() => {
    if (width < 40 || asking.current || told.current === wanted) return;
    asking.current = true;
    void askMetrics({
      from,
      to,
      until: Math.min(Number.MAX_SAFE_INTEGER, until),
      group,
      width: Math.round(width),
    }).then((metrics) => {
      asking.current = false;
      told.current = wanted;
      const isHere = metrics !== null && openedRun(labState()) === run;
      withPainting(() => {
        if (isHere) setFound({ run, metrics });
        setAsked((count) => count + 1);
      });
    });
  }, [wanted, run, asked]);
  return found !== null && found.run === run ? found.metrics : null;
}

/** How far the engine's reading of the run is, where it takes long. */
export const useReadingWords = (): string => {
  const done = useLab(({ working }) => (working?.kind === "metrics" ? working.done : null));
  return `Reading the run${done === null ? "" : `, ${Math.round(done * 100)} %`} …`;
};
