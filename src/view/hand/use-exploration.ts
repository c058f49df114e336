import { useEffect, useRef, useState } from "react";
import { explore, useLab } from "../../store/use-lab.ts";
import type { Exploration } from "../../worker/protocol/exploration.ts";
import { usePaced } from "../kit/use-paced.ts";

/** While the run moves by itself the list is read this often, in milliseconds. */
const refreshPause = 120;

/** What may happen next at the moment that is shown, read again with every change of it; null until it is known. */
export function useExploration(): Exploration | null {
  const moment = usePaced(useMoment(), refreshPause);
  const [found, setFound] = useState<Exploration | null>(null);
  const wanted = useRef(moment);
  wanted.current = moment;
  useEffect(() => {
    void explore().then((answer) => {
      if (answer !== null && wanted.current === moment) setFound(answer);
    });
  }, [moment]);
  return found;
}

/** Changes with the state, the branch and how far it reaches; and with the run. */
function useMoment(): string {
  const title = useLab((state) => state.info?.title ?? "");
  return useLab(({ frame }) =>
    frame === null
      ? ""
      : `${title} ${frame.hash} ${frame.branch} ${frame.position.event} ${frame.end.event} ${frame.mode}`,
  );
}
