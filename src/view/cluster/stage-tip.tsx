import { type ReactElement, useEffect } from "react";
import { session } from "../../store/use-lab.ts";
import type { Tip } from "./use-tip.ts";
import "./stage-tip.css";

interface Props {
  readonly tip: Tip;
  /** Of the stage, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** What a thing on the stage is and does, in a sentence. A message waits while it is read. */
export function StageTip({ tip, width, height }: Props): ReactElement {
  const { words, x, y, waits } = tip;
  useEffect(() => (waits ? session.holdTime() : undefined), [waits]);
  const across = x > width / 2 ? { right: width - x + 14 } : { left: x + 14 };
  const along = y > height / 2 ? { bottom: height - y + 14 } : { top: y + 14 };
  // The marks have the same words for who does not see them.
  return (
    <p className="stage-tip" aria-hidden="true" style={{ ...across, ...along }}>
      {words}
    </p>
  );
}
