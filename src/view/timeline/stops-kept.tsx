import { Repeat, Target, X } from "lucide-react";
import type { ReactElement } from "react";
import { setLoop, useLoop } from "../../store/looped.ts";
import { lab, useLab } from "../../store/use-lab.ts";
import { formatTime } from "../kit/words/time.ts";
import "./stops-kept.css";

/** The conditions at which time stops, and the stretch that is played over and over, each with what ends it. */
export function StopsKept(): ReactElement {
  const stops = useLab((state) => state.stops);
  const loop = useLoop();
  return (
    <ul className="stops-kept" aria-label="Where time stops">
      {loop !== null && (
        <li>
          <Repeat size={14} strokeWidth={1.8} aria-hidden="true" />
          <span>
            plays{" "}
            <b>
              {formatTime(loop.from)} to {formatTime(loop.to)}
            </b>{" "}
            over and over
          </span>
          <button type="button" aria-label="End the loop" title="Key: Esc" onClick={() => setLoop(null)}>
            <X size={14} strokeWidth={2} aria-hidden="true" />
          </button>
        </li>
      )}
      {stops.map((condition) => (
        <li key={condition} title={`Time stops whenever “${condition}” comes true`}>
          <Target size={14} strokeWidth={1.8} aria-hidden="true" />
          <span>
            stops at <b>{condition}</b>
          </span>
          <button type="button" aria-label={`Do not stop at ${condition}`} onClick={() => lab.forgetStop(condition)}>
            <X size={14} strokeWidth={2} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
