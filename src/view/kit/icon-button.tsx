import type { LucideIcon } from "lucide-react";
import type { ComponentProps, ReactElement } from "react";

interface Props extends Omit<ComponentProps<"button">, "children"> {
  readonly icon: LucideIcon;
  /** What it does, for who does not see it; it is shown to a pointer too, unless there is a `title`. */
  readonly label: string;
  /** Pixels of the icon. */
  readonly size?: number;
}

/** A button that is a picture, and says in words what it does. */
export function IconButton({ icon: Icon, label, size = 16, className, ...rest }: Props): ReactElement {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      className={className === undefined ? "ui-icon-button" : `ui-icon-button ${className}`}
      aria-label={label}
    >
      <Icon size={size} strokeWidth={1.8} aria-hidden="true" />
    </button>
  );
}
