import { Zap } from "lucide-react";
import type { ComponentProps, ReactElement } from "react";
import "./act-face.css";

/** Stands on the stage, in the corner that the layout keeps free. */
export function ActFace(props: ComponentProps<"button">): ReactElement {
  return (
    <button type="button" {...props} className="act-button">
      <Zap size={16} strokeWidth={1.8} aria-hidden="true" />
      Act
    </button>
  );
}
