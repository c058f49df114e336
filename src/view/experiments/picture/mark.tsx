import type { KeyboardEvent, ReactElement, ReactNode } from "react";

interface PictureProps {
  readonly width: number;
  readonly height: number;
  /** What it says, in words. */
  readonly words: string;
  readonly children: ReactNode;
}

/** A picture whose marks can be pressed. */
export function MarkedPicture({ width, height, words, children }: PictureProps): ReactElement {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be drawn
    <svg className="exp-chart" width={width} height={height} role="group" aria-label={`Picture: ${words}`}>
      {children}
    </svg>
  );
}

interface MarkProps {
  readonly className: string;
  readonly label: string;
  /** It is the chosen one, and the stop of Tab. */
  readonly on: boolean;
  /** Over how many marks the arrows up and down lead. */
  readonly row: number;
  readonly transform?: string;
  readonly children: ReactNode;
  press(): void;
}

/** A mark that is chosen by pressing it, or by walking to it with the arrows. */
export function Mark({ className, label, on, row, transform, children, press }: MarkProps): ReactElement {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button cannot be drawn
    <g
      className={className}
      role="button"
      data-mark=""
      data-on={on || undefined}
      tabIndex={on ? 0 : -1}
      aria-pressed={on}
      aria-label={label}
      transform={transform}
      onClick={press}
      onFocus={press}
      onKeyDown={(event) => onKey(event, row, press)}
    >
      {children}
    </g>
  );
}

const moves: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

function onKey(event: KeyboardEvent<SVGGElement>, row: number, press: () => void): void {
  const { key, currentTarget } = event;
  const by = moves[key] ?? (key === "ArrowUp" ? -row : key === "ArrowDown" ? row : 0);
  if (key === "Enter" || key === " ") press();
  else if (by === 0) return;
  event.preventDefault();
  event.stopPropagation();
  const marks = [...(currentTarget.ownerSVGElement?.querySelectorAll<SVGGElement>("[data-mark]") ?? [])];
  if (by !== 0) marks[marks.indexOf(currentTarget) + by]?.focus();
}
