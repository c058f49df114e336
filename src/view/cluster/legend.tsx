import { ChevronDown, ChevronRight } from "lucide-react";
import { memo, type ReactElement, useEffect, useMemo, useRef, useState } from "react";
import type { Frame } from "../../worker/protocol/frame.ts";
import { type MarkName, type MarksSeen, marksSeen, marksShown } from "./marks-shown.ts";
import { useAfter } from "./use-after.ts";
import "./legend.css";

interface Props {
  /** There is room for it beside the servers: it stands open. Elsewhere it opens over the stage for a moment. */
  readonly beside: boolean;
  readonly narrow: boolean;
  readonly frame: Frame;
  readonly playing: boolean;
}

/** What the marks that are on the stage mean or, when that is wanted, all there are. */
export const Legend = memo(function Legend({ beside, narrow, frame, playing }: Props): ReactElement {
  const [wanted, setWanted] = useState<boolean | null>(null);
  const [all, setAll] = useState(false);
  const open = wanted ?? beside;
  const root = useRef<HTMLDivElement>(null);
  const close = (): void => {
    setWanted(null);
    setAll(false);
  };
  useDismissal(root, open && (all || !beside), close);
  const shown = useMarks(frame, playing);
  const Rows = useAfter()?.LegendRows;
  const Arrow = open ? ChevronDown : ChevronRight;
  return (
    <div className="stage-legend" data-beside={beside && !all} data-narrow={narrow} ref={root}>
      <button
        type="button"
        className="stage-legend-title"
        aria-expanded={open}
        onClick={() => (all ? close() : setWanted(open === beside ? !open : null))}
      >
        {narrow ? "Key" : "What is what"}
        <Arrow size={14} strokeWidth={1.8} aria-hidden="true" />
      </button>
      {open && Rows !== undefined && <Rows only={all ? null : shown} />}
      {open && Rows !== undefined && !all && (
        <button type="button" className="stage-legend-all" onClick={() => setAll(true)}>
          all marks
        </button>
      )}
    </div>
  );
});

/** They keep their identity while they are the same: with every frame of the run others could be. */
function useMarks(frame: Frame, playing: boolean): readonly MarkName[] {
  const seen = useRef<MarksSeen>(new Map());
  const shown = useRef<readonly MarkName[]>([]);
  seen.current = useMemo(() => marksSeen(seen.current, frame, playing), [frame, playing]);
  const now = marksShown(seen.current);
  if (now.join() !== shown.current.join()) shown.current = now;
  return shown.current;
}

/** Calls `dismiss` on Escape and on a press anywhere but on the legend. */
function useDismissal(root: React.RefObject<HTMLElement | null>, active: boolean, dismiss: () => void): void {
  const call = useRef(dismiss);
  call.current = dismiss;
  useEffect(() => {
    if (!active) return;
    const onPress = (event: Event) => {
      if (!(event.target instanceof Node && root.current?.contains(event.target))) call.current();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      call.current();
    };
    document.addEventListener("pointerdown", onPress);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", onPress);
      document.removeEventListener("keydown", onKey);
    };
  }, [active, root]);
}
