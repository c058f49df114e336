import { useEffect, useState } from "react";
import { labState, operationsAfter, useLab } from "../../store/use-lab.ts";
import { usePaced } from "../timeline/use-paced.ts";
import { type ClientHistory, emptyHistory, extended } from "./history.ts";

const refreshPause = 200;

interface Held {
  readonly run: unknown;
  readonly branch: number;
  readonly history: ClientHistory;
}

/** The client history of the branch that is shown, read on while it grows. */
export function useClientHistory(): ClientHistory {
  const run = useLab((state) => state.info);
  const branch = useLab((state) => state.frame?.branch ?? -1);
  const end = usePaced(
    useLab((state) => state.frame?.end.event ?? 0),
    refreshPause,
  );
  const [held, setHeld] = useState<Held>({ run: null, branch: -1, history: emptyHistory });
  const own = held.run === run && held.branch === branch;
  const history = own ? held.history : emptyHistory;
  useEffect(() => {
    let wanted = true;
    const from = own ? held.history : emptyHistory;
    // The answer of a question may come when the run is another one: `wanted` tells.
    if (branch >= 0 && from.upTo < end)
      void operationsAfter(from.upTo).then((answer) => {
        if (wanted && answer !== null && labState().frame?.branch === branch)
          setHeld({ run, branch, history: extended(from, answer) });
      });
    return () => {
      wanted = false;
    };
  }, [run, branch, end, own, held]);
  return history;
}
