import { useEffect, useState } from "react";
import { usePanelLab, verdict } from "../../store/use-lab.ts";
import type { Verdict } from "../../worker/protocol/verdict.ts";
import { usePaced } from "../kit/use-paced.ts";

/** While a run plays, the verdict is asked for this often, in milliseconds. */
const askPause = 700;

/** What is watched and how it stands; asked again as the run goes on. Null until it is known for this run. */
export function useVerdict(): Verdict | null {
  const run = usePanelLab("inspector", (state) => state.info);
  const broken = usePanelLab("inspector", (state) => state.frame?.violation != null);
  const moment = usePaced(useMoment(), askPause);
  const [found, setFound] = useState<{ readonly run: unknown; readonly verdict: Verdict } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what may have changed by then
  useEffect(() => {
    let gone = false;
    void verdict().then((answer) => {
      if (answer !== null && !gone) setFound({ run, verdict: answer });
    });
    return () => {
      gone = true;
    };
  }, [moment, broken, run]);
  return found?.run === run ? found.verdict : null;
}

/** Changes with the present; the hash tells an act that changes something without moving it. */
const useMoment = (): string =>
  usePanelLab("inspector", ({ frame, playing }) =>
    frame === null ? "" : `${frame.branch} ${frame.position.event} ${playing ? "" : frame.hash}`,
  );
