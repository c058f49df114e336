import { ChevronDown, ChevronRight } from "lucide-react";
import { memo, type ReactElement, useEffect, useRef, useState } from "react";
import { useLater } from "../kit/use-later.ts";
import "./legend.css";

const loadRows = () => import("./legend-rows.tsx");

interface Props {
  /** There is room for it beside the servers: it stands open. Elsewhere it opens over the stage for a moment. */
  readonly beside: boolean;
  readonly narrow: boolean;
}

/** What the marks on the stage mean. */
export const Legend = memo(function Legend({ beside, narrow }: Props): ReactElement {
  const [wanted, setWanted] = useState<boolean | null>(null);
  const open = wanted ?? beside;
  const button = useRef<HTMLButtonElement>(null);
  useDismissal(button, open && !beside, () => setWanted(null));
  const Rows = useLater("legend", loadRows)?.LegendRows;
  const Arrow = open ? ChevronDown : ChevronRight;
  return (
    <div className="stage-legend" data-beside={beside} data-narrow={narrow}>
      <button
        ref={button}
        type="button"
        className="stage-legend-title"
        aria-expanded={open}
        onClick={() => setWanted(open === beside ? !open : null)}
      >
        {narrow ? "Key" : "What is what"}
        <Arrow size={14} strokeWidth={1.8} aria-hidden="true" />
      </button>
      {open && Rows !== undefined && <Rows />}
    </div>
  );
});

/** Calls `dismiss` on Escape and on a press anywhere but on the button. */
function useDismissal(button: React.RefObject<HTMLElement | null>, active: boolean, dismiss: () => void): void {
  const call = useRef(dismiss);
  call.current = dismiss;
  useEffect(() => {
    if (!active) return;
    const onPress = (event: Event) => {
      if (!(event.target instanceof Node && button.current?.contains(event.target))) call.current();
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
  }, [active, button]);
}
