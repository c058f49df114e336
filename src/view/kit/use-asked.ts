import { useEffect, useState } from "react";
import { usePanelLab, withPainting } from "../../store/use-lab.ts";
import { usePaced } from "./use-paced.ts";

/** While a run plays, the engine is asked this often, in milliseconds. */
const askPause = 700;

/**
 * What the engine answers of the moment that is shown, asked again as the run goes on; null until it is known for this
 * run. `about`: what else the answer depends on; `ask` is called anew whenever it changes. It may say before it answers
 * what can be shown where nothing is yet.
 */
export function useAsked<Answer>(
  ask: (first: (answer: Answer) => void) => Promise<Answer | null>,
  about = "",
): Answer | null {
  const run = usePanelLab("inspector", (state) => state.info);
  const broken = usePanelLab("inspector", (state) => state.frame?.violation != null);
  const moment = usePaced(useMoment(), askPause);
  const [found, setFound] = useState<{ readonly run: unknown; readonly answer: Answer } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what may have changed by then
  useEffect(() => {
    let gone = false;
    let forget: (() => void) | undefined;
    const first = (answer: Answer): void => {
      if (!gone) setFound((old) => (old?.run === run ? old : { run, answer }));
    };
    void ask(first).then((answer) => {
      if (answer !== null && !gone) forget = withPainting(() => setFound({ run, answer }));
    });
    return () => {
      gone = true;
      forget?.();
    };
  }, [moment, broken, run, about]);
  return found?.run === run ? found.answer : null;
}

/** Changes with the present; the hash tells an act that changes something without moving it. */
const useMoment = (): string =>
  usePanelLab("inspector", ({ frame, playing }) =>
    frame === null ? "" : `${frame.branch} ${frame.position.event} ${playing ? "" : frame.hash}`,
  );
