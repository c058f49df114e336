import { useEffect, useMemo, useState } from "react";
import { checkHistory } from "../../../store/check-history.ts";
import { useLab, usePanelLab } from "../../../store/use-lab.ts";
import { usePaced } from "../use-paced.ts";
import { type ClientHistory, upTo } from "./history.ts";
import { type KeyVerdict, verdictOf } from "./verdicts.ts";

/** While a run plays, its history is checked this often, in milliseconds. */
const checkPause = 700;

/** What the second thread found of the history up to the present, the newest for which it has answered; null: nothing yet. */
export function useVerdicts(history: ClientHistory): readonly KeyVerdict[] | null {
  const at = usePanelLab("inspector", ({ frame }) => frame?.position.at ?? 0);
  const paced = usePaced(
    useMemo(() => upTo(history, at), [history, at]),
    checkPause,
  );
  const run = useLab((state) => state.info);
  const [found, setFound] = useState<{ readonly run: unknown; readonly verdicts: readonly KeyVerdict[] } | null>(null);
  useEffect(() => {
    let wanted = true;
    void checkHistory(paced.rows).then((answer) => {
      if (!wanted || answer === null) return;
      setFound({ run, verdicts: answer.keys.map((key) => verdictOf(key, paced.operations)) });
    });
    return () => {
      wanted = false;
    };
  }, [paced, run]);
  return found?.run === run ? found.verdicts : null;
}
