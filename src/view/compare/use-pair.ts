import { useCallback, useEffect, useRef, useState } from "react";
import type { Micros } from "../../base/units.ts";
import { clock, labState, session } from "../../store/use-lab.ts";
import type { Pair, PairMoment, PairSide } from "../../worker/protocol/pair.ts";

type Step = 1 | 0 | -1;

/** Both runs, and the moment at which they are looked at: at first where they part. `failed`: they could not be had. */
export function usePair(left: PairSide, right: PairSide) {
  const [pair, setPair] = useState<Pair | null>(null);
  const [moment, setMoment] = useState<PairMoment | null>(null);
  const [failed, setFailed] = useState(false);
  const wish = useRef<{ readonly at: Micros; readonly step: Step } | null>(null);
  const asking = useRef(false);

  const go = useCallback(async (at: Micros, step: Step = 0): Promise<void> => {
    wish.current = { at: Math.max(0, Math.round(at)), step };
    if (asking.current) return;
    asking.current = true;
    while (wish.current !== null) {
      const asked = wish.current;
      wish.current = null;
      const answer = await session.both(asked);
      if (answer === null || answer.moment === null) setFailed(true);
      else setMoment(answer.moment);
    }
    asking.current = false;
  }, []);

  useEffect(() => {
    let wanted = true;
    const group = labState().frame?.group ?? 1;
    void session.pair({ left, right, group }).then((known) => {
      if (!wanted) return;
      if (known === null) return setFailed(true);
      setPair(known);
      void go(known.first?.at ?? clock());
    });
    return () => {
      wanted = false;
    };
  }, [left, right, go]);
  return { pair, moment, failed, go };
}
