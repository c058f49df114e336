import { useEffect, useState } from "react";
import { checkHistory } from "../../store/check-history.ts";
import { useLab } from "../../store/use-lab.ts";
import { usePaced } from "../kit/use-paced.ts";
import type { ClientHistory } from "./history.ts";
import { type KeyVerdict, verdictOf } from "./verdicts.ts";

/** While a run plays, its history is checked this often, in milliseconds. */
const checkPause = 700;

/** What the second thread found, of the newest history that it has answered for; null: nothing yet. */
export function useVerdicts(history: ClientHistory): readonly KeyVerdict[] | null {
  const paced = usePaced(history, checkPause);
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
