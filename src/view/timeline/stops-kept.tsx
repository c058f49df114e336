import { Target, X } from "lucide-react";
import type { ReactElement } from "react";
import { lab, useLab } from "../../store/use-lab.ts";
import "./stops-kept.css";

/** The conditions at which time stops, each with what forgets it. */
export function StopsKept(): ReactElement {
  const stops = useLab((state) => state.stops);
  return (
    <ul className="stops-kept" aria-label="Time stops whenever">
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
