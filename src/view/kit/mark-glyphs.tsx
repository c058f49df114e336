import type { ReactElement } from "react";
import type { MarkKind } from "../../worker/protocol/run.ts";
import { CrownPath } from "./crown.tsx";

/** Shape of each mark above the band, about 10 × 10 around its own origin. Ticks under the band have none. */
export const markGlyphs: Record<MarkKind, ReactElement | null> = {
  election: (
    <g transform="translate(0 5) scale(0.5)">
      <CrownPath />
    </g>
  ),
  crash: <path d="M-4-4 4 4M4-4-4 4" className="timeline-stroke" />,
  restart: <path d="M0-4.5 4.5 3.5H-4.5Z" className="timeline-stroke" />,
  cut: <path d="M0-5V-1.6M0 1.6V5M-3.5 0H3.5" className="timeline-stroke timeline-bad" />,
  heal: <path d="M0-5V5" className="timeline-stroke" />,
  violation: <path d="M0-5.5 5.8 4.5H-5.8ZM0-2V1.2M0 2.6V3.2" className="timeline-violation" />,
  act: <path d="M0-3.6 3.6 0 0 3.6-3.6 0Z" className="timeline-stroke" />,
  commit: null,
  request: null,
};
