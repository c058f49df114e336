import type { KeyboardEvent } from "react";
import { lab } from "../../store/use-lab.ts";

/** A key that is pressed on the slider; Enter asks for the act near which it stands. */
export function steer(event: KeyboardEvent, onEnter: () => boolean): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (!(event.key === "Enter" ? onEnter() : moveBy(event.key))) return;
  event.preventDefault();
  event.stopPropagation();
}
/**
 * Arrows step by event as they do everywhere; Home and End are those of a slider. Its pages stay the story's steps: who has
 * clicked the timeline and presses a remote wants to go on. False: not a key of its own.
 */
function moveBy(key: string): boolean {
  if (key === "ArrowLeft" || key === "ArrowDown") lab.step(-1);
  else if (key === "ArrowRight" || key === "ArrowUp") lab.step(1);
  else if (key === "Home") lab.seek(0);
  else if (key === "End") lab.live();
  else return false;
  return true;
}
