import { useEffect, useState } from "react";
import { usePanelLab, verdict } from "../../store/use-lab.ts";
import type { Verdict } from "../../worker/protocol/verdict.ts";

/** What is watched and, where a property broke, what broke it; read again when that changes. Null until it is known. */
export function useVerdict(): Verdict | null {
  const moment = usePanelLab("inspector", ({ frame }) => (frame?.violation == null ? "" : frame.hash));
  const [found, setFound] = useState<{ readonly moment: string; readonly verdict: Verdict } | null>(null);
  useEffect(() => {
    let gone = false;
    void verdict().then((answer) => {
      if (answer !== null && !gone) setFound({ moment, verdict: answer });
    });
    return () => {
      gone = true;
    };
  }, [moment]);
  return found?.moment === moment ? found.verdict : null;
}
