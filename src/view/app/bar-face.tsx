import type { LucideIcon } from "lucide-react";
import type { ReactElement } from "react";

/** What a button of the bar does; its face stands there before it does anything. */
export interface BarItem {
  readonly id: "request" | "crash" | "isolate" | "heal" | "partition";
  readonly icon: LucideIcon;
  /** Instead of the action's own words, which depend on the moment. */
  readonly label?: string;
  readonly onSubject?: true;
}

interface FaceProps {
  readonly item: BarItem;
  /** Without it the button does nothing yet. */
  readonly action?: FaceAction;
}
interface FaceAction {
  readonly label: string;
  /** Where the label has no room. */
  readonly short: string;
  readonly title: string;
  readonly enabled: boolean;
  run(): void;
}

export function BarFace({ item: { icon: Icon, label }, action }: FaceProps): ReactElement {
  return (
    <button
      type="button"
      className="ui-button ui-quiet bar-button"
      disabled={!action?.enabled}
      title={action?.title}
      onClick={action?.run}
    >
      <Icon size={15} strokeWidth={1.8} aria-hidden="true" />
      <span className="bar-label">{label ?? action?.label ?? "…"}</span>
      <span className="bar-short">{label ?? action?.short ?? "…"}</span>
    </button>
  );
}
