import { useEffect, useMemo, useState } from "react";
import { shownUntil, useStory } from "../../../store/story.ts";
import { clientHistory, labState, useLab } from "../../../store/use-lab.ts";
import { usePaced } from "../use-paced.ts";
import { type ClientHistory, emptyHistory, extended, firstOpen, upTo } from "./history.ts";

const refreshPause = 200;
/** So many rows in one answer. */
const batch = 2000;

interface Held {
  readonly run: unknown;
  readonly branch: number;
  readonly history: ClientHistory;
  /** Every operation that began or ended before this time is in it as it is. */
  readonly until: number;
  /** The moment for which it was asked. */
  readonly moment: string;
  /** There was more than one answer holds. */
  readonly more: boolean;
}
const nothing: Held = { run: null, branch: -1, history: emptyHistory, until: -1, moment: "", more: true };

/**
 * The client history of the branch that is shown. What lies after the present is kept as long as the branch is the
 * same: one may go back and look, and it is still what will happen.
 */
export function useClientHistory(): ClientHistory {
  const run = useLab((state) => state.info);
  const branch = useLab((state) => state.frame?.branch ?? -1);
  const moment = usePaced(useMoment(), refreshPause);
  const [held, setHeld] = useState<Held>(nothing);
  const own = held.run === run && held.branch === branch ? held : null;
  useEffect(() => {
    const at = labState().frame?.position.at ?? 0;
    if (branch < 0 || (own !== null && !own.more && (own.moment === moment || at < own.until))) return;
    let wanted = true;
    const known = own?.history ?? emptyHistory;
    const ask = {
      until: own === null || at < own.until ? "end" : "now",
      from: firstOpen(known),
      limit: batch,
    } as const;
    void clientHistory(ask).then((answer) => {
      if (!wanted || answer === null) return;
      const history = extended(known, answer);
      const until = Math.max(own?.until ?? 0, ask.until === "end" ? (labState().frame?.end.at ?? at) : at);
      setHeld({ run, branch, history, until, moment, more: answer.from + answer.rows.length < answer.total });
    });
    return () => {
      wanted = false;
    };
  }, [run, branch, moment, own]);
  useStory();
  // What comes is hidden: the moments that were seen are told, paced as the questions are.
  const seen = usePaced(
    useLab((state) => shownUntil(state)),
    refreshPause,
  );
  const history = own?.history ?? emptyHistory;
  return useMemo(() => (Number.isFinite(seen) ? upTo(history, seen) : history), [history, seen]);
}

/** Changes with the present; the hash tells an act that adds something without moving it. */
function useMoment(): string {
  return useLab(({ frame, playing }) => (frame === null ? "" : `${frame.position.event} ${playing ? "" : frame.hash}`));
}
