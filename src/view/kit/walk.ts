import type { KeyboardEvent } from "react";

/** Up and down move the focus along rows that hold the focus one at a time; `next` says where to. */
export function walk(event: KeyboardEvent<HTMLElement>, next: (step: 1 | -1) => HTMLElement | null | undefined): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : null;
  if (step === null || event.ctrlKey || event.metaKey || event.altKey) return;
  next(step)?.focus();
  event.preventDefault();
  event.stopPropagation();
}
